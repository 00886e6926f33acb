"""The page of one place on a waitlist: where it stands and why, what is to be done next, and all that was done."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.inquiries import inquiries
from goldthread.access.waiting import open_place, places
from goldthread.casework.intake.actions.leaving import put_back, remove
from goldthread.casework.intake.actions.offers import answer, left_by_answer, offer, take_back_answer
from goldthread.casework.intake.actions.waiting import keep_in_touch, say_of_order, touch
from goldthread.casework.intake.actions.writing import our_calendar
from goldthread.casework.intake.enums import OfferAnswer, PlaceState, RemovalReason, Touched
from goldthread.casework.intake.models import Offer, Place
from goldthread.casework.intake.models.waiting import OPEN, OPEN_STATES
from goldthread.casework.intake.queries.vacancies import vacancies
from goldthread.casework.intake.queries.waiting import ahead, known_for_ranking, positions, rules_today
from goldthread.casework.intake.rules.waiting import answer_by, group_words, sentences, standings
from goldthread.doors.web.contacts.saving import number_of
from goldthread.doors.web.entry import StaffRequest, page_of, staff_page
from goldthread.doors.web.intake.ends import day_sent
from goldthread.doors.web.intake.meanwhile import answers_sent
from goldthread.doors.web.intake.page import uuid_or_none
from goldthread.doors.web.intake.said_by_whom import names_of_staff
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.ui.toasts import tell
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import holders, staff_of_team, working_on

MOST_TOLD = 60
ANSWERS = (OfferAnswer.ACCEPTED, OfferAnswer.DECLINED, OfferAnswer.NO_ANSWER, OfferAnswer.WITHDRAWN)


@require_http_methods(["GET", "POST"])
@staff_page(Act.READ_INQUIRY)
def place(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One place; sent with ``do``, what that says is done."""
    if request.method == "GET":
        return _show(request, open_place(request.viewer, Act.READ_INQUIRY, pk, page_of(request)), {})
    row = open_place(request.viewer, Act.WRITE_INQUIRY, pk, page_of(request))
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return redirect("intake:place", pk)
    try:
        said = act(request, row)
    except DomainError as error:
        fresh = Place.objects.select_related("program__team", "inquiry__client", "owner", "team").get(pk=pk)
        return _show(request, fresh, {error.field or "": str(error.message)}, status=422)
    tell(request, said)
    return redirect("intake:place", pk)


def _form_id(request: StaffRequest) -> UUID | None:
    return uuid_or_none(request.POST.get("form_id", ""))


def _touch(request: StaffRequest, row: Place) -> str:
    sent = request.POST
    touch(
        place=row,
        how=sent.get("how", ""),
        note=sent.get("note", ""),
        again_on=day_sent(sent, "again_on"),
        form_id=_form_id(request),
        by=request.viewer.actor,
    )
    return _("Saved. The next call is a task.")


def _offer(request: StaffRequest, row: Place) -> str:
    sent = request.POST
    offer(
        place=row,
        until=day_sent(sent, "until"),
        said=sent.get("said", ""),
        why_now=sent.get("why_now", ""),
        why_over=sent.get("why_over", ""),
        may_exceed=gate.may(request.viewer, Act.MANAGE_EPISODE),
        form_id=_form_id(request),
        by=request.viewer.actor,
    )
    return _("The place is offered. Hearing the answer is a task.")


def _answer(request: StaffRequest, row: Place) -> str:
    sent = request.POST
    done = answer(
        place=row,
        answer=sent.get("answer", ""),
        stays=sent.get("stays", "yes") == "yes",
        note=sent.get("note", ""),
        by=request.viewer.actor,
    )
    if done.state == PlaceState.ACCEPTED:
        return _("Accepted. Enroll them now.")
    return _("Saved. They wait on.") if done.state == PlaceState.WAITING else _("Saved. They are off the list.")


def _order(request: StaffRequest, row: Place) -> str:
    sent = request.POST
    groups = {one.key for one in rules_today(row.program_id, request.viewer.today).comes_first}
    said = {key: value for key, value in answers_sent(sent).items() if key in groups}
    done = say_of_order(
        place=row,
        answers=said,
        note=sent.get("why", ""),
        version=number_of(sent.get("version")),
        by=request.viewer.actor,
    )
    number = positions([done])[done.pk]
    return _("Saved. They are number %(number)s.") % {"number": number}


def _owner(request: StaffRequest, row: Place) -> str:
    pk = uuid_or_none(request.POST.get("owner", ""))
    to = next((one for one in _staff(request, row) if one.pk == pk), None)
    keep_in_touch(place=row, owner=to, by=request.viewer.actor)
    return _("Saved.")


def _remove(request: StaffRequest, row: Place) -> str:
    sent = request.POST
    remove(place=row, reason=sent.get("reason", ""), note=sent.get("end_note", ""), by=request.viewer.actor)
    return _("Taken off the list. It can be put back.")


def _back(request: StaffRequest, row: Place) -> str:
    put_back(place=row, by=request.viewer.actor)
    return _("They wait again, since the day they asked.")


def _undo_answer(request: StaffRequest, row: Place) -> str:
    take_back_answer(place=row, by=request.viewer.actor)
    return _("The answer is taken back. The offer stands.")


ACTS: dict[str, Callable[[StaffRequest, Place], str]] = {
    "touch": _touch,
    "offer": _offer,
    "answer": _answer,
    "order": _order,
    "owner": _owner,
    "remove": _remove,
    "back": _back,
    "undo": _undo_answer,
}


def _staff(request: StaffRequest, row: Place) -> list[Staff]:
    """Who could stay in touch: the program's team and intake; those who may open this place."""
    today = request.viewer.today
    found = list(holders(Role.INTAKE, today)[:MOST_TOLD]) if not row.labels else []
    if row.team:
        found += [
            one for one in staff_of_team(row.team, today).filter(working_on(today))[:MOST_TOLD] if one not in found
        ]
    if row.owner and row.owner not in found:
        found.append(row.owner)
    return sorted(found, key=lambda one: one.name)


def _show(request: StaffRequest, row: Place, errors: dict[str, str], *, status: int = 200) -> HttpResponse:
    viewer, sent = request.viewer, request.POST
    rules = rules_today(row.program_id, viewer.today)
    open_now = row.state in OPEN_STATES
    said = answers_sent(sent) if sent.get("do") == "order" else row.answers
    known = known_for_ranking([row], row.program, viewer.today)[0]
    offers = list(row.offers.order_by("-made_at", "-pk")[:MOST_TOLD])
    passed = ahead(row) if row.state == PlaceState.WAITING else 0
    context: dict[str, Any] = {
        "place": row,
        "open": open_now,
        "errors": errors,
        "sent": sent,
        "may_write": places(viewer, Act.WRITE_INQUIRY).filter(pk=row.pk).exists(),
        "may_open_inquiry": inquiries(viewer, Act.READ_INQUIRY).filter(pk=row.inquiry_id).exists(),
        "number": positions([row])[row.pk] if open_now else 0,
        "many": Place.objects.filter(OPEN, program=row.program_id).count(),
        "days": (viewer.today - row.since).days,
        "group": group_words(rules.comes_first, row.group),
        "groups": standings(rules.comes_first, said, known, viewer.today),
        "rules": sentences(rules),
        "passed": passed,
        "vacancies": vacancies({row.program_id: rules.waitlist}).get(row.program_id) if open_now else None,
        "may_exceed": gate.may(viewer, Act.MANAGE_EPISODE),
        "offer": next((one for one in offers if not one.answer), None),
        "may_undo": bool(offers) and bool(offers[0].answer) and _may_undo(row, offers[0]),
        "until": answer_by(viewer.today, rules.waitlist.answer, our_calendar(viewer.today)),
        "told": _told(row, offers),
        "hows": Touched.choices,
        "answers": [(one.value, one.label) for one in ANSWERS],
        "reasons": RemovalReason.choices,
        "staff": _staff(request, row),
        "form_id": new_id(),
        "yes_no": [("yes", _("Yes")), ("no", _("No"))],
        "late": bool(row.contact_on and row.contact_on < viewer.today),
    }
    return render(request, "intake/waiting/place.html", context, status=status)


def _may_undo(row: Place, last: Offer) -> bool:
    """Can the answer to *last* still be taken back?"""
    return row.state in (PlaceState.ACCEPTED, PlaceState.WAITING) or left_by_answer(row, last)


def _told(row: Place, offers: list[Any]) -> list[SimpleNamespace]:
    """Calls and offers in one line of time, the newest first."""
    touches = list(row.touches.order_by("-made_at", "-pk")[:MOST_TOLD])
    who = names_of_staff([one.made_by for one in [*touches, *offers]])
    found = [
        SimpleNamespace(
            at=one.made_at, icon="phone", words=one.get_how_display(), note=one.note, who=who.get(one.made_by, "")
        )
        for one in touches
    ]
    for one in offers:
        words = one.get_answer_display() if one.answer else _("No answer yet")
        found.append(
            SimpleNamespace(
                at=one.made_at,
                icon="flag",
                words=_("Offered a place: %(answer)s") % {"answer": words},
                note=" · ".join(part for part in (one.said, one.why_now, one.why_over, one.note) if part),
                who=who.get(one.made_by, ""),
            )
        )
    return sorted(found, key=lambda one: one.at, reverse=True)
