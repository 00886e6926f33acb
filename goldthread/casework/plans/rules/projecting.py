"""What a version in force puts to work: values of rows made of its lines, under the lines' own ids. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from goldthread.casework.plans.enums import GoalState
from goldthread.casework.plans.rules.document import lines, reviewed
from goldthread.casework.plans.rules.shape import GOALS, OBJECTIVES, SERVICES, STEPS

CLOSED_BY = {"met": GoalState.MET, "stop": GoalState.STOPPED}


class Row(NamedTuple):
    """The values of one row. *needs*: of a goal, the ids that it answers."""

    id: UUID
    values: dict[str, Any]
    needs: frozenset[UUID] = frozenset()


def goals(content: Mapping[str, Any]) -> Iterator[Row]:
    """The goals, with what a review says of each."""
    for position, one in enumerate(lines(content, GOALS)):
        said = reviewed(content, one["id"])
        values = {
            "words": one["words"],
            "domain": one.get("domain", ""),
            "target_on": _day(one.get("target_on")),
            "position": position,
            "state": CLOSED_BY.get(said.get("answer", ""), GoalState.OPEN),
            "outcome": said.get("why", "")[:300],
        }
        yield Row(UUID(one["id"]), values, frozenset(UUID(need) for need in one.get("needs", [])))


def objectives(content: Mapping[str, Any]) -> Iterator[Row]:
    for position, one in enumerate(lines(content, OBJECTIVES)):
        values = {name: one.get(name, "") for name in ("words", "baseline", "target", "measure")}
        yield Row(
            UUID(one["id"]),
            values | {"goal_id": UUID(one["goal"]), "by_on": _day(one.get("by_on")), "position": position},
        )


def steps(content: Mapping[str, Any]) -> Iterator[Row]:
    for position, one in enumerate(lines(content, STEPS)):
        values = {name: one.get(name, "") for name in ("words", "owner_kind", "owner_words")} | {
            "goal_id": UUID(one["goal"]),
            "objective_id": UUID(one["objective"]) if one.get("objective") else None,
            "due_on": _day(one.get("due_on")),
            "court_ordered": bool(one.get("court_ordered")),
            "position": position,
        }
        yield Row(UUID(one["id"]), values)


def services(content: Mapping[str, Any]) -> Iterator[Row]:
    for position, one in enumerate(lines(content, SERVICES)):
        values = {
            name: one.get(name, "") for name in ("words", "provider_words", "amount", "frequency", "duration")
        } | {
            "goal_id": UUID(one["goal"]) if one.get("goal") else None,
            "natural": bool(one.get("natural")),
            "position": position,
        }
        yield Row(UUID(one["id"]), values)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
