"""Rows of clients to be, many with one statement. They are what the actions of the persons room would have made."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from goldthread.casework.imports.actions.bringing_common import of_file
from goldthread.casework.imports.models import Brought, Import, KeptWord
from goldthread.casework.imports.rules.folding import what_was_said
from goldthread.casework.imports.rules.rows import Client
from goldthread.foundation.audit.actions import record_many
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import Ready, ready_for_each, ready_to_insert, run_ready
from goldthread.foundation.lib.names import words_of
from goldthread.foundation.lib.phones import email_key, phone_key
from goldthread.people.persons.actions.identifiers import make_identifier
from goldthread.people.persons.actions.index import ready_to_index, shown_as
from goldthread.people.persons.actions.keys import keys_ready, labelled_keys
from goldthread.people.persons.enums import AddressKind, ContactKind
from goldthread.people.persons.models import (
    Address,
    Change,
    ContactPoint,
    Identifier,
    LikenessChange,
    Person,
    PersonName,
)

MOST_WORDS = 150
"""Words of what one person brought along by which they are found."""
LONGEST_WORD = 40


class Comes(Protocol):
    """A row that comes in."""

    row: int
    client: Client
    known: UUID | None
    worker: UUID | None


def unseen_clients(run: Import, batch: Sequence[Comes], place: int, by: Actor) -> Callable[[], None]:
    """The rows of *batch*: new people without a client number yet, numbered from *place*, and what each brought along. All of it is made
    ready now; what is returned writes it, in a transaction."""
    made = Made(run, by)
    for one in batch:
        if one.known:
            made.brought(one, one.known, None, what_was_said(one.client))
            continue
        made.person(one, place)
        place += 1
    return made.ready()


def words_ready(words: Sequence[tuple[str, UUID]]) -> Ready:
    """By which words what was brought is found. Some seventy for each person: as models they would take half of the time."""
    quote, meta = connection.ops.quote_name, KeptWord._meta
    key: Any = meta.get_field("brought")
    keys: dict[UUID, Any] = {pk: key.get_db_prep_save(pk, connection) for pk in {pk for _word, pk in words}}
    statement = f"INSERT INTO {quote(meta.db_table)} (text, brought_id) SELECT word, pk FROM {{given}}"  # noqa: S608  # names from models
    return ready_for_each(statement, {"word": "text", "pk": "uuid"}, [(word, keys[pk]) for word, pk in words])


def told_of(run: Import, clients: Iterable[UUID], by: Actor) -> None:
    """The audit log's line for each of *clients*: something came for them with this file, unseen until ``imports.finished``."""
    record_many(
        by=by,
        action="imports.written",
        kind="person",
        clients=dict.fromkeys(clients),
        details=of_file(run),
    )


def words_by_which(texts: Iterable[str]) -> list[str]:
    """The words of *texts* by which somebody is found."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for text in texts for word in words_of(text)))[:MOST_WORDS]


class Made:
    """Rows that wait to be written together."""

    def __init__(self, run: Import, by: Actor) -> None:
        self.run, self.by = run, by
        self.persons: list[Person] = []
        self.rows: dict[type[Any], list[Any]] = {
            model: [] for model in (PersonName, ContactPoint, Address, Identifier, Brought)
        }
        self.changes: list[Change] = []
        self.keys: list[tuple[int, UUID, int]] = []
        self.words: list[tuple[str, UUID]] = []

    def person(self, one: Comes, place: int) -> None:
        """A new person with all that hangs on them."""
        client = one.client
        person = Person(
            version=1, created_at=self.by.at, created_by=self.by.staff, client_since=client.since or self.by.today
        )
        for field, value in client.about.items():
            setattr(person, field, value)
        names = [PersonName(person=person, **name) for name in client.names]
        shown_as(person, names)
        self.persons.append(person)
        points = [self._point(person, point) for point in client.reach]
        places = [Address(person=person, kind=AddressKind.CURRENT, **client.address)] if client.address else []
        self.rows[PersonName] += names
        self.rows[ContactPoint] += points
        self.rows[Address] += places
        self.keys += [(key, person.pk, labels) for key, labels in labelled_keys(person, names, points, places).items()]
        for number in client.numbers:
            self.rows[Identifier].append(make_identifier({"kind": number["kind"], "person": person}, number["value"]))
        self._change(person, one.row)
        self.brought(one, person.pk, place, client.kept)

    def brought(self, one: Comes, person: UUID, place: int | None, kept: dict[str, str]) -> None:
        """What *person* brought along, and the words by which it is found."""
        row = Brought(
            run=self.run,
            person_id=person,
            row=one.row,
            place=place,
            old_number=one.client.old_number,
            household_number=one.client.household,
            household_role=one.client.role,
            kept=kept,
            worker=one.worker,
        )
        self.rows[Brought].append(row)
        self.words += [
            (word, row.pk) for word in words_by_which((one.client.old_number, one.client.household, *kept.values()))
        ]

    def _point(self, person: Person, point: dict[str, Any]) -> ContactPoint:
        """Nobody said that it is safe to text: what the file does not say is not assumed. Nobody calls somebody who has died."""
        email = point["kind"] == ContactKind.EMAIL
        return ContactPoint(
            person=person,
            kind=point["kind"],
            value=point["value"],
            key=email_key(point["value"]) if email else phone_key(point["value"]),
            note=point["note"],
            safe_to_text=False,
            safe_to_call=not (email or person.deceased),
        )

    def _change(self, person: Person, row: int) -> None:
        self.changes.append(
            Change(
                person=person,
                section="about",
                field="brought",
                new=f"{self.run.name[:60]} · {row}",
                by=self.by.staff,
                by_name=self.by.name,
                at=self.by.at,
                version=1,
            )
        )

    def ready(self) -> Callable[[], None]:
        """Everything that waits, in the order in which it hangs on each other."""
        rows = [ready_to_insert(self.persons), *(ready_to_insert(rows) for rows in self.rows.values())]
        changed = [LikenessChange(person=person.pk) for person in self.persons]
        rows += [ready_to_insert(self.changes), words_ready(self.words)]
        rows += [keys_ready(self.keys), ready_to_insert(changed)]
        rows += ready_to_index(self.persons)
        clients = [row.person_id for row in self.rows[Brought]]

        def write() -> None:
            run_ready(rows)
            told_of(self.run, clients, self.by)

        return write
