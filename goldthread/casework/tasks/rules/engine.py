"""Where every requirement of an episode stands: the one answer that tasks, pages and ``programs try`` share."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from goldthread.casework.tasks.rules.accepting import touches
from goldthread.casework.tasks.rules.clock_last import again_and_again
from goldthread.casework.tasks.rules.clock_period import each_period
from goldthread.casework.tasks.rules.clock_trigger import once_each
from goldthread.casework.tasks.rules.history import Event, History, Member
from goldthread.casework.tasks.rules.narrowing import ALL_OF_IT, Since, Window
from goldthread.casework.tasks.rules.obligation import Obligation, Why
from goldthread.casework.tasks.rules.shares import share_of
from goldthread.casework.tasks.rules.versions import Rule, Rules, rules_on
from goldthread.foundation.programs.enums import Clock, EventKind, State
from goldthread.foundation.programs.rules.template import Requirement


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one requirement, or one period of it, stands on a day."""

    requirement: Requirement
    obligation: Obligation
    state: State
    why: tuple[Why, ...]

    @property
    def key(self) -> str:
        """The key of the requirement."""
        return self.requirement.key


def touched(rules: Rules, on: date, events: Iterable[Event]) -> frozenset[str]:
    """The keys of the requirements in force on *on*, or before, that *events*, there or gone, can move."""
    found = list(events)
    return frozenset(
        rule.key
        for rule in rules_on(rules, on)
        if any(
            touches(requirement, event)
            for _since, requirement in rule.versions
            if requirement is not None
            for event in found
        )
    )


def work_out(
    history: History, rules: Rules, on: date, at: datetime | None = None, only: frozenset[str] | None = None
) -> list[Standing]:
    """Every requirement as it stands on *on*, knowing only what had happened by then; of each the newest first.

    One row for each trigger, for each period up to that of *on*, and for the open turn of what comes again and again. What
    waits for its trigger has one row without a due date. *at*: the instant, for clocks in hours. *only*: of these keys.
    """
    known = history.known_on(on)
    if on < known.first_day:
        return []
    found: list[Standing] = []
    bundle = rules_on(rules, on)
    for rule in bundle:
        if only is not None and rule.key not in only:
            continue
        if on < known.enrolled.on and rule.now.trigger.kind == EventKind.ENROLLED:
            found.append(_standing(rule.now, _waiting(rule.now, None), State.NOT_YET))
            continue
        for member, part in _scopes(rule.now, known):
            found += _standings(rule, bundle, member, part, on, at)
    return found


def obligations(history: History, rules: Rules, on: date, until: date, only: Since | None = None) -> list[Obligation]:
    """All that the rules in force on *on* ask for, ask for until *until*, and have asked for. *only*: these keys, of each what
    lies in its window."""
    bundle = rules_on(rules, on)
    return [
        one
        for rule in bundle
        if only is None or rule.key in only
        for member, part in _scopes(rule.now, history)
        for one in _of(rule, bundle, member, part, on, until, only[rule.key] if only else ALL_OF_IT)
    ]


def _scopes(requirement: Requirement, history: History) -> Iterator[tuple[Member | None, History]]:
    """The household as one, or each child for themselves."""
    if not requirement.each_member or not history.members:
        yield None, history.as_one
        return
    for member in history.members:
        yield member, history.of(member)


def _of(
    rule: Rule,
    bundle: Sequence[Rule],
    member: Member | None,
    history: History,
    on: date,
    until: date,
    window: Window = ALL_OF_IT,
) -> Iterator[Obligation]:
    for one in asked(_by_clock(rule, bundle, history, on, until, window), history.asked_from):
        if window.is_over(one.period[1] if one.period else None, one.met_on):
            continue
        if rule.gone and one.clock != Clock.PERIOD and one.met_on is None:
            continue
        yield replace(one, member=member.id, occurrence=member.occurrence(one.occurrence)) if member else one


def asked(every: Iterable[Obligation], since: date | None) -> Iterator[Obligation]:
    """Those of *every* that are asked of an episode that came from a file on *since* (None: it did not, and all are).

    What was due before is nobody's to do any more, and was not missed here: who kept it is known to the old list alone. Of the period
    that was under way what was done in it counts; what was not is asked until its end, and not missed by it.
    """
    for one in every:
        if since is None or one.share:
            yield one
        elif one.period:
            first, last = one.period
            late = not one.met_on and one.due is not None and one.due < since
            if last >= since and not (first < since and late):
                yield replace(one, counts=one.counts and first >= since)
        elif one.clock == Clock.LAST and (one.met_on or one.excuse):
            if (one.met_on or one.due or since) >= since:
                yield one
        elif one.due is None or one.due >= since:
            yield one


def _by_clock(
    rule: Rule, bundle: Sequence[Rule], history: History, on: date, until: date, window: Window = ALL_OF_IT
) -> Iterator[Obligation]:
    if rule.now.share:
        return iter([] if rule.gone else [share_of(rule.now.share, rule, bundle, history, on)])
    if rule.now.clock == Clock.TRIGGER:
        return once_each(rule, history, on, until)
    if rule.now.clock == Clock.LAST:
        return again_and_again(rule, history, on, until, window.met_since)
    return each_period(rule, history, on, until, window)


def _standings(
    rule: Rule, bundle: Sequence[Rule], member: Member | None, history: History, on: date, at: datetime | None
) -> list[Standing]:
    found = list(_of(rule, bundle, member, history, on, on))
    if not found and not rule.gone and history.discharged is None and not _before(rule, bundle, history, on):
        found = [_waiting(rule.now, member)]
    shown = [(one, one.state_on(on, at)) for one in reversed(found) if not _is_past_turn(one)]
    return [_standing(rule.now, one, state) for one, state in shown if state]


def _standing(requirement: Requirement, one: Obligation, state: State) -> Standing:
    return Standing(requirement, one, state, _told(one, state))


def _before(rule: Rule, bundle: Sequence[Rule], history: History, on: date) -> bool:
    """Did the rule's clock start, and was all of it due before the episode came from a file?"""
    return history.asked_from is not None and any(True for _one in _by_clock(rule, bundle, history, on, on))


def _is_past_turn(one: Obligation) -> bool:
    """A turn that was met is followed by the next one, which stands for the rule."""
    return one.clock == Clock.LAST and one.met_on is not None


def _waiting(requirement: Requirement, member: Member | None) -> Obligation:
    kind = requirement.trigger.kind
    waits: Why = {"code": "waits", "for": str(kind) if kind else "age"}
    return Obligation(requirement.key, requirement.clock, "", member=member.id if member else None, why=(waits,))


def _told(one: Obligation, state: State) -> tuple[Why, ...]:
    if state == State.MISSED:
        ended: Why = {"code": "missed_at_discharge"} if one.ended_on else {"code": "missed"}
        return (*one.why, ended)
    if state == State.PAUSED and one.paused:
        return (*one.why, {"code": "paused", "on": one.paused.starts_on.isoformat()})
    return one.why
