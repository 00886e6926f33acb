"""What a note is signed upon: read with two statements in the signature's transaction, one that locks its episode and one for all the rest."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from goldthread.casework.contacts import queries
from goldthread.casework.contacts.rules.known import Known
from goldthread.casework.contacts.rules.written import Written
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.queries.around import Around, What, around, facts, reckonings
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.people.persons.models import Person

PERSON, COSIGNED, OVERLAPPING = What.OTHER, What.OTHER + 1, What.OTHER + 2
PERSON_FIELDS = ["id", "client_number", "display_name", "birth_date", "deceased", "died_on", "labels"]
"""In the order of the model."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Its episode (locked until the transaction ends), the clients in it, what it is checked against, and what lies around the episode
    for the requirements: all read after the lock."""

    episode: Episode | None
    clients: dict[UUID, Person]
    known: Known
    around: Around


def ground_of(note: Written, zone: tzinfo, by: Actor) -> Ground:
    """Read it, in the signature's transaction."""
    if note.replaces:
        queries.lock(note.replaces)  # before the episode: who voids that note takes them in this order, too
    episode = queries.locked_episode(note.person, note.episode)
    found = Around(
        _GROUND.ask(
            ids=[episode.pk] if episode else [],
            programs=[episode.program_id] if episode else [],
            persons=[part.person for part in note.parts],
            today=by.today,
            client=note.person,
            staff=by.staff or queries.NOBODY,
            episode=note.episode,
            **queries.hours_of(note, zone, by.at),
        )
    )
    clients = {person.pk: person for person in map(_person, found.of(PERSON))}
    known = queries.known_by(
        note,
        zone=zone,
        by=by,
        episode=episode,
        people=clients,
        members=_members(found, note, by),
        cosign=bool(found.of(COSIGNED)),
        overlapping=_overlapping(found),
    )
    return Ground(episode, clients, known, found)


def _ground() -> "QuerySet[Any, Any]":
    people = facts(
        PERSON,
        Person.objects.filter(AnyOf(F("pk"), Given("persons"))),
        id="pk",
        first="birth_date",
        last="died_on",
        yes="deceased",
        word="display_name",
        number="client_number",
        bits="labels",
    )
    cosigned = facts(COSIGNED, queries.cosigned(), id="pk")
    overlapping = facts(OVERLAPPING, queries.overlapping(), starts_at="started_at", ends_at="ended_at")
    return around(reckonings(), people, cosigned, overlapping)


_GROUND: Compiled[tuple[Any, ...]] = Compiled(_ground)


def _person(row: Any) -> Person:
    values = [row.id, row.number, row.word, row.first, row.yes, row.last, row.bits]
    return Person.from_db(connection.alias, PERSON_FIELDS, values)


def _members(found: Around, note: Written, by: Actor) -> frozenset[UUID]:
    """Who is served under the episode on the note's day."""
    on = note.day or by.today
    there = (
        row for row in found.of(What.MEMBER) if row.first and row.first <= on and (row.last is None or row.last >= on)
    )
    return frozenset(row.person for row in there if row.person)


def _overlapping(found: Around) -> tuple[tuple[datetime, datetime], ...]:
    hours = sorted((row.starts_at, row.ends_at) for row in found.of(OVERLAPPING))
    return tuple(hours[: queries.MOST_NAMED])
