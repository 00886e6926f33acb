"""The same note signed at the same moment, each over a connection of its own: it is there once, and whoever was second is told."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection

from goldthread.casework.contacts.actions.groups import sign_group
from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.contacts.models import Contact
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from tests.casework.caseload.programs import within_the_agency
from tests.casework.contacts.making import TODAY, ZONE, actor_of, episode_of, note
from tests.casework.contacts.test_groups import group_of, member
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def race(*deeds: Callable[[], object]) -> list[str]:
    """Do all *deeds* at once; what became of each, sorted."""
    said: list[str] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            within_the_agency()
            start.wait(20)
            deed()
            said.append("signed")
        except DomainError as error:
            said.append(str(error.message))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return sorted(said)


def test_pressed_twice_at_once_it_is_signed_once() -> None:
    worker, client = StaffFactory(), PersonFactory()
    episode = episode_of(client, worker)
    for hour in range(ROUNDS):
        pk = new_id()
        start = note(client, episode).start
        assert start
        said = note(client, episode, start=start.replace(hour=8 + hour), end=start.replace(hour=8 + hour, minute=50),
                    next_step=f"Call {hour}", next_on=TODAY)  # fmt: skip
        deeds = [lambda pk=pk, said=said: sign(pk=pk, note=said, zone=ZONE, by=actor_of(worker))] * 2
        assert race(*deeds) == ["signed", "signed"]
        assert Entry.objects.filter(source_id=pk).count() == 1
        assert Task.objects.filter(title=f"Call {hour}").count() == 1
    assert Contact.objects.count() == ROUNDS


def test_two_workers_under_one_number_one_is_told() -> None:
    one, two, client = StaffFactory(), StaffFactory(), PersonFactory()
    for _ in range(ROUNDS):
        pk = new_id()
        deeds = [
            lambda by=by, pk=pk: sign(pk=pk, note=note(client, overlap_is_right=True), zone=ZONE, by=actor_of(by))
            for by in (one, two)
        ]
        assert race(*deeds) == ["This note is already signed.", "signed"]
        assert Contact.objects.filter(pk=pk).count() == 1


def test_a_group_pressed_twice_at_once_is_signed_once() -> None:
    worker = StaffFactory()
    clients = [PersonFactory() for _ in range(3)]
    for one in clients:
        episode_of(one, worker)
    group = group_of(*map(member, clients))
    group = replace(group, names_are_right=True)
    deeds = [lambda: sign_group(group=group, zone=ZONE, by=actor_of(worker))] * 2
    assert race(*deeds) == ["signed", "signed"]
    assert Contact.objects.count() == 3
