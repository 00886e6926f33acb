"""The task of an inquiry, an offer, a step is found by what it comes of, however many tasks of rules there are, which come of nothing."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection as plain_connection

from goldthread.casework.tasks.models import Task, TaskState
from tests.factories import AT, StaffFactory

connection: Any = plain_connection


@pytest.mark.django_db
@pytest.mark.sqlite
@pytest.mark.parametrize("more", [{}, {"state": TaskState.OPEN}])
def test_it_is_looked_up_and_not_searched_for(more: dict[str, Any]) -> None:
    """SQLite counts how many rows a key of an index has on average, and takes one for useless whose keys are nearly all empty."""
    owner, source = StaffFactory(), uuid4()
    named = {"owner": owner, "title": "Call", "made_at": AT}
    Task.objects.bulk_create(Task(**named) for _each in range(2_000))
    Task.objects.bulk_create(Task(**named, source_kind="inquiry", source_id=uuid4()) for _each in range(3))
    Task.objects.create(**named, source_kind="inquiry", source_id=source)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("ANALYZE sqlite_schema")
    rows = Task.objects.filter(source_kind="inquiry", source_id=source, **more)
    for asked in (rows, rows.order_by("pk")[:1]):
        plan = asked.explain()
        assert "SEARCH tasks_task USING INDEX tasks_of_source" in plan, plan
