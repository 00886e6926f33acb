"""In each calendar period; what ended unmet is missed."""

import pytest

from tests.casework.tasks.rules.trying import due, stand, states

CAME = "enrolled: 2026-01-15"
VISIT = "each: month, accepts: contact, exceptions: [hospital]"


def rows(rule: str, about: str, ask: str) -> list[tuple[str, str]]:
    found = stand(rule, about, ask)
    return [(str(row.obligation.period[0]), str(row.state)) for row in found if row.obligation.period]


def seen(*days: str, more: str = "") -> str:
    return CAME + more + "\nevents:\n" + "".join(f"  - {{on: {day}, kind: contact}}\n" for day in days)


def test_a_month_without_a_visit_is_missed_for_good() -> None:
    """The month in which the child came is not counted; February is met, March is missed, whatever comes in April."""
    about = seen("2026-02-11", "2026-04-02")
    assert rows(VISIT, about, "2026-04-02") == [
        ("2026-04-01", "met"),
        ("2026-03-01", "missed"),
        ("2026-02-01", "met"),
    ]
    assert rows(VISIT, about, "2026-03-31")[0] == ("2026-03-01", "due")


def test_the_first_month_can_be_met_and_never_missed() -> None:
    assert rows(VISIT, seen("2026-01-20"), "2026-01-31") == [("2026-01-01", "met")]
    assert rows(VISIT, CAME, "2026-01-31") == [("2026-01-01", "due")]
    assert rows(VISIT, CAME, "2026-02-01") == [("2026-02-01", "not_yet")]
    assert rows(f"{VISIT}, partial_periods: true", CAME, "2026-02-01")[1] == ("2026-01-01", "missed")
    before = f"{CAME}\nevents:\n  - {{on: 2026-01-10, kind: contact}}"
    assert rows(VISIT, before, "2026-01-31") == [("2026-01-01", "due")]


def test_the_last_month_can_be_met_and_never_missed() -> None:
    left = seen("2026-02-11", more="\ndischarged: 2026-03-20")
    assert rows(VISIT, left, "2026-03-19") == [("2026-03-01", "not_yet"), ("2026-02-01", "met")]
    assert rows(VISIT, left, "2026-03-20") == [("2026-02-01", "met")]
    assert rows(VISIT, left, "2026-05-20") == [("2026-02-01", "met")]
    strict = f"{VISIT}, partial_periods: true"
    assert rows(strict, left, "2026-03-20")[0] == ("2026-03-01", "missed")
    aftercare = seen("2026-02-11", "2026-03-25", more="\ndischarged: 2026-03-20")
    assert rows(VISIT, aftercare, "2026-04-01") == [("2026-02-01", "met")]
    whole = seen(more="\ndischarged: 2026-02-28")
    assert rows(VISIT, whole.replace("events:\n", ""), "2026-03-01") == [("2026-02-01", "missed")]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("week", "2026-05-11", "2026-05-17"),
        ("month", "2026-05-01", "2026-05-31"),
        ("quarter", "2026-04-01", "2026-06-30"),
        ("half_year", "2026-01-01", "2026-06-30"),
        ("year", "2026-01-01", "2026-12-31"),
    ],
)
def test_periods_of_the_calendar(period: str, first: str, last: str) -> None:
    """14 May 2026 is a Thursday."""
    one = stand(f"each: {period}, accepts: contact", "enrolled: 2025-12-01", "2026-05-14")[0].obligation
    assert [str(day) for day in one.period or ()] == [first, last]
    assert str(one.due) == last


def test_february_of_a_leap_year() -> None:
    assert due(VISIT, "enrolled: 2027-12-01", "2028-02-10") == "2028-02-29"
    assert states(VISIT, "enrolled: 2027-12-01", "2028-02-21", "2028-02-22", "2028-02-29") == [
        "not_yet",
        "due_soon",
        "due",
    ]


def test_due_before_the_period_ends() -> None:
    """On the 10th: overdue from the 11th to the end of the month, then missed; met on the 15th is late."""
    rule = f"{VISIT}, due_day: 10"
    about = "enrolled: 2026-01-01"
    assert states(rule, about, "2026-02-10", "2026-02-11", "2026-02-28") == ["due", "overdue", "overdue"]
    assert rows(rule, about, "2026-03-01")[1] == ("2026-02-01", "missed")
    late = stand(rule, "enrolled: 2026-02-01\nevents:\n  - {on: 2026-02-15, kind: contact}", "2026-02-15")[0]
    assert (str(late.state), late.obligation.late) == ("met", True)
    assert due(f"{VISIT}, due_day: 31", "enrolled: 2026-01-01", "2026-02-01") == "2026-02-28"


def test_several_times_in_each_period() -> None:
    rule = "each: week, accepts: contact, at_least: 2"
    about = "enrolled: 2026-01-05\nevents:\n  - {on: 2026-01-06, kind: contact}\n  - {on: 2026-01-09, kind: contact}"
    assert states(rule, about, "2026-01-06", "2026-01-09", "2026-01-12") == ["due_soon", "met", "due_soon"]


def test_a_period_whose_last_day_is_paused_is_not_missed() -> None:
    about = f"{CAME}\npauses:\n  - {{from: 2026-02-20, to: 2026-03-03}}"
    assert rows(VISIT, about, "2026-02-19")[0] == ("2026-02-01", "not_yet")
    assert rows(VISIT, about, "2026-02-20")[0] == ("2026-02-01", "paused")
    assert rows(VISIT, about, "2026-03-04") == [("2026-03-01", "not_yet"), ("2026-02-01", "paused")]
    assert rows(VISIT, about, "2026-04-01")[1] == ("2026-03-01", "missed")
    assert rows(f"{VISIT}, pauses: false", about, "2026-03-04")[1] == ("2026-02-01", "missed")
    visited = f"{about}\nevents:\n  - {{on: 2026-02-10, kind: contact}}"
    assert rows(VISIT, visited, "2026-03-04")[1] == ("2026-02-01", "met")


def test_the_exception_excuses_its_period() -> None:
    about = f"{CAME}\nevents:\n  - {{on: 2026-02-20, kind: exception, requirement: r, reason: hospital}}"
    assert rows(VISIT, about, "2026-02-19")[0] == ("2026-02-01", "not_yet")
    assert rows(VISIT, about, "2026-03-04") == [("2026-03-01", "not_yet"), ("2026-02-01", "excepted")]
    long = about.replace("reason: hospital", "reason: hospital, until: 2026-03-10")
    assert rows(VISIT, long, "2026-04-01")[1:] == [("2026-03-01", "excepted"), ("2026-02-01", "excepted")]
    assert rows(VISIT, f"{about}\n  - {{on: 2026-02-25, kind: contact}}", "2026-03-04")[1] == ("2026-02-01", "met")


def test_periods_can_start_with_something_else() -> None:
    rule = "trigger: plan_signed, each: month, accepts: contact"
    assert stand(rule, CAME, "2026-02-01")[0].obligation.due is None
    about = f"{CAME}\nevents:\n  - {{on: 2026-02-10, kind: plan_signed}}"
    assert rows(rule, about, "2026-04-01") == [("2026-04-01", "not_yet"), ("2026-03-01", "missed")]


def test_rules_change_from_a_day_on() -> None:
    """A month that is over follows the rules of its last day: February asks for any contact, March for one in person."""
    first = "program:\n  requirements: [{key: r, each: month, accepts: contact}]\n"
    later = "changes:\n  - from: 2026-03-10\n    program:\n      requirements: [{key: r, each: month, accepts: {kind: contact, mode: in_person}}]\n"
    calls = (
        "events:\n  - {on: 2026-02-05, kind: contact, mode: phone}\n  - {on: 2026-03-05, kind: contact, mode: phone}\n"
    )
    from datetime import date

    from goldthread.casework.tasks.rules.engine import work_out
    from goldthread.casework.tasks.rules.scenario import read_scenario
    from goldthread.foundation.programs.shipped import shipped

    asked = read_scenario(f"{first}{later}enrolled: 2026-02-01\n{calls}", "", shipped(), date(2026, 4, 1))
    assert [str(row.state) for row in work_out(asked.history, asked.rules, date(2026, 3, 9))] == ["met", "met"]
    assert [str(row.state) for row in work_out(asked.history, asked.rules, date(2026, 3, 10))] == ["not_yet", "met"]
    assert [str(row.state) for row in work_out(asked.history, asked.rules, date(2026, 4, 1))] == [
        "not_yet",
        "missed",
        "met",
    ]


def test_nothing_counts_before_the_earliest_useful_day() -> None:
    """Due on 28 February and useful from ten days before it, the 18th; with a day in the month, from ten days before that."""
    rule = "each: month, earliest: 10 days, accepts: contact"
    assert rows(rule, seen("2026-02-17"), "2026-03-01")[1] == ("2026-02-01", "missed")
    assert rows(rule, seen("2026-02-18"), "2026-03-01")[1] == ("2026-02-01", "met")
    assert rows(f"{rule}, due_day: 15", seen("2026-02-04"), "2026-02-16")[0] == ("2026-02-01", "overdue")
    assert rows(f"{rule}, due_day: 15", seen("2026-02-05"), "2026-02-16")[0] == ("2026-02-01", "met")
