"""The figures of the team's page, for all workers at once: a fixed number of queries, however many workers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median_high
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Count, Min, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils import timezone

from goldthread.access import gate
from goldthread.access.standing_in import AskedBy
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Cover
from goldthread.casework.tasks.queries.loads import late_counts, late_sums
from goldthread.doors.web.team import counted
from goldthread.foundation.lib.compiled import Given
from goldthread.foundation.programs.queries import in_force, rules_of
from goldthread.foundation.workforce.models import Staff

WEEKS = 8
"""Points of the line of contacts."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many episodes of one program, against the number from which its template says that it is too many."""

    program: str
    episodes: int
    flag: int

    @property
    def over(self) -> int:
        """By how many episodes it is too many."""
        return max(0, self.episodes - self.flag) if self.flag else 0


@dataclass(slots=True)
class Row:
    """One worker. ``weeks``: contacts of each of the last eight weeks, the oldest first. ``signed_after``: days, the median
    of the notes of 30 days; None: no note. ``oldest``: the day on which the oldest unsigned note was begun."""

    staff: Staff
    clients: int = 0
    shares: list[Share] = field(default_factory=list)
    contacts: int = 0
    weeks: list[int] = field(default_factory=lambda: [0] * WEEKS)
    late: int = 0
    missed: int = 0
    unseen: int = 0
    cosign: int = 0
    unsigned: int = 0
    oldest: date | None = None
    signed_after: int | None = None
    covered_by: Cover | None = None
    passed_up: list[UUID] = field(default_factory=list)
    """Tasks of theirs that are passed up to the viewer; one's own are not."""

    @property
    def load(self) -> int:
        """Percent: the sum of each program's episodes against its flag. 100 is full."""
        return round(sum(100 * share.episodes / share.flag for share in self.shares if share.flag))

    @property
    def episodes(self) -> int:
        return sum(share.episodes for share in self.shares)

    @property
    def over(self) -> bool:
        return self.load > 100

    @property
    def by_flag(self) -> Share | None:
        """The one program with a flag, when there is no other: its load is told in episodes."""
        return self.shares[0] if len(self.shares) == 1 and self.shares[0].flag else None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of all rows; a client of two workers is one client."""

    clients: int
    late: int
    missed: int
    unseen: int
    cosign: int
    passed_up: list[UUID]


def figures_of(viewer: Viewer, workers: Sequence[Staff]) -> tuple[list[Row], Totals]:
    """A row for each of *workers*, in their order, and the sums. Who covers for them is not among it: see ``covered``."""
    found = {worker.pk: Row(worker) for worker in workers}
    _late(viewer, found)
    clients, unseen = _clients(viewer, found)
    _notes(viewer, found)
    _waiting(viewer, found)
    rows = list(found.values())
    totals = Totals(
        clients=len(clients),
        late=sum(row.late for row in rows),
        missed=sum(row.missed for row in rows),
        unseen=len(unseen),
        cosign=sum(row.cosign for row in rows),
        passed_up=[task for row in rows for task in row.passed_up],
    )
    return rows, totals


def totals_of(viewer: Viewer, workers: Sequence[UUID]) -> Totals:
    """The sums alone, of *workers* (ids) however many: counted by the database, three statements that are the same for six as for
    six hundred. What was passed up is not among them."""
    late, missed = late_sums(workers, gate.content_in(viewer), viewer.today, viewer.at)
    held = counted.caseload(viewer, workers).annotate(came=counted.came()).annotate(reached=counted.was_reached(viewer))
    sums = held.aggregate(
        clients=Count("client", distinct=True), unseen=Count("client", distinct=True, filter=Q(reached=False))
    )
    cosign = counted.to_cosign(viewer, workers).count()
    return Totals(sums["clients"], late, missed, sums["unseen"], cosign, [])


def covered(rows: Iterable[Row], covers: Iterable[Cover], today: date) -> None:
    """Writes into *rows* who covers for whom *today*, of *covers*, which may be of other days and people as well."""
    by_key = {row.staff.pk: row for row in rows}
    for cover in covers:
        if cover.absent_id in by_key and cover.starts_on <= today <= cover.ends_on:
            by_key[cover.absent_id].covered_by = cover


def loads_of(viewer: Viewer, workers: Sequence[Staff]) -> list[Row]:
    """Rows with the load alone: whom else clients can go to. Three queries."""
    found = {worker.pk: Row(worker) for worker in workers}
    _load(viewer, found)
    return list(found.values())


def lag(happened_on: date, signed_on: date) -> int:
    """Days from a contact to its signature; a note cannot be signed before."""
    return max(0, (signed_on - happened_on).days)


def _load(viewer: Viewer, found: dict[UUID, Row]) -> None:
    _share(viewer, found, _EPISODES.ask(viewer, workers=list(found)))


def _share(viewer: Viewer, found: dict[UUID, Row], counts: Sequence[tuple[UUID, UUID, str, int]]) -> None:
    rules = rules_of({program for _staff, program, _name, _many in counts})
    for staff, program, name, many in counts:
        template = in_force(rules[program], viewer.today)
        found[staff].shares.append(Share(name, many, template.caseload_flag))


_WORKERS: Any = Given("workers")
_EPISODES: AskedBy[tuple[UUID, UUID, str, int]] = AskedBy(
    lambda viewer: (
        counted.caseload(viewer, _WORKERS)
        .filter(episode__isnull=False)
        .values_list("staff", "episode__program", "episode__program__name")
        .annotate(many=Count("episode", distinct=True))
        .order_by("episode__program__name")
    )
)


def _late(viewer: Viewer, found: dict[UUID, Row]) -> None:
    for staff, passed_up, late, missed in _LATE.ask(viewer, workers=list(found)):
        row = found[staff]
        row.late += late
        row.missed += missed
        if passed_up and staff != viewer.staff.pk:
            row.passed_up.append(passed_up)


_LATE: AskedBy[tuple[UUID, UUID | None, int, int]] = AskedBy(
    lambda viewer: late_counts(_WORKERS, gate.content_in(viewer), viewer.today, viewer.at)
)


def _clients(viewer: Viewer, found: dict[UUID, Row]) -> tuple[set[int], set[int]]:
    """Everybody on the caseloads, and those of them whom nobody has reached; each row gets its own numbers,
    its load among them: all of it from the same rows."""
    rows = _CASELOAD.ask(viewer, workers=list(found))
    episodes: dict[tuple[UUID, UUID, str], set[int]] = defaultdict(set)
    for worker, _client, _reached, episode, program, name in rows:
        if episode and program and name is not None:
            episodes[worker, program, name].add(episode.int)
    _share(viewer, found, [(*key, len(held)) for key, held in episodes.items()])
    of_each: dict[UUID, set[int]] = {
        worker: set() for worker in found
    }  # clients by number: an UUID is compared by Python
    unseen = set()
    for worker, client, reached, *_ in rows:
        of_each[worker].add(client.int)
        if not reached:
            unseen.add(client.int)
    for worker, held in of_each.items():
        found[worker].clients, found[worker].unseen = len(held), len(held & unseen)
    return set().union(*of_each.values()), unseen


_CASELOAD: AskedBy[tuple[UUID, UUID, bool, UUID | None, UUID | None, str | None]] = AskedBy(
    lambda viewer: (
        counted.caseload(viewer, _WORKERS)
        .annotate(came=counted.came())
        .annotate(reached=counted.was_reached(viewer))
        .values_list("staff_id", "client_id", "reached", "episode_id", "episode__program", "episode__program__name")
        .order_by("episode__program__name")
    )
)


def _notes(viewer: Viewer, found: dict[UUID, Row]) -> None:
    """Contacts by week, and how soon notes are signed: one query for both."""
    lags: dict[UUID, list[int]] = defaultdict(list)
    zone = timezone.get_current_timezone_name()
    for staff, happened_on, signed_on, attempted, many in _NOTES.ask(viewer, zone, workers=list(found)):
        back = (viewer.today - happened_on).days
        if back < counted.UNSEEN.days:
            lags[staff].extend([lag(happened_on, signed_on)] * many)
        if not attempted:
            found[staff].weeks[WEEKS - 1 - back // 7] += many
            found[staff].contacts += many if back < counted.UNSEEN.days else 0
    for staff, days in lags.items():
        found[staff].signed_after = median_high(days)


def _notes_by_day(viewer: Viewer, zone: str) -> QuerySet[Any, Any]:
    """The notes, counted by all that tells them apart here; signed on which day in *zone*: of thousands Python would ask long."""
    rows = counted.notes(viewer, _WORKERS, timedelta(weeks=WEEKS)).order_by()
    signed = rows.annotate(signed_on=TruncDate("signed_at", tzinfo=ZoneInfo(zone)))
    return signed.values_list("staff_id", "happened_on", "signed_on", "attempted").annotate(many=Count("pk"))


_NOTES: AskedBy[tuple[UUID, date, date, bool, int]] = AskedBy(_notes_by_day)


def _waiting(viewer: Viewer, found: dict[UUID, Row]) -> None:
    """What waits for a co-signature, and what was begun and not signed. One query."""
    for staff, begun, many, oldest in _WAITING.ask(viewer, workers=list(found)):
        if begun:
            found[staff].unsigned, found[staff].oldest = many, timezone.localdate(oldest)
        else:
            found[staff].cosign = many


def _since(rows: QuerySet[Any], *, begun: bool) -> QuerySet[Any, Any]:
    """How many of *rows* each worker has, and since when."""
    marked = rows.order_by().annotate(begun=Value(begun, output_field=BooleanField())).values_list("staff", "begun")
    counts: QuerySet[Any, Any] = marked.annotate(many=Count("pk"), oldest=Min("started_at"))
    return counts


_WAITING: AskedBy[tuple[UUID, bool, int, datetime]] = AskedBy(
    lambda viewer: _since(counted.to_cosign(viewer, _WORKERS), begun=False).union(
        _since(counted.unsigned(viewer, _WORKERS), begun=True), all=True
    )
)
