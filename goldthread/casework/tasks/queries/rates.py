"""The rates of many clients: a share worked out by the database, over the periods or the evidence of one window.

The same counting as ``rules.shares`` does for one client. What is counted follows the rules in force today; whose rows may
be counted is said by the caller (``gate.content_in``). A client who left keeps counting for the time they were there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, TextField
from django.db.models.functions import Cast, TruncMonth

from goldthread.casework.tasks.models import Evidence, Task, TaskState
from goldthread.casework.tasks.queries.states import missed
from goldthread.casework.tasks.rules.history import DAY
from goldthread.casework.tasks.rules.spans import add_months
from goldthread.foundation.programs.rules.template import Accepts, Requirement, Template


@dataclass(frozen=True, slots=True)
class Counted:
    """*met* of *of*: in one period, or in all. ``period``: the last day of the period (of evidence: the first of its month)."""

    met: int
    of: int
    period: date | None = None

    @property
    def percent(self) -> int | None:
        """Whole percents, cut off: 94.9 is not 95. None where there is nothing to count."""
        return self.met * 100 // self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are looked at: of periods those that ended within it, before ``today``."""

    since: date
    until: date
    today: date


def window_of(requirement: Requirement, until: date, today: date) -> Window:
    """The window of the share *requirement* that ends on *until*."""
    assert requirement.share
    last = min(until, today)
    return Window(add_months(last, -requirement.share.window_months) + DAY, last, today)


def by_period(
    programs: Iterable[UUID], template: Template, requirement: Requirement, window: Window, may_see: dict[str, Q]
) -> dict[UUID, list[Counted]]:
    """For each of *programs* (ids), which share *requirement* alike: how many of how many, period by period. One query.

    *may_see*: the rows that count, for ``client`` (tasks) and ``person`` (evidence).
    """
    rows, met, period = _rows(programs, template, requirement, window, may_see)
    found: dict[UUID, list[Counted]] = {}
    counted = rows.annotate(period=period).values("episode__program", "period")
    for row in counted.annotate(met=Count("pk", filter=met), of=Count("pk")).order_by("period"):
        found.setdefault(row["episode__program"], []).append(Counted(row["met"], row["of"], row["period"]))
    return found


def together(periods: Iterable[Counted]) -> Counted:
    """All *periods* as one rate: of the sums, never a mean of rates."""
    found = list(periods)
    return Counted(sum(one.met for one in found), sum(one.of for one in found))


def by_client(
    program: UUID,
    template: Template,
    requirement: Requirement,
    window: Window,
    may_see: dict[str, Q],
    period: date | None = None,
) -> QuerySet[Any, Any]:
    """Who is out: ``who``, ``met``, ``of``, those with most that did not count first. One query for a page of it.

    Of one *period*: whoever has something in it that did not count. Of the window: the same, or, where the rate is asked of each
    client, those alone whose own rate is too low.
    """
    rows, met, period_of_row = _rows([program], template, requirement, window, may_see)
    who = "person" if _of_evidence(requirement) else "client"
    if period:
        rows = rows.annotate(period=period_of_row).filter(period=period)
    counted = rows.values(who=F(who)).annotate(met=Count("pk", filter=met), of=Count("pk"))
    found: QuerySet[Any, Any] = counted.filter(of__gt=F("met")).annotate(out=F("of") - F("met"))
    if requirement.share and requirement.share.whose == "client" and period is None:
        found = found.filter(met__lt=F("of") * requirement.share.percent / 100.0)
    return found.order_by("-out", "who")


def _of_evidence(requirement: Requirement) -> bool:
    return requirement.share is not None and requirement.share.accepts is not None


def _rows(
    programs: Iterable[UUID], template: Template, requirement: Requirement, window: Window, may_see: dict[str, Q]
) -> tuple[QuerySet[Any], Q, Any]:
    """What is counted, which of it counts, and its period."""
    share = requirement.share
    assert share
    if share.accepts is None:
        return _periods(programs, share.of, window).filter(may_see["client"]), Q(state=TaskState.DONE), F("period_end")
    counted = template.requirement(share.of)
    rows = _evidence(programs, window).filter(may_see["person"])
    wanted = reduce(or_, (_accepted(one) for one in counted.accepts)) if counted else Q(pk__in=[])
    return rows.filter(wanted), _accepted(share.accepts), TruncMonth("happened_on")


def _periods(programs: Iterable[UUID], key: str, window: Window) -> QuerySet[Any]:
    """Periods that ended within the window, met or missed; what was excused or paused says nothing."""
    ended = Q(period_end__gte=window.since, period_end__lte=window.until, period_end__lt=window.today)
    told = Q(state=TaskState.DONE) | missed(window.today)
    return Task.objects.filter(ended, told, requirement=key, counts=True, episode__program__in=list(programs))


def _evidence(programs: Iterable[UUID], window: Window) -> QuerySet[Any]:
    """What stands in the window, between enrolment and discharge, with its lists as text: both databases compare that."""
    within = Q(happened_on__gte=window.since, happened_on__lte=window.until)
    still = Q(happened_on__gte=F("episode__enrolled_on"))
    still &= Q(episode__discharged_on__isnull=True) | Q(happened_on__lte=F("episode__discharged_on"))
    rows = Evidence.objects.filter(within, still, voided=False, episode__program__in=list(programs))
    return rows.annotate(seen_words=Cast("seen", TextField()), activity_words=Cast("activities", TextField()))


def _accepted(accepts: Accepts) -> Q:
    """``rules.accepting.accepted`` as a condition on rows of ``_evidence``."""
    wanted = Q(kind=accepts.kind)
    if not accepts.attempted:
        wanted &= Q(attempted=False)
    if accepts.name:
        wanted &= Q(name=accepts.name)
    if accepts.modes:
        wanted &= Q(mode__in=[str(one) for one in accepts.modes])
    if accepts.places:
        wanted &= Q(place__in=[str(one) for one in accepts.places])
    if accepts.minutes:
        wanted &= Q(minutes__gte=accepts.minutes)
    for one in sorted(accepts.seen):
        wanted &= Q(seen_words__contains=f'"{one}"')
    if accepts.activities:
        wanted &= reduce(or_, (Q(activity_words__contains=f'"{one}"') for one in sorted(accepts.activities)))
    return wanted
