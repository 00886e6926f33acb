"""Every row is looked at: what is refused and why, who may be somebody known. Nothing is held while it is worked out."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Finding, Import
from goldthread.casework.imports.queries import Opened, opened
from goldthread.casework.imports.rules.rows import Client, Told, read_row
from goldthread.casework.imports.rules.saying import said_of, shown_of
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.lib.names import words_of
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.enums import ContactKind, DateKind
from goldthread.people.persons.likeness import Described, Score
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.likely import Typed
from goldthread.people.persons.queries.many import alike_in, likely_of_many

NEVER = int(Label.DOMESTIC_VIOLENCE | Label.SEALED)


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
    staff = staff_by_words()
    told: dict[int, list[Told]] = {}
    said: dict[int, str] = {}
    people: list[tuple[int, Described]] = []
    for one in file.table.rows:
        client, reasons = read_row(one, file.table, file.reading)
        reasons += _worker_told(client, staff, file)
        if reasons:
            told[one.number] = reasons
        else:
            said[one.number] = said_of(client)
            people.append((one.number, described(client)))
    twins = alike_in(people)
    known = likely_of_many(people, among=who_may_be_told())
    row.shown = shown_of(file.table, file.reading, {*told, *twins, *known})
    for number in sorted({*told, *twins, *known}):
        other, why_row = twins.get(number, (None, None))
        person, why_person = known[number][0] if number in known else (None, None)
        score = why_person or why_row
        yield Finding(
            run=row,
            row=number,
            told=[[one.column, one.reason] for one in told.get(number, ())],
            twin_row=other,
            twin_id=person,
            said=said.get(number, ""),
            other=said[other] if other else "",
            why=kept_score(score),
            why_row=kept_score(why_row),
        )


def who_may_be_told() -> QuerySet[Person]:
    """Clients. That somebody under domestic violence or a sealed label is known is itself not told."""
    return Person.objects.filter(Exact(F("labels").bitand(NEVER), 0), client_number__isnull=False)


def kept_score(score: Score | None) -> list[Any]:
    """Why two may be one, as it is kept: put into the reader's words when it is shown (likeness.words)."""
    return [[field, how] for field, how in score.levels] if score else []


def described(client: Client) -> Described:
    """A row as people are compared."""
    legal, *others = client.names or [{}]
    said = {name["kind"]: name for name in others}
    former = said.get("former")
    typed = Typed(
        **{part: legal.get(part, "") for part in ("given", "family", "middle", "suffix")},
        preferred=said.get("preferred", {}).get("given", ""),
        former=[(former["given"], former["family"])] if former else (),
        birth_date=client.about.get("birth_date"),
        birth_date_kind=client.about.get("birth_date_kind", DateKind.EXACT),
        phones=[point["value"] for point in client.reach if point["kind"] != ContactKind.EMAIL],
        emails=[point["value"] for point in client.reach if point["kind"] == ContactKind.EMAIL],
        **client.address,
        numbers=[(one["kind"], one["value"]) for one in client.numbers],
    )
    return typed.described()


def staff_by_words() -> dict[str, UUID | None]:
    """Colleagues by name and by email address, in lower case; None where two have the same."""
    found: dict[str, UUID | None] = {}
    for pk, name, email in Staff.objects.filter(user__is_active=True).values_list("pk", "name", "user__email"):
        last_first = " ".join([name.split()[-1], *name.split()[:-1]]) if name.split() else ""
        for words in {" ".join(words_of(name)), " ".join(words_of(last_first)), email.lower()}:
            found[words] = None if words in found and found[words] != pk else pk
    return found


def worker_of(client: Client, staff: dict[str, UUID | None]) -> UUID | None:
    """The colleague whom a row names."""
    words = client.worker.lower() if "@" in client.worker else " ".join(words_of(client.worker))
    return staff.get(words)


def _worker_told(client: Client, staff: dict[str, UUID | None], file: Opened) -> list[Told]:
    if not client.worker or worker_of(client, staff):
        return []
    column = next(caption for caption, key in file.reading.fields.items() if key == "worker")
    words = " ".join(words_of(client.worker))
    reason = (
        _("Two colleagues are called %(name)s: write the email address.")
        if words in staff
        else _("Nobody called %(name)s works here. Invite them first, or keep this column as additional information.")
    )
    return [Told(column, reason % {"name": client.worker[:60]})]
