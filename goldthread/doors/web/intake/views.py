"""The page of an inquiry: opened, kept as it is typed, settled, and brought to an end. One form, whichever button is pressed:
what stands in it is kept first."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.eligibility.rules.judging import Verdict
from goldthread.casework.intake.actions.outcomes import close, give, reopen
from goldthread.casework.intake.actions.settling import settle, settle_member, unsettle
from goldthread.casework.intake.actions.taking_in import take_in
from goldthread.casework.intake.queries.fitting import as_kept
from goldthread.casework.intake.queries.household import worst
from goldthread.casework.intake.rules.members import NEW
from goldthread.doors.web.contacts.saving import number_of
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.episodes.enrolling import team_for
from goldthread.doors.web.intake.desk import Desk, desk_of
from goldthread.doors.web.intake.ends import refer, wait
from goldthread.doors.web.intake.page import beside, cards, household_of, show, uuid_or_none
from goldthread.doors.web.intake.workers import worker_of
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.ui.toasts import tell
from goldthread.foundation.workforce.models import Staff


@require_GET
@staff_page(Act.WRITE_INQUIRY)
def new(request: StaffRequest) -> HttpResponse:
    """An empty page. Nothing is written before the first word."""
    return show(desk_of(request, new_id(), Act.WRITE_INQUIRY))


@require_http_methods(["GET", "POST"])
@staff_page(Act.READ_INQUIRY)
def one(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The inquiry; sent with ``do``, what that says is done."""
    if request.method == "GET":
        desk = desk_of(request, pk, Act.READ_INQUIRY)
        if not desk.kept:
            raise Http404
        return show(desk)
    desk = desk_of(request, pk, Act.WRITE_INQUIRY)
    do, _colon, what = request.POST.get("do", "save").partition(":")
    if do == "reopen":
        if not desk.kept:
            raise Http404
        reopen(inquiry=desk.inquiry, by=request.viewer.actor)
        return redirect("intake:one", pk)
    act = ACTS.get(do)
    try:
        desk.keep()
        if desk.clashes:
            return show(desk, status=409)
        led = act(desk, what) if act else None
    except DomainError as error:
        desk.problems.append((error.field or "", str(error.message)))
        return show(desk, status=422)
    return led or _back(desk)


def _back(desk: Desk) -> HttpResponse:
    """The page again. Where a program was chosen and there are no scripts, it says next what that one asks."""
    answer = redirect("intake:one", desk.inquiry.pk)
    take = uuid_or_none(desk.request.POST.get("take", ""))
    if take and desk.request.POST.get("do", "save") == "save":
        end = desk.request.POST.get("end", "")
        answer["Location"] += f"?take={take}&end={end if end in ('enrol', 'wait') else ''}"
    return answer


@require_POST
@staff_page(Act.WRITE_INQUIRY)
def save(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Keep what is typed, and answer with what stands beside it then. 409: another page changed the same field."""
    desk = desk_of(request, pk, Act.WRITE_INQUIRY)
    try:
        desk.keep()
    except DomainError as error:
        return JsonResponse({"said": str(error.message)}, status=422)
    html = render_to_string("intake/parts/beside.html", beside(desk), request)
    clashes = [{"field": one.field, "theirs": one.theirs} for one in desk.clashes]
    said = {"version": desk.inquiry.version, "name": desk.inquiry.display_name, "clashes": clashes, "beside": html}
    return JsonResponse(said)


def _same(desk: Desk, what: str) -> None:
    """It is about somebody known: whoever may find them may say so."""
    pk = uuid_or_none(what)
    client = gate.clients(desk.viewer, Act.FIND).filter(pk=pk).first() if pk else None
    if client is None:
        raise DomainError(_("This person cannot be found any more. Look again."), "person")
    desk.inquiry = settle(inquiry=desk.inquiry, client=client, by=desk.viewer.actor)


def _new(desk: Desk, what: str) -> None:
    desk.inquiry = settle(inquiry=desk.inquiry, client=None, by=desk.viewer.actor)


def _undecided(desk: Desk, what: str) -> None:
    desk.inquiry = unsettle(inquiry=desk.inquiry, by=desk.viewer.actor)


def _member(desk: Desk, what: str) -> None:
    """Who one of the household is: ``<number>:<id of a client>``, ``<number>:new``, or ``<number>:`` for open again."""
    number, _colon, who = what.partition(":")
    pk = uuid_or_none(who)
    client = gate.clients(desk.viewer, Act.FIND).filter(pk=pk).first() if pk else None
    if client is None and who not in ("", NEW):
        raise DomainError(_("This person cannot be found any more. Look again."), "member")
    desk.inquiry = settle_member(
        inquiry=desk.inquiry, number=number_of(number), client=client, new=who == NEW, by=desk.viewer.actor
    )


@transaction.atomic
def _enrol(desk: Desk, what: str) -> HttpResponse | None:
    """Take in, and lead to the client. The gate is asked for the client who is linked; a new one is made by intake."""
    sent, viewer = desk.request.POST, desk.viewer
    card = next((one for one in cards(desk) if str(one.fit.program.pk) == sent.get("take", "")), None)
    if card is None:
        raise DomainError(_("Choose the program."), "take")
    client = desk.inquiry.client
    if not gate.may(viewer, Act.ENROL) or (client and not gate.may_on(viewer, Act.ENROL, client)):
        raise DomainError(_("You may not enroll this person. Ask your supervisor, or intake."), "take")
    staff = _worker(desk, card.fit.program)
    others = household_of(desk, card.fit)
    if any(one.client and not gate.may_on(viewer, Act.ENROL, one.client) for one in others):
        raise DomainError(_("You may not enroll everybody of this household. Ask your supervisor, or intake."), "take")
    verdict = worst([card.fit.judged.verdict, *(one.judged.verdict for one in others)])
    if verdict is Verdict.NEED_TO_KNOW and not sent.get("override", "").strip():
        raise DomainError(
            _("Something is not known yet. Ask, or say why this person is taken in all the same."), "override"
        )
    episode = take_in(
        inquiry=desk.inquiry,
        program=card.fit.program,
        by=viewer.actor,
        enrolled_on=read_date(sent.get("enrolled_on", "")) if sent.get("enrolled_on", "").strip() else viewer.today,
        staff=staff,
        team=team_for(viewer, staff, card.fit.program.team),
        override=sent.get("override", "") if verdict is not Verdict.ELIGIBLE or card.full else "",
        judged=as_kept(card.fit.judged),
        judged_members=[as_kept(one.judged) for one in others],
        may_exceed=gate.may(viewer, Act.MANAGE_EPISODE),
    )
    person = desk.inquiry.client or episode.members.order_by("starts_on", "pk")[0].person
    if episode.continues:
        tell(
            desk.request,
            _(
                "%(name)s came back: %(program)s goes on from before. What there was then is offered on the page of programs."
            )
            % {"name": person.display_name, "program": card.fit.program.name},
        )
        return None
    if others:
        said = _("%(name)s and %(count)d more of the household are enrolled in %(program)s.")
        tell(desk.request, said % {"name": person.display_name, "count": len(others), "program": card.fit.program.name})
        return None
    tell(
        desk.request,
        _("%(name)s is enrolled in %(program)s.") % {"name": person.display_name, "program": card.fit.program.name},
    )
    return None


def _worker(desk: Desk, program: Program) -> Staff | None:
    """None: the team decides. DomainError: whoever was offered works there no more, or was never offered; or nobody was chosen where the
    page asked."""
    sent = desk.request.POST
    if (
        "worker_asked" in sent and "worker" not in sent
    ):  # whom it said was refused: nobody is chosen until somebody says so
        raise DomainError(_("Choose the worker, or that the team decides."), "worker")
    chosen = sent.get("worker", "")
    if not chosen:
        return None
    pk = uuid_or_none(chosen)
    staff = worker_of(program, pk, desk.viewer.today) if pk else None
    if staff is None:
        raise DomainError(_("This colleague takes nobody in this program today. Choose another worker."), "worker")
    return staff


def _close(desk: Desk, what: str) -> HttpResponse | None:
    sent = desk.request.POST
    close(
        inquiry=desk.inquiry,
        reason=sent.get("reason", ""),
        told=sent.get("told", ""),
        note=sent.get("note", ""),
        by=desk.viewer.actor,
    )
    tell(desk.request, _("The inquiry is closed."))
    return redirect("intake:list")


def _take(desk: Desk, what: str) -> None:
    desk.inquiry = give(inquiry=desk.inquiry, to=desk.viewer.staff, by=desk.viewer.actor)


ACTS: dict[str, Callable[[Desk, str], HttpResponse | None]] = {
    "same": _same,
    "member": _member,
    "new": _new,
    "undecided": _undecided,
    "enrol": _enrol,
    "wait": wait,
    "refer": refer,
    "close": _close,
    "take": _take,
}
