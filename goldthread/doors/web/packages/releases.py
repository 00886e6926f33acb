"""A release is read from its document, revoked, and a package begun under it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.packages.actions.making import begin
from goldthread.casework.packages.actions.releases import read_release
from goldthread.casework.packages.actions.releases import revoke as revoke_release
from goldthread.casework.packages.models import Package
from goldthread.casework.packages.queries import release_papers
from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.documents.reach import reached
from goldthread.doors.web.entry import StaffRequest, client_page, page_of
from goldthread.doors.web.episodes.common import saved, sent
from goldthread.doors.web.packages.forms import ChooseForm, ReleaseForm, RevokeForm
from goldthread.doors.web.packages.reach import release_named
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.SEND_PACKAGE)
def read(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """What the signed paper says, typed in beside it."""
    viewer = request.viewer
    document = next((one for one in release_papers(client, reached(viewer, client)) if one.pk == row), None)
    if document is None:
        gate.refuse(viewer, Act.SEND_PACKAGE, client.pk, why="label", page=page_of(request))
        raise Http404
    form = ReleaseForm(sent(request))

    def act() -> None:
        values = form.values
        read_release(
            document=document,
            recipient=values["recipient"],
            purpose=values["purpose"],
            sections=values["sections"],
            named=sum(int(label) for label in values["named"]),
            signed_on=values["signed_on"],
            until_on=values["until_on"],
            form_id=form.cleaned_data["form_id"],
            by=viewer.actor,
        )

    if saved(form, act):
        messages.success(request, _("Read. Now choose what goes along; never more than it names."))
        return redirect("packages:of_client", pk=client.pk)
    paper = reverse("documents:one", args=[client.pk, document.pk])
    title = _("What the release says: %(title)s") % {"title": document.title}
    return _form(request, client, form, title, _("Keep it"), paper=paper)


@require_http_methods(["GET", "POST"])
@client_page(Act.SEND_PACKAGE)
def revoke(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The client took it back."""
    release = release_named(request, client, row)
    form = RevokeForm(sent(request), initial={"revoked_on": request.viewer.today})

    def act() -> None:
        values = form.values
        revoke_release(release=release, revoked_on=values["revoked_on"], why=values["why"], by=request.viewer.actor)

    if saved(form, act):
        messages.success(request, _("Revoked. Nothing more goes out under it."))
        return redirect("packages:of_client", pk=client.pk)
    title = _("Revoke the release for %(who)s") % {"who": release.recipient}
    return _form(request, client, form, title, _("Revoke"))


@require_http_methods(["GET", "POST"])
@client_page(Act.SEND_PACKAGE)
def new(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Begin a package: what goes along, of what the release names."""
    viewer = request.viewer
    release = release_named(request, client, row)
    form = ChooseForm(sent(request), named=release.sections, papers=[], initial={"sections": release.sections})
    made: list[Package] = []

    def act() -> None:
        values = form.values
        made.append(
            begin(
                release=release,
                sections=values["sections"],
                owner=viewer.staff,
                form_id=form.cleaned_data["form_id"],
                by=viewer.actor,
            )
        )

    if saved(form, act):
        return redirect("packages:one", pk=client.pk, row=made[0].pk)
    title = _("A package for %(who)s") % {"who": release.recipient}
    return _form(request, client, form, title, _("Look at what would go"))


def _form(
    request: StaffRequest, client: Person, form: RecordForm, title: str, button: str, paper: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "header": header_of(request.viewer, client, "packages"),
        "tab_title": title,
        "client": client,
        "form": form,
        "title": title,
        "button": button,
        "paper": paper,
    }
    return render(request, "packages/form.html", context, status=422 if form.is_bound else 200)
