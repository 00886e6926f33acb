"""A new client: a name is enough; the rest can follow."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.likely import Answer
from goldthread.casework.caseload.actions import assign
from goldthread.casework.caseload.models import AssignmentKind
from goldthread.casework.merging.actions.apart import not_the_same
from goldthread.doors.web.clients.circle import team_of, worker_on, workers_on
from goldthread.doors.web.clients.forms.about import NewClientForm
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.twins.typing import context_of, likely_for, typed_in
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.create import create_person
from goldthread.people.persons.enums import DateKind, Interpreter, NameKind
from goldthread.people.persons.models import Person

OUT_OF_REACH = "out-of-reach"
ABOUT = ("birth_date", "birth_date_kind", "pronouns", "language", "interpreter")


@require_http_methods(["GET", "POST"])
@staff_page(Act.CREATE)
def new_client(request: StaffRequest) -> HttpResponse:
    """The form of a new client; then their record."""
    viewer = request.viewer
    may_assign = gate.may(viewer, Act.ASSIGN)
    start = {
        "birth_date_kind": DateKind.EXACT,
        "interpreter": Interpreter.NO,
        "safe_to_text": True,
        "phone_kind": "mobile",
    }
    if request.method == "GET":
        form = NewClientForm(workers=workers_on(viewer.today) if may_assign else [], initial=start)
        return render(request, "clients/new.html", {"form": form})
    shown: dict[str, Any] = {}
    chosen = worker_on(viewer.today, request.POST.get("worker", "")) if may_assign else []
    form = NewClientForm(request.POST, workers=chosen, initial=start)
    try:
        if form.is_valid():
            answer = likely_for(request, typed_in({**request.POST.dict(), **form.values}))
            if not unseen(answer, request.POST.get("looked", "")) or made_before(form):
                return redirect("clients:brief", pk=create(request, form, answer).pk)
            shown = context_of(request, answer) | {"looked": looked_at(answer)}
    except DomainError as error:
        form.refuse(error)
    if may_assign:
        form.offer_workers(workers_on(viewer.today))
    return render(request, "clients/new.html", {"form": form} | shown, status=422)


def looked_at(answer: Answer) -> str:
    """Whom the page has shown as very likely the same: sent along, so that the next press means *none of these*."""
    ids = sorted(str(likely.person.pk) for likely in answer.found if likely.strong)
    return ",".join([*ids, *([OUT_OF_REACH] if answer.outside else [])])


def unseen(answer: Answer, looked: str) -> bool:
    """Is somebody very likely the same whom the page has not shown yet?"""
    return bool(set(filter(None, looked_at(answer).split(","))) - set(looked.split(",")))


def made_before(form: NewClientForm) -> bool:
    """A double click: the client is there, and is of course much like what was typed."""
    return Person.objects.filter(pk=form.own_id).exists()


@transaction.atomic
def create(request: StaffRequest, form: NewClientForm, answer: Answer) -> Person:
    """The client with name, phone and worker: all of it or nothing. Whoever was looked at and is not them is remembered."""
    values, by = form.values, request.viewer.actor
    names = [{"kind": NameKind.LEGAL, "given": values["given"], "family": values["family"]}]
    if values["preferred"]:
        names.append({"kind": NameKind.PREFERRED, "given": values["preferred"], "family": values["family"]})
    client = create_person(
        by=by,
        names_given=names,
        values={field: values[field] for field in ABOUT},
        contact=contact_of(values),
        client=True,
        form_id=form.own_id,
    )
    if client.created_at != by.at:  # the same form sent twice: what it asked for is done
        return client
    for likely in answer.found:
        if likely.strong:
            not_the_same(one=client, other=likely.person, by=by, why=_("Seen when the record was made"))
    if values["worker"]:
        staff = Staff.objects.get(pk=values["worker"])
        assign(
            client=client,
            staff=staff,
            kind=AssignmentKind.PRIMARY,
            team=team_of(staff, by.today),
            starts_on=by.today,
            reason=_("New client"),
            by=by,
        )
    return client


def contact_of(values: dict[str, Any]) -> dict[str, Any] | None:
    """The phone, when one was given."""
    if not values["phone"]:
        return None
    return {
        "kind": values["phone_kind"],
        "value": values["phone"],
        "safe_to_call": True,
        "safe_to_text": values["safe_to_text"],
        "safe_to_leave_message": values["safe_to_leave_message"],
        "first_choice": True,
    }
