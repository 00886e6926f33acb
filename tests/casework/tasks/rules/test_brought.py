"""What is asked of an episode that came from a file: nothing that was due before that day, and nothing is missed (ADR 0058)."""

from dataclasses import replace
from datetime import date
from textwrap import indent

from goldthread.casework.tasks.rules.engine import Standing, obligations, work_out
from goldthread.casework.tasks.rules.scenario import read_scenario
from goldthread.foundation.programs.enums import State
from goldthread.foundation.programs.shipped import shipped

CAME_ON = date(2026, 11, 22)
LONG = "enrolled: 2023-01-15"


def asked(rule: str, about: str, on: str, *, past: bool = False) -> list[Standing]:
    """How one rule stands on the day *on* for an episode that came from a file on 22 November."""
    text = f"program:\n  requirements:\n{indent(f'- {{key: r, {rule}}}', '    ')}\n{about}\nask: {on}\n"
    scenario = read_scenario(text, "test.yaml", shipped(), CAME_ON)
    events = tuple(replace(event, past=past) for event in scenario.history.events)
    history = replace(scenario.history, asked_from=CAME_ON, events=events)
    day = date.fromisoformat(on)
    assert all(one.due is None or one.due >= CAME_ON for one in obligations(history, scenario.rules, day, day))
    return work_out(history, scenario.rules, day)


def test_what_was_due_once_before_is_not_asked() -> None:
    assert asked("due: 30 days, accepts: plan_signed", LONG, "2026-11-22") == []
    (late,) = asked("due: 30 days, accepts: plan_signed", "enrolled: 2026-11-01", "2026-11-22")
    assert (late.state, late.obligation.due) == (State.NOT_YET, date(2026, 12, 1))


def test_what_comes_again_counts_from_that_day_or_from_what_was_brought() -> None:
    rule = "every: 30 days, accepts: contact"
    (anew,) = asked(rule, LONG, "2026-11-22")
    assert anew.obligation.due == date(2026, 12, 22)
    assert anew.why[0]["from"] == {"kind": "brought", "on": "2026-11-22"}
    contacts = f"{LONG}\nevents:\n  - {{on: 2026-09-01, kind: contact}}\n  - {{on: 2026-11-10, kind: contact}}"
    (counted,) = asked(rule, contacts, "2026-11-22", past=True)
    assert counted.obligation.due == date(2026, 12, 10)
    (first,) = asked("due: 5 days, every: 30 days, accepts: contact", LONG, "2026-11-22")
    assert first.obligation.due == date(2026, 12, 22)


def test_months_before_are_not_missed_and_the_one_under_way_is_asked_once() -> None:
    rule = "each: month, accepts: contact"
    (now,) = asked(rule, LONG, "2026-11-22")
    assert (now.obligation.period, now.obligation.counts) == ((date(2026, 11, 1), date(2026, 11, 30)), False)
    assert [one.state for one in asked(rule, LONG, "2026-12-02")] == [State.NOT_YET]
    assert [one.state for one in asked(rule, LONG, "2027-01-02")] == [State.NOT_YET, State.MISSED]
    met = asked(rule, f"{LONG}\nevents:\n  - {{on: 2026-11-10, kind: contact}}", "2026-11-22", past=True)
    assert [one.state for one in met] == [State.MET]


def test_a_brought_contact_proves_and_starts_nothing() -> None:
    rule = "trigger: contact, due: 60 days, accepts: plan_signed"
    about = f"{LONG}\nevents:\n  - {{on: 2026-11-01, kind: contact}}"
    assert asked(rule, about, "2026-11-22")[0].obligation.due == date(2026, 12, 31)
    assert asked(rule, about, "2026-11-22", past=True)[0].obligation.due is None
