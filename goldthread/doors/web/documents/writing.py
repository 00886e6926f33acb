"""Documents are uploaded, renewed, removed and brought back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.documents import actions
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.documents.forms import DocumentForm, RemoveForm, UploadForm
from goldthread.doors.web.documents.reach import document_named, kinds_for, renewer
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.needs.choosing import episodes_for
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.addresses import address
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_DOCUMENT)
def add(request: StaffRequest, client: Person) -> HttpResponse:
    """The form of a new document."""
    viewer = request.viewer
    whole = gate.may_on(viewer, Act.READ_RECORD, client)
    episodes = episodes_for(viewer, client, Act.WRITE_DOCUMENT) if whole else []
    form = DocumentForm(*_sent(request), kinds=kinds_for(viewer, client), episodes=episodes)
    if form.is_bound and form.is_valid():
        try:
            document = actions.add_document(
                person=client,
                kind=form.cleaned_data["kind"],
                title=form.cleaned_data["title"],
                clean=form.strained(),
                days=form.days,
                owner=renewer(client, form.episode, viewer),
                episode=form.episode,
                form_id=form.cleaned_data["form_id"],
                by=viewer.actor,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return _kept(request, client, document.pk, _("Kept."))
    return _form_page(request, client, form, _("Add a document"), address("documents:of_client", client.pk))


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_DOCUMENT)
def renew(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The form of a newer version."""
    viewer = request.viewer
    document = document_named(request, client, row, Act.WRITE_DOCUMENT)
    form = UploadForm(*_sent(request))
    if form.is_bound and form.is_valid():
        try:
            actions.add_version(
                document=document,
                clean=form.strained(),
                days=form.days,
                owner=renewer(client, document.episode, viewer),
                form_id=form.cleaned_data["form_id"],
                by=viewer.actor,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return _kept(request, client, document.pk, _("The new version is kept. The one before stays readable."))
    title = _("A newer version: %(title)s") % {"title": document.title}
    return _form_page(request, client, form, title, address("documents:one", client.pk, document.pk))


@require_POST
@client_page(Act.WRITE_DOCUMENT)
def not_needed(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Nobody has to renew it."""
    document = document_named(request, client, row, Act.WRITE_DOCUMENT)
    actions.need_not_renew(document=document, by=request.viewer.actor)
    return _kept(request, client, document.pk, _("Nobody is asked to renew it."))


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_DOCUMENT)
def remove(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Why it does not belong here."""
    document = document_named(request, client, row, Act.WRITE_DOCUMENT)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.remove(document=document, why=form.cleaned_data["why"], by=request.viewer.actor)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Removed. It stands at the end of the list, and can be brought back."))
            return redirect("documents:of_client", pk=client.pk)
    title = _("Remove: %(title)s") % {"title": document.title}
    return _form_page(request, client, form, title, address("documents:one", client.pk, document.pk))


@require_POST
@client_page(Act.WRITE_DOCUMENT)
def bring_back(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The removal is undone."""
    viewer = request.viewer
    document = document_named(request, client, row, Act.WRITE_DOCUMENT)
    actions.bring_back(document=document, owner=renewer(client, document.episode, viewer), by=viewer.actor)
    return _kept(request, client, document.pk, _("Brought back."))


def _sent(request: StaffRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _kept(request: StaffRequest, client: Person, row: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("documents:one", pk=client.pk, row=row)


def _form_page(request: StaffRequest, client: Person, form: Any, title: str, back: str) -> HttpResponse:
    context: dict[str, Any] = {
        "header": header_of(request.viewer, client, "documents"),
        "tab_title": title,
        "client": client,
        "form": form,
        "form_title": title,
        "back": back,
    }
    return render(request, "documents/form.html", context, status=422 if form.is_bound else 200)
