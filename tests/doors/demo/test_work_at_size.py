"""Casework made at size is what the rooms would have made: the engine, asked again, changes nothing."""

from collections import Counter

import pytest
from django.db.models import Count

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.models import Contact
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.casework.tasks.models import Evidence, Reckoning, Task
from goldthread.casework.tasks.queries.lists import Whose, on_the_list
from goldthread.doors.demo import work_at_size
from goldthread.doors.demo.agency import email_of
from goldthread.doors.demo.size import make_many
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.conftest import NOW, TODAY

pytestmark = [pytest.mark.thorough, pytest.mark.slow]
ENTRIES = 40


@pytest.fixture(scope="module")
def agency(kept: None) -> None:
    make_many(230, TODAY, NOW, caseload=100, entries=ENTRIES)


def tasks() -> list[dict[str, object]]:
    return list(Task.objects.order_by("pk").values())


@pytest.mark.django_db
def test_the_engine_asked_again_for_every_episode_changes_no_task(agency: None) -> None:
    before, looks = tasks(), dict(Reckoning.objects.values_list("episode", "refresh_on"))
    assert len({row["requirement"] for row in before if row["requirement"]}) >= 6
    recompute(episodes=Episode.objects.values_list("pk", flat=True), by=Actor(at=NOW, today=TODAY))
    assert tasks() == before
    assert dict(Reckoning.objects.values_list("episode", "refresh_on")) == looks


@pytest.mark.django_db
def test_the_engine_makes_the_same_tasks_when_there_are_none(agency: None) -> None:
    said = ("episode", "client", "requirement", "occurrence", "state", "due_on", "met_by", "owner", "remind_on", "late")
    before = Counter(Task.objects.exclude(requirement="").values_list(*said))
    Task.objects.exclude(requirement="").delete()
    Reckoning.objects.update(version=0)
    recompute(episodes=Episode.objects.values_list("pk", flat=True), by=Actor(at=NOW, today=TODAY))
    assert Counter(Task.objects.exclude(requirement="").values_list(*said)) == before


@pytest.mark.django_db
def test_every_client_has_an_episode_ten_signed_contacts_and_what_follows(agency: None) -> None:
    assert Episode.objects.count() == Person.objects.filter(client_number__isnull=False).count() == 230
    for rows in (Contact.objects.all(), Evidence.objects.filter(kind="contact")):
        assert set(rows.values("person").annotate(many=Count("pk")).values_list("many", flat=True)) == {10}
    assert not Assignment.objects.filter(episode__isnull=True).exists()
    assert set(Entry.objects.filter(kind="contact").values_list("source_id", flat=True)) == set(
        Contact.objects.values_list("pk", flat=True)
    )


@pytest.mark.django_db
def test_one_worker_has_ninety_clients_and_four_hundred_tasks_and_one_client_a_long_life(agency: None) -> None:
    busy = Staff.objects.get(user__email=email_of(Role.CASE_MANAGER, 1))
    assert Assignment.objects.filter(staff=busy).count() == work_at_size.BUSY_CLIENTS == 90
    assert on_the_list(Whose(busy.pk), TODAY, NOW).count() == work_at_size.BUSY_TASKS == 400
    assert Entry.objects.filter(person__client_number=1001, kind="task").count() == ENTRIES
