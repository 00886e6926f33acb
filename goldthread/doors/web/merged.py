"""A page of a record that was made part of another: links, bookmarks and My day lead on; what was typed is never lost."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.merging.queries.merged import kept_of

OURS = ("csrfmiddlewaretoken", "form_id", "version", "writer", "stroke")
SHORTEST = 3


def answer_of_merged(request: HttpRequest, act: Act, pk: UUID, named: dict[str, Any]) -> HttpResponse | None:
    """What a page about *pk*, which the gate refused, answers when that record became part of one that the viewer may see: the
    same page there. None in every other case: it was not merged, or nobody tells them so.

    A form is not sent on by itself, for it was filled in from another record: its words are shown, to be copied.
    """
    kept = kept_of(pk)
    match = request.resolver_match
    if kept is None or match is None:
        return None
    viewer: Any = request.viewer  # type: ignore[attr-defined]  # a StaffRequest, which imports this module
    try:
        client = gate.admit(viewer, act, kept, page=match.view_name).client
    except Http404:
        return None
    place = reverse(match.view_name, kwargs=named | {"pk": kept})
    if request.method in ("GET", "HEAD"):
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{place}?{query}" if query else place)
    return render(request, "twins/merged.html", {"client": client, "typed": typed_in(request)}, status=409)


def answer_of_gone(request: HttpRequest, *, status: int) -> HttpResponse | None:
    """What a form about somebody who is not there (any more: a file was taken back), or not for the viewer, answers: the same in all
    these cases, with every word that was typed. None where nothing was."""
    typed = typed_in(request)
    if not typed:
        return None
    return render(request, "twins/gone.html", {"typed": typed}, status=status)


def typed_in(request: HttpRequest) -> list[str]:
    """The words that somebody typed into the form that was sent."""
    return [
        value
        for name, values in request.POST.lists()
        for value in values
        if name not in OURS and isinstance(value, str) and len(value.strip()) >= SHORTEST
    ]
