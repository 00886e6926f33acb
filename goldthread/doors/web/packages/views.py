"""The packages of a client, and one of them from choosing to *seen there*."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.documents.models import DocumentVersion
from goldthread.casework.documents.queries import current_of
from goldthread.casework.packages.actions import handing, making
from goldthread.casework.packages.actions.common import check_goes_out
from goldthread.casework.packages.content import papers_that_may_go
from goldthread.casework.packages.enums import PackageState, Section
from goldthread.casework.packages.models import Package, Release
from goldthread.casework.packages.queries import current_version, packages_of, papers_in, release_papers, releases_of
from goldthread.casework.packages.rules import NOTICE, check_holds
from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.documents.reach import OF_VERSION, reached
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.episodes.common import saved
from goldthread.doors.web.packages.forms import AskedForm, ChooseForm, CloseForm, HandForm, SeenForm
from goldthread.doors.web.packages.reach import eyes_of, package_named, seen_packages, sees_release
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.labels import names_of
from goldthread.people.persons.models import Person

STEPS = {
    PackageState.DRAFT: ("choose",),
    PackageState.READY: ("hand",),
    PackageState.HANDED: ("seen", "not_yet", "close"),
}
"""The forms of each state."""


@dataclass(frozen=True, slots=True)
class Read:
    """A release as the list shows it. ``problem``: why nothing goes out under it."""

    row: Release
    sections: list[Any]
    protected: list[Any]
    problem: str


@require_GET
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """The packages, and the releases under which more can be made."""
    viewer = request.viewer
    sight = gate.sight(viewer, client)
    may_send = gate.may_on(viewer, Act.SEND_PACKAGE, client)
    read = [one for one in releases_of(client) if sees_release(sight, one)]
    unread: list[Any] = []
    if may_send:
        known = {one.document_id for one in read}
        unread = [one for one in release_papers(client, reached(viewer, client)) if one.pk not in known]
    context: dict[str, Any] = {
        "header": header_of(viewer, client, "packages"),
        "tab_title": _("transfer packages"),
        "client": client,
        "packages": seen_packages(viewer, client, packages_of(client)),
        "releases": [_read(one, viewer.today) for one in read],
        "unread": unread,
        "may_send": may_send,
        "today": viewer.today,
    }
    return render(request, "packages/of_client.html", context)


def _read(row: Release, today: date) -> Read:
    sections = [section.label for section in Section if section in row.sections]
    version = current_version(row.document)
    problem = ""
    try:
        check_holds(row, version.expires_on if version else None, row.document.removed_at is not None, today)
    except DomainError as error:
        problem = str(error.message)
    return Read(row, sections, names_of(row.named_labels), problem)


@require_GET
@client_page(Act.READ_RECORD)
def one(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """What is in it, or was sent; and what comes next."""
    package = package_named(request, client, row, Act.READ_RECORD)
    record(by=request.viewer.actor, action="packages.looked_at", kind="package", object_id=package.pk, client=client.pk)
    return _show(request, client, package)


@require_POST
@client_page(Act.SEND_PACKAGE)
def act(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """One step on: ``do`` says which. What was typed stays where it is refused."""
    package = package_named(request, client, row, Act.SEND_PACKAGE)
    viewer, what = request.viewer, request.POST.get("do", "")
    by = viewer.actor
    if what in ("freeze", "open"):
        try:
            if what == "freeze":
                seen = request.POST.get("seen", "")
                making.freeze(package=package, eyes=eyes_of(viewer, client), seen=seen, by=by)
            else:
                making.open_again(package=package, by=by)
        except DomainError as error:
            package.refresh_from_db()
            return _show(request, client, package, problem=str(error.message))
        return redirect("packages:one", pk=client.pk, row=package.pk)
    form = forms_of(viewer, client, package, what, request.POST).get(what)
    if form is None:
        package.refresh_from_db()
        return _show(request, client, package, problem=_("This package has moved on. Look at it again."))

    def values() -> dict[str, Any]:
        return form.values  # asked for once it is known to be right

    acts: dict[str, Callable[[], object]] = {
        "choose": lambda: making.choose(
            package=package,
            sections=values()["sections"],
            papers=[one for one in _papers(viewer, client, package) if str(one.pk) in values().get("papers", [])],
            by=by,
        ),
        "hand": lambda: handing.hand_over(package=package, by=by, **values()),
        "seen": lambda: handing.seen_there(package=package, by=by, **values()),
        "not_yet": lambda: handing.not_yet(package=package, by=by, **values()),
        "close": lambda: handing.close(package=package, by=by, **values()),
        "give_up": lambda: making.give_up(package=package, by=by, **values()),
    }
    if saved(form, acts[what]):
        messages.success(request, _("Kept."))
        if gate.clients(viewer, Act.READ_RECORD).filter(pk=client.pk).exists():
            return redirect("packages:one", pk=client.pk, row=package.pk)
        return redirect("clients:list")
    package.refresh_from_db()
    return _show(request, client, package, said={what: form})


def forms_of(
    viewer: Viewer, client: Person, package: Package, sent: str = "", data: Any = None
) -> dict[str, RecordForm]:
    """The forms of the package's state; that of the step *sent* bound to *data*."""

    def bound(step: str) -> Any:
        return data if step == sent else None

    if package.state == PackageState.DRAFT:
        papers = _papers(viewer, client, package)
        chosen = [str(pk) for pk in package.papers.values_list("pk", flat=True)]
        initial = {"sections": package.sections, "papers": chosen}
        choose = ChooseForm(bound("choose"), named=package.release.sections, papers=papers, initial=initial)
        return {"choose": choose, "give_up": CloseForm(bound("give_up"), prefix=None)}
    today = {"on": viewer.today}
    if package.state == PackageState.READY:
        return {"hand": HandForm(bound("hand"), initial=today), "give_up": CloseForm(bound("give_up"))}
    if package.state == PackageState.HANDED:
        return {
            "seen": SeenForm(bound("seen"), initial=today),
            "not_yet": AskedForm(bound("not_yet")),
            "close": CloseForm(bound("close")),
        }
    return {}


def _stays(package: Package, viewer: Viewer) -> str:
    """Why a frozen package may not leave the house; empty where it may."""
    if package.state != PackageState.READY:
        return ""
    try:
        check_goes_out(package, viewer.actor)
    except DomainError as error:
        return str(error.message)
    return ""


def _papers(viewer: Viewer, client: Person, package: Package) -> list[DocumentVersion]:
    """The documents that could go along."""
    rows = current_of(client, reached(viewer, client, prefix=OF_VERSION))
    return papers_that_may_go(rows, package.release.named_labels)


def _show(
    request: StaffRequest,
    client: Person,
    package: Package,
    *,
    problem: str = "",
    said: dict[str, RecordForm] | None = None,
) -> HttpResponse:
    viewer = request.viewer
    may_send = bool(seen_packages(viewer, client, [package], Act.SEND_PACKAGE))
    draft = package.state == PackageState.DRAFT
    context: dict[str, Any] = {
        "header": header_of(viewer, client, "packages"),
        "tab_title": _("transfer package"),
        "client": client,
        "package": package,
        "release": package.release,
        "parts": package.content,
        "papers": papers_in(package),
        "notice": NOTICE if package.part_two else "",
        "may_send": may_send,
        "forms": (forms_of(viewer, client, package) | (said or {})) if may_send else {},
        "problem": problem,
        "stays": _stays(package, viewer),
        "holds": _read(package.release, viewer.today),
        "today": viewer.today,
    }
    if draft and may_send:
        found, papers, digest = making.looked_at(package, eyes_of(viewer, client), viewer.actor)
        context |= {"parts": found.parts, "papers": papers, "seen": digest, "held_back": found.held_back}
        context["notice"] = making.notice_of(found, papers)
    return render(request, "packages/one.html", context, status=422 if problem or said else 200)
