"""The clocks of mandated reports, worked out by hand from the calendar; and what the table says."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from goldthread.casework.incidents.enums import Population
from goldthread.casework.incidents.rules.clocks import clocks_of, due_at
from goldthread.casework.incidents.rules.jurisdictions import Span, read_table, ruling_for, table
from goldthread.foundation.agency.rules import Calendar, public_holidays

NEW_YORK = "America/New_York"
PLAIN = Calendar()
DAY = date(2026, 11, 19)


def local(year: int, month: int, day: int, hour: int, minute: int = 0, zone: str = NEW_YORK) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone))


def test_36_hours_are_36_hours() -> None:
    assert due_at(Span(hours=36), datetime(2026, 11, 19, 15, tzinfo=UTC), PLAIN, NEW_YORK) == datetime(
        2026, 11, 21, 3, tzinfo=UTC
    )


def test_hours_pass_over_the_night_the_clock_goes_forward() -> None:
    """8 March 2026, 2:00 becomes 3:00: 36 hours after Saturday 9:00 it is Sunday 22:00 on the wall, not 21:00."""
    due = due_at(Span(hours=36), local(2026, 3, 7, 9), PLAIN, NEW_YORK)
    assert due.astimezone(UTC) == datetime(2026, 3, 9, 2, tzinfo=UTC) == local(2026, 3, 8, 22).astimezone(UTC)


def test_hours_pass_over_the_night_the_clock_goes_back() -> None:
    """1 November 2026: 24 hours after Saturday 12:00 it is Sunday 11:00 on the wall."""
    start = local(2026, 10, 31, 12).astimezone(UTC)
    assert due_at(Span(hours=24), start, PLAIN, NEW_YORK) == local(2026, 11, 1, 11).astimezone(UTC)


def test_two_working_days_skip_thanksgiving_the_weekend_and_the_agencys_own_day() -> None:
    """Wednesday 25 Nov 2026; Thursday is Thanksgiving; in California the Friday after it is a holiday, too: Mon 30, Tue 1."""
    calendar = Calendar(holidays=public_holidays("US", "CA", [2026]))
    due = due_at(
        Span(working_days=2), local(2026, 11, 25, 16, zone="America/Los_Angeles"), calendar, "America/Los_Angeles"
    )
    assert due == local(2026, 12, 1, 23, 59, zone="America/Los_Angeles")
    closed = Calendar(holidays=calendar.holidays, closed=frozenset({date(2026, 11, 30)}))
    later = due_at(
        Span(working_days=2), local(2026, 11, 25, 16, zone="America/Los_Angeles"), closed, "America/Los_Angeles"
    )
    assert later.date() == date(2026, 12, 2)


def test_working_days_count_from_the_day_on_the_agencys_wall() -> None:
    """Friday 20 Nov, 23:30 in New York is Saturday in UTC: the second worked day after Friday is Tuesday."""
    start = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)
    assert due_at(Span(working_days=2), start, PLAIN, NEW_YORK).date() == date(2026, 11, 24)


def test_at_once_is_the_suspicion_itself() -> None:
    start = local(2026, 11, 19, 9)
    assert due_at(Span(), start, PLAIN, NEW_YORK) == start


def test_three_clocks_run_from_the_suspicion() -> None:
    start = local(2026, 11, 19, 9)
    clocks = clocks_of(ruling_for("CA", "child", DAY), start, PLAIN, NEW_YORK)
    assert clocks.oral == start
    assert clocks.written == local(2026, 11, 20, 21)
    assert clocks.internal == local(2026, 11, 20, 9)


@pytest.mark.parametrize(
    ("state", "population", "oral", "written", "verified"),
    [
        ("CA", "child", Span(), Span(hours=36), True),
        ("CA", "elder", Span(), Span(working_days=2), True),
        ("CA", "dependent_adult", Span(), Span(working_days=2), True),
        ("AK", "dependent_adult", Span(hours=24), Span(hours=24), True),
        ("PA", "child", Span(), Span(hours=48), False),
        ("NY", "child", Span(), Span(hours=48), False),
        ("MA", "child", Span(), Span(hours=48), False),
    ],
)
def test_rows_of_the_table(state: str, population: str, oral: Span, written: Span, verified: bool) -> None:
    ruling = ruling_for(state, population, DAY)
    assert (ruling.oral, ruling.written, ruling.verified, ruling.known) == (oral, written, verified, True)


@pytest.mark.parametrize(("state", "population"), [("TX", "child"), ("NY", "elder"), ("", "child"), ("XX", "elder")])
def test_a_state_without_a_row_falls_back_and_says_so(state: str, population: str) -> None:
    ruling = ruling_for(state, population, DAY)
    assert (ruling.oral, ruling.written, ruling.known, ruling.verified) == (Span(), Span(hours=24), False, False)


def test_only_the_rows_checked_against_the_law_are_verified() -> None:
    checked = {key for key, row in table().rules.items() if row["verified"]}
    adults = {(state, people) for state in ("CA", "AK", "AL") for people in ("elder", "dependent_adult")}
    assert checked == adults | {("CA", "child")}


def test_every_number_has_source_and_day_and_is_not_called_checked() -> None:
    lines = [*table().phones.values(), *table().national.values()]
    assert all(line.source and line.as_of and not line.verified for line in lines)
    assert table().national["child"].phone == "1-800-422-4453"
    assert table().national["elder"].phone == table().national["dependent_adult"].phone == "1-800-677-1116"
    assert table().phones["NY", "child"].phone == "1-800-342-3720"


def test_a_state_without_a_number_gets_the_national_line() -> None:
    ruling = ruling_for("CA", "child", DAY)
    assert (ruling.line.name, ruling.own_line) == ("Childhelp", False)


NATIONAL = "\n".join(
    f"  {one}: {{phone: '1', name: n, source: s, as_of: '2026', verified: false}}" for one in Population.values
)


@pytest.mark.parametrize(
    "row",
    [
        "{state: ZZ, populations: [child], oral: at_once, written: at_once, verified: true, source: s}",
        "{state: CA, populations: [cat], oral: at_once, written: at_once, verified: true, source: s}",
        "{state: CA, populations: [child], oral: soon, written: at_once, verified: true, source: s}",
        "{state: CA, populations: [child], oral: at_once, written: {hours: -1}, verified: true, source: s}",
        "{state: CA, populations: [child, child], oral: at_once, written: at_once, verified: true, source: s}",
    ],
)
def test_a_row_that_makes_no_sense_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_table(f"states: {{CA: California}}\nrules: [{row}]\nnational:\n{NATIONAL}\nphones: []\n")
