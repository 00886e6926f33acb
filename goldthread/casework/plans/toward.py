"""What a note toward goals is written with: the open goals of a plan with objectives, steps and services, in one statement."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.plans.enums import GoalState, StepState
from goldthread.casework.plans.models import Goal, GoalNeed, Objective, PlannedService, Step
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class ObjectiveAtWork:
    """An open objective. *latest*: its value, and of which day."""

    id: UUID
    words: str
    latest: str = ""
    latest_on: date | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class StepAtWork:
    """An open step. *owner*: a word of OwnerKind; *who*: who exactly."""

    id: UUID
    words: str
    owner: str = ""
    who: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceAtWork:
    """A service that the plan counts on. *known_on*: since when somebody knows that it is given."""

    id: UUID
    person: UUID
    words: str
    provider: str = ""
    known_on: date | None = None
    ended_on: date | None = None
    helped: str = ""
    goal: UUID | None = None


@dataclass(frozen=True, slots=True)
class GoalAtWork:
    """An open goal. *touched_on*: the last contact toward it."""

    id: UUID
    person: UUID
    episode: UUID
    words: str
    opened_on: date
    touched_on: date | None = None
    objectives: tuple[ObjectiveAtWork, ...] = ()
    steps: tuple[StepAtWork, ...] = ()

    @property
    def heard_on(self) -> date:
        """Since when it has been silent."""
        return max(self.opened_on, self.touched_on or self.opened_on)


@dataclass(frozen=True, slots=True)
class AtWork:
    """All of it, goals in the order of the plan."""

    goals: tuple[GoalAtWork, ...] = ()
    services: tuple[ServiceAtWork, ...] = ()

    def goal(self, pk: UUID) -> GoalAtWork | None:
        """The goal with that id."""
        return next((one for one in self.goals if one.id == pk), None)

    def goal_of_step(self, pk: UUID) -> GoalAtWork | None:
        """The goal to which the open step *pk* belongs."""
        return next((one for one in self.goals if any(step.id == pk for step in one.steps)), None)


NOTHING = AtWork()


def planned_episodes(person: Person) -> list[Episode]:
    """Every episode *person* has been part of, newest first, with its program and ``at_work``. One query, compiled once."""
    return _PLANNED.ask(person=person.pk)


def at_work(
    episodes: Collection[UUID],
    people: Collection[UUID],
    sees: Callable[[UUID, int], bool],
    contact: UUID | None = None,
) -> AtWork:
    """The open goals and the services of *people* in *episodes* (ids) that *sees* (of the gate: episode, labels) lets through.
    *contact*: one of which a new version is written; steps done in it are offered, too. One query, compiled once, however many
    there are."""
    rows = [_Row(*row) for row in _AT_WORK.ask(episodes=list(episodes), contact=contact or NO_CONTACT)]
    seen = [row for row in rows if row.person in people and sees(row.episode, row.labels)]
    kinds: dict[int, list[_Row]] = defaultdict(list)
    for row in sorted(seen, key=lambda row: (row.kind, row.position, row.id)):
        kinds[row.kind].append(row)
    objectives, steps = _of_goals(kinds[OBJECTIVE]), _of_goals(kinds[STEP])
    goals = tuple(_goal(row, objectives[row.id], steps[row.id]) for row in kinds[GOAL])
    return AtWork(goals, tuple(map(_service, kinds[SERVICE])))


def episode_of_goal(goal: UUID) -> UUID | None:
    """The episode of the plan in which *goal* stands."""
    return Goal.objects.filter(pk=goal).values_list("episode", flat=True).first()


def episode_of_service(service: UUID) -> UUID | None:
    """The episode of the plan that counts on *service*."""
    return PlannedService.objects.filter(pk=service).values_list("plan__episode", flat=True).first()


def thread_rows(goals: Collection[UUID]) -> dict[str, str]:
    """Goal → where its row stands on the page of the thread (``need-…``, of its need or, where it answers none, its own). One query."""
    if not goals:
        return {}
    found = {str(goal): f"need-{goal}" for goal in goals}
    links = GoalNeed.objects.filter(goal__in=goals).order_by("-pk").values_list("goal", "need")
    return found | {str(goal): f"need-{need}" for goal, need in links}


def likely(goals: Iterable[GoalAtWork], first: Collection[UUID]) -> list[GoalAtWork]:
    """The likeliest first: those of *first*, those touched last, then those that have been silent longest."""
    rows = list(goals)
    newest = max((goal.touched_on for goal in rows if goal.touched_on), default=None)
    return sorted(
        rows,
        key=lambda goal: (goal.id not in first, newest is None or goal.touched_on != newest, goal.heard_on),
    )


GOAL, OBJECTIVE, STEP, SERVICE = range(4)
NO_CONTACT = UUID(int=0)


@dataclass(frozen=True, slots=True)
class _Row:
    kind: int
    id: UUID
    goal: UUID | None
    person: UUID
    episode: UUID
    words: str
    more: str
    other: str
    on: date | None
    until: date | None
    labels: int
    position: int


COLUMNS = ("kind", "at", "of", "who", "under", "said", "more", "other", "day", "until", "bits", "place")


def _build() -> QuerySet[Any, Any]:
    """Four kinds of row in one statement; the first gives the columns their types."""
    mine = AnyOf(F("episode"), Given("episodes"))
    theirs = AnyOf(F("goal__episode"), Given("episodes"))
    goals = Goal.objects.filter(mine, state=GoalState.OPEN)
    open_goal = {"goal__state": GoalState.OPEN}
    parts = (
        Objective.objects.filter(theirs, state=GoalState.OPEN, **open_goal),
        Step.objects.filter(theirs, Q(state=StepState.OPEN) | Q(done_source=Given("contact")), **open_goal),
    )
    services = PlannedService.objects.filter(AnyOf(F("plan__episode"), Given("episodes")), dropped=False)
    nothing, no_day = Value(""), Value(None, output_field=DateField())
    return _named(goals, GOAL, "pk", "person", "episode", F("domain"), nothing, F("last_contact_on"), F("opened_on")).union(
        _named(parts[0], OBJECTIVE, "goal", "goal__person", "goal__episode", F("latest"), F("target"), F("latest_on"), no_day),
        _named(parts[1], STEP, "goal", "goal__person", "goal__episode", F("owner_kind"), F("owner_words"), F("due_on"), no_day),
        _named(
            services, SERVICE, "goal", "plan__person", "plan__episode", F("provider_words"), F("helped"),
            Coalesce("confirmed_on", "started_on"), F("ended_on"),
        ),
        all=True,
    )  # fmt: skip


def _named(
    rows: QuerySet[Any], kind: int, of: str, who: str, under: str, more: Any, other: Any, day: Any, until: Any
) -> QuerySet[Any, Any]:
    named: QuerySet[Any, Any] = rows.order_by().annotate(
        kind=Value(kind, output_field=IntegerField()), at=F("pk"), of=F(of), who=F(who), under=F(under), said=F("words"),
        more=more, other=other, day=day, until=until, bits=F("labels"), place=F("position"),
    ).values_list(*COLUMNS)  # fmt: skip
    return named


_AT_WORK: Compiled[Any] = Compiled(_build)
_PLANNED: Compiled[Episode] = Compiled(
    lambda: (
        Episode.objects.filter(pk__in=EpisodeMember.objects.filter(person=Given("person")).values("episode"))
        .select_related("program")
        .annotate(
            at_work=Q(Exists(Goal.objects.filter(episode=OuterRef("pk"), state=GoalState.OPEN)))
            | Q(Exists(PlannedService.objects.filter(plan__episode=OuterRef("pk"), dropped=False)))
        )
        .order_by("-enrolled_on", "-pk")
    )
)


def _of_goals(rows: Iterable[_Row]) -> dict[UUID, list[_Row]]:
    found: dict[UUID, list[_Row]] = defaultdict(list)
    for row in rows:
        if row.goal:
            found[row.goal].append(row)
    return found


def _goal(row: _Row, objectives: Iterable[_Row], steps: Iterable[_Row]) -> GoalAtWork:
    return GoalAtWork(
        id=row.id,
        person=row.person,
        episode=row.episode,
        words=row.words,
        opened_on=row.until or date.min,
        touched_on=row.on,
        objectives=tuple(ObjectiveAtWork(one.id, one.words, one.more, one.on, one.other) for one in objectives),
        steps=tuple(StepAtWork(one.id, one.words, one.more, one.other, one.on) for one in steps),
    )


def _service(row: _Row) -> ServiceAtWork:
    return ServiceAtWork(
        row.id, row.person, row.words, row.more, known_on=row.on, ended_on=row.until, helped=row.other, goal=row.goal
    )
