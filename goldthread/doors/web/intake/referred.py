"""Somebody was referred elsewhere: what was said, and whether they were seen there. From an inquiry, or from a client's record."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.inquiries import may_write
from goldthread.access.waiting import open_referral, places, referrals
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.intake.actions.correcting import WORDS, correct_hand_off, may_correct
from goldthread.casework.intake.actions.hand_offs import answer_hand_off, ask_again, refer_client
from goldthread.casework.intake.enums import HandOffState
from goldthread.casework.intake.models import HandOff, Offer
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.contacts.saving import number_of
from goldthread.doors.web.entry import StaffRequest, client_page, page_of, staff_page
from goldthread.doors.web.intake.ends import REFER, day_sent, elsewhere_sent
from goldthread.doors.web.intake.page import uuid_or_none
from goldthread.doors.web.intake.said_by_whom import names_of_staff
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.models import Person

MOST = 60
PAGE = 100
"""Those to be asked first; the others follow when they are answered."""
ANSWERS = (
    HandOffState.SEEN,
    HandOffState.OPEN,
    HandOffState.NOT_TAKEN,
    HandOffState.DID_NOT_GO,
    HandOffState.UNKNOWN,
    HandOffState.MISTAKE,
)


@require_GET
@staff_page(Act.READ_INQUIRY)
def listed(request: StaffRequest) -> HttpResponse:
    """Who was referred elsewhere from an inquiry, and nobody knows yet whether they were seen there: to be asked first, first."""
    viewer = request.viewer
    waiting = referrals(viewer, Act.READ_INQUIRY).filter(state=HandOffState.OPEN)
    rows = list(waiting.select_related("inquiry", "owner").order_by("ask_on", "pk")[: PAGE + 1])
    record(by=viewer.actor, action="intake.referrals", kind="hand_off", details={"rows": len(rows)})
    gate.saw_by_key(viewer, [row.inquiry.client_id for row in rows[:PAGE] if row.inquiry], "intake:hand_offs")
    lines = [(row, row.ask_on < viewer.today) for row in rows[:PAGE]]
    return render(request, "intake/referred/list.html", {"lines": lines, "more": len(rows) > PAGE})


@require_http_methods(["GET", "POST"])
@staff_page(Act.READ_INQUIRY)
def of_inquiry(request: StaffRequest, pk: UUID, row: UUID) -> HttpResponse:
    """A hand-off that answered an inquiry."""
    act = Act.READ_INQUIRY if request.method == "GET" else Act.WRITE_INQUIRY
    found = open_referral(request.viewer, act, pk, row, page_of(request))
    inquiry = found.inquiry
    context: dict[str, Any] = {
        "inquiry": inquiry,
        "name": inquiry.display_name if inquiry else "",
        "may_write": inquiry is not None and may_write(request.viewer, inquiry),
        "layout": "layouts/app.html",
    }
    return _one(request, found, context, "intake/referred/one.html")


@require_http_methods(["GET", "POST"])
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """A hand-off that was made on the client's record."""
    act = Act.READ_RECORD if request.method == "GET" else Act.WRITE_CONTACT
    seen = gate.content(request.viewer, client, act) if gate.may_on(request.viewer, act, client) else None
    found = (
        HandOff.objects.filter(seen, client=client, pk=row).select_related("owner").first()
        if seen is not None
        else None
    )
    if found is None:
        gate.refuse(request.viewer, act, client.pk, why="label", page=page_of(request))
        raise Http404
    context = {
        "header": header_of(request.viewer, client, "timeline"),
        "tab_title": _("Referred elsewhere"),
        "client": client,
        "may_write": gate.may_on(request.viewer, Act.WRITE_CONTACT, client),
        "layout": "clients/layout.html",
    }
    return _one(request, found, context, "intake/referred/one_of_client.html")


def _one(request: StaffRequest, row: HandOff, context: dict[str, Any], template: str) -> HttpResponse:
    sent, errors = request.POST, {}
    if request.method == "POST":
        try:
            _answer(request, row)
        except DomainError as error:
            errors = {error.field or "": str(error.message)}
        else:
            return redirect(request.path)
    before = list(row.before.order_by("-corrected_at", "-pk")[:MOST])
    answers = list(row.answers.order_by("-made_at", "-pk")[:MOST])
    who = names_of_staff([row.made_by, *(one.made_by for one in answers), *(one.corrected_by for one in before)])
    for one in answers:
        one.who = who.get(one.made_by, "")  # type: ignore[attr-defined]  # for the page
    for earlier in before:
        earlier.who = who.get(earlier.corrected_by, "")  # type: ignore[attr-defined]  # for the page
    correcting = sent.get("do") == "correct"
    context |= {
        "row": row,
        "before": before,
        "may_correct": context["may_write"] and may_correct(row, request.viewer.actor),
        "correcting": correcting and bool(errors),
        "elsewhere": {name: sent.get(name, "") if correcting else getattr(row, name) for name in WORDS},
        "version": sent.get("version") if correcting else row.version,
        "who": who.get(row.made_by, ""),
        "answers": answers,
        "choices": [(one.value, _("Not known yet") if one is HandOffState.OPEN else one.label) for one in ANSWERS],
        "errors": errors,
        "sent": sent,
        "form_id": new_id(),
    }
    return render(request, template, context, status=422 if errors else 200)


def _answer(request: StaffRequest, row: HandOff) -> None:
    sent = request.POST
    if sent.get("do") == "again":
        ask_again(hand_off=row, by=request.viewer.actor)
        return
    if sent.get("do") == "correct":
        correct_hand_off(
            hand_off=row,
            to=elsewhere_sent(sent),
            version_seen=number_of(sent.get("version")),
            by=request.viewer.actor,
        )
        tell(request, _("Corrected. The earlier words are kept."))
        return
    answer_hand_off(
        hand_off=row,
        answer=sent.get("answer", ""),
        note=sent.get("note", ""),
        again_on=day_sent(sent, "again_on"),
        form_id=uuid_or_none(sent.get("form_id", "")),
        by=request.viewer.actor,
    )
    tell(request, _("Saved."))


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_CONTACT)
def refer(request: StaffRequest, client: Person) -> HttpResponse:
    """Refer a client elsewhere, as part of one of their programs, or of none."""
    viewer, sent, errors = request.viewer, request.POST, {}
    offered = episodes_for(request, client)
    if request.method == "POST":
        try:
            chosen = next((one for one in offered if str(one.pk) == sent.get("episode", "")), None)
            if sent.get("episode") and chosen is None:
                raise DomainError(_("This program cannot be chosen any more. Look again."), "episode")
            made = refer_client(
                client=client,
                to=elsewhere_sent(sent),
                episode=chosen,
                form_id=uuid_or_none(sent.get("form_id", "")),
                by=viewer.actor,
            )
        except DomainError as error:
            errors = {error.field or "": str(error.message)}
        else:
            tell(request, _("Referred to %(organization)s.") % {"organization": made.organization})
            return redirect("intake:client_referred", client.pk, made.pk)
    chosen_now = sent.get("episode", str(offered[0].pk) if len(offered) == 1 else "")
    context = {
        "header": header_of(viewer, client, "timeline"),
        "tab_title": _("Refer elsewhere"),
        "client": client,
        "offered": offered,
        "episode": chosen_now,
        "elsewhere": {name: sent.get(name, "") for name in (*REFER, "ask_on")},
        "errors": errors,
        "form_id": uuid_or_none(sent.get("form_id", "")) or new_id(),
    }
    return render(request, "intake/referred/new.html", context, status=422 if errors else 200)


def episodes_for(request: StaffRequest, client: Person) -> list[Episode]:
    """The programs of the client in which the viewer may write."""
    sight = gate.sight(request.viewer, client, Act.WRITE_CONTACT)
    return [one for one in open_episodes(client, request.viewer.today) if sight.sees_episode(one.pk, one.labels)]


@require_GET
@staff_page(Act.READ_INQUIRY)
def by_task(request: StaffRequest, pk: UUID) -> HttpResponse:
    """From a task to the page of its hand-off: that knows who may open it."""
    inquiry = HandOff.objects.filter(pk=pk, inquiry__isnull=False).values_list("inquiry", flat=True).first()
    if inquiry is None:
        raise Http404
    return redirect("intake:referred", inquiry, pk)


@require_GET
@staff_page(Act.READ_INQUIRY)
def by_offer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """From the task of an offer to the place that was offered."""
    place = Offer.objects.filter(pk=pk).values_list("place", flat=True).first()
    if place is None or not places(request.viewer, Act.READ_INQUIRY).filter(pk=place).exists():
        raise Http404
    return redirect("intake:place", place)
