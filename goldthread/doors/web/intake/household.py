"""The others of a household on the page of an inquiry: who each may be, and whether the program is for them."""

from dataclasses import dataclass
from uuid import UUID

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.eligibility.rules.judging import Judged, Verdict
from goldthread.casework.eligibility.rules.words import VERDICTS, reason
from goldthread.casework.intake.queries.fitting import Fit, OnRecord, on_record
from goldthread.casework.intake.queries.household import fit_of
from goldthread.casework.intake.rules.members import NEW, Member, as_said, members
from goldthread.doors.web.intake.desk import Desk
from goldthread.doors.web.intake.matching import Matches, matches
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Beside:
    """One of them. ``client``: who it is; ``matches``: who it may be, while nobody said. ``why``: what stands against it, or is not known."""

    member: Member
    client: Person | None
    judged: Judged
    verdict: str
    matches: Matches | None
    why: list[str]

    @property
    def new(self) -> bool:
        """Somebody new, as somebody said."""
        return self.member.who == NEW


def beside_of(desk: Desk, fit: Fit | None, names: dict[str, str], agency_state: str) -> list[Beside]:
    """All who are named beside whom the inquiry is about, where the program of *fit* takes in households."""
    if fit is None or fit.program.unit != "household":
        return []
    named = members(desk.inquiry.said)
    clients = _clients(desk, named)
    found = []
    for member in named:
        client = clients.get(member.who)
        judged = fit_of(
            desk.inquiry, member, fit, _record_of(desk, client), desk.viewer.today, agency_state=agency_state
        )
        why = (
            [reason(one, names) for one in judged.answers if one.verdict is not Verdict.ELIGIBLE]
            if judged.verdict is not Verdict.ELIGIBLE
            else []
        )
        open_still = desk.open and not member.who
        looked = matches(desk.request, as_said(desk.inquiry.said, member)) if open_still else None
        found.append(Beside(member, client, judged, str(VERDICTS[judged.verdict]), looked, why))
    return found


def _clients(desk: Desk, named: list[Member]) -> dict[str, Person]:
    """Those who were said to be somebody known, as far as the viewer may find them."""
    ids = [UUID(one.who) for one in named if one.who not in ("", NEW)]
    return {str(one.pk): one for one in gate.clients(desk.viewer, Act.FIND).filter(pk__in=ids)} if ids else {}


def _record_of(desk: Desk, client: Person | None) -> OnRecord:
    viewer = desk.viewer
    if client is None or not gate.may_on(viewer, Act.READ_FACT, client):
        return OnRecord()
    return on_record(
        client,
        viewer.today,
        facts_seen=gate.content(viewer, client, Act.READ_FACT, episode="episode_id"),
        episodes_seen=gate.content(viewer, client, Act.READ_EPISODE, episode="pk"),
        cleared=gate.cleared_labels(viewer, client),
    )
