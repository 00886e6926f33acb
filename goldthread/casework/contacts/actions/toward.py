"""What a signed contact does to the plan, in the signature's transaction, and how that is taken back."""

from collections import defaultdict
from uuid import UUID

from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.rules.written import Goal, Written
from goldthread.casework.plans.actions import finish_step, note_service, record_progress, reopen_step, void_progress
from goldthread.casework.plans.actions.progress import CONTACT, ProgressItem
from goldthread.casework.plans.actions.taking_back import take_back_service
from goldthread.casework.plans.models import PlannedService, Step
from goldthread.foundation.lib.actor import Actor


def take_forward(*, contact: Contact, note: Written, by: Actor) -> None:
    """Progress toward each goal of the plan, steps that were done, services that were checked on. Nobody reached: nothing."""
    if contact.attempted:
        return
    theirs: dict[UUID, list[ProgressItem]] = defaultdict(list)
    for goal in note.goals:
        if goal.id and goal.person:
            theirs[goal.person] += items_of(goal)
    for person in sorted(theirs, key=str):  # two notes at once lock the goals of several alike
        record_progress(
            source_kind=CONTACT,
            source_id=contact.pk,
            person=person,
            on=contact.happened_on,
            items=theirs[person],
            by=by,
        )
    _finish(contact, [pk for goal in note.goals for pk, _words in goal.steps], by)
    _note(contact, note, by)


def items_of(goal: Goal) -> list[ProgressItem]:
    """What is said of the goal, and of each objective that has a value."""
    if goal.id is None:
        return []
    of_values = [
        ProgressItem(goal=goal.id, went=goal.went, objective=pk, value=value) for pk, _words, value in goal.values
    ]
    return [ProgressItem(goal=goal.id, went=goal.went, words=goal.note), *of_values]


def take_back(*, contact: Contact, by: Actor) -> None:
    """The contact counts no more: nor does its progress; a step done in it is open again, a service as it was known before."""
    served = any("id" in goal for goal in contact.goals)
    if served or contact.addenda.exists():  # an addendum may have said which goal it served
        void_progress(source_kind=CONTACT, source_id=contact.pk, by=by)
    if any(goal.get("steps") for goal in contact.goals):
        for step in Step.objects.filter(done_source=contact.pk).order_by("pk"):
            reopen_step(step=step, by=by)
    told = {UUID(one["id"]): one for one in contact.monitoring.get("services", [])}
    for service in PlannedService.objects.filter(pk__in=told).order_by("pk") if told else ():
        said = told[service.pk]
        take_back_service(
            service=service,
            confirmed_on=contact.happened_on if said.get("confirms") else None,
            ended_on=contact.happened_on if said.get("ended") else None,
            helped=said.get("helped", ""),
            by=by,
        )


def _finish(contact: Contact, steps: list[UUID], by: Actor) -> None:
    if not steps:
        return
    for step in Step.objects.filter(pk__in=steps).order_by("pk"):
        finish_step(step=step, done_on=contact.happened_on, source_id=contact.pk, by=by)


def _note(contact: Contact, note: Written, by: Actor) -> None:
    said = {one.id: one for one in note.services if one.confirms or one.ended or one.helped}
    for service in PlannedService.objects.filter(pk__in=said).order_by("pk") if said else ():
        one = said[service.pk]
        note_service(
            service=service,
            confirmed_on=contact.happened_on if one.confirms and service.confirmed_on is None else None,
            ended_on=contact.happened_on if one.ended else None,
            helped=one.helped,
            by=by,
        )
