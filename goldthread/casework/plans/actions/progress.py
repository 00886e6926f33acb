"""What a contact, or a review, says of goals. Each goal keeps the day of the last contact toward it, so that silence is seen
without looking through the notes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goldthread.casework.plans.actions.common import staff_of
from goldthread.casework.plans.models import Goal, Objective, Progress
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import insert_rows
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person

CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class ProgressItem:
    """How it went toward one goal, or one objective of it. *value*: on the objective's own scale."""

    goal: UUID
    went: str
    words: str = ""
    objective: UUID | None = None
    value: str = ""


@transaction.atomic(savepoint=False)
def record_progress(
    *, source_kind: str, source_id: UUID, person: Person | UUID, on: date, items: Sequence[ProgressItem], by: Actor
) -> None:
    """Keep *items* as all that the source says of goals of *person* on the day *on*. Saying it again takes the place of before.

    DomainError: a goal that is not theirs, or an objective of another goal.
    """
    pk = person if isinstance(person, UUID) else person.pk
    before = list(Progress.objects.filter(source_kind=source_kind, source_id=source_id, person=pk, voided=False))
    goals = _goals({item.goal for item in items} | {row.goal_id for row in before}, pk)
    _check(items, goals)
    for row in before:
        row.voided = True
    Progress.objects.bulk_update(before, ["voided"])
    made = [
        Progress(
            goal_id=item.goal,
            objective_id=item.objective,
            person_id=pk,
            on=on,
            went=item.went[:20],
            value=item.value[:120],
            words=item.words[:500],
            source_kind=source_kind,
            source_id=source_id,
            recorded_by_id=staff_of(by),
            recorded_at=by.at,
            labels=goals[item.goal].labels,
        )
        for item in items
    ]
    if made:
        insert_rows(made)
    if source_kind == CONTACT:
        mark_served(source_id, pk, served=bool(made))
    _last_contact(goals.values())
    _latest({row.objective_id for row in [*before, *made] if row.objective_id})


def void_progress(*, source_kind: str, source_id: UUID, by: Actor) -> None:
    """The source is taken back: it says nothing of any goal any more."""
    people = Progress.objects.filter(source_kind=source_kind, source_id=source_id, voided=False)
    for person in set(people.values_list("person", flat=True)):
        record_progress(source_kind=source_kind, source_id=source_id, person=person, on=by.today, items=(), by=by)


def mark_served(contact: UUID, person: UUID, *, served: bool) -> None:
    """The line of *contact* says whether it moved a goal of *person*'s: what served none is found without looking at all."""
    Entry.objects.filter(source_kind=CONTACT, source_id=contact, kind=EntryKind.CONTACT, person=person).update(
        served=served
    )


def _goals(pks: set[UUID], person: UUID) -> dict[UUID, Goal]:
    """The goals, locked in one order: two contacts at once keep the later day."""
    rows = Goal.objects.select_for_update(no_key=True).filter(pk__in=pks, person=person).order_by("pk")
    return {row.pk: row for row in rows}


def _check(items: Sequence[ProgressItem], goals: dict[UUID, Goal]) -> None:
    objectives = {item.objective: item.goal for item in items if item.objective}
    known = dict(Objective.objects.filter(pk__in=objectives).values_list("pk", "goal")) if objectives else {}
    for item in items:
        if item.goal not in goals or (item.objective and known.get(item.objective) != item.goal):
            raise DomainError(_("This goal is not in the plan any more."), "goals")


def _last_contact(goals: Collection[Goal]) -> None:
    rows = Progress.objects.filter(goal__in=[goal.pk for goal in goals], source_kind=CONTACT, voided=False)
    last = dict(rows.order_by().values_list("goal").annotate(last=Max("on")))
    changed = [goal for goal in goals if goal.last_contact_on != last.get(goal.pk)]
    for goal in changed:
        goal.last_contact_on = last.get(goal.pk)
    Goal.objects.bulk_update(changed, ["last_contact_on"])


def _latest(objectives: set[UUID]) -> None:
    """Each objective shows the value that was written of the newest day."""
    for objective in Objective.objects.select_for_update().filter(pk__in=objectives).order_by("pk"):
        newest = (
            Progress.objects.filter(objective=objective, voided=False).exclude(value="").order_by("-on", "-pk").first()
        )
        objective.latest, objective.latest_on = (newest.value, newest.on) if newest else ("", None)
        objective.save(update_fields=["latest", "latest_on"])
