"""Pairs to look at: in the whole reach of the viewer, and of one client, with the merges of the past."""

from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.likely import cleared_everywhere
from goldthread.casework.merging.actions.apart import told_apart
from goldthread.casework.merging.models import Apart, Merge, Pair
from goldthread.casework.merging.queries.merged import merges_into
from goldthread.casework.merging.rules import undo_until
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page, staff_page
from goldthread.doors.web.twins.words import left_words
from goldthread.foundation.lib.compiled import AnyOf
from goldthread.people.persons import likeness
from goldthread.people.persons.likeness.words import why
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.likely import descriptions, likely_the_same
from goldthread.people.persons.rules import age_words

PAGE = 25
NEVER = "z"


@require_GET
@staff_page(Act.MERGE)
def worklist(request: StaffRequest) -> HttpResponse:
    """Pairs of clients both of whom the viewer may merge, the likeliest first."""
    viewer = request.viewer
    reach = gate.clients(viewer, Act.MERGE).values("pk")
    pairs = Pair.objects.filter(one__in=reach, other__in=reach).select_related("one", "other").order_by("-bits", "id")
    after = _after(request)
    if after:
        pairs = pairs.filter(Q(bits__lt=after.bits) | Q(bits=after.bits, pk__gt=after.pk))
    shown = list(pairs[: PAGE + 1])
    rows = _in_words(request, shown[:PAGE])
    gate.saw(viewer, {row["one"].pk: row["one"] for row in rows}.values(), "duplicates")
    more = shown[PAGE - 1].pk if len(shown) > PAGE else None
    return render(request, "twins/list.html", {"rows": rows, "more": more})


def _after(request: StaffRequest) -> Pair | None:
    try:
        return Pair.objects.filter(pk=UUID(request.GET.get("after", ""))).first()
    except ValueError:
        return None


def _in_words(request: StaffRequest, pairs: list[Pair]) -> list[dict[str, Any]]:
    """Each pair with why, by the rows that the viewer may see everywhere."""
    people = {person.pk: person for pair in pairs for person in (pair.one, pair.other)}
    described = {
        person.pk: one for person, one in descriptions(list(people.values()), cleared_everywhere(request.viewer))
    }
    return [
        {
            "one": pair.one,
            "other": pair.other,
            "lines": [line_of(person, request) for person in (pair.one, pair.other)],
            "strong": pair.strong,
            "why": why(likeness.score(described[pair.one_id], described[pair.other_id])),
        }
        for pair in pairs
    ]


def line_of(person: Person, request: StaffRequest) -> str:
    """Age and number."""
    number = f"#{person.client_number}" if person.client_number else ""
    return " · ".join(part for part in (age_words(person, request.viewer.today), number) if part)


@require_GET
@client_page(Act.MERGE)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """Who may be the same person as this client; who is known not to be; what was merged into this record."""
    viewer = request.viewer
    cleared = gate.cleared_labels(viewer, client)
    reach: QuerySet[Person] = gate.clients(viewer, Act.MERGE)
    [(_client, one)] = descriptions([client], cleared)
    found = likely_the_same(typed=one, among=reach, cleared=cleared, limit=10, but=(client.pk,))
    known = told_apart(client.pk, [likely.person.pk for likely in found])
    gate.saw(viewer, [likely.person for likely in found], "duplicates")
    context = {
        "header": header_of(viewer, client, "same"),
        "client": client,
        "likely": [
            {"person": hit.person, "why": hit.why, "strong": hit.strong, "line": line_of(hit.person, request)}
            for hit in found
            if hit.person.pk not in known
        ],
        "apart": _apart(client, reach),
        "merges": [_merge_words(merge, viewer.at) for merge in merges_into(client)],
    }
    return render(request, "twins/of_client.html", context)


def _apart(client: Person, reach: QuerySet[Person]) -> list[dict[str, Any]]:
    rows = Apart.objects.filter(Q(one=client) | Q(other=client)).select_related("one", "other").order_by("-at")[:PAGE]
    told = [{"row": row, "person": row.other if row.one_id == client.pk else row.one} for row in rows]
    ids = [one["person"].pk for one in told]
    seen = set(reach.filter(Q(AnyOf(F("pk"), ids))).values_list("pk", flat=True)) if ids else set()
    return [one for one in told if one["person"].pk in seen]


def _merge_words(merge: Merge, at: Any) -> dict[str, Any]:
    open_until = undo_until(merge.at)
    return {
        "row": merge,
        "undoable": merge.undone_at is None and at <= open_until,
        "until": open_until,
        "left": left_words(merge.left),
    }
