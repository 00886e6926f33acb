"""Rows of several models written together: what stands in the tables, and how often PostgreSQL was asked."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from goldthread.casework.contacts.models import ContactActivity
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.writes import Writes
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)
WORDS = 'He said “no”, then: \\ % %s {"a": 1} émigré 🙂 ‮txet'


def task(**values: Any) -> Task:
    said: dict[str, Any] = {"title": "Call", "made_at": AT, "labels": 0}
    return Task(id=new_id(), **(said | values))


def test_what_is_read_is_what_was_written() -> None:
    """Every kind of value: words as they are, days, instants to the microsecond, ids, numbers, truth, nothing, lists within lists."""
    team = TeamFactory()
    one = task(
        title=WORDS,
        note="\n".join([WORDS] * 3),
        team=team,
        due_on=date(2028, 2, 29),
        due_at=AT,
        counts=False,
        why=[{"code": "due", "on": "2026-01-31", "of": 2, "none": None, "deep": [WORDS]}],
        repeat={},
        met_by=UUID(int=7),
        labels=64,
    )
    writes = Writes()
    writes.insert([one, task()])
    assert writes.write()
    assert not one._state.adding
    there = Task.objects.get(pk=one.pk)
    names = [field.attname for field in Task._meta.concrete_fields]
    assert {name: getattr(there, name) for name in names} == {name: getattr(one, name) for name in names}
    assert there.why == one.why
    assert there.snoozed_until is None


def test_all_of_it_is_one_statement_on_postgresql() -> None:
    old = [task(), task(title="Visit")]
    before = Writes()
    before.insert(old)
    before.write()
    writes = Writes()
    for row in old:
        row.title, row.version = f"{row.title} again", 2
    writes.update(old, ("title", "version"))
    writes.insert([task(title="new")])
    writes.insert_new([task(title="newer"), task(title="newest")])
    writes.insert([])
    with CaptureQueriesContext(connection) as asked:
        assert writes.write()
    assert len(asked) == (1 if connection.vendor == "postgresql" else 3)
    assert sorted(Task.objects.values_list("title", "version")) == [
        ("Call again", 2),
        ("Visit again", 2),
        ("new", 1),
        ("newer", 1),
        ("newest", 1),
    ]
    with CaptureQueriesContext(connection) as asked:
        assert writes.write()  # nothing is left in it
    assert not asked.captured_queries


def test_what_is_there_already_stays_and_is_told() -> None:
    there = task(title="first")
    writes = Writes()
    writes.insert([there])
    writes.write()
    writes.insert_new([Task(id=there.pk, title="second", made_at=AT), task(title="other")])
    assert not writes.write()
    assert sorted(Task.objects.values_list("title", flat=True)) == ["first", "other"]


def test_what_may_not_be_there_twice_is_refused_whole() -> None:
    there = task()
    writes = Writes()
    writes.insert([there])
    writes.write()
    writes.insert([task(title="with it")])
    writes.insert([Task(id=there.pk, title="second", made_at=AT)])
    with pytest.raises(IntegrityError), transaction.atomic():
        writes.write()
    assert Task.objects.get().title == "Call"


def test_what_points_to_nothing_is_found_when_references_are_checked() -> None:
    writes = Writes()
    writes.insert([ContactActivity(contact_id=new_id(), activity="referral", minutes=5)])
    with transaction.atomic():
        writes.write()
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)
