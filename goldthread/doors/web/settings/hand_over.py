"""Handing over: from whom, to whom, from which day, all or chosen clients. Only clients whom the viewer may see are shown or moved."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import caseload_of
from goldthread.casework.schedule import actions
from goldthread.casework.schedule.actions import Passed
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.settings.forms import HandOverForm
from goldthread.doors.web.settings.saving import done, saved, sent
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import working_on

MOST_SHOWN = 300
"""Names that can be chosen one by one; *all of them* moves those beyond as well."""


@staff_page(Act.HAND_OVER)
def hand_over(request: StaffRequest) -> HttpResponse:
    """First choose from whom; then their clients, to whom and when."""
    viewer = request.viewer
    givers = gate.workers(viewer, Act.HAND_OVER).order_by("name")
    giver_id = _uuid(request.POST.get("from_staff") or request.GET.get("from", ""))
    giver = givers.filter(pk=giver_id).first() if giver_id else None
    movable = _movable(request, giver) if giver else Assignment.objects.none()
    rows, many = list(movable[:MOST_SHOWN]), movable.count()
    form = HandOverForm(
        sent(request),
        givers=givers,
        takers=Staff.objects.filter(working_on(viewer.today)).order_by("name"),
        initial={"from_staff": giver, "on": viewer.today, "everyone": True},
    )
    asked = [pk for text in request.POST.getlist("client") if (pk := _uuid(text))]
    chosen = set(movable.filter(client__in=asked).values_list("client_id", flat=True)) if asked else set()
    passed: list[Passed] = []

    def act() -> None:
        clients = set(movable.values_list("client_id", flat=True)) if form.cleaned_data["everyone"] else chosen
        if not clients:
            raise DomainError(_("Choose at least one, or all of them."), "everyone")
        values = {name: form.cleaned_data[name] for name in ("from_staff", "to_staff", "on", "both", "reason")}
        passed.append(actions.hand_over(**values, clients=clients, by=viewer.actor))

    if saved(form, act):
        return done(request, _said(passed[0], form.cleaned_data["to_staff"]), "settings:hand_over")
    if rows:
        gate.saw(viewer, {row.client for row in rows}, "settings.hand_over")
    context: dict[str, Any] = {
        "form": form,
        "giver": giver,
        "rows": rows,
        "many": many,
        "chosen": chosen,
        "givers": givers,
    }
    return render(request, "settings/hand_over.html", context, status=422 if form.is_bound else 200)


def _said(passed: Passed, taker: Staff) -> str:
    """What went over, and at how many of the times *taker* has something else: that is never silent."""
    many, agreed, busy = len(passed.assignments), len(passed.appointments), len(passed.clashes)
    said = [ngettext("%d handed over.", "%d handed over.", many) % many]
    if agreed:
        words = ngettext("%d appointment went along.", "%d appointments went along.", agreed)
        said.append(words % agreed)
    if busy:
        words = ngettext(
            "At one of these times %(name)s has something else already: look at the calendar together.",
            "At %(n)s of these times %(name)s has something else already: look at the calendar together.",
            busy,
        )
        said.append(words % {"n": busy, "name": taker.name})
    return " ".join(said)


def _movable(request: StaffRequest, giver: Staff) -> QuerySet[Assignment]:
    """The giver's assignments of clients whom the viewer may see and assign."""
    mine = gate.clients(request.viewer, Act.ASSIGN).values("pk")
    kinds = (AssignmentKind.PRIMARY, AssignmentKind.SECONDARY)
    known = Q(labels=0) | gate.content_in(request.viewer, Act.READ_EPISODE)
    return caseload_of(giver, request.viewer.today, kinds).filter(known, client__in=mine)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
