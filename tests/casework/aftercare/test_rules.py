"""Which days, which note counts, who is in time. Worked out by hand on a calendar of 2026."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest

from goldthread.casework.aftercare.rules import contacts_due, counts_for, day_of, in_time
from goldthread.foundation.agency.rules import Calendar
from goldthread.foundation.programs.rules.spans import read_span
from goldthread.foundation.programs.rules.way_out import way_of
from goldthread.foundation.programs.shipped import shipped

THANKSGIVING = date(2026, 11, 26)
CALENDAR = Calendar(holidays={THANKSGIVING: "Thanksgiving"})
LEFT = date(2026, 11, 19)  # a Thursday


@pytest.mark.parametrize(
    ("after", "day"),
    [
        ("2 business days", date(2026, 11, 23)),  # Friday, Monday
        ("1 week", date(2026, 11, 27)),  # Thanksgiving: the day after
        ("30 days", date(2026, 12, 21)),  # 19 December is a Saturday
        ("1 month", date(2026, 12, 21)),
        ("48 hours", date(2026, 11, 23)),  # Saturday: Monday
        ("1 year", date(2027, 11, 19)),
    ],
)
def test_a_contact_is_due_on_a_day_on_which_somebody_works(after: str, day: date) -> None:
    assert day_of(LEFT, read_span(after), CALENDAR) == day


def planned(key: str, reason: str, *, deceased: bool = False, today: date = LEFT) -> list[tuple[str, date]]:
    rules = shipped()[key].aftercare
    return [
        (one.rule.title, one.on)
        for one in contacts_due(rules, way_of(reason), LEFT, today, CALENDAR, deceased=deceased)
    ]


def test_who_lives_is_called_and_the_family_of_who_died_is() -> None:
    assert planned("hospital-discharge", "goals-reached") == [
        ("Medicines and appointments", date(2026, 11, 23)),
        ("First week", date(2026, 11, 27)),
        ("Last call", date(2026, 12, 21)),
    ]
    assert planned("hospital-discharge", "deceased", deceased=True) == [
        ("Call to the family after the death", date(2026, 12, 3))
    ]


def test_who_did_not_want_to_go_on_is_left_in_peace() -> None:
    assert planned("hospital-discharge", "refused") == []


def test_a_discharge_that_is_written_down_late_asks_for_nothing_in_the_past() -> None:
    late = planned("hospital-discharge", "goals-reached", today=date(2026, 12, 1))
    assert [day for _title, day in late] == [date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 21)]


@dataclass
class Line:
    pk: UUID
    due_on: date


def test_a_call_counts_for_the_first_that_is_planned_but_not_for_one_months_ahead() -> None:
    first, second = Line(uuid4(), date(2026, 11, 23)), Line(uuid4(), date(2026, 12, 21))
    assert counts_for(date(2026, 11, 20), LEFT, [first, second], None) == first.pk
    assert counts_for(date(2026, 12, 30), LEFT, [first, second], None) == first.pk, "late is late, and still counts"
    assert counts_for(date(2026, 11, 24), LEFT, [second], first.due_on) is None, "the middle is 7 December"
    assert counts_for(date(2026, 12, 7), LEFT, [second], first.due_on) == second.pk
    assert counts_for(LEFT, LEFT, [first], None) is None, "on the last day they were still served"
    assert counts_for(date(2026, 12, 7), LEFT, [], None) is None


def test_the_window_ends_with_its_last_day() -> None:
    assert in_time(LEFT, date(2027, 2, 17), 90)
    assert not in_time(LEFT, date(2027, 2, 18), 90)
    assert not in_time(LEFT, LEFT, 0), "a program without a window takes everybody in anew"
    assert not in_time(None, LEFT, 90)
