"""Cover: whoever is away names a colleague and the days; it ends by the calendar."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.queries import not_covered
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload import actions
from goldthread.casework.caseload.models import Cover
from goldthread.casework.caseload.queries import colleagues_for, covers_by, covers_of
from goldthread.doors.web.entry import StaffRequest, page_of, staff_page
from goldthread.doors.web.episodes.agreed import arranged_of
from goldthread.doors.web.episodes.common import saved, sent
from goldthread.doors.web.episodes.forms import CoverForm
from goldthread.foundation.workforce.models import Staff


@require_http_methods(["GET", "POST"])
@staff_page(Act.COVER)
def own(request: StaffRequest) -> HttpResponse:
    """One's own days away; and whom one covers for."""
    return _page(request, request.viewer.staff)


@require_http_methods(["GET", "POST"])
@staff_page(Act.COVER)
def of_worker(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The days away of a worker, for whoever answers for them."""
    return _page(request, _worker(request, pk))


@require_POST
@staff_page(Act.COVER)
def end(request: StaffRequest, pk: UUID, row: UUID) -> HttpResponse:
    """They are back: today is the last day of the cover; one that has not begun is gone."""
    absent = _worker(request, pk)
    cover = Cover.objects.filter(pk=row, absent=absent).first()
    if cover is None:
        raise Http404
    actions.end_cover(cover=cover, ends_on=request.viewer.today, by=request.viewer.actor)
    messages.success(request, _("Done: from tomorrow nobody covers here."))
    return redirect(_address(request.viewer, absent), *_key(request.viewer, absent))


def _page(request: StaffRequest, absent: Staff) -> HttpResponse:
    viewer, own = request.viewer, absent.pk == request.viewer.staff.pk
    answers_for = gate.workers(viewer, Act.COVER).filter(pk=absent.pk).exists()
    form = CoverForm(
        sent(request),
        colleagues=[(one.pk, one.name) for one in colleagues_for(absent, viewer.today, teammates=own)],
        today=viewer.today,
    )

    def act() -> None:
        values: dict[str, Any] = form.values
        colleague = Staff.objects.get(pk=values.pop("colleague"))
        form_id = form.cleaned_data["form_id"]
        cover = actions.cover(absent=absent, colleague=colleague, by=viewer.actor, form_id=form_id, **values)
        if not_covered(cover):
            text = _(
                "%(name)s may not see one or more of these clients. Your supervisor must find somebody else for them."
            )
            messages.warning(request, text % {"name": colleague.name})

    if answers_for and saved(form, act):
        messages.success(request, _("The cover is set. Both workers, and their supervisors, are told."))
        return redirect(_address(viewer, absent), *_key(viewer, absent))
    context = {
        "absent": absent,
        "own": own,
        "may_arrange": answers_for,
        "form": form,
        "covers": arranged_of(viewer, covers_of(absent, viewer.today)),
        "covering": arranged_of(viewer, covers_by(absent, viewer.today)),
    }
    return render(request, "episodes/cover.html", context, status=422 if form.is_bound else 200)


def _worker(request: StaffRequest, pk: UUID) -> Staff:
    """The worker *pk*, when the viewer may arrange their cover. Otherwise Http404."""
    worker = gate.workers(request.viewer, Act.COVER).filter(pk=pk).first()
    if worker is None:
        gate.refuse(request.viewer, Act.COVER, why="relation", page=page_of(request))
        raise Http404
    return worker


def _address(viewer: Viewer, absent: Staff) -> str:
    return "episodes:cover" if absent.pk == viewer.staff.pk else "episodes:cover_of"


def _key(viewer: Viewer, absent: Staff) -> list[UUID]:
    return [] if absent.pk == viewer.staff.pk else [absent.pk]
