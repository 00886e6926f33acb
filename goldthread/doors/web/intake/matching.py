"""Who may be the same: people the viewer may find, and a hint where somebody is known whom they may not."""

from dataclasses import dataclass

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.outside import Outside
from goldthread.casework.intake.rules.said import Said, one
from goldthread.doors.web.entry import StaffRequest, page_of
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries import find_persons

MOST = 6


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who may be the same, and why in words."""

    person: Person
    line: str
    why: tuple[str, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """``looked``: there was enough to look for."""

    looked: bool
    found: list[Match]
    outside: Outside | None


def matches(request: StaffRequest, said: Said) -> Matches:
    """Who of those known may be meant by *said*. What is shown goes on the audit log, without what was typed."""
    viewer = request.viewer
    name = " ".join(part for part in (one(said, "given").strip(), one(said, "family").strip()) if part)
    if len(name) < 2 or not gate.may(viewer, Act.FIND):
        return Matches(False, [], None)
    found = find_persons(text=name, scope=gate.scope(viewer, Act.FIND), today=viewer.today, limit=MOST)
    gate.saw(viewer, [hit.person for hit in found], page_of(request))
    outside = gate.outside_answer(viewer, f"{name} {_more(said)}".strip())
    return Matches(True, [Match(hit.person, hit.line) for hit in found], outside)


def _more(said: Said) -> str:
    """What tells people of one name apart: the birth, else the telephone."""
    try:
        born = read_date(one(said, "birth_date")) if one(said, "birth_date").strip() else None
    except DomainError:
        born = None
    return born.isoformat() if born else one(said, "phone")
