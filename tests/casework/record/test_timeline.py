"""One page of a client's ledger: newest first, by key, with what may be seen and what is asked for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Q

from goldthread.casework.record import queries
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.models import Entry
from goldthread.casework.record.queries import Stretch, Wanted, timeline
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.conditions import Condition
from goldthread.foundation.lib.ids import new_id
from goldthread.people.persons.models import Person
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
HAPPENED = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)


class Everything:
    """The condition of somebody who sees all that carries no label."""

    def left_open(self) -> Q:
        return Q(labels=0)


ALL = Condition(Everything(), {})


@pytest.fixture
def by(actor: Actor) -> Actor:
    return replace(actor, staff=StaffFactory(name="Renee Ames").pk)


def write(person: Person, by: Actor, titles: Iterable[str], **more: Any) -> None:
    """Entries an hour apart, in the order of *titles*."""
    for number, title in enumerate(titles):
        said = {"kind": "contact", "episode": None, "labels": 0, "source_kind": "contact", "source_id": new_id()}
        at = HAPPENED + timedelta(hours=number)
        write_entry(person=person, by=by, **(said | {"title": title, "happened_at": at} | more))


def titles(stretch: Stretch) -> str:
    return "".join(one.title for one in stretch.entries)


def read(person: Person, before: UUID | None = None, size: int = 2, **wanted: Any) -> Stretch:
    return timeline(person, ALL, wanted=Wanted(**wanted), before=before, size=size)


def test_pages_follow_each_other_from_the_newest_to_the_oldest(by: Actor) -> None:
    person = PersonFactory()
    write(person, by, "abcde")
    write(PersonFactory(), by, "x")
    first = read(person)
    second = read(person, first.before)
    third = read(person, second.before)
    assert [titles(page) for page in (first, second, third)] == ["ed", "cb", "a"]
    assert third.before is None
    assert first.entries[0].actor == "Renee Ames"


def test_entries_of_one_instant_are_each_shown_once(by: Actor) -> None:
    person = PersonFactory()
    write(person, by, "abcde", happened_at=HAPPENED)
    first = read(person)
    second = read(person, first.before)
    third = read(person, second.before)
    assert sorted(titles(first) + titles(second) + titles(third)) == list("abcde")


def test_what_may_not_be_seen_and_what_was_replaced_is_left_out(by: Actor) -> None:
    person = PersonFactory()
    write(person, by, "ab")
    write(person, by, "c", labels=1)
    Entry.objects.filter(title="b").update(hidden=True)
    assert titles(read(person)) == "a"


def test_a_place_that_is_not_the_clients_starts_at_the_top(by: Actor) -> None:
    person, other = PersonFactory(), PersonFactory()
    write(person, by, "ab")
    write(other, by, "x")
    assert titles(read(person, Entry.objects.get(title="x").pk)) == "ba"


def test_filters_narrow(by: Actor) -> None:
    person = PersonFactory()
    write(person, by, "a", domains=["housing"], text="Called the landlord")
    write(person, by, "b", kind="task", source_kind="task", text="Landlord wrote back")
    write(person, replace(by, staff=StaffFactory().pk), "c", text="School")
    assert titles(read(person, kinds=("task",))) == "b"
    assert titles(read(person, worker=by.staff)) in ("ab", "ba")
    assert titles(read(person, domain="housing")) == "a"
    assert titles(read(person, text="LANDLORD wrote")) == "b"


def test_a_filter_looks_no_further_than_its_window_and_says_how_far(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    person = PersonFactory()
    monkeypatch.setattr(queries, "WINDOW", 3)
    monkeypatch.setattr(queries, "_EDGE", queries.Compiled(queries._edge))
    write(person, by, "abcde", text="school")
    Entry.objects.filter(title__in="cde").update(words="")
    first = read(person, text="school")
    assert (titles(first), first.looked_to) == ("", HAPPENED + timedelta(hours=2))
    assert titles(read(person, first.before, text="school")) == "ba"
