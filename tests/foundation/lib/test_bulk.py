"""Many rows of one model written at once are what they are one by one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.bulk import MANY, insert_new, insert_rows
from goldthread.foundation.lib.ids import new_id
from tests.factories import TeamFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]

AT = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)
WORDS = 'He said “no”, then: \\ % %s {"a": 1}, {x} "quoted" NULL émigré 🙂 ‮txet'
NAMES = [field.attname for field in Task._meta.concrete_fields]


def task(**values: Any) -> Task:
    said: dict[str, Any] = {"title": "Call", "made_at": AT, "labels": 0}
    return Task(id=new_id(), **(said | values))


def written(row: Task) -> dict[str, Any]:
    return {name: getattr(row, name) for name in NAMES}


@pytest.mark.parametrize("many", [1, MANY - 1, MANY, 60])
def test_what_is_read_is_what_was_written(many: int) -> None:
    """Every kind of value, with nothing in some rows, and numbers of one byte beside those of four."""
    team = TeamFactory()
    rows = [
        task(
            title=f"{WORDS} {n}",
            team=team if n % 3 else None,
            due_on=date(2028, 2, 29) if n % 2 else None,
            due_at=AT + timedelta(microseconds=n) if n % 2 else None,
            counts=bool(n % 2),
            why=[{"code": "due", "of": n, "none": None, "deep": [WORDS, [n]]}] if n % 4 else [],
            repeat={} if n % 2 else {"a": ["b", {"c": str(Decimal("1.50"))}]},
            met_by=UUID(int=n) if n % 5 else None,
            labels=64 if n % 2 else 0,
        )
        for n in range(many)
    ]
    insert_rows(rows)
    there = Task.objects.in_bulk([row.pk for row in rows])
    assert [written(there[row.pk]) for row in rows] == [written(row) for row in rows]
    assert not any(row._state.adding for row in rows)


def test_words_that_are_too_long_are_refused_and_not_cut() -> None:
    rows = [task(title="x" * 200) for _ in range(MANY)] + [task(title="x" * 201)]
    if connection.vendor == "sqlite":
        pytest.skip("SQLite knows no length")
    with pytest.raises(DataError), transaction.atomic():
        insert_rows(rows)
    assert not Task.objects.exists()


def test_of_many_those_that_are_there_already_are_passed_over() -> None:
    rows = [task(title=str(n)) for n in range(MANY + 3)]
    insert_rows(rows[:2])
    assert not insert_new(rows)
    assert Task.objects.count() == MANY + 3
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([*rows, task()])
    assert Task.objects.count() == MANY + 3
