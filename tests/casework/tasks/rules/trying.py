"""Scenarios for tests: where rules stand, in one line."""

from datetime import date
from textwrap import indent

from goldthread.casework.tasks.rules.engine import Standing, work_out
from goldthread.casework.tasks.rules.scenario import read_scenario
from goldthread.foundation.programs.shipped import shipped

TODAY = date(2026, 11, 19)


def stand(rule: str, about: str, ask: str) -> list[Standing]:
    """The rows of one rule (YAML, without its key: it is ``r``) on the day *ask*, for the client of *about* (YAML)."""
    rules = rule if rule.startswith("-") else f"- {{key: r, {rule}}}"
    text = f"program:\n  requirements:\n{indent(rules, '    ')}\n{about}\nask: {ask}\n"
    scenario = read_scenario(text, "test.yaml", shipped(), TODAY)
    (asked,) = scenario.asked
    return work_out(scenario.history, scenario.rules, asked.on, asked.at)


def states(rule: str, about: str, *days: str) -> list[str]:
    """The state of the newest row on each of *days*; ``-``: there is none."""
    found = [stand(rule, about, day) for day in days]
    return [str(rows[0].state) if rows else "-" for rows in found]


def due(rule: str, about: str, ask: str) -> str:
    """The due date of the newest row (with the hour in UTC, where there is one)."""
    one = stand(rule, about, ask)[0].obligation
    return one.due_at.isoformat() if one.due_at else str(one.due)
