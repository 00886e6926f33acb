"""Households: who lives together, and who is the head."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.text import tidy
from goldthread.people.persons import rules
from goldthread.people.persons.actions.common import Edit
from goldthread.people.persons.models import Household, HouseholdMember, Person

FIELDS = ("household", "is_head", "starts_on", "ends_on")


@transaction.atomic
def create_household(
    *, head: Person, by: Actor, name: str = "", starts_on: date | None = None, form_id: UUID | None = None
) -> Household:
    """A household with its head. Without a *name* it is called by the head's. The same *form_id* twice makes one."""
    edit = Edit(head.pk, by, "family")
    if form_id and (made := Household.objects.filter(pk=form_id).first()):
        if not made.members.filter(person=head).exists():
            raise DomainError(_("This form was sent before for somebody else. Open a new one."))
        return made
    called = tidy(name) or _("Household of %(name)s") % {"name": edit.person.display_name}
    household = Household.objects.create(id=form_id or new_id(), name=called[:120])
    _add(edit, household, starts_on, is_head=True)
    return household


@transaction.atomic
def join_household(
    *, household: Household, person: Person, by: Actor, starts_on: date | None = None
) -> HouseholdMember:
    """*person* lives there, too. Who does already is left as they are."""
    edit = Edit(person.pk, by, "family")
    present = HouseholdMember.objects.filter(household=household, person=edit.person, ends_on__isnull=True).first()
    return present or _add(edit, household, starts_on, is_head=False)


@transaction.atomic
def leave_household(
    *, member: HouseholdMember, ends_on: date, by: Actor, said_on: UUID | None = None
) -> HouseholdMember:
    """They lived there until *ends_on*.

    *said_on*: the person on whose record it was said. Where that is somebody else of the household, the event stands on
    the log of both: the place that ends belongs to one, the page that tells of it to the other (ADR 0017).
    """
    edit = Edit(member.person_id, by, "family")
    fresh = HouseholdMember.objects.get(pk=member.pk)
    rules.check_dates(fresh.starts_on, ends_on)
    if edit.apply(fresh, {"ends_on": ends_on}, row=fresh.pk):
        fresh.version += 1
        fresh.save()
        edit.done("household_left", kind="household", object_id=fresh.household_id)
        if said_on and said_on != fresh.person_id:
            record(
                by=by,
                action="persons.household_left",
                kind="household",
                object_id=fresh.household_id,
                client=said_on,
                details={"fields": ["ends_on"], "of": str(fresh.person_id)},
            )
    return fresh


@transaction.atomic
def make_head(*, member: HouseholdMember, by: Actor) -> HouseholdMember:
    """They are the head of the household now; whoever was is no longer."""
    household = Household.objects.select_for_update().get(pk=member.household_id)
    here = HouseholdMember.objects.filter(household=household, ends_on__isnull=True)
    if not here.filter(pk=member.pk).exists():
        raise DomainError(_("Only somebody who lives there can be the head."), "is_head")
    for old in here.filter(is_head=True).exclude(pk=member.pk):
        _mark(old, False, by)
    return _mark(HouseholdMember.objects.get(pk=member.pk), True, by)


def _mark(member: HouseholdMember, is_head: bool, by: Actor) -> HouseholdMember:
    edit = Edit(member.person_id, by, "family")
    if edit.apply(member, {"is_head": is_head}, row=member.pk):
        member.version += 1
        member.save()
        edit.done("household_head", kind="household", object_id=member.household_id)
    return member


def _add(edit: Edit, household: Household, starts_on: date | None, *, is_head: bool) -> HouseholdMember:
    member = HouseholdMember(household=household, person=edit.person, starts_on=starts_on, is_head=is_head)
    member.save(force_insert=True)
    edit.added(member, FIELDS, row=member.pk)
    edit.done("household_joined", kind="household", object_id=household.pk)
    return member
