"""What the pages of enrolment share: the episode named in the address, and the one way in which a form is sent."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import episodes_of
from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, page_of
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person


def episode_of(request: StaffRequest, client: Person, pk: UUID, act: Act) -> Episode:
    """The episode *pk* of *client*, when the viewer may do *act* to it: its labels, too, must be cleared. Otherwise Http404."""
    rows = episodes_of(client).filter(gate.content(request.viewer, client, act, episode="pk"))
    episode = rows.filter(pk=pk).first()
    if episode is None:
        gate.refuse(request.viewer, act, client.pk, why="label", page=page_of(request))
        raise Http404
    return episode


def sent(request: StaffRequest) -> Any:
    """What a form is bound to; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def saved(form: RecordForm, act: Callable[[], object]) -> bool:
    """Do *act* when *form* was sent and is right. False: show the form (again)."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def form_page(request: StaffRequest, client: Person, form: RecordForm, **context: Any) -> HttpResponse:
    """The page of one form about a client: ``title``, ``button``, and, where wanted, ``text``, ``facts`` and ``danger``."""
    context["tab_title"] = context["title"]
    context |= {"form": form, "header": header_of(request.viewer, client, "programs")}
    return render(request, "episodes/form.html", context, status=422 if form.is_bound else 200)


def back_to(request: StaffRequest, client: Person, message: StrOrPromise) -> HttpResponse:
    """Say *message* on the client's programs; on the list of clients, where what was done took the client from the viewer."""
    messages.success(request, str(message))
    if gate.clients(request.viewer, Act.READ_EPISODE).filter(pk=client.pk).exists():
        return redirect("episodes:of_client", pk=client.pk)
    return redirect("clients:list")
