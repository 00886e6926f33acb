"""What is known of a client: the page, one section of it, the history of a kind."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.facts.showing import HEALTH, LIFE, TITLES, Kind, kinds_of
from goldthread.foundation.ui.addresses import address
from goldthread.foundation.workforce.models import Staff
from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.models import Fact
from goldthread.people.facts.queries import standing_facts, statements
from goldthread.people.facts.rules import words_of
from goldthread.people.persons.models import Person


@require_GET
@client_page(Act.READ_FACT)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """Everything that holds now, by kind, with what is over folded away."""
    kinds = {kind.key: kind for kind in _kinds(request, client)}
    context = {
        "header": header_of(request.viewer, client, "facts"),
        "tab_title": _("facts"),
        "columns": [
            (_("Health"), [kinds[key] for key in HEALTH]),
            (_("Daily life"), [kinds[key] for key in LIFE]),
        ],
    }
    return render(request, "facts/of_client.html", context)


@require_GET
@client_page(Act.READ_FACT)
def section(request: StaffRequest, client: Person, kind: str) -> HttpResponse:
    """One section as it reads: what *Cancel* puts back. Without htmx, the page that it stands on."""
    known = known_kind(kind)
    if not request.htmx:
        return redirect(place_of(client, known))
    return render(request, "facts/section.html", {"kind": kind_shown(request, client, known), "client": client})


@require_GET
@client_page(Act.READ_FACT)
def history(request: StaffRequest, client: Person, kind: str) -> HttpResponse:
    """Every statement of one kind: who wrote it down, when, on whose word, from what to what."""
    known = known_kind(kind)
    rows = statements(client, gate.content(request.viewer, client, Act.READ_FACT, episode="episode_id"), known)
    by_id = {row.pk: row for row in rows}
    names = dict(
        Staff.objects.filter(pk__in={row.recorded_by for row in rows if row.recorded_by}).values_list("pk", "name")
    )
    context = {
        "header": header_of(request.viewer, client, "facts"),
        "tab_title": _("history"),
        "title": TITLES[known],
        "back": place_of(client, known),
        "told": [_told(row, by_id, names) for row in rows],
    }
    return render(request, "facts/history.html", context)


def known_kind(kind: str) -> str:
    """*kind* when there is such a kind; otherwise Http404."""
    if kind not in FactKind.values:
        raise Http404
    return kind


def place_of(client: Person, kind: str) -> str:
    """Where the section of *kind* stands on the page."""
    return f"{address('facts:of_client', client.pk)}#{kind}"


def kind_shown(request: StaffRequest, client: Person, kind: str) -> Kind:
    """The section of one kind."""
    return _kinds(request, client, [kind])[0]


def _kinds(request: StaffRequest, client: Person, wanted: list[str] | None = None) -> list[Kind]:
    viewer = request.viewer
    rows = standing_facts(client, gate.content(viewer, client, Act.READ_FACT, episode="episode_id"))
    may_write = gate.may_on(viewer, Act.WRITE_FACT, client)
    return kinds_of(rows, viewer.today, may_write, wanted or (*HEALTH, *LIFE))


def _told(row: Fact, by_id: dict[UUID, Fact], names: dict[UUID, str]) -> dict[str, Any]:
    before = by_id.get(row.replaces_id) if row.replaces_id else None
    return {
        "fact": row,
        "words": words_of(row.kind, row.value),
        "before": words_of(before.kind, before.value) if before else "",
        "by": names.get(row.recorded_by, "") if row.recorded_by else "",
    }
