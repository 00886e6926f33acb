"""The task that an obligation makes: what is stored of it, for any day to come."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.casework.tasks.rules.history import Rest
from goldthread.casework.tasks.rules.obligation import Obligation
from goldthread.foundation.programs.enums import Clock, Weight
from goldthread.foundation.programs.rules.template import Requirement

WEIGHTS: dict[Weight, int] = {Weight.SAFETY: 0, Weight.LEGAL: 1, Weight.HEALTH: 2, Weight.OTHER: 3}
OPEN, DONE, EXCEPTED, MISSED, PAUSED, CANCELLED = "open", "done", "excepted", "missed", "paused", "cancelled"
AT_DISCHARGE = "discharged"
NOT_STORED = frozenset({"share"})
"""Parts of an explanation that change from day to day: they are worked out when somebody looks."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The values of one task row. ``who`` is the member whom it is about; None: the person, or the household."""

    requirement: str
    occurrence: str
    who: Hashable | None
    values: Mapping[str, Any]


def wanted(one: Obligation, requirement: Requirement, today: date) -> Wanted | None:
    """The row for *one*; None when nothing is asked any more, or nobody can say by when."""
    state = _state(one, today)
    if state is None or (one.due is None and one.met_on is None):
        return None
    rest, kind = _rest(one, today) if state == OPEN else (None, "")
    values: dict[str, Any] = {
        "title": requirement.title[:200],
        "state": state,
        "due_on": one.due,
        "due_at": one.due_at,
        "remind_on": one.remind_on,
        "grace_until": one.grace_until,
        "escalate_on": one.escalate_on,
        "weight": WEIGHTS[requirement.weight],
        "minutes": requirement.minutes,
        "action": requirement.action,
        "clock": "share" if one.share else str(one.clock),
        "starts_on": one.starts_on,
        "period_start": one.period[0] if one.period else None,
        "period_end": one.period[1] if one.period else None,
        "counts": one.counts,
        "rest": kind,
        "rests_from": rest.starts_on if rest else None,
        "rests_until": rest.ends_on if rest else None,
        "done_on": one.met_on,
        "late": one.late,
        "met_by": one.met_by,
        "why": [part for part in one.why if part["code"] not in NOT_STORED],
    }
    return Wanted(one.key, one.occurrence, one.member, values)


def _state(one: Obligation, today: date) -> str | None:
    if one.met_on:
        return DONE
    if one.excuse and (one.clock != Clock.TRIGGER or one.excuse.rest.ends_on == date.max):
        return EXCEPTED
    if one.ended_on and today >= one.ended_on:
        return MISSED if one.state_on(max(today, one.ended_on)) else None
    if one.period and one.period[1] < today:
        return _closed_period(one, one.period[1])
    return OPEN


def _closed_period(one: Obligation, last_day: date) -> str | None:
    """Missed is not stored by the passing of time: an open row whose period is over *is* missed, until somebody says why."""
    if one.paused and one.paused.covers(last_day):
        return PAUSED
    return OPEN if one.counts else None


def _rest(one: Obligation, today: date) -> tuple[Rest | None, str]:
    """The days on which it rests, now or next. An exception that is over says nothing any more."""
    if one.excuse and one.excuse.rest.ends_on >= today:
        return one.excuse.rest, "excepted"
    return (one.paused, "paused") if one.paused else (None, "")


def reason_of(values: Mapping[str, Any], one: Obligation) -> str:
    """The reason that goes with the state: of the exception, or the discharge that ended it."""
    if values["state"] == EXCEPTED and one.excuse:
        return one.excuse.reason
    return AT_DISCHARGE if values["state"] == MISSED else ""
