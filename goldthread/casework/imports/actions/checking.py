"""Every row is looked at: what is refused and why, who may be somebody known. Nothing is held while it is worked out."""

from collections.abc import Container, Iterator, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.imports.actions.colleagues import staff_by_words, worker_told
from goldthread.casework.imports.actions.describing import described, kept_score, who_may_be_told
from goldthread.casework.imports.actions.happening import of_happenings
from goldthread.casework.imports.enums import HEAD, State, What
from goldthread.casework.imports.models import Finding, Import
from goldthread.casework.imports.queries import Opened, opened
from goldthread.casework.imports.rules.rows import Told, read_row
from goldthread.casework.imports.rules.saying import said_of, shown_of, without_numbers
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.likeness import Described
from goldthread.people.persons.queries.many import alike_in, likely_of_many


def check(*, run: UUID, by: Actor) -> Import:
    """Look at every row of a file and keep what was found. Again from the start after a kill: it is a matter of seconds."""
    row = Import.objects.select_related("file").get(pk=run)
    if row.state != State.CHECKING:
        return row
    try:
        found = list(findings(row, opened(row, by)))
    except DomainError as error:
        return _stopped(row, str(error.message), by)
    with transaction.atomic():
        now = Import.objects.select_for_update().get(pk=run)
        if now.state != State.CHECKING or now.version != row.version:
            return now
        Finding.objects.filter(run=run).delete()
        Finding.objects.bulk_create(found, batch_size=500)
        now.state, now.done, now.shown = State.CHECKED, now.rows, row.shown
        now.refused = sum(1 for one in found if one.told)
        now.alike = sum(1 for one in found if not one.told)
        now.save()
    return now


def _stopped(row: Import, why: str, by: Actor) -> Import:
    with transaction.atomic():
        now = Import.objects.select_for_update().get(pk=row.pk)
        if now.state != State.CHECKING or now.version != row.version:
            return now
        now.state, now.why, now.version = State.MATCHING, why[:300], now.version + 1
        now.save()
    return now


def findings(row: Import, file: Opened) -> Iterator[Finding]:
    """What there is to say of the rows of a file, in their order; what its page shows is put on *row*. Nothing is saved."""
    return _of_clients(row, file) if row.what == What.CLIENTS else of_happenings(row, file)


def _of_clients(row: Import, file: Opened) -> Iterator[Finding]:
    staff = staff_by_words()
    told: dict[int, list[Told]] = {}
    said: dict[int, str] = {}
    heads: dict[str, list[int]] = {}
    people: list[tuple[int, Described]] = []
    for one in file.table.rows:
        client, reasons = read_row(one, file.table, file.reading)
        reasons += worker_told(client.worker, staff, file.reading.fields)
        if reasons:
            told[one.number] = reasons
        else:
            said[one.number] = said_of(client)
            people.append((one.number, described(client)))
            if client.role == HEAD:
                heads.setdefault(client.household, []).append(one.number)
    twins = alike_in(people)
    known = likely_of_many(people, among=who_may_be_told())
    told |= _second_heads(heads, {*twins, *known}, file)
    row.shown = shown_of(file.table, file.reading, {*told, *twins, *known})
    for number in sorted({*told, *twins, *known}):
        other, why_row = twins.get(number, (None, None))
        person, why_person = known[number][0] if number in known else (None, None)
        score = why_person or why_row
        yield Finding(
            run=row,
            row=number,
            told=[[one.column, without_numbers(one.reason)] for one in told.get(number, ())],
            twin_row=other,
            twin_id=person,
            said=said.get(number, ""),
            other=said[other] if other else "",
            why=kept_score(score),
            why_row=kept_score(why_row),
        )


def _second_heads(heads: Mapping[str, list[int]], asked: Container[int], file: Opened) -> dict[int, list[Told]]:
    """Rows that name a second head of a household, unless they may be the same person: that is asked about."""
    column = next((caption for caption, key in file.reading.fields.items() if key == "household_role"), "")
    reason = _("Row %(row)d is the head of this household already.")
    return {
        number: [Told(column, reason % {"row": first})]
        for first, *others in heads.values()
        for number in others
        if number not in asked
    }
