"""The list of one worker: what is late, due, to come, waited for; ranked, and counted exactly. One query."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from goldthread.casework.tasks.models import Task, TaskState
from goldthread.casework.tasks.queries.states import Standing, live, missed_without_reason, overdue, snoozed, state_of
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.programs.enums import State

WEEK = timedelta(days=7)
"""As far as *within a week* reaches: what must happen seven days after today stands on the list from today on."""
MOST_SOON = 12
NOT_SOON = (None, State.PAUSED, State.EXCEPTED)
RANK = ("weight", F("due_on").asc(nulls_last=True), "minutes", "pk")
"""By weight, then the latest first, then what takes least."""


class Bucket(StrEnum):
    """Where a task stands on the list, in the order of the page."""

    OVERDUE = "overdue"
    MISSED = "missed"
    """A period that ended unmet, and nobody has said why."""
    TODAY = "today"
    WEEK = "week"
    SOON = "soon"
    """Due later, but its rule wants it remembered from now on."""
    TEAM = "team"
    """Of the whole team, until somebody takes it."""
    WAITING = "waiting"
    """Asked of somebody else."""
    PUT_OFF = "put_off"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose list it is. ``episodes``, ``clients``: of whoever the worker covers for today. Givens may stand for all of them."""

    staff: UUID
    teams: frozenset[UUID] = frozenset()
    episodes: frozenset[UUID] = frozenset()
    clients: frozenset[UUID] = frozenset()

    @property
    def covered(self) -> bool:
        """Do they cover for anybody?"""
        return bool(self.episodes or self.clients)

    def reach(self) -> Q:
        """Every open task that is on the list.

        Each way says anew that it means open ones: of a query with several ways, SQLite takes an index of open tasks
        only for a way that says so itself, and would else read the open tasks of all.
        """
        is_open = Q(state=TaskState.OPEN)
        own = Q(is_open, owner=self.staff) | Q(is_open, asked_by=self.staff)
        if self.teams:
            own |= Q(is_open, AnyOf(F("team"), self.teams), owner__isnull=True)
        if self.covered:
            theirs = Q(AnyOf(F("episode"), self.episodes)) | Q(AnyOf(F("client"), self.clients))
            own |= Q(owner__isnull=False) & theirs
        return own


Place = tuple[UUID, str, str, int, date | None, int]
"""Of a task on a list: key, bucket, action, weight, due date, minutes (``PLACE``)."""
PLACE = ("pk", "bucket", "action", "weight", "due_on", "minutes")


class Named(NamedTuple):
    """A client or a worker, as a line names them."""

    pk: UUID
    name: str

    @property
    def display_name(self) -> str:
        """What a client is called."""
        return self.name


class Listed(NamedTuple):
    """What a list shows of a task; the names are those of Task. A whole one, with client and owner, takes ten times as long to make."""

    pk: UUID
    client_id: UUID | None
    client_name: str | None
    owner_id: UUID | None
    owner_name: str | None
    episode_id: UUID | None
    title: str
    due_on: date | None
    due_at: datetime | None
    period_end: date | None
    clock: str
    action: str
    requirement: str
    source_kind: str
    source_id: UUID | None
    repeat: dict[str, Any]
    why: list[Any]
    note: str

    @property
    def client(self) -> Named | None:
        """Whom it is about."""
        return Named(self.client_id, self.client_name or "") if self.client_id else None

    @property
    def owner(self) -> Named | None:
        """Whose it is."""
        return Named(self.owner_id, self.owner_name or "") if self.owner_id else None


def on_the_list(whose: Whose, today: date, now: datetime | None) -> QuerySet[Any]:
    """The open tasks of *whose*, each with its ``bucket`` on *today* (at *now*, for hours)."""
    tasks = Task.objects.filter(whose.reach(), live(today) | missed_without_reason(today), state=TaskState.OPEN)
    return tasks.annotate(bucket=_bucket(whose, today, now))


def ranked(rows: Iterable[Place], shown: dict[Bucket, int]) -> tuple[dict[Bucket, list[UUID]], dict[Bucket, int]]:
    """The ids of the first so many of each bucket, and exact counts of all. A bucket that is not *shown* is counted only."""
    placed: defaultdict[str, list[Place]] = defaultdict(list)
    for row in rows:
        placed[row[1]].append(row)
    first = {
        bucket: [row[0] for row in heapq.nsmallest(many, placed[bucket], key=_rank)]
        for bucket, many in shown.items()
        if bucket in placed
    }
    return first, {Bucket(bucket): len(found) for bucket, found in placed.items()}


def in_full(first: dict[Bucket, list[UUID]]) -> dict[Bucket, list[Listed]]:
    """The tasks themselves, as lists show them, with client and owner. One query."""
    ids = [pk for found in first.values() for pk in found]
    rows = {row[0]: Listed(*row) for row in _ROWS.ask(ids=ids)} if ids else {}
    return {bucket: [rows[pk] for pk in found if pk in rows] for bucket, found in first.items()}


def _rank(row: Place) -> tuple[int, date, int, int]:
    """RANK, for rows in hand. Keys are compared as numbers: as UUIDs they would be by Python, a thousand times a page."""
    pk, _bucket, _action, weight, due_on, minutes = row
    return weight, due_on or date.max, minutes, pk.int


_LISTED = (
    "pk",
    "client",
    "client__display_name",
    "owner",
    "owner__name",
    "episode",
    "title",
    "due_on",
    "due_at",
    "period_end",
    "clock",
    "action",
    "requirement",
    "source_kind",
    "source_id",
    "repeat",
    "why",
    "note",
)
"""Where the fields of Listed are read from."""
_ROWS: Compiled[tuple[Any, ...]] = Compiled(
    lambda: Task.objects.filter(AnyOf(F("pk"), Given("ids"))).values_list(*_LISTED)
)


def of_client(client: UUID, today: date) -> QuerySet[Task]:
    """What is open about one client, whoever's it is: the soonest first."""
    rows = Task.objects.filter(live(today) | missed_without_reason(today), client=client, state=TaskState.OPEN)
    return rows.select_related("owner", "episode__program").order_by(F("due_on").asc(nulls_last=True), "weight", "pk")


def closed_of(client: UUID, today: date) -> QuerySet[Task]:
    """What was asked for about one client and is over: done, missed, excused, paused away; the latest first."""
    resting = Q(state=TaskState.OPEN, rest="excepted", rests_from__lte=today, rests_until__gte=today)
    over = Q(state__in=[TaskState.DONE, TaskState.MISSED, TaskState.EXCEPTED, TaskState.PAUSED])
    rows = Task.objects.filter(over | resting | missed_without_reason(today), client=client)
    latest = Coalesce("done_on", "period_end", "due_on").desc(nulls_last=True)
    return rows.select_related("episode__program").order_by(latest, "pk")


def soon_of_client(client: UUID, today: date, sees: Callable[[Standing], bool]) -> list[Listed]:
    """What is late, missed or due within a week about one client, the latest first, some ten at most: for the Brief.

    One query, compiled once. *sees*: may the reader see it?
    """
    rows = _OF_CLIENT.ask(client=client, until=today + WEEK)
    shown = [(Listed(*row[: len(_LISTED)]), Standing(*row[len(_LISTED) :])) for row in rows]
    return [task for task, standing in shown if sees(standing) and state_of(standing, today) not in NOT_SOON]


def soon_of_clients(clients: Iterable[UUID], may_see: Q, today: date) -> list[Task]:
    """The same of many clients (ids), as far as *may_see* lets through: the latest first. One query."""
    rows = Task.objects.filter(
        may_see, client__in=list(clients), state=TaskState.OPEN, due_on__lte=today + WEEK, reason=""
    )
    found = rows.select_related("owner", "client").order_by("due_on", "weight", "pk")
    return [row for row in found if state_of(row, today) not in NOT_SOON]


_OF_CLIENT: Compiled[tuple[Any, ...]] = Compiled(
    lambda: (
        Task.objects.filter(client=Given("client"), state=TaskState.OPEN, due_on__lte=Given("until"), reason="")
        .order_by("due_on", "weight", "pk")
        .values_list(*_LISTED, *Standing._fields)[:MOST_SOON]
    )
)


def _bucket(whose: Whose, today: date, now: datetime | None) -> Case:
    elsewhere = Q(asked_by=whose.staff) & ~Q(owner=whose.staff)
    whens = (
        (elsewhere, Bucket.WAITING),
        (Q(owner__isnull=True, team__isnull=False), Bucket.TEAM),
        (missed_without_reason(today), Bucket.MISSED),
        (snoozed(today), Bucket.PUT_OFF),
        (overdue(today, now), Bucket.OVERDUE),
        (Q(due_on=today) & ~Q(clock="share"), Bucket.TODAY),
        (Q(due_on__lte=today + WEEK), Bucket.WEEK),
        (Q(remind_on__lte=today), Bucket.SOON),
    )
    return Case(
        *(When(condition, then=Value(bucket.value)) for condition, bucket in whens),
        default=Value(Bucket.LATER.value),
        output_field=CharField(),
    )
