"""All of a file comes in, or nothing: written unseen in short batches, then made clients by one statement.

A person without a client number is in nobody's list and found by no search, so what is written before the end shows nowhere.
A killed worker goes on with the row after the last one that is there.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.imports.actions.bringing_common import merged_since, rows_of_a_turn, teams_of
from goldthread.casework.imports.actions.colleagues import staff_by_words, worker_of
from goldthread.casework.imports.actions.deciding import undecided
from goldthread.casework.imports.actions.living_together import live_together
from goldthread.casework.imports.actions.publishing_happenings import happenings_to_publish, ready
from goldthread.casework.imports.actions.writing import unseen_clients
from goldthread.casework.imports.actions.writing_happenings import unseen_happenings
from goldthread.casework.imports.enums import Decision, State, What
from goldthread.casework.imports.models import Brought, Finding, Import
from goldthread.casework.imports.queries import opened
from goldthread.casework.imports.rules.folding import fold
from goldthread.casework.imports.rules.rows import Client, read_row
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import ready_to_insert, run_ready
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.giving_way import Turns
from goldthread.people.persons.actions.create import next_client_number, one_at_a_time
from goldthread.people.persons.models import Person


@transaction.atomic
def begin_bringing(*, run: UUID, version_seen: int, by: Actor) -> Import:
    """Everything is decided: bring the file in (enqueue it). DomainError says what is still open. Twice is once."""
    one_at_a_time()  # else two files of the same people, begun at one moment, would not see each other
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
    turns, place = Turns(*rows_of_a_turn()), _next_place(row)
    last = _last_row(row)
    try:
        waiting = _after(_waiting(row, by), last)
    except DomainError as error:
        return _withdraw(row, str(error.message), by)
    while batch := _take(waiting, turns.size):
        if not _write(row, batch, place, last, turns, by):
            return Import.objects.get(pk=run)
        last = batch[-1].row
        place += _new(batch)
    if row.what == What.CLIENTS:
        live_together(row, turns, by)
    try:
        return _publish(row, by)
    except DomainError as error:
        return _withdraw(row, str(error.message), by)


def _waiting(row: Import, by: Actor) -> Iterator[Any]:
    """What comes in, row by row."""
    if row.what == What.CLIENTS:
        return _clients(row, by)
    return ready(row, merged_since(Finding.objects.filter(run=row)), by)


def _new(batch: Sequence[Any]) -> int:
    """How many of *batch* are new, and not only what a file said of somebody known."""
    return sum(1 for one in batch if not isinstance(one, Coming) or one.known is None)


@transaction.atomic
def _withdraw(row: Import, why: str, by: Actor) -> Import:
    """It cannot come in as it was checked: nothing of it does. The columns are there to be checked again where nothing was written yet."""
    now = Import.objects.select_for_update().get(pk=row.pk)
    if now.state != State.BRINGING:
        return now
    now.state = State.LEAVING if _last_row(row) else State.MATCHING
    now.why, now.version, now.shown, now.finished_at = why[:300], now.version + 1, {}, by.at
    now.save()
    Finding.objects.filter(run=row).delete()
    record(by=by, action="imports.withdrawn", kind="import", object_id=row.pk)
    return now


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
    merged = merged_since(findings.values())
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
        yield Coming(number, client, known, worker_of(client.worker, staff) if client.worker else None)


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


def _after(rows: Iterator[Any], last: int) -> Iterator[Any]:
    return (one for one in rows if one.row > last)


def _take(rows: Iterator[Any], size: int) -> list[Any]:
    return [one for _number, one in zip(range(size), rows, strict=False)]


def _last_row(row: Import) -> int:
    return Brought.objects.filter(run=row, of__isnull=True).aggregate(last=Max("row"))["last"] or 0


def _next_place(row: Import) -> int:
    last: int | None = Brought.objects.filter(run=row).aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1


def _write(row: Import, batch: list[Any], place: int, last: int, turns: Turns, by: Actor) -> bool:
    """Write one batch after row *last*, unless somebody gave the file up meanwhile, or another worker is at it. False: so it is."""
    unseen = unseen_clients if row.what == What.CLIENTS else unseen_happenings
    write = unseen(row, batch, place, by)
    here = Import.objects.filter(pk=row.pk, state=State.BRINGING, done=last)
    with turns.turn():
        if not here.update(done=batch[-1].row, beat_at=by.at):
            return False
        write()
    return True


def _publish(row: Import, by: Actor) -> Import:
    """What is written becomes what everybody sees, at once."""
    publish = clients_to_publish if row.what == What.CLIENTS else happenings_to_publish
    made_seen = publish(row, by)
    with transaction.atomic():
        one_at_a_time()
        now = Import.objects.select_for_update().get(pk=row.pk)
        if now.state != State.BRINGING:
            return now
        now.brought = made_seen()
        now.state, now.done, now.finished_at, now.version = State.BROUGHT, now.rows, by.at, now.version + 1
        now.shown = now.looked = {}
        now.save()
        record(by=by, action="imports.finished", kind="import", object_id=row.pk, details={row.what: now.brought})
        Finding.objects.filter(run=row).delete()
    return now


def clients_to_publish(row: Import, by: Actor) -> Callable[[], int]:
    """What makes all of them clients, with one statement that gives them their numbers, and returns how many; to be called in a transaction."""
    given = ready_to_insert(_assignments(row, by))
    people = Brought.objects.filter(run=row)

    def made_seen() -> int:
        first = next_client_number()
        # By person and not by file: PostgreSQL may not have counted yet what just came, and would read the whole file for each person.
        place = Brought.objects.filter(person=OuterRef("pk"), place__isnull=False).values("place")[:1]
        new = Person.objects.filter(pk__in=people.filter(place__isnull=False).values("person"))
        count = new.update(client_number=Subquery(place) + first)
        run_ready([given])
        return count

    return made_seen


def _assignments(row: Import, by: Actor) -> list[Assignment]:
    """The workers whom the file names, each with the client as a whole, in the team that they are in."""
    people = Brought.objects.filter(run=row, worker__isnull=False, place__isnull=False)
    found: list[Any] = list(people.values_list("person", "worker", "person__client_since"))
    teams = teams_of({worker for _person, worker, _since in found}, by.today)
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
