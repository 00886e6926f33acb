"""The ledger's entries; drafts that lose nothing and never come back after the signature."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from goldthread.casework.record.actions import (
    discard_draft,
    mark_entries,
    save_draft,
    use_up_draft,
    void_entries,
    write_entry,
)
from goldthread.casework.record.models import Draft, Entry
from goldthread.casework.record.rules import AlreadySigned, DraftConflict
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.people.persons.models import Person
from tests.factories import PersonFactory, StaffFactory

HAPPENED = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)


@pytest.fixture
def by(actor: Actor, db: None) -> Actor:
    return replace(actor, staff=StaffFactory().pk)


def entry(person: Person, by: Actor, **more: Any) -> Entry:
    said = {"kind": "contact", "episode": None, "labels": 0, "source_kind": "contact", "happened_at": HAPPENED}
    said |= {"source_id": more.pop("source_id", None) or new_id()}
    return write_entry(person=person, by=by, **(said | more))


def save(person: Person | None, by: Actor, **more: Any) -> Draft:
    said = {"kind": "contact", "episode": None, "labels": 0, "content": {"narrative": ["Hello"]}, "version_seen": 0}
    return save_draft(person=person, by=by, **(said | more))


@pytest.mark.django_db
class TestEntries:
    def test_an_entry_says_who_what_when(self, by: Actor) -> None:
        person = PersonFactory()
        made = entry(
            person, by, title="Home visit", text="Núñez came along", domains=["housing"], facts={"minutes": 50}
        )
        kept = Entry.objects.get()
        assert kept == made
        assert (kept.actor_id, kept.written_at, kept.happened_at) == (by.staff, by.at, HAPPENED)
        assert (kept.domains, kept.facts, kept.words) == (["housing"], {"minutes": 50}, "home visit nunez came along")

    def test_writing_the_same_source_again_corrects_the_entry_and_keeps_who_wrote_it_first(self, by: Actor) -> None:
        person, source = PersonFactory(), new_id()
        entry(person, by, source_id=source, title="Call")
        other = replace(by, staff=StaffFactory().pk)
        entry(person, other, source_id=source, title="Video call", labels=1)
        kept = Entry.objects.get()
        assert (kept.title, kept.labels, kept.actor_id) == ("Video call", 1, by.staff)

    def test_voided_entries_stay(self, by: Actor) -> None:
        source = new_id()
        for person in (PersonFactory(), PersonFactory()):
            entry(person, by, source_id=source)
        entry(PersonFactory(), by)
        assert void_entries(source_kind="contact", source_id=source, by=by) == 2
        assert Entry.objects.filter(voided=True).count() == 2
        assert Entry.objects.count() == 3

    def test_facts_are_laid_over_facts(self, by: Actor) -> None:
        source = new_id()
        entry(PersonFactory(), by, source_id=source, facts={"minutes": 50, "late": True})
        assert (
            mark_entries(source_kind="contact", source_id=source, facts={"cosigned": "Ana", "late": False}, by=by) == 1
        )
        assert Entry.objects.get().facts == {"minutes": 50, "late": False, "cosigned": "Ana"}


@pytest.mark.django_db
class TestDrafts:
    def test_each_save_is_a_version(self, by: Actor) -> None:
        person, pk = PersonFactory(), new_id()
        first = save(person, by, pk=pk)
        assert (first.version, first.started_at, first.staff_id) == (1, by.at, by.staff)
        second = save(person, by, pk=pk, content={"narrative": ["Hello you"]}, version_seen=1)
        assert (second.version, Draft.objects.get().content) == (2, {"narrative": ["Hello you"]})

    def test_the_second_device_loses_and_gets_both_texts(self, by: Actor) -> None:
        person, pk = PersonFactory(), new_id()
        save(person, by, pk=pk, writer="phone", stroke=1)
        save(person, by, pk=pk, content={"narrative": ["From the phone"]}, version_seen=1, writer="phone", stroke=2)
        with pytest.raises(DraftConflict) as told:
            save(person, by, pk=pk, content={"narrative": ["From the desk"]}, version_seen=1, writer="desk", stroke=1)
        assert told.value.content == {"narrative": ["From the phone"]}
        assert told.value.version == 2
        assert Draft.objects.get().content == {"narrative": ["From the phone"]}
        mended = save(person, by, pk=pk, content={"narrative": ["Both"]}, version_seen=2, writer="desk", stroke=2)
        assert mended.version == 3

    def test_a_page_whose_answer_was_lost_is_not_in_conflict_with_itself(self, by: Actor) -> None:
        person, pk = PersonFactory(), new_id()
        save(person, by, pk=pk, writer="phone", stroke=1)
        save(person, by, pk=pk, content={"narrative": ["a"]}, version_seen=0, writer="phone", stroke=2)
        late = save(person, by, pk=pk, content={"narrative": ["older"]}, version_seen=0, writer="phone", stroke=1)
        assert late.content == {"narrative": ["a"]}
        assert Draft.objects.get().content == {"narrative": ["a"]}

    def test_the_same_text_again_changes_nothing(self, by: Actor) -> None:
        person, pk = PersonFactory(), new_id()
        save(person, by, pk=pk)
        again = save(person, by, pk=pk)
        assert again.version == 1

    def test_a_draft_thrown_away_elsewhere_comes_back_when_somebody_still_writes(self, by: Actor) -> None:
        person, pk = PersonFactory(), new_id()
        save(person, by, pk=pk)
        assert discard_draft(pk=pk, by=by)
        assert not discard_draft(pk=pk, by=by)
        assert save(person, by, pk=pk, content={"narrative": ["More"]}, version_seen=1).version == 2

    def test_a_signed_thing_never_comes_back_as_a_draft(self, by: Actor) -> None:
        person, pk = PersonFactory(), new_id()
        save(person, by, pk=pk)
        with transaction.atomic():
            assert use_up_draft(pk=pk, by=by) is not None
            entry(person, by, source_id=pk)
        with pytest.raises(AlreadySigned):
            save(person, by, pk=pk, content={"narrative": ["Late"]}, version_seen=1)
        assert not Draft.objects.exists()

    def test_nobody_writes_in_the_draft_of_another(self, by: Actor) -> None:
        person, pk = PersonFactory(), new_id()
        save(person, by, pk=pk)
        other = replace(by, staff=StaffFactory().pk)
        with pytest.raises(DomainError):
            save(person, other, pk=pk, version_seen=1, content={"narrative": ["Mine"]})
        with pytest.raises(DomainError):
            save(PersonFactory(), by, pk=pk, version_seen=1, content={"narrative": ["Other client"]})
        assert use_up_draft(pk=pk, by=other) is None
        assert Draft.objects.get().content == {"narrative": ["Hello"]}

    def test_a_draft_has_a_largest_size(self, by: Actor) -> None:
        with pytest.raises(DomainError):
            save(None, by, pk=new_id(), content={"narrative": ["x" * 1_000_001]})


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_save_that_races_the_signature_waits_and_keeps_no_row(by: Actor) -> None:
    person, pk = PersonFactory(), new_id()
    said: list[object] = []
    signing, go_on = threading.Event(), threading.Event()
    schema = connection.schema_name  # type: ignore[attr-defined]  # of the connection to PostgreSQL

    def late_save() -> None:
        connection.set_schema(schema)  # type: ignore[attr-defined]  # of the connection to PostgreSQL
        signing.wait(5)
        go_on.set()
        try:
            said.append(save(person, by, pk=pk))
        except AlreadySigned as error:
            said.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=late_save)
    other.start()
    with transaction.atomic():
        use_up_draft(pk=pk, by=by)
        signing.set()
        go_on.wait(5)
        entry(person, by, source_id=pk)
    other.join(10)
    assert isinstance(said[0], AlreadySigned)
    assert not Draft.objects.exists()
