"""Does something that happened count?"""

from goldthread.casework.tasks.rules.history import Event
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.rules.template import Accepts, Requirement


def accepted(accepts: Accepts, event: Event) -> bool:
    """Is *event* what *accepts* asks for? What was only attempted is not, unless it says so."""
    return (
        event.kind == accepts.kind
        and (accepts.attempted or not event.attempted)
        and (not accepts.name or event.name == accepts.name)
        and (not accepts.modes or event.mode in accepts.modes)
        and (not accepts.places or event.place in accepts.places)
        and (not accepts.activities or not event.activities.isdisjoint(accepts.activities))
        and accepts.seen <= event.seen
        and event.minutes >= accepts.minutes
    )


def meets(requirement: Requirement, event: Event) -> bool:
    """Does *event* meet *requirement*, or one of the times that it wants?"""
    return any(accepted(accepts, event) for accepts in requirement.accepts)


def excuses(requirement: Requirement, event: Event) -> bool:
    """Is *event* an exception, for a reason that the rule accepts?"""
    return (
        event.kind == EventKind.EXCEPTION
        and event.requirement in ("", requirement.key)
        and event.reason in requirement.exceptions
    )


def touches(requirement: Requirement, event: Event) -> bool:
    """Could *event*, there or gone, change where *requirement* stands? Sooner yes than no."""
    if event.kind in (EventKind.EXCEPTION, EventKind.INTERVAL):
        return event.requirement in ("", requirement.key)
    if event.kind == EventKind.ACUITY:
        return bool(requirement.interval and requirement.interval.by_acuity)
    return event.kind in kinds_of(requirement)


ALWAYS = frozenset({EventKind.ENROLLED, EventKind.REFERRED, EventKind.DISCHARGED, EventKind.PAUSED, EventKind.RESUMED})
"""Kinds that can move every clock of an episode."""


def kinds_of(requirement: Requirement) -> frozenset[EventKind]:
    """The kinds of events that *requirement* looks at."""
    share = requirement.share.accepts if requirement.share else None
    kinds = {accepts.kind for accepts in (*requirement.accepts, *([share] if share else []))}
    trigger = {requirement.trigger.kind} if requirement.trigger.kind else set()
    return ALWAYS | kinds | trigger
