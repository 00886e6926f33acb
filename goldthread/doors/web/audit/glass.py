"""Breaking glass, and judging it.

Whoever has not just been told by a search that somebody may know this person gets the same *not found* as for a client
who does not exist: the page opens only with the signed word that the search gave them.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.access import gate, outside, queries
from goldthread.access.actions import break_glass, can_break, review_glass
from goldthread.access.acts import Act
from goldthread.doors.web.audit.forms import GlassForm, ReviewForm
from goldthread.doors.web.entry import StaffRequest, page_of, staff_page
from goldthread.foundation.lib.errors import DomainError

SHOWN = 50


@require_http_methods(["GET", "POST"])
@staff_page(Act.BREAK_GLASS)
def break_it(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask for the reason; then open the record for four hours."""
    viewer = request.viewer
    hint = (request.POST if request.method == "POST" else request.GET).get("hint", "")
    if not outside.token_fits(viewer, pk, hint) or can_break(viewer, pk) is None:
        gate.refuse(viewer, Act.BREAK_GLASS, pk, why="glass", page=page_of(request))
        raise Http404
    form = GlassForm(request.POST or None, initial={"hint": hint})
    if form.is_valid():
        said = form.cleaned_data
        try:
            break_glass(viewer=viewer, pk=pk, reason=said["reason"], form_id=said["form_id"])
            return redirect(f"/clients/{pk}/")
        except DomainError as error:
            form.add_error(error.field, str(error.message))
    return render(request, "audit/break_glass.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
@staff_page(Act.REVIEW_GLASS)
def to_review(request: StaffRequest) -> HttpResponse:
    """Broken glass that waits for somebody's judgement, oldest first; below it what has been judged."""
    return _review_page(request)


@require_POST
@staff_page(Act.REVIEW_GLASS)
def review(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Judge one."""
    glass = get_object_or_404(queries.glass_to_review(request.viewer), pk=pk)
    form = ReviewForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            review_glass(glass=glass, by=request.viewer.actor, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error.message))
        else:
            messages.success(request, _("Your review is kept."))
            return redirect("audit:glass")
    return _review_page(request, form, status=422)


def _review_page(request: StaffRequest, wrong: ReviewForm | None = None, status: int = 200) -> HttpResponse:
    waiting = list(queries.glass_to_review(request.viewer)[:SHOWN])
    reviewed = list(queries.glass_reviewed(request.viewer)[:SHOWN])
    gate.saw(request.viewer, [glass.client for glass in [*waiting, *reviewed]], page_of(request))
    forms = [
        (glass, wrong if wrong and wrong.prefix == str(glass.pk) else ReviewForm(prefix=str(glass.pk)))
        for glass in waiting
    ]
    context = {"waiting": forms, "reviewed": reviewed, "now": request.viewer.at}
    return render(request, "audit/glass.html", context, status=status)
