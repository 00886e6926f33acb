"""A report's own page: the reporter goes on with it step by step; who may read it reads. And the paper."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.casework.incidents import actions
from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.incidents.rules.jurisdictions import Ruling, ruling_for
from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.entry import StaffRequest, page_of, staff_page
from goldthread.doors.web.reports.finding import READERS, names_reporter, open_own, open_report
from goldthread.doors.web.reports.forms import (
    AgainForm,
    MistakeForm,
    OralForm,
    ReceiptForm,
    SentForm,
    WrittenForm,
    now_as,
)
from goldthread.doors.web.reports.known import known_of
from goldthread.doors.web.reports.words import clocks_words, ruling_words
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.lib.errors import DomainError


@require_http_methods(["GET", "POST"])
@staff_page(*READERS)
def report(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The report. ``do`` names the step that is sent: oral, written, sent, receipt, close or again."""
    if request.method == "GET":
        return _page(request, open_report(request.viewer, pk, page_of(request)), {})
    mine = open_own(request.viewer, pk, page_of(request))
    step = STEPS.get(request.POST.get("do", ""))
    if step is None:
        raise Http404
    return step(request, mine)


@require_GET
@staff_page(*READERS)
def printed(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The written report as it goes out on paper."""
    row = open_report(request.viewer, pk, page_of(request))
    return render(request, "reports/print.html", _shown(request, row))


def _oral(request: StaffRequest, row: MandatedReport) -> HttpResponse:
    form = OralForm(request.POST)

    def act() -> None:
        said = form.cleaned_data
        actions.log_oral(
            report=row, at=form.at, to=said["oral_to"], reference=said["oral_reference"], by=request.viewer.actor
        )

    return _step(request, row, "oral", form, act, _("The call is logged."))


def _written(request: StaffRequest, row: MandatedReport) -> HttpResponse:
    form = WrittenForm(request.POST)

    def act() -> None:
        text = form.cleaned_data["text"].replace("\r\n", "\n")
        seen = form.cleaned_data["version"] or 0
        actions.write_report(report=row, text=text, version_seen=seen, by=request.viewer.actor)

    return _step(request, row, "written", form, act, _("The written report is saved."))


def _sent(request: StaffRequest, row: MandatedReport) -> HttpResponse:
    form = SentForm(request.POST)
    agency = the_agency()

    def act() -> None:
        said = form.cleaned_data
        actions.send_written(
            report=row,
            at=form.at,
            how=said["sent_how"],
            to=said["sent_to"],
            zone=agency.time_zone if agency else "UTC",
            by=request.viewer.actor,
        )

    return _step(request, row, "sent", form, act, _("Logged as sent. Log the receipt when it comes."))


def _receipt(request: StaffRequest, row: MandatedReport) -> HttpResponse:
    form = ReceiptForm(request.POST)

    def act() -> None:
        actions.log_receipt(report=row, at=form.at, receipt=form.cleaned_data["receipt"], by=request.viewer.actor)

    return _step(request, row, "receipt", form, act, _("The receipt is logged. This report is complete."))


def _close(request: StaffRequest, row: MandatedReport) -> HttpResponse:
    form = MistakeForm(request.POST)

    def act() -> None:
        actions.close_as_mistake(report=row, reason=form.cleaned_data["reason"], by=request.viewer.actor)

    return _step(request, row, "close", form, act, _("Closed as a mistake. It stays, and you can take it up again."))


def _again(request: StaffRequest, row: MandatedReport) -> HttpResponse:
    form = AgainForm(request.POST)
    agency = the_agency()

    def act() -> None:
        actions.take_up_again(report=row, zone=agency.time_zone if agency else "UTC", by=request.viewer.actor)

    return _step(request, row, "again", form, act, _("Taken up again. Its clocks run from the suspicion."))


STEPS: dict[str, Callable[[StaffRequest, MandatedReport], HttpResponse]] = {
    "oral": _oral,
    "written": _written,
    "sent": _sent,
    "receipt": _receipt,
    "close": _close,
    "again": _again,
}


def _step(
    request: StaffRequest,
    row: MandatedReport,
    name: str,
    form: RecordForm,
    act: Callable[[], None],
    said: str,
) -> HttpResponse:
    """Do *act* when *form* is right; otherwise the page again, with what was typed."""
    if form.is_valid():
        try:
            act()
        except DomainError as error:
            form.refuse(error)
            row.refresh_from_db()
            return _page(request, row, {name: form.renewed(row.version)}, status=422)
        messages.success(request, said)
        return redirect("reports:report", pk=row.pk)
    return _page(request, row, {name: form}, status=422)


def _page(request: StaffRequest, row: MandatedReport, sent: dict[str, RecordForm], status: int = 200) -> HttpResponse:
    viewer = request.viewer
    context = _shown(request, row)
    if context["own"]:
        first: dict[str, RecordForm] = {
            "oral": OralForm(initial=now_as("oral", viewer.at)),
            "written": WrittenForm(initial={"text": row.written_text or row.seen, "version": row.version}),
            "sent": SentForm(initial=now_as("sent", viewer.at)),
            "receipt": ReceiptForm(initial=now_as("receipt", viewer.at)),
            "close": MistakeForm(),
            "again": AgainForm(),
        }
        context |= {"forms": first | sent, "known": known_of(viewer, row.client), "failed": bool(sent)}
    return render(request, "reports/report.html", context, status=status)


def _shown(request: StaffRequest, row: MandatedReport) -> dict[str, Any]:
    """What the page and the paper show of a report."""
    viewer = request.viewer
    ruling: Ruling = ruling_for(row.state, row.population, viewer.today)
    return ruling_words(ruling) | {
        "report": row,
        "client": row.client,
        "own": row.reporter_id == viewer.staff.pk,
        "reporter": row.reporter.name if row.pk in names_reporter(viewer, [row]) else "",
        "clocks": [] if row.closed_at else clocks_words(row, viewer.at),
        "may_close": row.closed_at is None and row.oral_at is None and row.sent_at is None,
    }
