"""Is a changed rule tighter than the one before, looser, or just different? Where two lengths cannot be told apart for sure
(30 days and a month), the change counts as looser: a rule of the field is not loosened by accident."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Any

from django.utils.translation import gettext as _

from goldthread.foundation.programs.enums import Acuity, Clock, Period, Reason, Unit, Weight
from goldthread.foundation.programs.rules.eligibility import Eligibility
from goldthread.foundation.programs.rules.loosening_who import implies
from goldthread.foundation.programs.rules.template import Accepts, Requirement, Share, Span, Template

DAY = 24.0
LENGTHS: dict[Unit, tuple[float, float]] = {
    Unit.HOURS: (1.0, 1.0),
    Unit.DAYS: (DAY, DAY),
    Unit.WEEKS: (7 * DAY, 7 * DAY),
    Unit.MONTHS: (28 * DAY, 31 * DAY),
    Unit.YEARS: (365 * DAY, 366 * DAY),
}
"""Shortest and longest of each unit, in hours. Business days depend on weekends and holidays: see ``_length``."""
PERIODS: dict[Period, Span] = {
    Period.WEEK: Span(1, Unit.WEEKS),
    Period.MONTH: Span(1, Unit.MONTHS),
    Period.QUARTER: Span(3, Unit.MONTHS),
    Period.HALF_YEAR: Span(6, Unit.MONTHS),
    Period.YEAR: Span(12, Unit.MONTHS),
}
HEAVIEST_FIRST = list(Weight)
WHO = "who:it-is-for"
"""Among the keys of rules that were loosened: the criteria for who the program is for. No rule can have this key."""


class Change(StrEnum):
    """How a rule changed against another."""

    SAME = "same"
    TIGHTER = "tighter"
    LOOSER = "looser"
    OTHER = "other"
    """Different in a way that has no more or less."""


@dataclass(frozen=True, slots=True)
class Loosening:
    """A rule, or (``WHO``) who the program is for, that asks for less than what it came from; ``after`` is None when it was taken out."""

    key: str
    before: Any
    after: Any
    change: Change

    @property
    def title(self) -> str:
        """What it is called."""
        return title_of(self.key, self.before)


def title_of(key: str, rule: Requirement | None) -> str:
    """What the *rule* called *key* is called, or who the program is for."""
    return _("Who it is for") if key == WHO else rule.title if rule else key


def loosened(source: Template, after: Template) -> list[Loosening]:
    """The rules of *source* that come from the field (not from product judgement) and ask for less in *after*; who it is for comes first."""
    found = []
    pieces: list[tuple[str, Any]] = [(WHO, source.eligibility), *((rule.key, rule) for rule in source.requirements)]
    for key, before in pieces:
        if before.source.judgement:
            continue
        now = piece(after, key)
        change = compare_pieces(before, now)
        if change in (Change.LOOSER, Change.OTHER):
            found.append(Loosening(key, before, now, change))
    return found


def piece(template: Template, key: str) -> Any:
    """The rule called *key*, if there is one; for ``WHO`` who the program is for."""
    return template.eligibility if key == WHO else template.requirement(key)


def compare_pieces(before: Any, after: Any) -> Change:
    """As ``compare``, of two rules or of two ways of saying who a program is for."""
    return compare_who(before, after) if isinstance(before, Eligibility) else compare(before, after)


def compare_who(before: Eligibility, after: Eligibility) -> Change:
    """Looser: somebody may be let in who was not before, or who asks may wait longer for an answer."""
    fewer, more = implies(after.rule, before.rule), implies(before.rule, after.rule)
    criteria = {
        (True, True): Change.SAME,
        (True, False): Change.TIGHTER,
        (False, True): Change.LOOSER,
        (False, False): Change.OTHER,
    }[fewer, more]
    found = {criteria, _span(before.urgent, after.urgent), _span(before.routine, after.routine)}
    if after.source.judgement and not before.source.judgement:
        found.add(Change.LOOSER)
    return next((one for one in (Change.LOOSER, Change.OTHER, Change.TIGHTER) if one in found), Change.SAME)


def compare(before: Requirement, after: Requirement | None) -> Change:
    """What *after* asks for, against *before*. Reminders, usual minutes and words change nothing that is asked for."""
    if after is None:
        return Change.LOOSER
    found = set(_changes(before, after)) - {Change.SAME}
    for verdict in (Change.LOOSER, Change.OTHER, Change.TIGHTER):
        if verdict in found:
            return verdict
    return Change.SAME


def _changes(before: Requirement, after: Requirement) -> Iterable[Change]:
    yield Change.SAME if before.trigger == after.trigger else Change.OTHER
    yield _when(before, after)
    yield _accepts(before.accepts, after.accepts)
    yield _less(before.at_least, after.at_least)
    yield _less(before.partial_periods, after.partial_periods)
    yield _more(before.due_day or inf, after.due_day or inf)
    yield _earliest(before, after)
    yield _exceptions(before.exceptions, after.exceptions)
    yield _share(before.share, after.share)
    yield _less(before.each_member, after.each_member)
    yield _more(before.only_pauses, after.only_pauses)
    yield _more(HEAVIEST_FIRST.index(before.weight), HEAVIEST_FIRST.index(after.weight))
    yield Change.LOOSER if after.source.judgement and not before.source.judgement else Change.SAME


def _exceptions(before: frozenset[Reason], after: frozenset[Reason]) -> Change:
    if after <= before:
        return Change.SAME if after == before else Change.TIGHTER
    return Change.LOOSER


def _more(before: float, after: float) -> Change:
    """A number of which more is looser."""
    if before == after:
        return Change.SAME
    return Change.LOOSER if after > before else Change.TIGHTER


def _less(before: float, after: float) -> Change:
    """A number of which less is looser."""
    return _more(-before, -after)


def _when(before: Requirement, after: Requirement) -> Change:
    if before.clock is not after.clock:
        return _other_clock(before, after)
    if before.clock is Clock.TRIGGER:
        return _span(before.offset, after.offset)
    if before.clock is Clock.PERIOD:
        return _period(before.period, after.period)
    found = {_span(before.interval.span, after.interval.span)} if before.interval and after.interval else set()
    found |= set(_levels(before, after))
    found.add(_span(first_of(before), first_of(after)))
    return next((one for one in (Change.LOOSER, Change.OTHER, Change.TIGHTER) if one in found), Change.SAME)


def first_of(requirement: Requirement) -> Span | None:
    """How long the first time may take: its own deadline, else the interval."""
    return requirement.offset or (requirement.interval.span if requirement.interval else None)


def _levels(before: Requirement, after: Requirement) -> Iterable[Change]:
    if before.interval is None or after.interval is None:
        return
    if before.interval.from_plan != after.interval.from_plan:
        yield Change.LOOSER if after.interval.from_plan else Change.TIGHTER
    for level in Acuity:
        was, now = (one.interval.by_acuity.get(level, one.interval.span) for one in (before, after))  # type: ignore[union-attr]  # both have an interval: looked at above
        yield _span(was, now)


def _other_clock(before: Requirement, after: Requirement) -> Change:
    """Every 30 days from the last time asks for more than once a calendar period as long; once asks for less than again and again."""
    if after.clock is Clock.TRIGGER:
        return Change.LOOSER
    if before.clock is Clock.PERIOD and after.clock is Clock.LAST and before.period and after.interval:
        return Change.LOOSER if _span(PERIODS[before.period], after.interval.span) is Change.LOOSER else Change.TIGHTER
    return Change.LOOSER if before.clock is Clock.LAST else Change.OTHER


def _period(before: Period | None, after: Period | None) -> Change:
    if before is None or after is None:
        return Change.SAME if before is after else Change.OTHER
    order = list(Period)
    return _more(order.index(before), order.index(after))


def _span(before: Span | None, after: Span | None) -> Change:
    """A deadline or interval of which longer is looser."""
    if before == after:
        return Change.SAME
    if before is None or after is None:
        return Change.LOOSER if after is None else Change.TIGHTER
    was, now = _length(before), _length(after)
    if before.unit is after.unit:
        return _more(was[1], now[1])
    return Change.TIGHTER if now[1] <= was[0] else Change.LOOSER


def _length(span: Span) -> tuple[float, float]:
    """The shortest and the longest that *span* can be, in hours; counted backwards it is negative."""
    if span.unit is Unit.BUSINESS_DAYS:
        shortest, longest = span.count * DAY, (span.count * 7 / 5 + 3 + span.count / 5) * DAY
    else:
        shortest, longest = (span.count * hours for hours in LENGTHS[span.unit])
    return (-longest, -shortest) if span.before else (shortest, longest)


def _earliest(before: Requirement, after: Requirement) -> Change:
    """Evidence that may come sooner is looser. Without a first day: on the trigger, or any time where there is an interval."""
    none = Span(0, Unit.DAYS) if before.clock is Clock.TRIGGER else Span(1000, Unit.YEARS)
    return _span(before.earliest or none, after.earliest or none)


def _accepts(before: tuple[Accepts, ...], after: tuple[Accepts, ...]) -> Change:
    """What counts: every new way must be within an old one, else it is looser."""
    if set(before) == set(after):
        return Change.SAME
    if all(any(narrower(new, old) for old in before) for new in after) and after:
        return Change.TIGHTER
    if all(any(narrower(old, new) for new in after) for old in before):
        return Change.LOOSER
    return Change.OTHER


def narrower(one: Accepts, other: Accepts) -> bool:
    """Is everything that *one* accepts accepted by *other*?"""
    return (
        one.kind is other.kind
        and _within(one.modes, other.modes)
        and _within(one.places, other.places)
        and _within(one.activities, other.activities)
        and one.seen >= other.seen
        and one.minutes >= other.minutes
        and other.name in ("", one.name)
        and one.attempted <= other.attempted
    )


def _within(one: frozenset[object] | frozenset[str], other: frozenset[object] | frozenset[str]) -> bool:
    """Words of which none means any."""
    return not other or (bool(one) and one <= other)


def _share(before: Share | None, after: Share | None) -> Change:
    if before is None or after is None:
        return Change.SAME if before is after else Change.OTHER
    if (before.of, before.window_months, before.whose) != (after.of, after.window_months, after.whose):
        return Change.OTHER
    counted = _accepts(tuple(filter(None, [before.accepts])), tuple(filter(None, [after.accepts])))
    percent = _less(before.percent, after.percent)
    both = {counted, percent}
    return next((one for one in (Change.LOOSER, Change.OTHER, Change.TIGHTER) if one in both), Change.SAME)
