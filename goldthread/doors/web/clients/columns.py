"""The columns the client list can show and export. What a page of clients needs beside the person is fetched set-wise."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.standing_in import AskedBy
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import programs_of
from goldthread.casework.tasks.queries.nearest import nearest
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.lib.written import written_day
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.enums import ContactKind
from goldthread.people.persons.models import Alert, ContactPoint, Person
from goldthread.people.persons.rules import age_words, language_name


class Listed(NamedTuple):
    """What the list reads of a client. A whole Person takes ten times as long to make, and a page has fifty."""

    pk: UUID
    sort_key: str
    client_number: int
    client_since: date
    display_name: str
    pronouns: str
    birth_date: date | None
    birth_date_kind: str
    deceased: bool
    died_on: date | None
    language: str


class Phone(NamedTuple):
    value: str
    safe_to_call: bool


class Warn(NamedTuple):
    """An alert that is open."""

    kind: str
    short: str


@dataclass(slots=True)
class Row:
    """One client with what the list shows of them."""

    client: Listed | Person
    worker: str = ""
    team: str = ""
    cover_for: str = ""
    """In whose place the reader looks after this client today."""
    episodes: Sequence[Episode] = ()
    """Those of today that the viewer may know of."""
    phone: Phone | None = None
    alerts: Sequence[Warn] = ()
    due: date | None = None
    """The soonest date of what is open about the client, as far as the viewer may see."""
    late: int = 0
    """How many of those are late."""
    days_late: int = 0
    """By how many days the soonest is; 0 if it is not, or since an hour of today."""
    cells: Sequence[tuple[str, Any]] = ()
    """Key and shown value of each chosen column, in their order."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    key: str
    label: StrOrPromise
    value: Callable[[Row, date], Any]
    """The value as exported; the page may show it richer."""


def _phone(row: Row, today: date) -> str:
    return row.phone.value if row.phone else ""


def _enrolled(row: Row, today: date) -> date | str | None:
    """The day of the one episode; of several, each one's day in the order of the programs."""
    days = [one.enrolled_on for one in row.episodes]
    return "; ".join(written_day(day, "SHORT_DATE_FORMAT") for day in days) if len(days) > 1 else next(iter(days), None)


COLUMNS: dict[str, Column] = {
    column.key: column
    for column in (
        Column("number", _("Number"), lambda row, today: row.client.client_number),
        Column("pronouns", _("Pronouns"), lambda row, today: row.client.pronouns),
        Column("age", _("Age"), lambda row, today: age_words(row.client, today)),
        Column("birth_date", _("Date of birth"), lambda row, today: row.client.birth_date),
        Column("language", _("Language"), lambda row, today: language_name(row.client.language)),
        Column("phone", _("Phone"), _phone),
        Column("alerts", _("Alerts"), lambda row, today: "; ".join(alert.short for alert in row.alerts)),
        Column("program", _("Program"), lambda row, today: "; ".join(one.program.name for one in row.episodes)),
        Column("enrolled", _("Enrolled"), _enrolled),
        Column("worker", _("Worker"), lambda row, today: row.worker),
        Column("team", _("Team"), lambda row, today: row.team),
        Column("due", _("Next due"), lambda row, today: row.due),
        Column("late", _("How many late"), lambda row, today: row.late or None),
        Column("since", _("Client since"), lambda row, today: row.client.client_since),
    )
}
ONLY_FOUND = ("number",)
"""What is shown of a client whom somebody may find and not open."""
OF_TASKS = {"due", "late"}
"""What the client's tasks say."""
STANDARD = ("pronouns", "age", "language", "phone", "alerts", "worker")
STANDARD_BY_DUE = ("due", "age", "phone", "alerts", "worker")
"""Where the list is in the order of what is due: as many as a desk has room for beside that."""


def chosen(keys: Sequence[str]) -> list[Column]:
    """The columns named by *keys* in the order of the table; the standard ones where none is named."""
    picked = [column for key, column in COLUMNS.items() if key in keys]
    return picked or [COLUMNS[key] for key in STANDARD]


def rows_of(
    clients: Sequence[Listed] | Sequence[Person],
    columns: Sequence[Column],
    viewer: Viewer,
    opened: Collection[UUID] | None = None,
) -> list[Row]:
    """Rows for *clients*, in their order: at most five queries, whatever their number.

    *opened*: the clients whose record the reader may open (None: all); of the others only ONLY_FOUND is filled.
    """
    today = viewer.today
    whole = {client.pk: Row(client) for client in clients}
    rows = {pk: row for pk, row in whole.items() if opened is None or pk in opened}
    wanted = {column.key for column in columns}
    if wanted & {"worker", "team"} or Role.CASE_MANAGER in viewer.roles:
        _fill_workers(rows, viewer)
    if wanted & {"program", "enrolled"}:
        _fill_episodes(rows, viewer)
    if "phone" in wanted:
        _fill_phones(rows, today)
    if "alerts" in wanted:
        _fill_alerts(rows)
    if wanted & OF_TASKS:
        _fill_due(rows, viewer)
    for pk, row in whole.items():
        row.cells = [
            (column.key, shown(column.value(row, today)) if pk in rows or column.key in ONLY_FOUND else "")
            for column in columns
        ]
    return list(whole.values())


def shown(value: Any) -> Any:
    """*value* as the screen shows it: dates in the reader's own form."""
    return written_day(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else value


_NOT_OVER = Q(ends_on__isnull=True) | Q(ends_on__gte=Given("today"))
_WORKERS: Compiled[tuple[UUID, UUID, str, str, str | None, int, str | None]] = Compiled(
    lambda: (
        Assignment.objects.filter(
            _NOT_OVER,
            Q(kind=AssignmentKind.PRIMARY) | Q(kind=AssignmentKind.COVER, staff=Given("reader"), cover__isnull=False),
            AnyOf(F("client"), Given("ids")),
            starts_on__lte=Given("today"),
        )
        .order_by("starts_on", "pk")
        .values_list("pk", "client", "kind", "staff__name", "team__name", "labels", "cover__absent__name")
    )
)
_PHONES: Compiled[tuple[UUID, str, bool]] = Compiled(
    lambda: (
        ContactPoint.objects.filter(_NOT_OVER, AnyOf(F("person"), Given("ids")), labels=0)
        .exclude(kind=ContactKind.EMAIL)
        .order_by("first_choice", "-pk")
        .values_list("person", "value", "safe_to_call")
    )
)
_ALERTS: Compiled[tuple[UUID, str, str]] = Compiled(
    lambda: (
        Alert.objects.filter(AnyOf(F("person"), Given("ids")), ended_on__isnull=True, labels=0)
        .order_by("pk")
        .values_list("person", "kind", "short")
    )
)
_IDS: Any = Given("ids")
DUE: AskedBy[tuple[UUID, date, int]] = AskedBy(
    lambda viewer: nearest(_IDS, gate.content_in(viewer), viewer.today, viewer.at)
)
"""Of each of the clients ``ids``: the soonest date of what is open, as far as the viewer may see, and how many are late."""


def _fill_workers(rows: dict[UUID, Row], viewer: Viewer) -> None:
    """The primary workers, one for each program that the viewer may know of; and in whose place the viewer looks after a
    client, where they do. One query, one more where some are labelled."""
    found = _WORKERS.ask(ids=list(rows), today=viewer.today, reader=viewer.staff.pk)
    hidden = _hidden([pk for pk, _client, _kind, _staff, _team, labels, _absent in found if labels], viewer)
    for pk, client, kind, staff, team, _labels, absent in found:
        row = rows[client]
        if kind == AssignmentKind.COVER:
            row.cover_for = absent if absent and Role.CASE_MANAGER in viewer.roles else ""
        elif pk not in hidden:
            row.worker, row.team = _joined(row.worker, staff), _joined(row.team, team or "")


def _hidden(labelled: Sequence[UUID], viewer: Viewer) -> set[UUID]:
    """Those of the *labelled* assignments (ids) that the viewer may not know of."""
    if not labelled:
        return set()
    known = Assignment.objects.filter(gate.content_in(viewer, Act.READ_EPISODE), pk__in=labelled)
    return set(labelled) - set(known.values_list("pk", flat=True))


def _joined(words: str, more: str) -> str:
    return words if more in words.split("; ") else "; ".join(filter(None, [words, more]))


def _fill_episodes(rows: dict[UUID, Row], viewer: Viewer) -> None:
    known = gate.content_in(viewer, Act.READ_EPISODE, client="person", labels="episode__labels")
    for client, episodes in programs_of(rows, viewer.today, known).items():
        rows[client].episodes = episodes


def _fill_phones(rows: dict[UUID, Row], today: date) -> None:
    for person, value, safe_to_call in _PHONES.ask(ids=list(rows), today=today):
        rows[person].phone = Phone(value, safe_to_call)


def _fill_alerts(rows: dict[UUID, Row]) -> None:
    for person, kind, short in _ALERTS.ask(ids=list(rows)):
        row = rows[person]
        row.alerts = (*row.alerts, Warn(kind, short))


def _fill_due(rows: dict[UUID, Row], viewer: Viewer) -> None:
    """What is next and what is late, among the tasks the viewer may see. One query."""
    for client, soonest, late in DUE.ask(viewer, ids=list(rows)):
        row = rows[client]
        row.due, row.late, row.days_late = soonest, late, max((viewer.today - soonest).days, 0)
