"""The sheet: shown, saved as it is answered, signed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access.acts import Act
from goldthread.casework.assessments.actions import discard as throw_away
from goldthread.casework.assessments.actions import move_turn, save_answers, sign
from goldthread.casework.assessments.actions.answering import Saved, SignedMeanwhile
from goldthread.casework.assessments.actions.signing import AnswerProblems, ChangedMeanwhile
from goldthread.casework.assessments.changes import Clash, Said
from goldthread.casework.assessments.enums import AssessmentState
from goldthread.casework.intake.tasks import ranks_follow
from goldthread.doors.web.assessments.desk import Desk, desk_of
from goldthread.doors.web.assessments.files import keep_files, take_file_away
from goldthread.doors.web.assessments.live import answer_of
from goldthread.doors.web.assessments.turns import follow, take_away
from goldthread.doors.web.contacts.saving import led_to, number_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_ASSESSMENT)
def sheet(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The sheet, and its buttons (``do``): save, sign, add or remove a turn. A signed one leads to its page."""
    desk = desk_of(request, client, row)
    if desk.row.state != AssessmentState.OPEN:
        return redirect("assessments:read", pk=client.pk, row=row)
    if request.method == "GET":
        return desk.show()
    do, _colon, what = request.POST.get("do", "save").partition(":")
    try:
        saved = _keep_all(desk)
        if saved.clashes:
            return _both(desk, saved)
        if do == "sign":
            return _sign(desk)
        if do in ("add", "remove", "file"):
            _change(desk, do, what)
            return desk.show()
    except SignedMeanwhile as error:
        tell(request, str(error.message))
        return led_to(request, desk.address("read"))
    except DomainError as error:
        return desk.show(mine=desk.reader().whole(desk.row.answers), said_above=str(error.message), status=422)
    return led_to(request, desk.address("sheet") + (f"?in={desk.language}" if request.POST.get("in") else ""))


@require_POST
@client_page(Act.WRITE_ASSESSMENT, while_typing=True)
def save(request: StaffRequest, client: Person, row: UUID) -> JsonResponse:
    """Keep the items that the page names (``only``), and say what follows: what is asked now, what others answered."""
    desk = desk_of(request, client, row)
    try:
        turns = follow(desk)
        saved = _keep(desk, desk.reader().named(request.POST.getlist("only")), turns.placed, whole=False)
        take_away(desk, turns)
    except SignedMeanwhile as error:
        return JsonResponse({"signed": desk.address("read"), "said": str(error.message)}, status=409)
    except DomainError as error:
        return JsonResponse({"said": str(error.message)}, status=422)
    return JsonResponse(answer_of(desk, saved) | turns.told())


@require_POST
@client_page(Act.WRITE_ASSESSMENT)
def discard(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Throw away what one has begun."""
    desk = desk_of(request, client, row)
    try:
        throw_away(assessment=desk.row, by=request.viewer.actor)
    except DomainError as error:
        tell(request, str(error.message))
        return redirect("assessments:sheet", pk=client.pk, row=row)
    tell(request, _("What was begun was thrown away."))
    return redirect("assessments:of_client", pk=client.pk)


def _keep_all(desk: Desk) -> Saved:
    """Keep everything that a page without scripts sends; of one with scripts only what it names."""
    turns = follow(desk)
    sent, reader = desk.request.POST, desk.reader()
    scripted = bool(sent.get("writer"))
    changes = reader.named(sent.getlist("only")) if scripted else reader.whole(desk.row.answers)
    saved = _keep(desk, changes, turns.placed, whole=not scripted)
    take_away(desk, turns)
    return keep_files(desk, saved)


def _keep(desk: Desk, changes: dict[str, Said], placed: frozenset[str], *, whole: bool) -> Saved:
    sent = desk.request.POST
    saved = save_answers(
        assessment=desk.row,
        changes=changes,
        seen=desk.seen,
        writer=sent.get("writer", "")[:40],
        stroke=number_of(sent.get("stroke")),
        whole=whole,
        placed=placed,
        by=desk.request.viewer.actor,
    )
    _stands(desk, saved)
    return saved


def _stands(desk: Desk, saved: Saved) -> None:
    """What the row says now, with what was read along with it before."""
    for name in ("answers", "skipped", "touched", "saves", "saved_at"):
        setattr(desk.row, name, getattr(saved.assessment, name))


def _both(desk: Desk, saved: Saved) -> HttpResponse:
    """Both answers on one page: what stands in the form is the reader's own, and what the others said stands beside it."""
    scripted = bool(desk.request.POST.get("writer"))
    here = [
        clash for clash in saved.clashes if not (scripted and clash.moved)
    ]  # scripts put it into the turn it was typed in
    mine = {clash.key: clash.mine for clash in here}
    words = _(
        "Somebody else has answered some of this, too. Nothing is lost: look at what is marked, then save or sign again."
    )
    return desk.show(mine=mine, clashes=here, said_above=words, status=409)


def _change(desk: Desk, do: str, what: str) -> None:
    """Add a turn (``add:KEY``), remove one (``remove:2:KEY``), or take a file away (``file:ID:KEY``)."""
    by = desk.request.viewer.actor
    number, _colon, key = ("", "", what) if do == "add" else what.partition(":")
    if do == "file":
        take_file_away(desk, key, number)
        return
    remove = None if do == "add" else number_of(number)
    changed = move_turn(assessment=desk.row, key=key, remove=remove, by=by, context=desk.context)
    for name in ("answers", "skipped", "touched", "saves", "saved_at"):
        setattr(desk.row, name, getattr(changed, name))


def _sign(desk: Desk) -> HttpResponse:
    request: Any = desk.request
    try:
        if theirs := _unseen(desk):
            raise ChangedMeanwhile(theirs)
        signed = sign(
            assessment=desk.row,
            seen=desk.row.saves,
            writer=request.POST.get("writer", ""),
            context=desk.context,
            by=request.viewer.actor,
        )
    except AnswerProblems as error:
        return desk.show(problems=error.problems, status=422)
    except ChangedMeanwhile as error:
        return desk.show(said_above=str(error.message), status=409)
    ranks_follow(desk.client.pk)
    tell(request, _("Signed."))
    return led_to(request, reverse("assessments:read", args=[desk.client.pk, signed.pk]))


def _unseen(desk: Desk) -> list[str]:
    """The items that others answered since the page was read. What this form said itself was kept just before."""
    me = str(desk.request.viewer.staff.pk)
    return [key for key, mark in desk.row.touched.items() if mark["n"] > desk.seen and mark.get("by") != me]


__all__ = ["Clash", "discard", "save", "sheet"]
