"""All of a file comes in, or nothing: written unseen in short batches, then made clients by one statement.

A person without a client number is in nobody's list and found by no search, so what is written before the end shows nowhere.
A killed worker goes on with the row after the last one that is there.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from time import perf_counter
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.imports.actions.checking import staff_by_words, worker_of
from goldthread.casework.imports.actions.deciding import undecided
from goldthread.casework.imports.actions.writing import write_clients
from goldthread.casework.imports.enums import Decision, State
from goldthread.casework.imports.models import Brought, Finding, Import
from goldthread.casework.imports.queries import opened
from goldthread.casework.imports.rules.folding import fold
from goldthread.casework.imports.rules.rows import Client, read_row
from goldthread.casework.merging.queries.merged import kept_of
from goldthread.foundation.audit.actions import record, record_many
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import insert_rows
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import TeamMembership
from goldthread.people.persons.actions.create import next_client_number, one_at_a_time
from goldthread.people.persons.models import Person

FIRST_BATCH, LARGEST_BATCH = 40, 200
WRITE_SECONDS = 0.15
"""So long a batch may hold the writer; the house allows 0.2."""


@transaction.atomic
def begin_bringing(*, run: UUID, version_seen: int, by: Actor) -> Import:
    """Everything is decided: bring the file in (enqueue it). DomainError says what is still open. Twice is once."""
    row = Import.objects.select_for_update().get(pk=run)
    if row.state in (State.BRINGING, State.BROUGHT):
        return row
    if row.state != State.CHECKED:
        raise DomainError(_("This file is being worked on. Look again in a moment."))
    if row.version != version_seen:
        raise DomainError(_("Somebody else changed this meanwhile. Look at it, and send it again."))
    if row.refused and not row.without_refused:
        raise DomainError(_("Some rows are refused. Mend the file, or say that these rows stay out."))
    if undecided(row):
        raise DomainError(_("Some rows may be people known here. Decide about each first."))
    if _others_came(row):
        raise DomainError(_("Another file came in since this one was checked, or is coming in. Check every row again."))
    row.state, row.done, row.beat_at, row.version = State.BRINGING, 0, by.at, row.version + 1
    row.save()
    record(by=by, action="imports.begun", kind="import", object_id=row.pk, details={"rows": row.rows})
    return row


def _others_came(row: Import) -> bool:
    """Were people of another file not there yet when this one was checked? The same file, twice in two windows."""
    since = Q(state=State.BROUGHT, brought__gt=0, finished_at__gt=row.beat_at)
    return Import.objects.exclude(pk=row.pk).filter(Q(state=State.BRINGING) | since).exists()


def bring(*, run: UUID, by: Actor) -> Import:
    """Write every client of the file and, when the last one is there, make them all clients at once."""
    row = Import.objects.select_related("file").get(pk=run)
    if row.state != State.BRINGING:
        return row
    size, place = FIRST_BATCH, _next_place(row)
    last = _last_row(row)
    waiting = _after(_clients(row, by), last)
    while batch := _take(waiting, size):
        began = perf_counter()
        if not _write(row, batch, place, last, by):
            return Import.objects.get(pk=run)
        last = batch[-1].row
        place += sum(1 for one in batch if one.known is None)
        took = perf_counter() - began
        size = max(FIRST_BATCH, min(LARGEST_BATCH, size * 2, int(size * WRITE_SECONDS / max(took, 0.001))))
    return _publish(row, by)


class Coming:
    """A row that comes in: as a new client, or (``known``) as what the file said of somebody known here."""

    __slots__ = ("client", "known", "row", "worker")

    def __init__(self, row: int, client: Client, known: UUID | None, worker: UUID | None) -> None:
        self.row, self.client, self.known, self.worker = row, client, known, worker


def _clients(row: Import, by: Actor) -> Iterator[Coming]:
    """The rows that come in, in their order, with what was decided about them."""
    file = opened(row, by)
    staff = staff_by_words()
    findings = {one.row: one for one in Finding.objects.filter(run=row)}
    merged = _merged(findings.values())
    out = {number for number, one in findings.items() if one.told or one.decision == Decision.LEAVE}
    into = _folded_into(findings, out)
    rows = {one.number: one for one in file.table.rows}
    more: dict[int, list[int]] = {}
    for number, other in into.items():
        more.setdefault(other, []).append(number)
    for number, one in rows.items():
        if number in out or number in into:
            continue
        client, _told = read_row(one, file.table, file.reading)
        for later in more.get(number, ()):
            fold(client, read_row(rows[later], file.table, file.reading)[0], later)
        finding = findings.get(number)
        known = finding.twin_id if finding and finding.decision == Decision.SAME else None
        known = merged.get(known, known) if known else None
        yield Coming(number, client, known, worker_of(client, staff) if client.worker else None)


def _merged(findings: Iterable[Finding]) -> dict[UUID, UUID]:
    """People known here who have become part of another record since the file was checked, and that record."""
    twins = [one.twin_id for one in findings if one.twin_id and one.decision == Decision.SAME]
    gone: set[UUID] = set()
    for part in (twins[start : start + 500] for start in range(0, len(twins), 500)):
        gone.update(Person.objects.filter(pk__in=part, client_number__isnull=True).values_list("pk", flat=True))
    return {pk: kept for pk in gone if (kept := kept_of(pk))}


def _folded_into(findings: dict[int, Finding], out: set[int]) -> dict[int, int]:
    """Rows that are the same person as an earlier row, and that row (the first of them all). Where the earlier row stays out
    its person comes in with the later one."""
    into: dict[int, int] = {}
    instead: dict[int, int] = {}
    for number, one in sorted(findings.items()):
        if one.decision == Decision.SAME and one.twin_id is None and one.twin_row and not one.told:
            first = into.get(one.twin_row, one.twin_row)
            if first in out and first not in instead:
                instead[first] = number
                continue
            into[number] = instead.get(first, first)
    return into


def _after(rows: Iterator[Coming], last: int) -> Iterator[Coming]:
    return (one for one in rows if one.row > last)


def _take(rows: Iterator[Coming], size: int) -> list[Coming]:
    return [one for _number, one in zip(range(size), rows, strict=False)]


def _last_row(row: Import) -> int:
    return Brought.objects.filter(run=row).aggregate(last=Max("row"))["last"] or 0


def _next_place(row: Import) -> int:
    last: int | None = Brought.objects.filter(run=row).aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1


def _write(row: Import, batch: list[Coming], place: int, last: int, by: Actor) -> bool:
    """Write one batch after row *last*, unless somebody gave the file up meanwhile, or another worker is at it. False: so it is."""
    with transaction.atomic():
        now = Import.objects.select_for_update().get(pk=row.pk)
        if now.state != State.BRINGING or _last_row(row) != last:
            return False
        write_clients(row, batch, place, by)
        now.done, now.beat_at = batch[-1].row, by.at
        now.save(update_fields=["done", "beat_at"])
    return True


@transaction.atomic
def _publish(row: Import, by: Actor) -> Import:
    """The written people become clients: one statement gives all of them their numbers."""
    one_at_a_time()
    now = Import.objects.select_for_update().get(pk=row.pk)
    if now.state != State.BRINGING:
        return now
    people = Brought.objects.filter(run=row)
    first = next_client_number()
    place = people.filter(person=OuterRef("pk"), place__isnull=False).values("place")[:1]
    new = Person.objects.filter(pk__in=people.filter(place__isnull=False).values("person"))
    now.brought = new.update(client_number=Subquery(place) + first)
    insert_rows(_assignments(row, by))
    now.state, now.done, now.finished_at, now.version = State.BROUGHT, now.rows, by.at, now.version + 1
    now.shown = {}
    now.save()
    record_many(
        by=by, action="imports.brought", kind="person", clients=people.order_by("row").values_list("person", flat=True)
    )
    record(by=by, action="imports.finished", kind="import", object_id=row.pk, details={"clients": now.brought})
    Finding.objects.filter(run=row).delete()
    return now


def _assignments(row: Import, by: Actor) -> list[Assignment]:
    """The workers whom the file names, each with the client as a whole, in the team that they are in."""
    people = Brought.objects.filter(run=row, worker__isnull=False, place__isnull=False)
    found: list[Any] = list(people.values_list("person", "worker", "person__client_since"))
    teams = _teams({worker for _person, worker, _since in found}, by.today)
    return [
        Assignment(
            client_id=person,
            staff_id=worker,
            team_id=teams.get(worker),
            kind=AssignmentKind.PRIMARY,
            starts_on=since,
            given_by=by.staff,
            given_at=by.at,
        )
        for person, worker, since in found
    ]


def _teams(workers: set[UUID], today: date) -> dict[UUID, UUID]:
    """The team of each worker who is in one alone."""
    found: dict[UUID, set[UUID]] = {}
    rows = TeamMembership.objects.filter(staff__in=workers, starts_on__lte=today)
    for staff, team, ends_on in rows.values_list("staff", "team", "ends_on"):
        if ends_on is None or ends_on >= today:
            found.setdefault(staff, set()).add(team)
    return {staff: next(iter(teams)) for staff, teams in found.items() if len(teams) == 1}
