"""Merging while others work on the same records, each over a connection of its own: nobody's writing fails, nothing is half done."""

import threading
from collections.abc import Callable
from datetime import date, time

import pytest
from django.db import connection, transaction

from goldthread.casework.contacts.models import Contact
from goldthread.casework.episodes.models import Episode
from goldthread.casework.merging.actions.merging import gather_strays
from goldthread.casework.merging.actions.undo import undo_merge
from goldthread.casework.merging.models import Merge
from goldthread.casework.record.actions import save_draft
from goldthread.casework.record.models import Draft, Entry
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Alert, FormerNumber, Person
from tests.casework.caseload.programs import within_the_agency
from tests.casework.contacts.making import actor_of
from tests.casework.merging.making import BELL, MARIA, client, furnished, made_one, signed
from tests.factories import StaffFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.thorough]
HELD = 0.7
"""Seconds for which a writer holds what a merge waits for: longer than it waits, shorter than a database calls it a deadlock."""


@pytest.fixture
def worker() -> Staff:
    return StaffFactory()


@pytest.fixture
def by(worker: Staff) -> Actor:
    return actor_of(worker)


@pytest.fixture
def maria(by: Actor, worker: Staff) -> Person:
    made = client(by, MARIA, birth_date=date(1961, 3, 4))
    furnished(made, worker)
    return made


@pytest.fixture
def bell(by: Actor, worker: Staff) -> Person:
    made = client(by, BELL, birth_date=date(1961, 3, 4))
    furnished(made, worker, "employment")
    return made


def race(*deeds: Callable[[], object]) -> list[str]:
    """Do all *deeds* at once; what became of each, in their order: ``done``, or why not."""
    said = ["nothing"] * len(deeds)
    start = threading.Barrier(len(deeds))

    def run(place: int, deed: Callable[[], object]) -> None:
        try:
            within_the_agency()
            start.wait(20)
            deed()
            said[place] = "done"
        except DomainError as error:
            said[place] = str(error.message)
        except Exception as error:  # whatever would be a 500
            said[place] = f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return said


def left_on(gone: Person) -> int:
    """Rows of clinical work that still hang on the record that is gone."""
    rows = [model.objects.filter(person=gone).count() for model in (Contact, Episode, Entry, Evidence, Alert, Draft)]
    return sum(rows) + Task.objects.filter(client=gone).count()


class Writer:
    """Somebody who holds *first* (an enrollment, as whoever signs does) and then writes on *person*."""

    def __init__(self, first: Episode, person: Person) -> None:
        self.first, self.person = first, person
        self.holds = threading.Event()

    def __call__(self) -> None:
        with transaction.atomic():
            Episode.objects.select_for_update().get(pk=self.first.pk)
            self.holds.set()
            threading.Event().wait(HELD)
            Alert.objects.create(person=self.person, kind="dog", short="Big dog", review_on=date(2026, 12, 1))

    def then(self, deed: Callable[[], object]) -> Callable[[], object]:
        """*deed*, once it holds."""

        def after() -> object:
            assert self.holds.wait(20)
            return deed()

        return after


def test_whoever_writes_wins_and_the_merge_or_its_undo_waits_for_them(by: Actor, maria: Person, bell: Person) -> None:
    """The writer holds the enrollment that moves, and then waits for the record that goes: a ring, out of which the merge steps."""
    writer = Writer(Episode.objects.get(person=bell), bell)
    assert race(writer, writer.then(lambda: made_one(maria, bell, by))) == ["done", "done"]
    gather_strays(merge=Merge.objects.get(), by=by)
    assert left_on(bell) == 0
    assert Alert.objects.get().person_id == maria.pk
    made = Merge.objects.get()
    writer = Writer(Episode.objects.get(program__key="employment"), maria)
    assert race(writer, writer.then(lambda: undo_merge(merge=made, by=by))) == ["done", "done"]
    assert Merge.objects.get().undone_at
    assert Episode.objects.get(program__key="employment").person_id == bell.pk


def test_a_note_signed_and_a_draft_saved_on_the_record_that_goes(by: Actor, maria: Person, bell: Person) -> None:
    """The note lands on the one record that is left, or whoever signs is told; what they typed is there either way."""
    episode = Episode.objects.get(person=bell)
    pk = new_id()

    def save() -> None:
        save_draft(
            pk=pk, kind="contact", person=bell, episode=None, labels=0, content={"a": "b"}, version_seen=0, by=by
        )

    said = race(
        lambda: signed(bell, episode, by, start=time(20), end=time(20, 50)), lambda: made_one(maria, bell, by), save
    )
    assert [one for one in said[1:] if one != "done"] == []
    gather_strays(merge=Merge.objects.get(), by=by)
    assert left_on(bell) == 0
    assert Contact.objects.filter(person=maria).count() == (3 if said[0] == "done" else 2), said


def test_one_into_the_other_and_the_other_into_the_one(by: Actor, maria: Person, bell: Person) -> None:
    said = race(lambda: made_one(maria, bell, by), lambda: made_one(bell, maria, by))
    assert sorted(one == "done" for one in said) == [False, True]
    assert "merged meanwhile" in " ".join(said)
    made = Merge.objects.get()
    assert left_on(made.gone) == 0
    assert FormerNumber.objects.get().person_id == made.kept_id
    assert race(*[lambda: undo_merge(merge=made, by=by)] * 2) == ["done", "done"]
    assert Episode.objects.filter(person=made.gone).count() == 1


@pytest.mark.slow
def test_three_records_in_a_ring(by: Actor, maria: Person, bell: Person) -> None:
    """A into B, B into C, C into A: two at most can be, and all that there was hangs on the one that is left."""
    third = client(by, {"given": "Mary", "family": "Ortiz"})
    pairs = [(maria, bell), (bell, third), (third, maria)]
    said = race(*[lambda keep=keep, other=other: made_one(keep, other, by) for keep, other in pairs])
    assert [one for one in said if one != "done" and "merged meanwhile" not in one and "was changed" not in one] == []
    left = Person.objects.filter(client_number__isnull=False, pk__in=[maria.pk, bell.pk, third.pk])
    assert left.count() == 3 - said.count("done")
    gone = Person.objects.filter(client_number__isnull=True, pk__in=[maria.pk, bell.pk, third.pk])
    assert [left_on(one) for one in gone] == [0] * said.count("done")
