"""Where the threads of many clients break: each table is walked once for all its kinds of break. ``rules.breaks`` says what a break is; a
test holds both against each other for random histories."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from typing import Any, Protocol
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from goldthread.casework.needs.enums import NeedState
from goldthread.casework.needs.models import Need
from goldthread.casework.plans.enums import GoalState, StepState
from goldthread.casework.plans.models import Goal, GoalNeed, Plan, PlannedService, PlanVersion, Step
from goldthread.casework.thread.queries.common import (
    WAS_IN_FORCE,
    Asked,
    Silent,
    contacts_between,
    tasks_of_assessments,
    versions_to_sign,
)
from goldthread.casework.thread.rules import LIMITS, BreakKind, Limits
from goldthread.foundation.lib.compiled import EachOf, IsIn, part_of


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
        """The rows of those clients that may be read: asked last. PostgreSQL takes one row in two hundred to be cleared of its
        labels, and would begin with all clients of the agency instead of the few that are meant."""
        return self.people(client) & asked_last(self.reach(client=client, episode=episode))

    def of_plans(self) -> Q:
        """The same for rows that hang on a plan. Their plans are found first and gone by one by one: joined, PostgreSQL thought them
        many and walked the versions, signatures and services of the whole agency."""
        readable = asked_last(self.reach(client="plan__person", episode="plan__episode"))
        meant = self.people("person")
        if not meant:
            return readable
        plans = part_of(Plan.objects.filter(meant).order_by().values("pk"))
        return Q(EachOf(F("plan"), plans)) & readable if plans else Q(pk__in=[])

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


def asked_last(condition: Q) -> Q:
    """*condition* as one that decides nothing on where to begin."""
    if not condition:
        return condition
    return Q(Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()))


Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of break: which rows are looked at, which of them are broken, whose they are, in which words, since when."""

    among: Callable[[Many], QuerySet[Any]]
    broken: Callable[[Many], Q]
    who: str
    said: Any
    since: str
    at: str = "pk"


def count_breaks(many: Many) -> dict[BreakKind, int]:
    """How many breaks of each kind there are. One statement for each table that is looked through."""
    found: dict[str, int] = {}
    for among, kinds in kinds_by_table().items():
        found |= _count(among(many), {kind: KINDS[kind].broken(many) for kind in kinds})
    return {kind: found[kind] for kind in KINDS}


def kinds_by_table() -> dict[Callable[[Many], QuerySet[Any]], list[BreakKind]]:
    """The kinds of break that are looked for among the same rows."""
    together: dict[Callable[[Many], QuerySet[Any]], list[BreakKind]] = defaultdict(list)
    for kind, asked in KINDS.items():
        together[asked.among].append(kind)
    return together


def _count(rows: QuerySet[Any], broken: Mapping[BreakKind, Q]) -> dict[str, int]:
    if len(broken) == 1:
        return {kind: rows.filter(condition).count() for kind, condition in broken.items()}
    return rows.aggregate(**{kind: Count("pk", filter=condition) for kind, condition in broken.items()})


def find_breaks(many: Many, kind: BreakKind, *, after: Place | None = None, limit: int = 50) -> list[Broken]:
    """The breaks of *kind*, the oldest first; *after*: the (since, at) of the last one of the page before."""
    asked = KINDS[kind]
    rows: Rows = asked.among(many).filter(asked.broken(many))
    rows = rows.annotate(place=F(asked.at), whose=F(asked.who), said=asked.said, day=F(asked.since))
    if after:
        rows = rows.filter(Q(day__gt=after[0]) | Q(day=after[0], place__gt=after[1]))
    found = rows.order_by("day", "place").values("place", "whose", "said", "day")[:limit]
    return [Broken(kind, row["whose"], row["place"], row["said"], row["day"]) for row in found]


def _tasks(many: Many) -> QuerySet[Any]:
    return tasks_of_assessments(many.asked).filter(many.rows("client"))


def _needs(many: Many) -> QuerySet[Any]:
    return Need.objects.filter(many.rows("person"), state=NeedState.OPEN)


def _no_goal(_many: Many) -> Q:
    return ~Q(Exists(GoalNeed.objects.filter(need=OuterRef("pk"), goal__state=GoalState.OPEN)))


def _versions(many: Many) -> QuerySet[Any]:
    return versions_to_sign(many.zone).filter(many.of_plans())


def _goals(many: Many) -> QuerySet[Any]:
    heard = Greatest("opened_on", Coalesce("last_contact_on", "opened_on"), output_field=DateField())
    return Goal.objects.filter(many.rows("person"), state=GoalState.OPEN).annotate(heard=heard)


def _no_need(_many: Many) -> Q:
    return ~Q(Exists(GoalNeed.objects.filter(goal=OuterRef("pk"))))


def _no_step(_many: Many) -> Q:
    return ~Q(Exists(Step.objects.filter(goal=OuterRef("pk")).exclude(state=StepState.DROPPED)))


def _silent(many: Many) -> Q:
    late = Q(heard__lt=many.before(many.limits.contact)) & ~Q(episode__program__in=list(many.silent))
    for days in sorted(set(many.silent.values())):
        programs = [program for program, own in many.silent.items() if own == days]
        late |= Q(heard__lt=many.before(days), episode__program__in=programs)
    return late


def _services(many: Many) -> QuerySet[Any]:
    return PlannedService.objects.filter(many.of_plans(), dropped=False)


def _unconfirmed(many: Many) -> Q:
    return Q(confirmed_on=None, started_on=None, ended_on=None, agreed_on__lt=many.before(many.limits.confirm))


def contacts_since(many: Many) -> QuerySet[Any]:
    """Contacts that are not too long ago, with the day since which their client has had a plan."""
    readable = many.reach(client="plan__person", episode="plan__episode")
    versions = PlanVersion.objects.filter(readable, plan__person=OuterRef("person"), state__in=WAS_IN_FORCE)
    begun = versions.order_by().values("plan__person").annotate(first=Min("starts_on")).values("first")
    contacts = contacts_between(many.before(many.limits.look_back), many.on, many.zone)
    rows: QuerySet[Any] = contacts.filter(many.rows("person"))
    return rows.annotate(begun=Subquery(begun, output_field=DateField()))  # type: ignore[no-any-return]  # its rows are untyped


def since_a_plan(many: Many) -> Q:
    """Of ``contacts_since`` those on a day on which there was a plan already. Nearly every plan is older than what is looked
    back on: whose is, is found once, and the first day is looked up for the contacts of the others alone."""
    old = PlanVersion.objects.filter(many.of_plans(), state__in=WAS_IN_FORCE)
    among = part_of(old.filter(starts_on__lte=many.before(many.limits.look_back)).order_by().values("plan__person"))
    later = Q(on__gte=F("begun"))
    return Q(IsIn(F("person"), among)) | later if among else later


def _contacts(many: Many) -> QuerySet[Any]:
    """Those that served no goal."""
    return contacts_since(many).filter(served=False)


KINDS: Mapping[BreakKind, Kind] = {
    BreakKind.ASSESSMENT_OLD: Kind(_tasks, lambda many: Q(due_on__lt=many.on), "client", F("title"), "due_on"),
    BreakKind.NEED_WITHOUT_GOAL: Kind(_needs, _no_goal, "person", F("words"), "raised_on"),
    BreakKind.PLAN_UNSIGNED: Kind(
        _versions,
        lambda many: Q(by_person=False, asked_on__lt=many.before(many.limits.sign)),
        "plan__person",
        Value(""),
        "asked_on",
    ),
    BreakKind.GOAL_WITHOUT_NEED: Kind(_goals, _no_need, "person", F("words"), "opened_on"),
    BreakKind.GOAL_WITHOUT_STEP: Kind(_goals, _no_step, "person", F("words"), "opened_on"),
    BreakKind.GOAL_PAST: Kind(_goals, lambda many: Q(target_on__lt=many.on), "person", F("words"), "target_on"),
    BreakKind.SERVICE_UNCONFIRMED: Kind(_services, _unconfirmed, "plan__person", F("words"), "agreed_on"),
    BreakKind.GOAL_SILENT: Kind(_goals, _silent, "person", F("words"), "heard"),
    BreakKind.CONTACT_WITHOUT_GOAL: Kind(_contacts, since_a_plan, "person", F("title"), "on", at="source_id"),
    BreakKind.OUTCOME_UNKNOWN: Kind(
        _services,
        lambda many: Q(helped="", ended_on__lt=many.before(many.limits.answer)),
        "plan__person",
        F("words"),
        "ended_on",
    ),
}
