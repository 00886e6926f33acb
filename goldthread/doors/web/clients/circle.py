"""The sections of the Circle: family and people around the client, the household, and who works with them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.caseload import actions as caseload
from goldthread.casework.caseload.models import AssignmentKind
from goldthread.casework.caseload.queries import history as assignments_of
from goldthread.casework.schedule.actions import end_assignment
from goldthread.doors.web.clients.around import namable
from goldthread.doors.web.clients.forms import rows as forms
from goldthread.doors.web.clients.saves import editing, ending, from_row
from goldthread.doors.web.clients.sections import OPEN_FIRST, Place, RowAction, Section
from goldthread.doors.web.clients.undoing import reopen_assignment, reopen_row
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import who_speak
from goldthread.people.persons.actions import family, households
from goldthread.people.persons.models import ContactPoint, HouseholdMember, Person, Relationship
from goldthread.people.persons.rules import language_name

CARRIES_CLIENTS = (Role.CASE_MANAGER, Role.SUPERVISOR, Role.INTAKE)


def workers_on(today: date) -> list[tuple[UUID, str]]:
    """Staff who can be given clients today, by name. One query."""
    return _WORKERS.ask(today=today)


def workers_for(client: Person, today: date) -> list[tuple[UUID, str]]:
    """The same, with who speaks the client's language marked. One query more where that is not English."""
    speak = who_speak(client.language, today)
    return [(pk, _speaks(name, client.language) if pk in speak else name) for pk, name in workers_on(today)]


def _speaks(name: str, language: str) -> str:
    return _("%(name)s · speaks %(language)s") % {"name": name, "language": language_name(language)}


def worker_on(today: date, typed: str) -> list[tuple[UUID, str]]:
    """The one of them whose id is *typed*, as a list; empty when there is none. No query for what is no id."""
    try:
        return _WORKER.ask(today=today, pk=UUID(typed))
    except ValueError:
        return []


def _carrying() -> QuerySet[Any, Any]:
    today = Given("today")
    found = Staff.objects.filter(
        Q(roles__ends_on__isnull=True) | Q(roles__ends_on__gte=today),
        Q(ended_on__isnull=True) | Q(ended_on__gte=today),
        roles__role__in=CARRIES_CLIENTS,
        roles__starts_on__lte=today,
    )
    return found.distinct().order_by("name").values_list("pk", "name")


_WORKERS: Compiled[tuple[UUID, str]] = Compiled(_carrying)
_WORKER: Compiled[tuple[UUID, str]] = Compiled(lambda: _carrying().filter(pk=Given("pk")))


def team_of(staff: Staff, today: date) -> Team | None:
    """The team in which *staff* works today; the first they joined where there are several."""
    place = (
        staff.memberships.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)
        .select_related("team")
        .order_by("supervises", "starts_on", "pk")
        .first()
    )
    return place.team if place else None


def add_relative(*, request: Any, client: Person, row: Any, form: Any) -> Any:
    """To somebody on record when one was picked; otherwise to a new person with the name that was typed."""
    values = dict(form.values)
    other, phone = values.pop("other"), values.pop("phone")
    name = {"given": values.pop("given"), "family": values.pop("family")}
    common = {"person": client, "by": request.viewer.actor, "form_id": form.own_id}
    if other:
        known = gate.clients(request.viewer, Act.FIND).filter(pk=other).first()
        if known is None:
            raise DomainError(_("Choose somebody from the list, or write a new name."), "other")
        return family.add_relationship(values={**values, "other": known}, **common)
    contact = {"kind": "mobile", "value": phone} if phone else None
    return family.add_relative(name=name, values=values, contact=contact, **common)


def add_to_household(*, request: Any, client: Person, row: Any, form: Any) -> Any:
    """A household of the client's own where there is none yet; then somebody of the circle may join it."""
    values, by = form.values, request.viewer.actor
    ties = Relationship.objects.filter(person=client).select_related("other")
    member = ties.filter(other=values["who"]).first() if values["who"] else None
    place = HouseholdMember.objects.filter(person=client, ends_on__isnull=True).select_related("household").first()
    household = place.household if place else households.create_household(head=client, by=by, form_id=form.own_id)
    if member:
        households.join_household(household=household, person=member.other, by=by, starts_on=values["starts_on"])


def household_rows(client: Person) -> Any:
    """Everybody in the households in which the client has a place."""
    return _places_in(HouseholdMember.objects.filter(person=client, ends_on__isnull=True))


def households_ever(client: Person) -> Any:
    """Everybody in the households in which the client has, or had, a place."""
    return _places_in(HouseholdMember.objects.filter(person=client))


def _places_in(mine: Any) -> Any:
    client_place = Q(pk__in=mine.values("pk"))
    return (
        HouseholdMember.objects.filter(Q(person__labels=0) | client_place, household__in=mine.values("household"))
        .select_related("person", "household")
        .order_by(OPEN_FIRST, "-is_head", "person__sort_key")
    )


def leave_household(*, request: Any, client: Person, row: Any, form: Any) -> Any:
    by = request.viewer.actor
    return households.leave_household(member=row, ends_on=form.values["ends_on"], by=by, said_on=client.pk)


def whose_place(place: Place, row: Any) -> str:
    """Whose place in the household ends: it need not be that of the client on whose page this is."""
    if row.person_id == place.client.pk:
        return _("%(name)s no longer lives here. The others stay.") % {"name": row.person.display_name}
    return _(
        "%(name)s no longer lives here. It ends on the record of %(name)s, too. %(client)s and the others stay."
    ) % {"name": row.person.display_name, "client": place.client.display_name}


def assign(*, request: Any, client: Person, row: Any, form: Any) -> Any:
    values = form.values
    staff = Staff.objects.get(pk=values["staff"])
    return caseload.assign(
        client=client,
        staff=staff,
        kind=AssignmentKind(values["kind"]),
        team=team_of(staff, request.viewer.today),
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        reason=values["reason"],
        both=values["both"],
        by=request.viewer.actor,
        form_id=form.own_id,
    )


def relatives_of(request: Any) -> dict[str, Any]:
    """The people of the circle who can be said to live with the client."""
    pk = request.resolver_match.kwargs["pk"]
    known = Relationship.objects.filter(person=pk, ends_on__isnull=True, other__labels=0).select_related("other")
    return {"people": [(row.other_id, row.other.display_name) for row in namable(request.viewer, list(known))]}


def family_rows(client: Person) -> Any:
    """Who is around the client, each with the phones in ``other.open_phones`` that everybody on the record may see."""
    phones = ContactPoint.objects.filter(ends_on__isnull=True, labels=0).order_by("-first_choice", "pk")
    return (
        client.relationships.select_related("other")
        .prefetch_related(Prefetch("other__contact_points", queryset=phones, to_attr="open_phones"))
        .order_by(OPEN_FIRST, "-emergency_contact", "kind", "pk")
    )


def relative_actions(place: Place, row: Any) -> list[RowAction]:
    """Somebody who is no client has name and phones on the client's pages."""
    if row.other.client_number or row.ends_on:
        return []
    return [
        RowAction(
            gettext_lazy("Name and phone"), reverse("clients:relative", args=[place.client.pk, row.pk]), page=True
        )
    ]


CIRCLE = (
    Section(
        key="family",
        tab="circle",
        title=gettext_lazy("Family and people around them"),
        act=Act.EDIT,
        form=forms.RelationshipForm,
        edit_form=forms.RelationshipEditForm,
        end_form=forms.EndForm,
        rows=family_rows,
        called=lambda row: row.other.display_name,
        add=add_relative,
        edit=editing(family.edit_relationship),
        end=ending(family.end_relationship),
        reopen=reopen_row,
        row_actions=relative_actions,
        initial=from_row("kind", "emergency_contact", "note", "starts_on", "ends_on"),
        add_title=gettext_lazy("Add somebody around them"),
        edit_title=gettext_lazy("Change"),
        end_title=gettext_lazy("This is over"),
        empty=gettext_lazy("Nobody is noted yet: family, guardians, friends, whoever is called in an emergency."),
    ),
    Section(
        key="household",
        tab="circle",
        title=gettext_lazy("Lives with"),
        act=Act.EDIT,
        form=forms.HouseholdForm,
        arguments=relatives_of,
        end_form=forms.EndForm,
        rows=household_rows,
        called=lambda row: row.person.display_name,
        add=add_to_household,
        end=leave_household,
        reopen=reopen_row,
        undo_rows=households_ever,
        add_title=gettext_lazy("Add to the household"),
        end_title=gettext_lazy("Left the household"),
        end_says=whose_place,
        empty=gettext_lazy("No household is known yet."),
    ),
    Section(
        key="workers",
        tab="circle",
        title=gettext_lazy("Workers"),
        act=Act.ASSIGN,
        form=forms.AssignmentForm,
        arguments=lambda request: {"workers": workers_on(request.viewer.today), "today": request.viewer.today},
        end_form=forms.EndForm,
        rows=assignments_of,
        called=lambda row: row.staff.name,
        add=assign,
        end=ending(end_assignment, "assignment"),
        reopen=reopen_assignment,
        add_title=gettext_lazy("Assign a worker"),
        end_title=gettext_lazy("End the assignment"),
        empty=gettext_lazy("No worker is assigned."),
    ),
)
