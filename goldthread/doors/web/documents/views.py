"""The documents of a client: the list, one of them with its versions, and the file itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from csp.constants import SELF
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.documents.enums import DocumentKind
from goldthread.casework.documents.models import DocumentVersion
from goldthread.casework.documents.queries import current_of, met_by, removed_of, same_file, versions_of
from goldthread.casework.documents.rules import Holds, holds
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.documents.reach import OF_VERSION, kinds_for, reached, version_named
from goldthread.doors.web.entry import StaffRequest, client_page, page_of
from goldthread.doors.web.handing_out import ENDINGS, PDF, handed_out
from goldthread.foundation.audit.actions import record
from goldthread.foundation.files.actions import read
from goldthread.foundation.lib.encryption import Tampered
from goldthread.foundation.programs.queries import in_force, rules_of
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Shown:
    """One document in the list."""

    version: DocumentVersion
    holds: Holds

    @property
    def icon(self) -> str:
        return "photo" if self.version.file.media_type.startswith("image/") else "doc"


@require_GET
@client_page(Act.READ_DOCUMENT)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """What is kept, the latest first; ``kind`` narrows it."""
    viewer = request.viewer
    kind = request.GET.get("kind", "")
    seen = reached(viewer, client, prefix=OF_VERSION)
    rows = current_of(client, seen)
    kinds = {one.document.kind for one in rows}
    context: dict[str, Any] = {
        "header": header_of(viewer, client, "documents"),
        "tab_title": _("documents"),
        "client": client,
        "kind": kind if kind in kinds else "",
        "kinds": [(value, label) for value, label in DocumentKind.choices if value in kinds],
        "shown": [_shown(one, request) for one in rows if kind not in kinds or one.document.kind == kind],
        "removed": removed_of(client, seen),
        "may_write": gate.may_on(viewer, Act.WRITE_DOCUMENT, client),
        "today": viewer.today,
        "only_intake": len(kinds_for(viewer, client)) < len(DocumentKind),
    }
    return _framing(render(request, "documents/of_client.html", context))


@require_GET
@client_page(Act.READ_DOCUMENT)
def one(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """One version to look at, what is known of it, and its other versions. In the list it opens in place."""
    viewer = request.viewer
    version = version_named(request, client, row)
    may_write = document_may_be_written(request, client, version)
    context: dict[str, Any] = {
        "client": client,
        "version": version,
        "document": version.document,
        "holds": holds(version.expires_on, viewer.today).value,
        "is_pdf": version.file.media_type == PDF,
        "is_image": version.file.media_type.startswith("image/"),
        "words": "" if version.file.media_type in ENDINGS else _words(version),
        "versions": versions_of(version.document),
        "same": same_file(version, reached(viewer, client, prefix=OF_VERSION)),
        "serves": _serves(version, viewer.today),
        "may_write": may_write,
        "today": viewer.today,
    }
    _record(request, client, version, "documents.looked_at")
    if request.htmx:
        return render(request, "documents/preview.html", context)
    context |= {"header": header_of(viewer, client, "documents"), "tab_title": _("document")}
    return _framing(render(request, "documents/one.html", context))


@require_GET
@client_page(Act.READ_DOCUMENT)
def file(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The file itself, decrypted for this one answer; ``download`` to keep it."""
    version = version_named(request, client, row)
    data = _bytes(version)
    if data is None:
        return render(request, "documents/lost.html", {"client": client, "document": version.document}, status=410)
    to_keep = "download" in request.GET
    name = f"{slugify(version.document.title) or version.document.kind}-{version.number}"
    answer = handed_out(data, version.file.media_type, name, to_keep=to_keep)
    _record(request, client, version, "documents.downloaded" if to_keep else "documents.opened")
    return answer


def _framing(answer: HttpResponse) -> HttpResponse:
    """On this page a PDF of ours is looked at in a frame. As ``csp_update`` does it, whose types know no request of ours."""
    answer._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]  # read by CSPMiddleware
    return answer


def document_may_be_written(request: StaffRequest, client: Person, version: DocumentVersion) -> bool:
    """May the viewer renew and remove it?"""
    return gate.sight(request.viewer, client, Act.WRITE_DOCUMENT).sees(version.document)


def _shown(version: DocumentVersion, request: StaffRequest) -> Shown:
    ended = version.document.not_renewed_at is not None
    return Shown(version, Holds.ON if ended else holds(version.expires_on, request.viewer.today))


def _words(version: DocumentVersion) -> str:
    data = _bytes(version)
    return _("This file cannot be read any more.") if data is None else data.decode()


def _bytes(version: DocumentVersion) -> bytes | None:
    """The file; None when it is lost or was tampered with."""
    try:
        return read(version.file)
    except (FileNotFoundError, Tampered):
        return None


def _serves(version: DocumentVersion, today: date) -> dict[str, Any] | None:
    """What it was brought for, and whether it meets that. Two queries, where it was brought for something."""
    document = version.document
    if not document.requirement or document.episode is None:
        return None
    rules = in_force(rules_of([document.episode.program_id])[document.episode.program_id], today).requirements
    title = next((one.title for one in rules if one.key == document.requirement), document.requirement)
    counts, task = met_by(version)
    return {"title": title, "counts": counts, "meets": task is not None}


def _record(request: StaffRequest, client: Person, version: DocumentVersion, action: str) -> None:
    """Which paper was read, beside the page that the gate records."""
    record(
        by=request.viewer.actor,
        action=action,
        kind="document",
        object_id=version.document_id,
        client=client.pk,
        details={"version": version.number, "page": page_of(request)},
    )
