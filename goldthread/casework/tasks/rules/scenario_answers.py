"""What the engine answers to a scenario: the rows as ``goldthread programs try --json`` and the page give them. Pure."""

from typing import Any

from goldthread.casework.tasks.rules.engine import Standing, work_out
from goldthread.casework.tasks.rules.scenario import Asked, Scenario
from goldthread.casework.tasks.rules.words import explain

Answer = tuple[Asked, list[Standing]]


def answers_of(scenario: Scenario) -> list[Answer]:
    """Where every requirement stands on each day asked about."""
    return [(asked, work_out(scenario.told_by(asked), scenario.rules, asked.on, asked.at)) for asked in scenario.asked]


def as_json(answers: list[Answer]) -> list[dict[str, Any]]:
    """The same as values of JSON; docs/trying-rules.md tells what each means."""
    return [{"ask": asked.text, "requirements": [_row(row, asked) for row in rows]} for asked, rows in answers]


def _row(row: Standing, asked: Asked) -> dict[str, Any]:
    one = row.obligation
    told: dict[str, Any] = {
        "key": row.key,
        "period": [day.isoformat() for day in one.period] if one.period else None,
        "due": one.due.isoformat() if one.due else None,
        "state": str(row.state),
        "why": explain(row.why, asked.on),
    }
    if one.due_at:
        told["due_at"] = one.due_at.isoformat()
    if one.share:
        told["rate"] = one.rate
    if one.member is not None:
        told["who"] = str(one.member)
    return told
