"""One instrument with its versions: what is asked, since when, how often; put in use, retired, thrown away, downloaded."""

import json
from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goldthread.access.acts import Act
from goldthread.casework.assessments import actions
from goldthread.casework.assessments.enums import VersionState
from goldthread.casework.assessments.models import Instrument, InstrumentVersion
from goldthread.casework.assessments.queries.instruments import questionnaire_of, version, versions_of
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell


@require_GET
@staff_page(Act.MANAGE_INSTRUMENTS)
def instrument(request: StaffRequest, key: str) -> HttpResponse:
    """The versions of an instrument, and what the one that counts says of itself."""
    found = get_object_or_404(Instrument, key=key)
    rows = list(versions_of(found))
    shown = next((row for row in rows if row.state == VersionState.IN_USE), rows[0] if rows else None)
    asked = questionnaire_of(_version(shown.pk)) if shown else None
    edits = next((row.pk for row in rows if row.state == VersionState.DRAFT), shown.pk if shown else None)
    context = {"instrument": found, "rows": rows, "asked": asked, "shown": shown, "edits": edits}
    return render(request, "instruments/instrument.html", context)


@require_GET
@staff_page(Act.MANAGE_INSTRUMENTS)
def file(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The definition as JSON."""
    row = _version(pk)
    answer = HttpResponse(json.dumps(row.content, ensure_ascii=False, indent=2), content_type="application/fhir+json")
    answer["Content-Disposition"] = f'attachment; filename="{row.instrument.key}-{row.number}.json"'
    return answer


@require_POST
@staff_page(Act.MANAGE_INSTRUMENTS)
def use(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask this version from now on."""
    sent = request.POST.get("edit", "")
    seen = int(sent) if sent.isdecimal() and len(sent) < 10 else None
    return _do(
        request, pk, lambda row: actions.put_in_use(version=row, by=request.viewer.actor, seen=seen), _("It is in use.")
    )


@require_POST
@staff_page(Act.MANAGE_INSTRUMENTS)
def retire(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask it no more."""
    return _do(
        request, pk, lambda row: actions.retire(version=row, by=request.viewer.actor), _("It is no longer asked.")
    )


@require_POST
@staff_page(Act.MANAGE_INSTRUMENTS)
def discard(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Throw a version away that was never in use."""
    return _do(
        request, pk, lambda row: actions.discard_version(version=row, by=request.viewer.actor), _("It was thrown away.")
    )


def _do(request: StaffRequest, pk: UUID, work: Callable[[InstrumentVersion], object], said: str) -> HttpResponse:
    row = _version(pk)
    key = row.instrument.key
    try:
        work(row)
    except DomainError as error:
        said = str(error.message)
    tell(request, said)
    if Instrument.objects.filter(key=key).exists():
        return redirect("instruments:instrument", key=key)
    return redirect("instruments:list")


def _version(pk: UUID) -> InstrumentVersion:
    found = version(pk)
    if found is None:
        raise Http404
    return found
