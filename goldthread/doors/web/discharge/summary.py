"""The summary: drafted from the record, edited section by section, kept as it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access.acts import Act
from goldthread.casework.discharge import actions
from goldthread.casework.discharge.rules.summary import Section, sections_for
from goldthread.doors.web.contacts.saving import number_of
from goldthread.doors.web.discharge.desk import Desk, desk_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person

PAGES = {
    "goal": "plans:of_client",
    "service": "plans:of_client",
    "plan": "plans:of_client",
    "skill": "skills:of_client",
    "fact": "facts:of_client",
    "circle": "clients:circle",
    "episode": "episodes:of_client",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One section on the page. ``theirs``: what somebody else wrote meanwhile."""

    section: Section
    text: str
    count: int
    rows: int
    sources: list[tuple[str, str]]
    changed: bool
    """Is it other than what the record says now?"""
    from_record: str
    theirs: str = ""


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_DISCHARGE)
def write(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The page of the summary. Sent, it is kept, and the next page comes."""
    desk = desk_of(request, client, row, Act.WRITE_DISCHARGE)
    if not desk.open:
        return redirect("discharge:read", pk=client.pk, row=row)
    if not desk.way.reason:
        messages.info(request, _("Choose first why the episode ends."))
        return redirect("discharge:reason", pk=client.pk, row=row)
    if request.method == "GET":
        return _page(desk, {}, {})
    texts, seen = typed(request)
    try:
        found = actions.save_sections(way=desk.way, texts=texts, seen=seen, by=request.viewer.actor)
    except DomainError as error:
        return _page(desk, texts, {}, problem=str(error.message))
    desk.way = found.way
    if found.clashes:
        mine = {key: texts[key] for key in found.clashes}
        return _page(desk, mine, found.clashes)
    if request.POST.get("do") == "save":
        messages.success(request, _("Saved."))
        return redirect("discharge:summary", pk=client.pk, row=row)
    return redirect("discharge:settle", pk=client.pk, row=row)


@require_POST
@client_page(Act.WRITE_DISCHARGE, while_typing=True)
def save(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Kept while it is typed. 409: signed meanwhile; clashes are told, and what was typed stays on the page."""
    desk = desk_of(request, client, row, Act.WRITE_DISCHARGE)
    texts, seen = typed(request)
    try:
        found = actions.save_sections(way=desk.way, texts=texts, seen=seen, by=request.viewer.actor)
    except DomainError as error:
        return JsonResponse({"said": str(error.message)}, status=409)
    return JsonResponse({"counts": found.counts, "clashes": found.clashes})


def typed(request: StaffRequest) -> tuple[dict[str, str], dict[str, int]]:
    """What the page sent: the texts of sections, and the counts that it had read."""
    texts = {
        name[2:]: str(value).replace("\r\n", "\n").strip()
        for name, value in request.POST.items()
        if name.startswith("t-")
    }
    return texts, {key: number_of(str(request.POST.get(f"n-{key}", ""))) for key in texts}


def shown_of(desk: Desk, texts: Mapping[str, str], theirs: Mapping[str, str]) -> list[Shown]:
    """Each section of this way: what was just typed, else what is kept, else what the record says."""
    found: list[Shown] = []
    for section in sections_for(desk.way.path):
        kept, draft = desk.way.sections.get(section.key), desk.drafts[section.key]
        text = texts.get(section.key, kept["text"] if kept else draft.text)
        sources = [(words, _address(desk.client, kind)) for words, kind, _pk in draft.sources]
        found.append(
            Shown(
                section=section,
                text=text,
                count=kept["n"] if kept else 0,
                rows=min(14, max(3, text.count("\n") + len(text) // 90 + 2)),
                sources=list(dict.fromkeys(sources)),
                changed=bool(kept) and draft.text != text,
                from_record=draft.text,
                theirs=theirs.get(section.key, ""),
            )
        )
    return found


def _address(client: Person, kind: str) -> str:
    page = PAGES.get(kind)
    return reverse(page, args=[client.pk]) if page else ""


def _page(desk: Desk, texts: Mapping[str, str], theirs: Mapping[str, str], problem: str = "") -> HttpResponse:
    context: dict[str, Any] = desk.context(
        "summary", sections=shown_of(desk, texts, theirs), clashes=bool(theirs), problem=problem
    )
    return render(desk.request, "discharge/summary.html", context, status=422 if problem or theirs else 200)
