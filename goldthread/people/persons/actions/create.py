"""A new person: a client with the next number, or somebody around a client."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.people.persons.actions import about, names, reach
from goldthread.people.persons.actions.common import Edit, only
from goldthread.people.persons.actions.index import index_in_bulk, shown_as
from goldthread.people.persons.actions.keys import compare_again, key_new
from goldthread.people.persons.models import FormerNumber, LikenessKey, Person, PersonName, SpentNumber


@transaction.atomic
def create_person(
    *,
    by: Actor,
    names_given: Sequence[Mapping[str, Any]],
    values: Mapping[str, Any] | None = None,
    contact: Mapping[str, Any] | None = None,
    client: bool = False,
    form_id: UUID | None = None,
    labels: int = 0,
) -> Person:
    """Create somebody.

    *names_given*: one or more (fields of names.FIELDS, ``kind`` included); *values*: fields of about.FIELDS; *contact*: one
    phone or email (reach.FIELDS); *client*: give the next client number. The same *form_id* twice makes one person.
    """
    one_at_a_time()
    if form_id and (made := _MADE.first(pk=form_id)):
        if made.created_by != by.staff:
            raise DomainError(_("This form was sent before by somebody else. Open a new one."))
        return made
    clean = about.read_about(only(values or {}, about.FIELDS))
    rows = [PersonName(**names.read_name(only(given, names.FIELDS))) for given in names_given]
    person = Person(id=form_id or new_id(), created_at=by.at, created_by=by.staff, version=0, labels=labels)
    shown_as(person, rows)
    if client:
        person.client_number = next_client_number()
        person.client_since = by.today
    for field, value in clean.items():
        setattr(person, field, value)
    about.check_about(person, by)
    _save(person, rows, clean, by)
    points = [reach.first_contact_point(person=person, values=contact, by=by)] if contact else []
    LikenessKey.objects.bulk_create(key_new(person, rows, points))
    compare_again([person.pk])
    return person


_MADE = Compiled(lambda: Person.objects.filter(pk=Given("pk")))


def _save(person: Person, rows: list[PersonName], clean: dict[str, Any], by: Actor) -> None:
    """Insert the person at version 1, with their names, what is known, and where they are found."""
    edit = Edit(person, by, "names")
    person.version = edit.version
    person.save(force_insert=True)
    for row in rows:
        row.person = person
    PersonName.objects.bulk_create(rows)
    for row in rows:
        edit.added(row, names.FIELDS, row=row.pk)
    edit.section = "about"
    if person.client_number:
        edit.note("client_number", None, person.client_number)
    blank = Person()
    for field in clean:
        edit.note(field, getattr(blank, field), getattr(person, field))
    edit.section = "labels"
    edit.note("labels", 0, person.labels)
    edit.done("created", saved=True, keyed=True)
    index_in_bulk([person])


@transaction.atomic
def make_client(*, person: Person, by: Actor) -> Person:
    """Somebody known becomes a client and gets the next number. Nothing happens to who is one already."""
    one_at_a_time()
    edit = Edit(person.pk, by, "about")
    if edit.person.client_number is None:
        edit.apply(edit.person, {"client_number": next_client_number(), "client_since": by.today})
        edit.done("became_client")
    return edit.person


def next_client_number() -> int:
    """The number after the highest that was ever given. Only inside ``one_at_a_time``: then no number is skipped or given twice."""
    numbers = FormerNumber.objects.values_list("number").union(SpentNumber.objects.values_list("number"), all=True)
    highest: int | None = Person.objects.aggregate(highest=Max("client_number"))["highest"]
    return max([highest or 1000, *(number for (number,) in numbers.order_by("-number")[:1])]) + 1


def spend_numbers(numbers: Iterable[int]) -> None:
    """The records with these client numbers are gone: the numbers are not given again."""
    if highest := max(numbers, default=0):
        SpentNumber.objects.get_or_create(number=highest)


def one_at_a_time() -> None:
    """Creations in one agency wait for each other until the transaction ends. On SQLite the transaction itself does that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext('persons.create'))")
