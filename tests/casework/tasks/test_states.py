"""Where a stored row stands on a day, without a database; and the same said to the database."""

from datetime import UTC, date, datetime

import pytest

from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.queries.states import due_on, escalated, live, overdue, snoozed, state_of

TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 15, tzinfo=UTC)
FOREVER = date.max


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "state", "lists"),
    [
        ({}, "not_yet", "live"),
        ({"due_on": date(2026, 11, 20)}, "not_yet", "live"),
        ({"due_on": date(2026, 11, 20), "remind_on": TODAY}, "due_soon", "live"),
        ({"due_on": TODAY}, "due", "live due"),
        ({"due_on": date(2026, 11, 18), "escalate_on": TODAY}, "overdue", "live overdue escalated"),
        ({"due_on": TODAY, "due_at": datetime(2026, 11, 19, 14, tzinfo=UTC)}, "overdue", "live due overdue"),
        ({"due_on": TODAY, "due_at": datetime(2026, 11, 19, 16, tzinfo=UTC)}, "due", "live due"),
        ({"due_on": date(2026, 11, 18), "clock": "share"}, "due_soon", "live"),
        ({"due_on": date(2026, 11, 20), "clock": "share"}, "not_yet", "live"),
        ({"due_on": date(2026, 12, 1), "starts_on": date(2026, 11, 20)}, None, ""),
        ({"due_on": TODAY, "snoozed_until": date(2026, 11, 21)}, "due", "live due snoozed"),
        ({"due_on": TODAY, "rest": "paused", "rests_from": TODAY, "rests_until": FOREVER}, "paused", ""),
        ({"due_on": TODAY, "rest": "excepted", "rests_from": date(2026, 11, 1), "rests_until": TODAY}, "excepted", ""),
        (
            {
                "due_on": date(2026, 11, 1),
                "rest": "excepted",
                "rests_from": date(2026, 11, 1),
                "rests_until": date(2026, 11, 18),
            },
            "overdue",
            "live overdue",
        ),
        ({"due_on": date(2026, 10, 31), "period_end": date(2026, 10, 31), "counts": False}, None, ""),
        (
            {
                "due_on": date(2026, 10, 31),
                "period_end": date(2026, 10, 31),
                "rest": "paused",
                "rests_from": date(2026, 10, 25),
                "rests_until": date(2026, 11, 2),
            },
            "paused",
            "",
        ),
        ({"state": "done", "due_on": TODAY}, "met", ""),
        ({"state": "paused", "due_on": TODAY}, "paused", ""),
        ({"state": "cancelled", "due_on": TODAY}, None, ""),
    ],
)
def test_a_row_on_a_day(values: dict[str, object], state: str | None, lists: str) -> None:
    row = Task.objects.create(title="t", made_at=NOW, **values)
    assert state_of(row, TODAY, NOW) == state
    wanted = {
        "live": live(TODAY),
        "due": due_on(TODAY),
        "overdue": overdue(TODAY, NOW),
        "escalated": escalated(TODAY),
        "snoozed": snoozed(TODAY),
    }
    found = [name for name, query in wanted.items() if Task.objects.filter(query, pk=row.pk).exists()]
    assert found == lists.split()
