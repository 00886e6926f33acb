"""What clients brought along from an old list: on a client's own page, and found by any of its words."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.scopes import scope
from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Brought, KeptWord
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.clients.pages import PAGE, read_page
from goldthread.doors.web.entry import StaffRequest, client_page, staff_page
from goldthread.foundation.lib.names import words_of
from goldthread.people.persons.models import Person

HERE = (State.BROUGHT, State.UNDONE)
"""States of a file of which what is left has come in: nothing shows before all of it does."""
MOST = 200
"""Rows on a client's page."""


@require_GET
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """Everything a client brought along: under its captions, from which file and row."""
    cleared = gate.cleared_labels(request.viewer, client)
    rows = Brought.objects.filter(person=client, run__state__in=HERE).exclude(
        kept={}, old_number="", household_number=""
    )
    rows = rows.select_related("run").order_by("-run__made_at", "-row")
    seen = [row for row in rows[:MOST] if not row.labels & ~cleared]
    context = {"header": header_of(request.viewer, client, "brought"), "rows": seen}
    return render(request, "imports/of_client.html", context)


@require_GET
@staff_page(Act.READ_RECORD)
def additional(request: StaffRequest) -> HttpResponse:
    """Clients in reach who brought all the words asked for, whole or begun, by name."""
    asked = request.GET.get("q", "")[:200]
    words = words_of(asked)
    page = None
    if words:
        reach = scope(request.viewer, Act.READ_RECORD).persons
        found = reach
        for word in words[:6]:
            holders = KeptWord.objects.filter(
                text__startswith=word, brought__labels=0, brought__run__state__in=HERE
            ).values("brought__person")
            found = found.filter(pk__in=holders)
        page = read_page(
            found, among=reach, after=request.GET.get("after", ""), before=request.GET.get("before", ""), size=PAGE
        )
        gate.saw(request.viewer, page.clients, "imports:additional")
    return render(request, "imports/additional.html", {"asked": asked, "page": page, "said": _said(page, words)})


def _said(page: object, words: list[str]) -> dict[UUID, list[tuple[str, str]]]:
    """Of each client shown, the lines that hold a word asked for."""
    clients = [client.pk for client in getattr(page, "clients", ())]
    said: dict[UUID, list[tuple[str, str]]] = {}
    for row in Brought.objects.filter(person__in=clients, labels=0, run__state__in=HERE).order_by("pk"):
        lines = [("", number) for number in (row.old_number, row.household_number) if number]
        for caption, text in (*lines, *row.kept.items()):
            if any(one.startswith(word) for one in words_of(text) for word in words):
                said.setdefault(row.person_id, []).append((caption, text[:200]))
    return said
