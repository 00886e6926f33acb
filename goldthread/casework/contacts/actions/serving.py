"""Which goal did it serve? Said later of a contact that was signed without a goal; written as an addendum, which it is."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.contacts.actions.afterwards import addend
from goldthread.casework.contacts.actions.following import SOURCE
from goldthread.casework.contacts.enums import ContactState, Went
from goldthread.casework.contacts.models import Addendum, Contact
from goldthread.casework.contacts.queries import lock
from goldthread.casework.plans.actions import ProgressItem, record_progress
from goldthread.casework.plans.actions.progress import CONTACT
from goldthread.casework.plans.enums import GoalState
from goldthread.casework.plans.models import Goal, Progress
from goldthread.casework.record.actions import mark_entries
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.lib.text import tidy

COUNTS = (ContactState.SIGNED, ContactState.WAITING, ContactState.COSIGNED, ContactState.RETURNED)


@transaction.atomic
def serve_goal(
    *, contact: Contact, goal: Goal, went: str, words: str, by: Actor, form_id: UUID | None = None
) -> Addendum:
    """Say that the signed *contact* served *goal*, and how it went: progress of its day, an addendum that says so and when. What was
    signed stays as it was. The same *form_id* says it once.

    DomainError: nobody was reached, the note does not count, the goal is of somebody else, or it is said already.
    """
    if made := made_before(Addendum, form_id, contact_id=contact.pk):
        return made
    lock(contact.pk)
    row = Contact.objects.get(pk=contact.pk)
    if row.attempted or row.state not in COUNTS:
        raise DomainError(_("This note counts for no goal: nobody was reached, or it was voided or replaced."), "goal")
    if not row.people.filter(client=True, person=goal.person_id).exists() or goal.episode_id != row.episode_id:
        raise DomainError(_("This goal is not in the plan any more."), "goal")
    if went not in Went.values or went == Went.NOT_TODAY:
        raise DomainError(_("Say how it went."), "went")
    told = list(Progress.objects.filter(source_kind=CONTACT, source_id=row.pk, person=goal.person_id, voided=False))
    if any(one.goal_id == goal.pk for one in told):
        raise DomainError(_("The note says this goal already."), "goal")
    if not told and goal.state != GoalState.OPEN and goal.closed_on and goal.closed_on < row.happened_on:
        raise DomainError(_("This goal is not in the plan any more."), "goal")
    items = [ProgressItem(one.goal_id, one.went, one.words, one.objective_id, one.value) for one in told]
    items.append(ProgressItem(goal.pk, went, tidy(words)))
    record_progress(
        source_kind=CONTACT, source_id=row.pk, person=goal.person_id, on=row.happened_on, items=items, by=by
    )
    _mark(row, goal, items, by)
    said = _("This contact served the goal “%(goal)s”: %(went)s.") % {
        "goal": goal.words,
        "went": str(Went(went).label).lower(),
    }
    return addend(
        contact=row, person=goal.person, text="\n".join(filter(None, [said, tidy(words)])), by=by, form_id=form_id
    )


def _mark(contact: Contact, goal: Goal, items: list[ProgressItem], by: Actor) -> None:
    """The line of the timeline names the goals; in a contact with several clients each line its own, so there it stays as it was."""
    if contact.people.filter(client=True).count() > 1:
        return
    served = Goal.objects.filter(pk__in=[item.goal for item in items]).order_by("position", "pk")
    mark_entries(
        source_kind=SOURCE, source_id=contact.pk, facts={"goals": list(served.values_list("words", flat=True))}, by=by
    )
