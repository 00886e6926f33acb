"""Every row is looked at: what is refused and why, who may be somebody known. Nothing is held while it is worked out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Finding, Import
from goldthread.casework.imports.queries import Opened, opened
from goldthread.casework.imports.rules.likeness import Signs, signs_of, twins_in_file, why_same
from goldthread.casework.imports.rules.rows import Client, Told, read_row
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.lib.names import words_of
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.enums import DateKind
from goldthread.people.persons.identifiers import digests_of
from goldthread.people.persons.models import ContactPoint, Identifier, Person, PersonName

MANY = 50
"""So many people with the telephone or birthday of a row are each looked at closely."""
PART = 500
"""Rows that are looked for among the people known here with one statement of each kind."""
NEVER = int(Label.DOMESTIC_VIOLENCE | Label.SEALED)
"""That these people are known is itself not told."""


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
        now.state, now.done = State.CHECKED, now.rows
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
    """What there is to say of the rows of a file, in their order. Not saved."""
    staff = staff_by_words()
    told: dict[int, list[Told]] = {}
    signs: list[tuple[int, Signs]] = []
    for one in file.table.rows:
        client, reasons = read_row(one, file.table, file.reading)
        reasons += _worker_told(client, staff, file)
        if reasons:
            told[one.number] = reasons
        else:
            signs.append((one.number, signs_of(client)))
    twins = {number: (other, why) for number, other, why in twins_in_file(signs)}
    known = dict(known_people(signs))
    for number in sorted({*told, *twins, *known}):
        reasons, (other, why), (person, person_why) = (
            told.get(number, []),
            twins.get(number, (None, [])),
            known.get(number, (None, [])),
        )
        yield Finding(
            run=row,
            row=number,
            told=[[one.column, one.reason] for one in reasons],
            twin_row=other,
            twin_id=person,
            why=person_why or why,
        )


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


# --- People known here -----------------------------------------------------------------------------------
def known_people(rows: list[tuple[int, Signs]]) -> Iterator[tuple[int, tuple[UUID, list[str]]]]:
    """Each row with the person known here who may be the same, the likeliest first, and what is the same."""
    for start in range(0, len(rows), PART):
        part = rows[start : start + PART]
        near = _near(part)
        signs = _signs_of_known({person for people in near.values() for person in people})
        for number, one in part:
            ranked = sorted(
                (
                    (why_same(one, replace(signs[person], numbers=frozenset(numbers))), person)
                    for person, numbers in _comparable(one, near[number], signs)
                ),
                key=lambda pair: (-len(pair[0]), str(pair[1])),
            )
            if ranked and ranked[0][0]:
                yield number, (ranked[0][1], ranked[0][0])


def _comparable(one: Signs, near: "Near", signs: dict[UUID, Signs]) -> list[tuple[UUID, set[tuple[str, str]]]]:
    """Whom to look at closely. A shelter's telephone or the 1st of January brings hundreds: then only who shares a word of
    the name, or a number."""
    people = [(person, numbers) for person, numbers in near.items() if person in signs]
    if len(people) <= MANY:
        return people
    words = one.given | one.family
    numbered = [pair for pair in people if pair[1]]
    named = (pair for pair in people if not pair[1] and words & (signs[pair[0]].given | signs[pair[0]].family))
    return [*numbered, *islice(named, MANY)]


Near = dict[UUID, set[tuple[str, str]]]
"""People, and the numbers that they share with a row."""


def _near(part: list[tuple[int, Signs]]) -> dict[int, Near]:
    """People known here who share a number, a phone or the day of birth with each row: three statements for the part."""
    near: dict[int, Near] = {number: {} for number, _signs in part}
    numbered = _by_number({one for _number, signs in part for one in signs.numbers})
    reached = _people(
        ContactPoint.objects.filter(key__in={key for _n, signs in part for key in signs.reach}).values_list(
            "key", "person"
        )
    )
    births = {date.fromisoformat(signs.births) for _n, signs in part if signs.births}
    born = _people(Person.objects.filter(birth_date__in=births).values_list("birth_date", "pk"))
    for number, signs in part:
        for one in signs.numbers:
            for person in numbered.get(one, ()):
                near[number].setdefault(person, set()).add(one)
        others = [reached.get(key, set()) for key in signs.reach]
        if signs.births:
            others.append(born.get(date.fromisoformat(signs.births), set()))
        for person in set().union(*others):
            near[number].setdefault(person, set())
    return near


def _by_number(numbers: set[tuple[str, str]]) -> dict[tuple[str, str], set[UUID]]:
    """Who has each of *numbers* (kind, bare value), under the agency's newest or older keys."""
    digests = {digest: one for one in numbers for digest in digests_of(one[1])}
    rows = Identifier.objects.filter(digest__in=digests, ends_on__isnull=True).values_list("digest", "kind", "person")
    found: dict[tuple[str, str], set[UUID]] = {}
    for digest, kind, person in rows:
        if digests[digest][0] == kind:
            found.setdefault(digests[digest], set()).add(person)
    return found


def _people(rows: Iterable[tuple[Any, UUID]]) -> dict[Any, set[UUID]]:
    found: dict[Any, set[UUID]] = {}
    for key, person in rows:
        found.setdefault(key, set()).add(person)
    return found


def _signs_of_known(people: set[UUID]) -> dict[UUID, Signs]:
    """The signs of clients known here, but for their numbers, which are sealed."""
    shown = Person.objects.filter(Exact(F("labels").bitand(NEVER), 0), pk__in=people, client_number__isnull=False)
    births = {
        pk: born if kind == DateKind.EXACT else None
        for pk, born, kind in shown.values_list("pk", "birth_date", "birth_date_kind")
    }
    given: dict[UUID, set[str]] = {}
    family: dict[UUID, set[str]] = {}
    names = PersonName.objects.filter(person__in=births).values_list("person", "given", "middle", "family")
    for pk, first, middle, last in names:
        given.setdefault(pk, set()).update(words_of(f"{first} {middle}"))
        family.setdefault(pk, set()).update(words_of(last))
    reach: dict[UUID, set[str]] = {}
    for pk, key in ContactPoint.objects.filter(person__in=births, labels=0).values_list("person", "key"):
        reach.setdefault(pk, set()).add(key)
    return {
        pk: Signs(
            frozenset(given.get(pk, ())),
            frozenset(family.get(pk, ())),
            born.isoformat() if born else "",
            frozenset(),
            frozenset(reach.get(pk, ())),
        )
        for pk, born in births.items()
    }
