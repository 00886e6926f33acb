"""What a note says of goals and services of the plan, as it is kept with the contact. Pure."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from goldthread.casework.contacts.rules.written import Goal, Service, Written


def goal_as_kept(goal: Goal) -> dict[str, Any]:
    """*goal* as JSON."""
    kept: dict[str, Any] = {"words": goal.words, "went": goal.went, "note": goal.note}
    if goal.id is None:
        return kept
    kept |= {"id": str(goal.id), "person": str(goal.person)}
    if goal.values:
        kept["values"] = [{"id": str(pk), "words": words, "value": value} for pk, words, value in goal.values]
    if goal.steps:
        kept["steps"] = [{"id": str(pk), "words": words} for pk, words in goal.steps]
    return kept


def service_as_kept(service: Service) -> dict[str, Any]:
    """*service* as JSON: what this note made known of it."""
    kept: dict[str, Any] = {"id": str(service.id), "person": str(service.person), "words": service.words}
    kept |= {"confirms": service.confirms, "ended": service.ended, "helped": service.helped}
    return {name: value for name, value in kept.items() if value}


def of_person(kept: Iterable[dict[str, Any]], person: UUID) -> list[dict[str, Any]]:
    """Those that may be told on the page of *person*: their own, and those of nobody's plan."""
    return [one for one in kept if one.get("person", str(person)) == str(person)]


def goals_told(note: Written, person: UUID) -> list[str]:
    """The goals of *person*'s plan that *note* served, in their words; none when nobody was reached."""
    return [] if note.attempted else [goal.words for goal in note.goals if goal.id and goal.person == person]
