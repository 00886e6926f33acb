"""Fills the demo agency with people: those written by hand first, then others by chance until each worker's list is full."""

from collections import Counter
from datetime import date
from random import Random

from goldthread.doors.demo.agency import COLLEAGUES, FAMILIES, MENTAL_HEALTH, Colleague
from goldthread.doors.demo.chance import Maker
from goldthread.doors.demo.kin import (
    Kin,
    adult_in_care,
    disabled_adult,
    family_at_home,
    foster_family,
    older_adult,
)
from goldthread.doors.demo.known import Known, everybody
from goldthread.doors.demo.touches import add_touches

UNASSIGNED = 12
ENDED = 22
SEED = 20_261_122
COMING = ("(617) 555-0118", "(617) 555-0131", "(508) 555-0112")
"""Numbers that people written by hand get in past_people."""


def cast(today: date) -> list[Known]:
    """Every family of the demo with the worker of each client; an empty worker's name: nobody yet, or no longer."""
    known = everybody(today)
    taken = [reach.value for family in known for person in family.kin.people for reach in person.reach]
    maker = Maker(Random(SEED), today, [*taken, *COMING])  # noqa: S311  chance, not secrets
    loads = Counter(worker for family in known for worker in family.workers)
    drawn: list[Known] = []
    for colleague in COLLEAGUES:
        drawn += _fill(maker, colleague, colleague.load - loads[colleague.name])
    for _ in range(UNASSIGNED + ENDED):
        kin = _one_client(maker)
        drawn.append(Known(kin, ("",), by_hand=False))
    add_touches(maker, [family.kin for family in drawn])
    return known + drawn


def _fill(maker: Maker, colleague: Colleague, places: int) -> list[Known]:
    """Families until *places* clients of *colleague* are drawn."""
    families: list[Known] = []
    while places > 0:
        kin = _draw(maker, colleague)
        count = len(kin.clients)
        if count <= places:
            families.append(Known(kin, (colleague.name,) * count, by_hand=False))
            places -= count
    return families


def _draw(maker: Maker, colleague: Colleague) -> Kin:
    if colleague.team == MENTAL_HEALTH:
        return adult_in_care(maker)
    if colleague.team == FAMILIES:
        foster = "foster" in colleague.title
        return foster_family(maker) if maker.rng.random() < (0.7 if foster else 0.12) else family_at_home(maker)
    return older_adult(maker) if maker.rng.random() < 0.72 else disabled_adult(maker)


def _one_client(maker: Maker) -> Kin:
    return maker.rng.choice((adult_in_care, older_adult, disabled_adult))(maker)
