"""The notices of whoever is signed in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.workforce import queries
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.notices import mark_seen

PAGE = 30
WORDS: dict[str, StrOrPromise] = {
    "glass_broken": _("broke the glass to open a record"),
    "block_tried": _("tried to open the record of somebody they are blocked from"),
    "staff_left": _("leaves; the people assigned to them must be handed over"),
    "audit_unsealed": _("The audit log is late in being sealed"),
}


@staff_page()
def notices(request: StaffRequest) -> HttpResponse:
    """The newest notices first, with the names that this viewer may see."""
    viewer = request.viewer
    rows: list[Any] = list(
        queries.notices_of(viewer.staff, before=_uuid(request.GET.get("before", "")), limit=PAGE + 1)
    )
    shown = rows[:PAGE]
    who = dict(Staff.objects.filter(pk__in={row.about_staff for row in shown}).values_list("pk", "name"))
    asked = {row.about_person for row in shown if row.about_person}
    seen = {person.pk: person for person in gate.clients(viewer, Act.READ).filter(pk__in=asked)} if asked else {}
    for row in shown:
        row.words = WORDS.get(row.kind, _("something happened"))
        row.who = who.get(row.about_staff, "")
        row.person = seen.get(row.about_person)
    if seen:
        gate.saw(viewer, seen.values(), "notices")
    context = {"notices": shown, "more": shown[-1].pk if len(rows) > PAGE else None}
    return render(request, "notices/notices.html", context)


@staff_page()
@require_POST
def seen(request: StaffRequest) -> HttpResponse:
    """Mark one notice (``notice``), or all of them, as seen."""
    mark_seen(staff=request.viewer.staff, by=request.viewer.actor, notice=_uuid(request.POST.get("notice", "")))
    return redirect("shell:notices")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
