"""What is done with a file from its page: one action each, then the page again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.access.acts import Act
from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.actions.deciding import decide, decide_all, leave_refused
from goldthread.casework.imports.actions.starting import give_up, match, read_anew
from goldthread.casework.imports.actions.taking_back import begin_undo
from goldthread.casework.imports.models import Import
from goldthread.casework.imports.queries import bytes_of, opened_bytes
from goldthread.casework.imports.rules.fields import KEEP
from goldthread.casework.imports.rules.sheets import DELIMITERS
from goldthread.casework.imports.rules.tables import Column
from goldthread.casework.imports.tasks import work_on_import
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.imports.one import page
from goldthread.foundation.lib.errors import DomainError

ORDERS = ("US", "GB")


@require_POST
@staff_page(Act.IMPORT_CLIENTS)
def match_columns(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The columns are matched: check the rows. What is refused keeps every choice on the page."""
    run = get_object_or_404(Import.objects.select_related("file"), pk=pk)
    chosen = _reading(request, run)
    try:
        if _makes_other_columns(request, run, chosen):
            read_anew(run=pk, chosen=chosen, version_seen=_seen(request), by=request.viewer.actor)
            messages.info(request, _("The file is read in another way now. Say what its columns hold."))
            return redirect("imports:one", pk=pk)
        fields = {caption: request.POST.get(f"column-{number}", KEEP) for number, caption in enumerate(run.captions)}
        match(run=pk, fields=fields, chosen=chosen, version_seen=_seen(request), by=request.viewer.actor)
        _queue(pk)  # killed before: look_after_imports goes on with it
    except DomainError as error:
        return page(request, run, error=str(error.message), sent=request.POST.dict())
    return redirect("imports:one", pk=pk)


def _reading(request: StaffRequest, run: Import) -> dict[str, Any]:
    """How the file is to be read, where the person chose; nonsense is as if nothing was chosen."""
    given = request.POST
    chosen: dict[str, Any] = {}
    if given.get("sheet") in run.looked.get("sheets", ()):
        chosen["sheet"] = given["sheet"]
        if given["sheet"] != run.looked["sheet"]:
            return chosen  # captions and days were found out on the sheet of before
    if given.get("delimiter") in DELIMITERS:
        chosen["delimiter"] = given["delimiter"]
    if given.get("order") in ORDERS:
        chosen["order"] = given["order"]
    if given.get("header", "").isdecimal():
        chosen["header"] = int(given["header"][:6])
    return chosen


def _makes_other_columns(request: StaffRequest, run: Import, chosen: dict[str, Any]) -> bool:
    """Are the columns others than those that were shown, when the file is read as *chosen*?"""
    if all(chosen.get(key) == run.reading.get(key) for key in ("delimiter", "header", "sheet")):
        return False
    return _columns(request, run, chosen) != _columns(request, run, run.reading)


def _columns(request: StaffRequest, run: Import, reading: dict[str, Any]) -> tuple[Column, ...]:
    return opened_bytes(bytes_of(run), reading, {}, request.viewer.actor, what=run.what).table.columns


@require_POST
@staff_page(Act.IMPORT_CLIENTS)
def decide_rows(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Who is who: the rows of the page one by one, or all that are left alike."""
    get_object_or_404(Import, pk=pk)
    by = request.viewer.actor

    def act() -> None:
        if every := request.POST.get("all", ""):
            which, _colon, decision = every.partition(":")
            decide_all(run=pk, decision=decision, by=by, of_file={"file": True, "here": False}.get(which))
            return
        for name in request.POST:
            number = name.removeprefix("row-")
            if name.startswith("row-") and number.isdecimal():
                decide(run=pk, row=int(number[:9]), decision=request.POST.get(name, ""), by=by)

    return _done(request, pk, act)


@require_POST
@staff_page(Act.IMPORT_CLIENTS)
def leave_rows(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The refused rows stay out; or not, after all."""
    get_object_or_404(Import, pk=pk)
    leave = request.POST.get("leave") == "yes"
    return _done(request, pk, lambda: leave_refused(run=pk, leave=leave, by=request.viewer.actor))


@require_POST
@staff_page(Act.IMPORT_CLIENTS)
def bring_in(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Bring all of it in."""
    get_object_or_404(Import, pk=pk)
    by = request.viewer.actor
    return _done(request, pk, lambda: begin_bringing(run=pk, version_seen=_seen(request), by=by), works=True)


@require_POST
@staff_page(Act.IMPORT_CLIENTS)
def give_it_up(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Nothing of it comes in."""
    get_object_or_404(Import, pk=pk)
    return _done(request, pk, lambda: give_up(run=pk, by=request.viewer.actor), works=True)


@require_POST
@staff_page(Act.IMPORT_CLIENTS)
def undo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take back what came in; who was changed since stays."""
    get_object_or_404(Import, pk=pk)
    return _done(request, pk, lambda: begin_undo(run=pk, by=request.viewer.actor), works=True)


def _done(request: StaffRequest, pk: UUID, act: Callable[[], object], *, works: bool = False) -> HttpResponse:
    """Do it; what cannot be is said on the page as it is now. *works*: the worker goes on with it."""
    try:
        with transaction.atomic():
            act()
            if works:
                _queue(pk)
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("imports:one", pk=pk)


def _queue(run: UUID) -> None:
    transaction.on_commit(lambda: work_on_import.enqueue(str(run)))


def _seen(request: StaffRequest) -> int:
    """The version that the page showed."""
    text = request.POST.get("version", "")
    if not text.isdecimal() or len(text) > 9:
        raise DomainError(_("The page is not whole: load it again."))
    return int(text)
