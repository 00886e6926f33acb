"""The pieces of one client's thread, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta, tzinfo
from uuid import UUID

from django.db.models import F, Min

from goldthread.casework.needs.enums import NeedState
from goldthread.casework.needs.models import Need
from goldthread.casework.needs.queries import needs_of
from goldthread.casework.plans.enums import GoalState
from goldthread.casework.plans.models import Goal, GoalNeed, PlannedService, PlanVersion, Progress, Step
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.thread.queries.common import (
    EVERY_PROGRAM_ALIKE,
    WAS_IN_FORCE,
    Asked,
    Seen,
    Silent,
    contacts_between,
    tasks_of_assessments,
    versions_to_sign,
)
from goldthread.casework.thread.rules import (
    LIMITS,
    AssessmentDue,
    ContactKnown,
    GoalKnown,
    Known,
    Limits,
    NeedKnown,
    PlanKnown,
    ServiceKnown,
    StepKnown,
)
from goldthread.people.persons.models import Person

MOST_PROGRESS = 300
"""Of the contacts toward goals, how many are shown: the newest. Breaks are worked out of ``Goal.last_contact_on``."""


def known_of(
    person: Person | UUID,
    *,
    seen: Seen,
    on: date,
    zone: tzinfo,
    asked: Asked,
    silent: Silent = EVERY_PROGRAM_ALIKE,
    limits: Limits = LIMITS,
) -> Known:
    """All that the rules look at, of what may be *seen*. *asked*: the requirements of programs that an assessment meets; *silent*: their
    own days of silence.

    A fixed number of statements, whatever the length of the history.
    """
    rows = needs_of(person, seen.rows())
    goals = _goals(person, seen, silent)
    hidden = _answered_out_of_sight(rows, goals)
    needs = tuple(_need(row, row.pk in hidden) for row in rows)
    pks = [goal.id for goal in goals]
    due = list(tasks_of_assessments(asked).filter(seen.rows(), client=person).order_by("due_on", "pk"))
    return Known(
        needs=needs,
        goals=goals,
        steps=tuple(_step(row) for row in Step.objects.filter(goal__in=pks).order_by("goal", "position", "pk")),
        services=_services(person, seen),
        contacts=_contacts(person, seen, pks, on, zone, limits),
        plans=_plans(person, seen, zone),
        planned_since=_planned_since(person, seen),
        assessments_due=tuple(AssessmentDue(row.pk, row.title, row.due_on) for row in due if row.due_on),
        assessments=len(due),
        limits=limits,
    )


def _answered_out_of_sight(needs: list[Need], goals: tuple[GoalKnown, ...]) -> set[UUID]:
    """Needs that an open goal answers which may not be read here: they are not broken, and nothing more is said."""
    shown = [goal.id for goal in goals]
    links = GoalNeed.objects.filter(need__in=needs, goal__state=GoalState.OPEN).exclude(goal__in=shown)
    return set(links.values_list("need", flat=True))


def _need(row: Need, answered_out_of_sight: bool) -> NeedKnown:
    return NeedKnown(
        id=row.pk,
        words=row.words,
        domain=row.domain,
        strength=row.strength,
        raised_on=row.raised_on,
        open=row.state == NeedState.OPEN,
        own_words=row.own_words,
        because=row.because,
        state=row.state,
        source_kind=row.source_kind,
        source_id=row.source_id,
        answered_out_of_sight=answered_out_of_sight,
    )


def _goals(person: Person | UUID, seen: Seen, silent: Silent) -> tuple[GoalKnown, ...]:
    found = Goal.objects.filter(seen.rows(), person=person).annotate(program=F("episode__program"))
    rows = list(found.order_by("position", "opened_on", "pk"))
    links: dict[UUID, set[UUID]] = defaultdict(set)
    for goal, need in GoalNeed.objects.filter(goal__in=rows).values_list("goal", "need"):
        links[goal].add(need)
    return tuple(
        GoalKnown(
            id=row.pk,
            words=row.words,
            needs=frozenset(links[row.pk]),
            opened_on=row.opened_on,
            open=row.state == GoalState.OPEN,
            state=row.state,
            target_on=row.target_on,
            closed_on=row.closed_on,
            outcome=row.outcome,
            last_contact_on=row.last_contact_on,
            domain=row.domain,
            silent_days=silent.get(row.program),
        )
        for row in rows
    )


def _step(row: Step) -> StepKnown:
    owner = row.owner_words or str(row.get_owner_kind_display())
    return StepKnown(row.pk, row.goal_id, row.words, row.state, owner, row.due_on, row.done_on)


def _services(person: Person | UUID, seen: Seen) -> tuple[ServiceKnown, ...]:
    rows = PlannedService.objects.filter(seen.rows(episode="plan__episode"), plan__person=person, dropped=False)
    return tuple(
        ServiceKnown(
            id=row.pk,
            goal=row.goal_id,
            words=row.words,
            agreed_on=row.agreed_on,
            confirmed_on=row.confirmed_on,
            started_on=row.started_on,
            ended_on=row.ended_on,
            helped=row.helped,
            natural=row.natural,
            provider=row.provider_words,
        )
        for row in rows.order_by("position", "agreed_on", "pk")
    )


def _contacts(
    person: Person | UUID, seen: Seen, goals: list[UUID], on: date, zone: tzinfo, limits: Limits
) -> tuple[ContactKnown, ...]:
    """The contacts of the days looked back on, and older ones that moved a goal; newest first."""
    recent = contacts_between(on - timedelta(days=limits.look_back), on, zone).filter(seen.rows(), person=person)
    served, days, went = _progress(person, goals)
    words: dict[UUID, str] = {}
    hidden: set[UUID] = set()
    for entry in recent:
        days[entry.source_id] = entry.on
        words[entry.source_id] = entry.title
        if entry.served and entry.source_id not in served:
            hidden.add(entry.source_id)
    words |= _titles(person, seen, [pk for pk in days if pk not in words])
    found = [
        ContactKnown(pk, day, words[pk], frozenset(served.get(pk, ())), went.get(pk, {}), pk in hidden)
        for pk, day in days.items()
        if pk in words
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.id), reverse=True))


def _progress(
    person: Person | UUID, goals: list[UUID]
) -> tuple[dict[UUID, set[UUID]], dict[UUID, date], dict[UUID, dict[UUID, str]]]:
    """Contact → goals it served, its day, how it went for each: the newest ones."""
    rows = Progress.objects.filter(goal__in=goals, person=person, source_kind="contact", voided=False)
    served: dict[UUID, set[UUID]] = defaultdict(set)
    days: dict[UUID, date] = {}
    went: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    newest = rows.order_by("-on", "-pk").values_list("source_id", "goal", "on", "went")[:MOST_PROGRESS]
    for contact, goal, day, how in newest:
        served[contact].add(goal)
        days[contact] = day
        went[contact].setdefault(goal, how)
    return served, days, went


def _titles(person: Person | UUID, seen: Seen, contacts: Iterable[UUID]) -> dict[UUID, str]:
    """The lines of contacts that stand, and may be seen."""
    rows = Entry.objects.filter(seen.rows(), person=person, kind=EntryKind.CONTACT, source_kind="contact", voided=False)
    rows = rows.filter(source_id__in=list(contacts))
    return dict(rows.values_list("source_id", "title"))


def _plans(person: Person | UUID, seen: Seen, zone: tzinfo) -> tuple[PlanKnown, ...]:
    rows = versions_to_sign(zone).filter(seen.rows(episode="plan__episode"), plan__person=person)
    named = rows.order_by("plan", "number").values_list("pk", "asked_on", "by_person")
    return tuple(PlanKnown(pk, asked_on, by_person) for pk, asked_on, by_person in named)


def _planned_since(person: Person | UUID, seen: Seen) -> date | None:
    rows = PlanVersion.objects.filter(seen.rows(episode="plan__episode"), plan__person=person, state__in=WAS_IN_FORCE)
    first: date | None = rows.aggregate(first=Min("starts_on"))["first"]
    return first
