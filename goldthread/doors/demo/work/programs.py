"""The four programs of the demo agency, and what of their rules the invented work has to keep."""

from dataclasses import dataclass
from datetime import timedelta

from goldthread.doors.demo.agency import FAMILIES, MENTAL_HEALTH, OLDER_ADULTS
from goldthread.doors.demo.past import Past
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.shipped import shipped

OPENED = 5 * 365
MANAGER = "Priya Raghunathan"


@dataclass(frozen=True, slots=True)
class Offer:
    """A program of the demo. Assessment and plan come within so many days of the first one (least, most); reviews every so many
    months, from the plan on or, when not *from_plan*, from the first day."""

    template: str
    name: str
    team: str
    assessed: tuple[int, int]
    planned: tuple[int, int]
    review_months: int
    from_plan: bool = True
    assessed_again: bool = False
    quarterly: bool = False
    court: bool = False
    """Is there a hearing every year?"""
    missing: float = 0.0
    """Of how many whole months nobody was seen."""


OFFERS = (
    Offer("mental-health-tcm", "Mental health case management", MENTAL_HEALTH, (18, 45), (28, 54), 6),
    Offer(
        "geriatric-mltss",
        "Long-term services at home",
        OLDER_ADULTS,
        (25, 80),
        (60, 112),
        12,
        assessed_again=True,
        quarterly=True,
    ),
    Offer("child-welfare", "Families together", FAMILIES, (8, 25), (28, 54), 6, from_plan=False),
    Offer(
        "foster-care-child",
        "Children in foster homes",
        FAMILIES,
        (15, 48),
        (25, 55),
        6,
        from_plan=False,
        court=True,
        missing=0.04,
    ),
)
FOSTER = OFFERS[-1]
BY_TEAM = {offer.team: offer for offer in OFFERS if offer is not FOSTER}
"""What a team offers to whoever comes; children who live with a foster family are in ``FOSTER``."""


def open_programs(past: Past) -> dict[str, Program]:
    """Open the programs, five years ago; by the key of their template."""
    by = past.by(MANAGER, OPENED, 9)
    return {
        offer.template: open_program(
            key=offer.template,
            name=offer.name,
            template=shipped()[offer.template],
            template_key=offer.template,
            team=past.office.teams[offer.team],
            opened_on=past.today - timedelta(days=OPENED),
            by=by,
        )
        for offer in OFFERS
    }
