"""Who could take somebody on: workers of the program's team, those with most room first, those who speak the language marked."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import on
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import in_force, rules_of
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff, TeamMembership
from goldthread.foundation.workforce.queries import holders

MOST = 60


@dataclass(frozen=True, slots=True)
class Room:
    """A worker with their load: ``share``, in percent of what the programs' flags call full (None: no program has a flag)."""

    staff: Staff
    many: int
    share: int | None
    speaks: bool = False
    """The language of whom it is about."""
    until: date | None = None
    """The last day on which they were the worker of whom it is about, of the one who is suggested for it."""

    @property
    def full(self) -> bool:
        """Is the caseload as large as its flag, or larger?"""
        return self.share is not None and self.share >= 100


def rooms(program: Program, today: date, language: str = "", before: Mapping[UUID, date] | None = None) -> list[Room]:
    """The case managers who work in the team of *program* today (in any, where it has none): who was their worker last (*before*: until
    when each was) and has room first, then who speaks *language* and is not full, then most room. Four queries at most."""
    found = list(_who_may_be(program, today)[:MOST])
    counts, shares = _loads([worker.pk for worker in found], today)
    asked = language not in ("", "en")
    rows = [
        Room(worker, counts[worker.pk], shares.get(worker.pk), asked and language in worker.languages)
        for worker in found
    ]
    return sorted(_suggesting(rows, before or {}), key=_order)


def worker_of(program: Program, pk: UUID, today: date) -> Staff | None:
    """The one of them with this key. None: a page of before, or one that was tampered with, names somebody else."""
    return _who_may_be(program, today).filter(pk=pk).first()


def _who_may_be(program: Program, today: date) -> QuerySet[Staff]:
    workers = holders(Role.CASE_MANAGER, today)
    if not program.team_id:
        return workers
    places = TeamMembership.objects.filter(on(today), team=program.team_id)
    return workers.filter(pk__in=places.values("staff"))


def _suggesting(rows: list[Room], before: Mapping[UUID, date]) -> list[Room]:
    """*rows*, the last of those *before* who still has room with the day until which they were the worker."""
    known = [row for row in rows if row.staff.pk in before and not row.full]
    last = max(known, key=lambda row: (before[row.staff.pk], -row.many), default=None)
    return [replace(row, until=before[row.staff.pk]) if row is last else row for row in rows]


def _order(row: Room) -> tuple[bool, bool, int, int, str]:
    share = row.share if row.share is not None else row.many
    return (row.until is None, not row.speaks or row.full, share, row.many, row.staff.name)


def _loads(staff: list[UUID], today: date) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """How many episodes each has as primary worker, and what share of full that is: each program weighs by its flag."""
    rows = (
        Assignment.objects.filter(on(today), staff__in=staff, kind=AssignmentKind.PRIMARY, episode__isnull=False)
        .order_by()
        .values_list("staff", "episode__program")
        .annotate(many=Count("episode", distinct=True))
    )
    counts: dict[UUID, int] = defaultdict(int)
    shares: dict[UUID, float] = dict.fromkeys(staff, 0.0)
    held = list(rows)
    rules = rules_of({program for _worker, program, _many in held})
    for worker, program, many in held:
        flag = in_force(rules[program], today).caseload_flag
        counts[worker] += many
        shares[worker] += many / flag if flag else 0
    return counts, {worker: round(share * 100) for worker, share in shares.items()}
