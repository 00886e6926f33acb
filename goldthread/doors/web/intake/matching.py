"""Who may be the same: clients whom the viewer may find, and a hint where somebody is known whom they may not."""

from dataclasses import dataclass
from datetime import date

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.likely import likely_clients
from goldthread.access.outside import Outside
from goldthread.casework.intake.rules.said import Said, one
from goldthread.doors.web.entry import StaffRequest, page_of
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.enums import DateKind
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.likely import Typed
from goldthread.people.persons.rules import age_words

MOST = 6
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who may be the same, and why in words."""

    person: Person
    line: str
    why: tuple[str, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class Matches:
    """``looked``: there was enough to look for."""

    looked: bool
    found: list[Match]
    outside: Outside | None


def matches(request: StaffRequest, said: Said) -> Matches:
    """Who of those known may be meant by *said*. What is shown goes on the audit log, without what was typed."""
    viewer = request.viewer
    if len(one(said, "given").strip() + one(said, "family").strip()) < SHORTEST or not gate.may(viewer, Act.FIND):
        return Matches(False, [], None)
    answer = likely_clients(viewer, typed_of(said, viewer.today), limit=MOST)
    gate.saw(viewer, [likely.person for likely in answer.found], page_of(request))
    found = [
        Match(likely.person, _line(likely.person, viewer.today), likely.why, likely.strong) for likely in answer.found
    ]
    return Matches(True, found, answer.outside)


def typed_of(said: Said, today: date) -> Typed:
    """What was said of who it is about, as it is compared. The caller's number counts where they called for themselves."""
    phones = [one(said, "phone")] + ([one(said, "caller_phone")] if one(said, "caller") in ("", "self") else [])
    return Typed(
        given=one(said, "given"),
        family=one(said, "family"),
        birth_date=_born(said, today),
        birth_date_kind=one(said, "birth_kind") or DateKind.EXACT,
        phones=[phone for phone in phones if phone.strip()],
        city=one(said, "city"),
        region=one(said, "state"),
        postal_code=one(said, "postal_code"),
    )


def _born(said: Said, today: date) -> date | None:
    text = one(said, "birth_date").strip()
    try:
        return read_date(text, latest=today) if text else None
    except DomainError:
        return None


def _line(person: Person, today: date) -> str:
    number = f"#{person.client_number}" if person.client_number else ""
    return " · ".join(part for part in (age_words(person, today), number) if part)
