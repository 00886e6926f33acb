"""Documents are uploaded, renewed, removed and brought back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.documents import actions
from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.casework.documents.queries import asked_of, met_by
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.documents.forms import DocumentForm, RemoveForm, RenewForm, UploadForm
from goldthread.doors.web.documents.reach import document_named, kinds_for, renewer
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.needs.choosing import episodes_for
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.ui.addresses import address
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_DOCUMENT)
def add(request: StaffRequest, client: Person) -> HttpResponse:
    """The form of a new document."""
    viewer = request.viewer
    whole = gate.may_on(viewer, Act.READ_RECORD, client)
    episodes = episodes_for(viewer, client, Act.WRITE_DOCUMENT) if whole else []
    asked = asked_of(client, gate.content(viewer, client, Act.WRITE_DOCUMENT), viewer.today) if episodes else []
    within = {one.pk for one in episodes}
    asked = [one for one in asked if one.serves.episode.pk in within]
    start = {"serves": next((one.key for one in asked if str(one.task.pk) == request.GET.get("task")), "")}
    form = DocumentForm(*_sent(request), kinds=kinds_for(viewer, client), episodes=episodes, asked=asked, initial=start)
    if form.is_bound and _good(request, client, form):
        try:
            made = _add(request, client, form)
        except DomainError as error:
            _refuse(request, client, form, error)
        else:
            return _kept(request, client, made[0].pk, _said_of(form, made))
    return _form_page(request, client, form, _("Add a document"), address("documents:of_client", client.pk))


@transaction.atomic
def _add(request: StaffRequest, client: Person, form: DocumentForm) -> list[Document]:
    """A document for each file: all of them, or none."""
    viewer, form_id = request.viewer, form.cleaned_data["form_id"] or new_id()
    return [
        actions.add_document(
            person=client,
            kind=form.cleaned_data["kind"],
            title=title,
            clean=one.clean,
            days=form.days,
            owner=renewer(client, form.episode, viewer),
            episode=form.episode,
            serves=form.serves.serves if form.serves else None,
            form_id=uuid5(form_id, str(place)) if place else form_id,
            by=viewer.actor,
        )
        for place, (title, one) in enumerate(zip(form.titles(), form.held, strict=True))
    ]


def _said_of(form: DocumentForm, made: Sequence[Document]) -> str:
    """What became of it: it meets what was asked, or does not, and why."""
    kept = ngettext("Kept.", "%(n)d documents kept.", len(made)) % {"n": len(made)}
    if not form.serves:
        return kept
    asked = spoken(form.serves.task.title)
    if any(met_by(version)[1] for version in DocumentVersion.objects.filter(document__in=made)):
        return f"{kept} {_('It meets: %(what)s.') % {'what': asked}}"
    why = _("%(what)s stays open: the rule counts nothing of that day, or the paper has ended.") % {"what": asked}
    return f"{kept} {why}"


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_DOCUMENT)
def renew(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The form of a newer version."""
    viewer = request.viewer
    document = document_named(request, client, row, Act.WRITE_DOCUMENT)
    form = RenewForm(*_sent(request), serves=bool(document.requirement))
    if form.is_bound and _good(request, client, form):
        try:
            actions.add_version(
                document=document,
                clean=form.held[0].clean,
                days=form.days,
                owner=renewer(client, document.episode, viewer),
                instead=form.cleaned_data.get("instead") == "1",
                form_id=form.cleaned_data["form_id"],
                by=viewer.actor,
            )
        except DomainError as error:
            _refuse(request, client, form, error)
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


def _good(request: StaffRequest, client: Person, form: UploadForm) -> bool:
    """Are the fields good, and the files? Both are looked at, so that all is said at once."""
    fields = form.is_valid()
    return form.take(_worker(request), client.pk) and fields


def _refuse(request: StaffRequest, client: Person, form: UploadForm, error: DomainError) -> None:
    form.refuse(error)
    form.lay_by(_worker(request), client.pk)


def _worker(request: StaffRequest) -> UUID:
    worker: UUID = request.viewer.staff.pk
    return worker


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
