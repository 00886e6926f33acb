"""The Brief: one page for a phone before a door. Composed of what the rooms know; grows with each room."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import IntegerField, OuterRef, Subquery
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.viewer import Viewer
from goldthread.casework.plans.enums import GoalState
from goldthread.casework.plans.models import Goal, Objective
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.record.queries import latest
from goldthread.doors.web.clients.changes import Line, line_of
from goldthread.doors.web.clients.header import Header
from goldthread.doors.web.day.lines import Line as Due
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.programs.enums import Domain
from goldthread.foundation.programs.rules.titles import DOMAINS
from goldthread.people.persons.enums import ContactKind
from goldthread.people.persons.models import Alert, Change, ContactPoint, HouseholdMember, Person, Relationship
from goldthread.people.persons.queries import clear_of, household_of, missing_in
from goldthread.people.persons.rules import next_birthday

_RECENT = Compiled(
    lambda: Change.objects.filter(
        clear_of(Given("missing", IntegerField())), person=Given("client"), at__gte=Given("since")
    ).order_by("-id")[:READ_CHANGES]
)
LOOKED_AT = 4
"""Latest contacts among which the last one that may be read nearly always is."""


class Contact(NamedTuple):
    """A contact, as much as the Brief tells of it; the names are those of Entry."""

    happened_at: datetime
    facts: dict[str, Any]
    labels: int
    episode_id: UUID | None
    source_id: UUID
    text: str
    actor: str | None
    """The name of who wrote it."""


class Wanted(NamedTuple):
    """An open goal, as much as the Brief tells of it; the names are those of Goal, and of its objective that moved last."""

    pk: UUID
    words: str
    domain: str
    last_contact_on: date | None
    latest: str | None
    target: str | None
    labels: int
    episode_id: UUID | None

    @property
    def part_of_life(self) -> StrOrPromise:
        """The life domain in words."""
        return DOMAINS[Domain(self.domain)] if self.domain in set(Domain) else ""


def _moved(name: str) -> Subquery:
    rows = Objective.objects.filter(goal=OuterRef("pk"), latest_on__isnull=False).order_by("-latest_on", "pk")
    return Subquery(rows.values(name)[:1])


_WANTED: Compiled[tuple[Any, ...]] = Compiled(
    lambda: (
        Goal.objects.filter(person=Given("client"), state=GoalState.OPEN)
        .annotate(latest=_moved("latest"), target=_moved("target"))
        .order_by("position", "opened_on", "pk")
        .values_list(*Wanted._fields)[:MOST_WANTED]
    )
)
MOST_WANTED = 30
SHOWN_GOALS = 6
_CONTACTS: Compiled[tuple[Any, ...]] = Compiled(
    lambda: (
        Entry.objects.filter(person=Given("client"), kind=EntryKind.CONTACT, voided=False)
        .order_by("-happened_at", "-id")
        .values_list(*Contact._fields[:-1], "actor__name")[:LOOKED_AT]
    )
)
RECENT = timedelta(days=30)
SHOWN_CHANGES = 6
SHOWN_DUE = 6
READ_CHANGES = 60
SOON = 30
"""Days before a birthday or an alert's review in which the Brief mentions it."""


@dataclass(slots=True)
class Brief:
    changes: list[Line] = field(default_factory=list)
    circle: list[Relationship] = field(default_factory=list)
    household: list[HouseholdMember] = field(default_factory=list)
    alerts_due: list[Alert] = field(default_factory=list)
    birthday: date | None = None
    last: Contact | None = None
    """The last contact that the viewer may read."""
    due: list[Due] = field(default_factory=list)
    """What is late, missed or due within a week, as far as the viewer may read it."""

    goals: list[Wanted] = field(default_factory=list)
    """The open goals of their plans, in their words."""

    @property
    def promised(self) -> tuple[str, date] | None:
        """The next step that was promised then, and by when."""
        facts = self.last.facts if self.last else {}
        return (facts["next_step"], date.fromisoformat(facts["next_on"])) if "next_step" in facts else None

    @property
    def upcoming(self) -> bool:
        return bool(self.alerts_due or self.birthday)


def brief_of(header: Header, circle: list[Relationship], today: date, since: datetime) -> Brief:
    """The Brief's lists beside the header's: two queries, however long the history.

    *since* is the instant from which changes count as recent.
    """
    client = header.client
    birthday = next_birthday(client, today)
    return Brief(
        changes=recent_changes(client, header.cleared, since),
        circle=circle,
        household=[one for one in household_of(client, header.cleared, today) if one.person_id != client.pk],
        alerts_due=[alert for alert in header.alerts if alert.review_on <= today + timedelta(days=SOON)],
        birthday=birthday if birthday and (birthday - today).days <= SOON else None,
    )


def recent_changes(client: Person, cleared: int, since: datetime) -> list[Line]:
    """What changed lately, newest first: one line for what one save changed in one section. One query."""
    rows = _RECENT.ask(client=client.pk, missing=missing_in(cleared), since=since)
    saves = groupby(rows, key=lambda row: (row.version, row.section))
    return [line_of(list(rows_of_one)) for _save, rows_of_one in saves][:SHOWN_CHANGES]


def goals_of(viewer: Viewer, client: Person) -> list[Wanted]:
    """The open goals of the client's plans that *viewer* may read, in the order of the plan. One query."""
    may_read = gate.sight(viewer, client)
    found = (Wanted(*row) for row in _WANTED.ask(client=client.pk))
    return [one for one in found if may_read.sees(one)][:SHOWN_GOALS]


def last_contact(viewer: Viewer, client: Person) -> Contact | None:
    """The last contact that *viewer* may read. One query, two where they may read none of the latest."""
    may_read = gate.sight(viewer, client)
    found = [Contact(*row) for row in _CONTACTS.ask(client=client.pk)]
    seen = next((contact for contact in found if may_read.sees(contact)), None)
    if seen is None and len(found) == LOOKED_AT:
        return next(map(_contact_of, latest(client, may_read.rows(), [EntryKind.CONTACT])), None)
    return seen


def _contact_of(entry: Entry) -> Contact:
    actor = entry.actor.name if entry.actor else None
    return Contact(entry.happened_at, entry.facts, entry.labels, entry.episode_id, entry.source_id, entry.text, actor)


def unsafe_ways(points: list[ContactPoint]) -> list[ContactPoint]:
    """Phones with something that must not be done, each with the sentence that says so in ``warning``."""
    unsafe = []
    for point in points:
        warning = _warning(point)
        if warning:
            point.warning = warning  # type: ignore[attr-defined]  # ours, for the template
            unsafe.append(point)
    return unsafe


def _warning(point: ContactPoint) -> str:
    if point.kind == ContactKind.EMAIL:
        return ""
    if not point.safe_to_call and not point.safe_to_text:
        return _("do not call and do not text.")
    if not point.safe_to_call:
        return _("text only, never call.")
    if not point.safe_to_leave_message and not point.safe_to_text:
        return _("call only. No texts, no messages.")
    return ""
