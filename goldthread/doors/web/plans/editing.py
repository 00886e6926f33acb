"""A plan edited in place: a part, a line, what a review says of a goal. Each is saved by itself, as soon as it is written."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access.acts import Act
from goldthread.casework.plans.actions import edit
from goldthread.casework.plans.models import PlanVersion
from goldthread.casework.plans.queries import versions_of
from goldthread.casework.plans.rules.document import line, lines, of_goal, part, reviewed
from goldthread.casework.plans.rules.editing import Edit, MoveLine, PutLine, RemoveLine, Review
from goldthread.casework.plans.rules.shape import GOALS, KINDS, OBJECTIVES, PARTS, SERVICES, STEPS
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.plans.common import back_to, draft_named, right_of, seen_of, sent, url_of
from goldthread.doors.web.plans.forms import LineForm, PartForm, ReviewForm, SeenForm
from goldthread.doors.web.plans.page import around, beside, names_offered, needs_offered
from goldthread.doors.web.plans.shown import goal_of, part_of, shown_line
from goldthread.doors.web.plans.words import ADD, choice_words, field_label, value_words
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person

TAKEN = "plan_line_taken"
"""In the reader's session: the lines that were taken away last, for *Undo*."""


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def part_edit(request: StaffRequest, client: Person, row: UUID, key: str) -> HttpResponse:
    """The form of a part, in its place; as a page of its own without htmx."""
    if key not in PARTS:
        raise Http404
    version = draft_named(request, client, row)
    if "cancel" in request.GET:
        return _part(request, client, version, key)
    form = PartForm(key, version.content, sent(request))
    shown = {"id": f"part-{key}", "title": PARTS[key].title, "kind": key, "form": form}
    if request.method == "GET" or not form.is_valid():
        return _form(request, client, version, shown)
    try:
        version = _kept(version, form.edit(), request)
    except EditConflict as conflict:
        version.refresh_from_db(fields=["content", "state"])
        form.renewed({"text": part(version.content, key)})
        return _form(request, client, version, shown, conflict=conflict)
    except DomainError as error:
        form.refuse(error)
        return _form(request, client, version, shown)
    return _part(request, client, version, key)


def _part(request: StaffRequest, client: Person, version: PlanVersion, key: str) -> HttpResponse:
    if not request.htmx:
        return back_to(client, version, f"part-{key}")
    seen = seen_of(request, client, version, checked=True)
    return _fragment(request, client, version, "plans/saved_part.html", {"part": part_of(seen, key)}, seen)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def line_new(request: StaffRequest, client: Person, row: UUID, kind: str) -> HttpResponse:
    """The form of a new line. ``goal`` and ``objective`` of the address: where it belongs."""
    return _line(request, client, row, kind, None)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def line_edit(request: StaffRequest, client: Person, row: UUID, kind: str, line: UUID) -> HttpResponse:
    """The form of a line that is there."""
    return _line(request, client, row, kind, line)


def _line(request: StaffRequest, client: Person, row: UUID, kind: str, pk: UUID | None) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    version = draft_named(request, client, row)
    goal = request.GET.get("goal", "") or request.POST.get("goal", "") if pk is None else ""
    if "cancel" in request.GET:
        return _cancelled(request, client, version, kind, pk, goal)
    if pk and request.method == "GET" and line(version.content, kind, pk) is None:
        raise Http404
    form = LineForm(
        kind,
        version.content,
        pk=pk,
        needs=needs_offered(request, client) if kind == GOALS else (),
        names=names_offered(request, client) if kind == "participants" else (),
        start={"goal": goal} if goal else None,
        data=sent(request),
    )
    shown = {
        "id": f"line-{pk}" if pk else slot_of(kind, goal),
        "title": KINDS[kind].one if pk else ADD[kind],
        "kind": kind,
        "line": pk,
        "goal": goal,
        "form": form,
    }
    if request.method == "GET" or not form.is_valid():
        return _form(request, client, version, shown)
    change = form.edit()
    try:
        version = _kept(version, change, request)
    except EditConflict as conflict:
        version.refresh_from_db(fields=["content", "state"])
        form.renew_from(version.content)
        return _form(request, client, version, shown, conflict=conflict)
    except DomainError as error:
        version.refresh_from_db(fields=["content", "state"])
        if pk and line(version.content, kind, pk) is None:
            form.renew_from(version.content)
        form.refuse(error)
        return _form(request, client, version, shown)
    return _saved_line(request, client, version, change, new=pk is None)


def _saved_line(
    request: StaffRequest, client: Person, version: PlanVersion, change: PutLine, *, new: bool
) -> HttpResponse:
    if not request.htmx:
        return back_to(client, version, f"line-{change.pk}")
    seen = seen_of(request, client, version, checked=True)
    shown = shown_line(seen, change.kind, change.pk)
    goal = str(change.values.get("goal") or "") if change.kind in (OBJECTIVES, STEPS, SERVICES) else ""
    context = {
        "line": shown,
        "kind": change.kind,
        "new": new,
        "goal_id": goal,
        "saved": True,
        "add_words": ADD[change.kind],
    }
    return _fragment(request, client, version, "plans/saved_line.html", context, seen)


def _cancelled(
    request: StaffRequest, client: Person, version: PlanVersion, kind: str, pk: UUID | None, goal: str
) -> HttpResponse:
    if not request.htmx:
        return back_to(client, version, f"line-{pk or goal}" if pk or goal else f"part-{kind}")
    seen = seen_of(request, client, version, checked=True)
    shown = shown_line(seen, kind, str(pk)) if pk else None
    context = {"line": shown, "kind": kind, "new": pk is None, "goal_id": goal, "add_words": ADD[kind]}
    return _fragment(request, client, version, "plans/saved_line.html", context, seen)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def goal_review(request: StaffRequest, client: Person, row: UUID, line: UUID) -> HttpResponse:
    """What the review says of a goal."""
    version = draft_named(request, client, row)
    goal = str(line)
    if not any(one["id"] == goal for one in lines(version.content, GOALS)):
        raise Http404
    if "cancel" in request.GET:
        return _cancelled(request, client, version, GOALS, line, "")
    form = ReviewForm(version.content, goal, sent(request))
    shown = {"id": f"line-{goal}", "title": _("Review of the goal"), "kind": "review", "line": line, "form": form}
    if request.method == "GET" or not form.is_valid():
        return _form(request, client, version, shown)
    try:
        version = _kept(version, form.edit(), request)
    except EditConflict as conflict:
        version.refresh_from_db(fields=["content", "state"])
        form.renew_from(version.content)
        return _form(request, client, version, shown, conflict=conflict)
    except DomainError as error:
        form.refuse(error)
        return _form(request, client, version, shown)
    return _cancelled(request, client, version, GOALS, line, "")


@require_POST
@client_page(Act.WRITE_PLAN)
def line_move(request: StaffRequest, client: Person, row: UUID, kind: str, line: UUID) -> HttpResponse:
    """One place up, or (``down``) one place down, among the lines of its goal."""
    version = draft_named(request, client, row)
    if kind not in KINDS:
        raise Http404
    rows = _beside(version.content, kind, str(line))
    at = next((n for n, one in enumerate(rows) if one["id"] == str(line)), None)
    if at is None:
        raise Http404
    down = "down" in request.POST
    before = rows[at + 2]["id"] if down and at + 2 < len(rows) else "" if down else rows[max(at - 1, 0)]["id"]
    if not down and at == 0:
        return back_to(client, version, f"line-{line}")
    try:
        _kept(version, MoveLine(kind, str(line), before), request)
    except DomainError as error:
        messages.error(request, str(error.message))
    return back_to(client, version, f"line-{line}")


def _beside(content: Mapping[str, Any], kind: str, pk: str) -> list[dict[str, Any]]:
    """The lines among which the line *pk* stands on the page."""
    rows = lines(content, kind)
    it = next((one for one in rows if one["id"] == pk), {})
    return [one for one in rows if one.get("goal") == it.get("goal")]


@require_POST
@client_page(Act.WRITE_PLAN)
def line_remove(request: StaffRequest, client: Person, row: UUID, kind: str, line: UUID) -> HttpResponse:
    """Take a line away, with what hangs on it; *Undo* puts all of it back."""
    version = draft_named(request, client, row)
    if kind not in KINDS:
        raise Http404
    taken = _taken(version.content, kind, str(line))
    try:
        _kept(version, RemoveLine(kind, str(line)), request)
    except DomainError as error:
        messages.error(request, str(error.message))
        return back_to(client, version, f"line-{line}")
    if taken:
        request.session[TAKEN] = {
            "version": str(version.pk),
            "lines": taken,
            "pointed": _pointed(version.content, str(line)),
            "said": reviewed(version.content, str(line)),
        }
        tell(request, _("It is taken away."), undo=reverse("plans:line_undo", args=[client.pk, version.pk]))
    goal = taken[0][1].get("goal") if taken else ""
    return back_to(client, version, f"line-{goal}" if goal else f"part-{kind}")


@require_POST
@client_page(Act.WRITE_PLAN)
def line_undo(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Put back what was taken away last."""
    version = draft_named(request, client, row)
    kept = request.session.pop(TAKEN, None)
    if not kept or kept["version"] != str(version.pk):
        messages.error(request, _("There is nothing to put back any more."))
        return back_to(client, version)
    edits: list[Edit] = []
    for kind, one, after in kept["lines"]:
        edits.append(PutLine(kind, one["id"], {name: value for name, value in one.items() if name != "id"}))
        if after and line(version.content, kind, after):
            edits.append(MoveLine(kind, one["id"], after))
    first = kept["lines"][0][1]["id"]
    edits += [PutLine(kind, pk, {name: first}) for kind, pk, name in kept["pointed"] if line(version.content, kind, pk)]
    if kept["said"]:
        edits.append(Review(first, kept["said"]["answer"], kept["said"]["why"]))
    try:
        edit(version=version, edits=edits, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
        return back_to(client, version)
    messages.success(request, _("It is back."))
    return back_to(client, version, f"line-{first}")


def _taken(content: Mapping[str, Any], kind: str, pk: str) -> list[tuple[str, dict[str, Any], str]]:
    """The line and what goes with it, each with the line before which it stood."""
    it = line(content, kind, pk)
    if it is None:
        return []
    rows = lines(content, kind)
    at = rows.index(it)
    found = [(kind, it, rows[at + 1]["id"] if at + 1 < len(rows) else "")]
    if kind == GOALS:
        found += [(under, one, "") for under in (OBJECTIVES, STEPS) for one in of_goal(content, under, pk)]
    return found


def _pointed(content: Mapping[str, Any], pk: str) -> list[tuple[str, str, str]]:
    """The lines that stay, and point to the one taken away: a goal's services, an objective's steps."""
    pairs = ((SERVICES, "goal"), (STEPS, "objective"), ("participants", "meeting"))
    return [(kind, one["id"], name) for kind, name in pairs for one in lines(content, kind) if one.get(name) == pk]


def slot_of(kind: str, goal: str) -> str:
    """Where a new line of *kind* is written."""
    return f"add-{kind}-{goal}" if goal else f"add-{kind}"


def _kept(version: PlanVersion, change: Edit, request: StaffRequest) -> PlanVersion:
    plan = version.plan
    found = edit(version=version, edits=[change], by=request.viewer.actor)
    found.plan = plan
    return found


def _form(
    request: StaffRequest,
    client: Person,
    version: PlanVersion,
    shown: dict[str, Any],
    *,
    conflict: EditConflict | None = None,
) -> HttpResponse:
    form: SeenForm = shown["form"]
    rows = lines(version.content, shown["kind"]) if shown.get("line") else []
    context = {
        **shown,
        "client": client,
        "version": version,
        "url": request.path,
        "back": url_of(client, version, shown["id"]),
        "conflicts": _side_by_side(shown["kind"], conflict) if conflict else [],
        "moves": len(rows) > 1,
        "whole_page": not request.htmx,
        "tab_title": shown["title"],
    }
    status = 409 if conflict else 422 if form.is_bound else 200
    if request.htmx:
        return render(request, "plans/form.html", context, status=status)
    context["header"] = header_of(request.viewer, client, "plan")
    return render(request, "plans/form_page.html", context, status=status)


def _side_by_side(kind: str, conflict: EditConflict) -> list[dict[str, Any]]:
    """What you wrote and what stands there now, under the names of the screen."""
    fields = {one.name: one for one in KINDS[kind].fields} if kind in KINDS else {}

    def words(name: str, value: Any) -> str:
        known = fields.get(name)
        return value_words(known, value) or choice_words(known, "") if known else str(value)

    return [
        {
            "label": field_label(kind, one.field),
            "mine": words(one.field, one.mine),
            "theirs": words(one.field, one.theirs),
        }
        for one in conflict.conflicts
    ]


def _fragment(
    request: StaffRequest, client: Person, version: PlanVersion, template: str, context: dict[str, Any], seen: Any
) -> HttpResponse:
    """A part of the document as it now reads, and what stands beside it."""
    right = right_of(request, client, version.plan)
    versions = versions_of(version.plan)
    for one in versions:
        one.plan = version.plan
    goal = str(context.get("goal_id") or "")
    if goal and any(one["id"] == goal for one in lines(version.content, GOALS)):
        context["of_goal"] = goal_of(seen, goal)
    whole = around(request, client, version, seen, right) | beside(request, version, versions, seen, right) | context
    return render(request, template, whole)
