"""The share of what was done that was done in a certain way: reported as a rate, with a reminder, never overdue."""

from collections.abc import Sequence
from datetime import date

from goldthread.casework.tasks.rules.accepting import accepted
from goldthread.casework.tasks.rules.clock_period import each_period
from goldthread.casework.tasks.rules.history import DAY, Event, History, Moment
from goldthread.casework.tasks.rules.obligation import Obligation, Why, about, pause_of, written
from goldthread.casework.tasks.rules.spans import add_months, due
from goldthread.casework.tasks.rules.versions import Rule
from goldthread.foundation.programs.enums import State
from goldthread.foundation.programs.rules.template import Requirement, Share


def share_of(share: Share, rule: Rule, rules: Sequence[Rule], history: History, on: date) -> Obligation:
    """The rate on *on* over the window that ends that day, and when to remind of the next one that would count."""
    counted = next(other for other in rules if other.key == share.of)
    ones, all_of_them = _count(share, counted, history, on)
    rate = ones / all_of_them if all_of_them else None
    anchor, occurrence, what = _last_one(share, counted, history)
    remind = _reminder(rule.now, share, history, anchor)
    told = {
        "code": "share",
        "counted": ones,
        "of": all_of_them,
        "percent": share.percent,
        "months": share.window_months,
    }
    return Obligation(
        key=rule.key,
        clock=rule.now.clock,
        occurrence=occurrence,
        due=remind.on if remind else None,
        remind_on=remind.on if remind else None,
        grace_until=None,
        paused=pause_of(rule.now, history, on),
        ended_on=None,
        share=True,
        rate=rate,
        reached=rate is not None and rate * 100 >= share.percent,
        why=(told, *_reminding(share, remind, what)),
    )


def _count(share: Share, counted: Rule, history: History, on: date) -> tuple[int, int]:
    since = add_months(on, -share.window_months) + DAY
    if share.accepts is None:
        return _periods_met(counted, history, since, on)
    found = [event for event in _evidence(counted, history) if since <= event.on <= on]
    return sum(accepted(share.accepts, event) for event in found), len(found)


def _periods_met(counted: Rule, history: History, since: date, on: date) -> tuple[int, int]:
    """Periods met, of those that ended in the window met or missed: excused and paused ones say nothing."""
    closed = [one for one in each_period(counted, history, on, on) if one.counts and _ended_between(one, since, on)]
    states = [one.state_on(on) for one in closed]
    met, missed = states.count(State.MET), states.count(State.MISSED)
    return met, met + missed


def _ended_between(one: Obligation, since: date, on: date) -> bool:
    return one.period is not None and since <= one.period[1] < on


def _evidence(counted: Rule, history: History) -> list[Event]:
    last = history.discharged or date.max
    return [event for event in history.events if history.enrolled.on <= event.on <= last and counted.met_by(event)]


def _last_one(share: Share, counted: Rule, history: History) -> tuple[Moment, str, Why]:
    """The last one that counted, or the enrolment: the reminder counts from it."""
    accepts = share.accepts
    ones = [event for event in _evidence(counted, history) if accepts and accepted(accepts, event)]
    if ones:
        return ones[-1].moment, str(ones[-1].id), about(ones[-1])
    return history.enrolled, "enrolled", {"kind": "enrolled", "on": history.enrolled.on.isoformat()}


def _reminder(requirement: Requirement, share: Share, history: History, anchor: Moment) -> Moment | None:
    if share.remind_after is None or share.accepts is None or share.whose != "client" or history.discharged:
        return None
    return due(anchor, share.remind_after, history, pauses=requirement.only_pauses)


def _reminding(share: Share, remind: Moment | None, what: Why) -> list[Why]:
    if remind is None or share.remind_after is None:
        return []
    return [{"code": "remind", "on": remind.on.isoformat(), "span": written(share.remind_after), "from": what}]
