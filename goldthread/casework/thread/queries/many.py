"""Where the threads of many clients break: each kind of break as one statement. ``rules.breaks`` says what a break is; a test
holds both against each other for random histories."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from typing import Any, Protocol
from uuid import UUID

from django.db.models import DateField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from goldthread.casework.needs.enums import NeedState
from goldthread.casework.needs.models import Need
from goldthread.casework.plans.enums import GoalState, StepState
from goldthread.casework.plans.models import Goal, GoalNeed, PlannedService, PlanVersion, Step
from goldthread.casework.thread.queries.common import (
    WAS_IN_FORCE,
    Asked,
    Silent,
    contacts_between,
    tasks_of_assessments,
    versions_to_sign,
)
from goldthread.casework.thread.rules import LIMITS, BreakKind, Limits


class Reach(Protocol):
    """What may be read of whom, as a condition on rows of many clients; the gate gives it."""

    def __call__(self, *, client: str, episode: str = "episode", labels: str = "labels") -> Q: ...


@dataclass(frozen=True, slots=True)
class Many:
    """The question: for whom (*reach*, narrowed to *people*: a condition on clients by the name of the field), on which day."""

    reach: Reach
    people: Callable[[str], Q]
    on: date
    zone: tzinfo
    asked: Asked
    limits: Limits = LIMITS
    silent: Silent = field(default_factory=dict)

    def rows(self, client: str, episode: str = "episode") -> Q:
        """The rows of those clients that may be read."""
        return self.people(client) & self.reach(client=client, episode=episode)

    def before(self, days: int) -> date:
        """What lies before this day has lasted more than *days* days."""
        return self.on - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Broken:
    """One break of somebody's thread."""

    kind: BreakKind
    client: UUID
    at: UUID
    words: str
    since: date


Place = tuple[date, UUID]


def count_breaks(many: Many) -> dict[BreakKind, int]:
    """How many breaks of each kind there are. One statement for each kind."""
    return {kind: build(many).count() for kind, build in KINDS.items()}


def find_breaks(many: Many, kind: BreakKind, *, after: Place | None = None, limit: int = 50) -> list[Broken]:
    """The breaks of *kind*, the oldest first; *after*: the (since, at) of the last one of the page before."""
    rows = KINDS[kind](many)
    if after:
        rows = rows.filter(Q(since__gt=after[0]) | Q(since=after[0], at__gt=after[1]))
    found = rows.order_by("since", "at")[:limit]
    return [Broken(kind, row["who"], row["at"], row["said"], row["since"]) for row in found]


Rows = QuerySet[Any, Any]


def _as_rows(rows: QuerySet[Any], who: str, said: Any, since: Any) -> Rows:
    named: Rows = rows.annotate(at=F("pk"), who=F(who), said=said, since=since)
    return named.values("at", "who", "said", "since")


def _assessments(many: Many) -> Rows:
    rows = tasks_of_assessments(many.asked).filter(many.rows("client"), due_on__lt=many.on)
    return _as_rows(rows, "client", F("title"), F("due_on"))


def _needs(many: Many) -> Rows:
    answered = GoalNeed.objects.filter(need=OuterRef("pk"), goal__state=GoalState.OPEN)
    rows = Need.objects.filter(many.rows("person"), ~Exists(answered), state=NeedState.OPEN)
    return _as_rows(rows, "person", F("words"), F("raised_on"))


def _unsigned(many: Many) -> Rows:
    rows = versions_to_sign(many.zone).filter(
        many.rows("plan__person", "plan__episode"), by_person=False, asked_on__lt=many.before(many.limits.sign)
    )
    return _as_rows(rows, "plan__person", Value(""), F("asked_on"))


def _open_goals(many: Many) -> QuerySet[Goal]:
    return Goal.objects.filter(many.rows("person"), state=GoalState.OPEN)


def _without_need(many: Many) -> Rows:
    rows = _open_goals(many).filter(~Exists(GoalNeed.objects.filter(goal=OuterRef("pk"))))
    return _as_rows(rows, "person", F("words"), F("opened_on"))


def _without_step(many: Many) -> Rows:
    steps = Step.objects.filter(goal=OuterRef("pk")).exclude(state=StepState.DROPPED)
    return _as_rows(_open_goals(many).filter(~Exists(steps)), "person", F("words"), F("opened_on"))


def _past(many: Many) -> Rows:
    return _as_rows(_open_goals(many).filter(target_on__lt=many.on), "person", F("words"), F("target_on"))


def _silent(many: Many) -> Rows:
    heard = Greatest("opened_on", Coalesce("last_contact_on", "opened_on"), output_field=DateField())
    late = Q(heard__lt=many.before(many.limits.contact)) & ~Q(episode__program__in=list(many.silent))
    for days in sorted(set(many.silent.values())):
        programs = [program for program, own in many.silent.items() if own == days]
        late |= Q(heard__lt=many.before(days), episode__program__in=programs)
    rows = _open_goals(many).annotate(heard=heard).filter(late)
    return _as_rows(rows, "person", F("words"), F("heard"))


def _services(many: Many) -> QuerySet[PlannedService]:
    return PlannedService.objects.filter(many.rows("plan__person", "plan__episode"), dropped=False)


def _unconfirmed(many: Many) -> Rows:
    rows = _services(many).filter(
        confirmed_on=None, started_on=None, ended_on=None, agreed_on__lt=many.before(many.limits.confirm)
    )
    return _as_rows(rows, "plan__person", F("words"), F("agreed_on"))


def _unknown(many: Many) -> Rows:
    rows = _services(many).filter(helped="", ended_on__lt=many.before(many.limits.answer))
    return _as_rows(rows, "plan__person", F("words"), F("ended_on"))


def _aimless(many: Many) -> Rows:
    """Contacts since the client has a plan, and not too long ago, that served no goal."""
    readable = many.reach(client="plan__person", episode="plan__episode")
    versions = PlanVersion.objects.filter(readable, plan__person=OuterRef("person"), state__in=WAS_IN_FORCE)
    begun = versions.order_by().values("plan__person").annotate(first=Min("starts_on")).values("first")
    contacts = contacts_between(many.before(many.limits.look_back), many.on, many.zone)
    rows = contacts.filter(many.rows("person"), serves=False).annotate(begun=Subquery(begun, output_field=DateField()))
    found: Rows = rows.filter(on__gte=F("begun"))
    named: Rows = found.annotate(at=F("source_id"), who=F("person"), said=F("title"), since=F("on"))
    return named.values("at", "who", "said", "since")


KINDS: Mapping[BreakKind, Callable[[Many], Rows]] = {
    BreakKind.ASSESSMENT_OLD: _assessments,
    BreakKind.NEED_WITHOUT_GOAL: _needs,
    BreakKind.PLAN_UNSIGNED: _unsigned,
    BreakKind.GOAL_WITHOUT_NEED: _without_need,
    BreakKind.GOAL_WITHOUT_STEP: _without_step,
    BreakKind.GOAL_PAST: _past,
    BreakKind.SERVICE_UNCONFIRMED: _unconfirmed,
    BreakKind.GOAL_SILENT: _silent,
    BreakKind.CONTACT_WITHOUT_GOAL: _aimless,
    BreakKind.OUTCOME_UNKNOWN: _unknown,
}
