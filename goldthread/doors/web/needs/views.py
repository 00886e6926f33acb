"""A client's needs: what they put first, what assessments suggest, what is closed."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.needs.enums import NeedState, Strength
from goldthread.casework.needs.models import Need
from goldthread.casework.needs.queries import Undecided, needs_of, undecided
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page, page_of
from goldthread.foundation.programs.enums import Domain
from goldthread.foundation.programs.rules.titles import DOMAINS
from goldthread.foundation.ui.addresses import address
from goldthread.people.persons.models import Person

TONES = {Strength.URGENT: "red", Strength.NEEDED: "", Strength.WATCH: ""}


@require_GET
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """Their own order first; then what assessments suggest; what is closed is folded."""
    context = list_of(request, client) | {
        "header": header_of(request.viewer, client, "needs"),
        "tab_title": _("needs"),
    }
    return render(request, "needs/of_client.html", context)


@require_GET
@client_page(Act.READ_RECORD)
def one(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """One need as it reads: what *Cancel* puts back. Without htmx, the page that it stands on."""
    need = need_of(request, client, row, Act.READ_RECORD)
    if not request.htmx:
        return redirect(place_of(client, need))
    context = list_of(request, client)
    shown = next(one for one in context["open"] + context["closed"] if one.pk == need.pk)
    return render(request, "needs/need.html", context | {"need": shown})


def list_of(request: StaffRequest, client: Person) -> dict[str, Any]:
    """What the list shows."""
    viewer = request.viewer
    rows = [_worded(row) for row in needs_of(client, gate.content(viewer, client))]
    may_write = gate.may_on(viewer, Act.WRITE_ASSESSMENT, client)
    return {
        "client": client,
        "open": [row for row in rows if row.state == NeedState.OPEN],
        "closed": [row for row in rows if row.state != NeedState.OPEN],
        "suggested": suggested_for(request, client),
        "may_write": may_write,
        "plan_url": _plan_url(client),
        "today": viewer.today,
    }


def suggested_for(request: StaffRequest, client: Person) -> list[Undecided]:
    """What assessments that the viewer may read suggest, each with the words of its part of life."""
    found = undecided(client, gate.content(request.viewer, client), get_language() or "en")
    for one in found:
        one.assessment.of_life = DOMAINS[Domain(one.suggestion.domain)]  # type: ignore[attr-defined]  # for the template
    return found


def need_of(request: StaffRequest, client: Person, pk: UUID, act: Act = Act.WRITE_ASSESSMENT) -> Need:
    """The need *pk* of *client* when its labels are cleared for *act*; otherwise Http404."""
    need = Need.objects.filter(gate.content(request.viewer, client, act), person=client, pk=pk).first()
    if need is None:
        gate.refuse(request.viewer, act, client.pk, why="label", page=page_of(request))
        raise Http404
    return need


def place_of(client: Person, need: Need | None = None) -> str:
    """Where *need* stands on the page."""
    return address("needs:of_client", client.pk) + (f"#need-{need.pk}" if need else "")


def _worded(need: Need) -> Need:
    """With the words that the template shows."""
    need.of_life = DOMAINS[Domain(need.domain)]  # type: ignore[attr-defined]  # for the template
    need.tone = TONES[Strength(need.strength)]  # type: ignore[attr-defined]  # for the template
    return need


def _plan_url(client: Person) -> str:
    """The client's plan, where there is one to be written."""
    try:
        return reverse("plans:of_client", args=[client.pk])
    except NoReverseMatch:
        return ""
