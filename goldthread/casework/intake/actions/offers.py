"""A place that became free is offered: with a day by which it is answered. Who does not answer keeps their position: a person decides what then."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.intake.actions.leaving import check_back, leave
from goldthread.casework.intake.actions.room import check_free, one_at_a_time
from goldthread.casework.intake.actions.waiting import (
    OFFER,
    SOURCE,
    ask_for_answer,
    in_our_words,
    locked,
    make_call_task,
    next_call,
    tell_timeline,
    write,
)
from goldthread.casework.intake.actions.writing import SOURCE as INQUIRY
from goldthread.casework.intake.actions.writing import follow, our_calendar
from goldthread.casework.intake.enums import InquiryState, OfferAnswer, PlaceState, RemovalReason, Result
from goldthread.casework.intake.models import Inquiry, Offer, Place
from goldthread.casework.intake.notices import tell_of_answer, tell_of_lapsed
from goldthread.casework.intake.queries.vacancies import vacancies
from goldthread.casework.intake.queries.waiting import ahead, open_offer, rules_today
from goldthread.casework.intake.rules.waiting import answer_by
from goldthread.casework.tasks.actions.tasks import cancel_of_source, settle_source
from goldthread.foundation.agency.rules import add_business_days
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before

LEFT_BY_ANSWER = (
    (OfferAnswer.DECLINED, RemovalReason.DECLINED),
    (OfferAnswer.NO_ANSWER, RemovalReason.NOT_REACHED),
)
"""Answers with which somebody leaves the list, and the reason that stands then."""


@transaction.atomic
def offer(
    *,
    place: Place,
    by: Actor,
    until: date | None = None,
    said: str = "",
    why_now: str = "",
    why_over: str = "",
    may_exceed: bool = False,
    form_id: UUID | None = None,
) -> Offer:
    """Offer *place* to who waits on it, to be answered by *until* (None: as the program's rules say). The same *form_id* makes one.

    *why_now*: why, where others come before them; *why_over*: why, where no place is free, of somebody who *may exceed* what the program
    has. DomainError: they have an offer, a day that has passed, others come first and no reason, no place is free.
    """
    one_at_a_time(place.program_id)
    if made := made_before(Offer, form_id, place_id=place.pk):
        return made
    row = locked(place)
    if row.state != PlaceState.WAITING:
        raise DomainError(_("They were offered a place already."))
    if until and until < by.today:
        raise DomainError(_("Choose today or a day to come."), "until")
    passed = ahead(row)
    if passed and not why_now.strip():
        raise DomainError(_("Others come first on this list. Say why this person all the same."), "why_now")
    over = check_free(row.program_id, why_over, "why_over", may_exceed=may_exceed, by=by)
    rule = rules_today(row.program_id, by.today).waitlist.answer
    made = Offer.objects.create(
        id=form_id or new_id(),
        place=row,
        made_on=by.today,
        answer_by=until or answer_by(by.today, rule, our_calendar(by.today)),
        why_now=why_now.strip()[:300] if passed else "",
        why_over=why_over.strip()[:300] if over else "",
        said=said.strip()[:1000],
        labels=row.labels,
        made_by=by.staff,
        made_at=by.at,
    )
    row.state, row.contact_on = PlaceState.OFFERED, None
    row.version += 1
    row.save()
    cancel_of_source(SOURCE, row.pk, by)
    ask_for_answer(row, made, by)
    write(by, "offered", row, passed=passed, over=over)
    return made


@transaction.atomic
def answer(*, place: Place, answer: str, by: Actor, stays: bool = True, note: str = "") -> Place:
    """What came of the offer. Accepted: the inquiry is open again, to be enrolled. Declined or no answer: whoever *stays* keeps the
    position, else leaves the list. DomainError: no such answer, or there is no offer to answer."""
    row = locked(place)
    made = Offer.objects.select_for_update().filter(place=row, answer="").first()
    if made is None:
        raise DomainError(_("There is no offer to answer. Look again."))
    if answer not in OfferAnswer.values:
        raise DomainError(_("Say what the answer was."), "answer")
    made.answer, made.answered_on, made.answered_by = answer, by.today, by.staff
    made.note = note.strip()[:1000]
    made.save()
    settle_source(OFFER, made.pk, by)
    row.version += 1
    write(by, "offer_answered", row, answer=answer)
    if answer == OfferAnswer.ACCEPTED:
        row.state, row.contact_on = PlaceState.ACCEPTED, None
        row.save()
        _to_be_enrolled(row, by)
    elif stays or answer == OfferAnswer.WITHDRAWN:
        _waits_on(row, by)
    else:
        gone = answer == OfferAnswer.DECLINED
        leave(row, RemovalReason.DECLINED if gone else RemovalReason.NOT_REACHED, note, by)
    return row


def _waits_on(row: Place, by: Actor) -> None:
    row.state = PlaceState.WAITING
    next_call(row, by, since=by.today)


def _to_be_enrolled(row: Place, by: Actor) -> None:
    """Their inquiry is open again, today's, of who heard the answer; what stood for this program is taken back: it is not the last word."""
    inquiry = Inquiry.objects.select_for_update().get(pk=row.inquiry_id)
    inquiry.outcomes.filter(program=row.program_id, result=Result.WAITLISTED, voided=False).update(voided=True)
    inquiry.state, inquiry.finished_at, inquiry.due_on = InquiryState.OPEN, None, by.today
    if by.staff:
        inquiry.owner_id = by.staff
    inquiry.version += 1
    inquiry.save()
    follow(inquiry, by)
    record(by=by, action="intake.reopened", kind=INQUIRY, object_id=inquiry.pk, client=inquiry.client_id)
    tell_of_answer(row, by)
    tell_timeline(row, by, _("Accepted a place in %(program)s") % {"program": row.program.name})


@transaction.atomic
def take_back_answer(*, place: Place, by: Actor) -> Place:
    """The answer was written down by mistake: the offer stands again as it did.

    DomainError: nothing to take back, an offer since, they were taken off the list for another reason than this answer, or their place
    is somebody else's by now.
    """
    one_at_a_time(place.program_id)
    row = Place.objects.select_for_update(of=("self",)).select_related("inquiry", "program").get(pk=place.pk)
    last = row.offers.order_by("-made_at", "-pk").first()
    if last is None or not last.answer or row.state in (PlaceState.ENROLLED, PlaceState.OFFERED):
        raise DomainError(_("There is no answer to take back. Look again."))
    if row.state == PlaceState.ACCEPTED:
        _waits_after_all(row, by)
    else:
        _may_be_offered_still(row, last, by)
    last.answer, last.answered_on, last.answered_by = "", None, None
    last.answer_by = max(last.answer_by, by.today)
    last.save()
    row.state, row.contact_on = PlaceState.OFFERED, None
    row.ended_on, row.end_reason, row.end_note = None, "", ""
    row.version += 1
    row.save()
    cancel_of_source(SOURCE, row.pk, by)
    cancel_of_source(OFFER, last.pk, by)
    ask_for_answer(row, last, by)
    write(by, "answer_taken_back", row)
    return row


def left_by_answer(row: Place, last: Offer) -> bool:
    """Did *row* leave the list with the answer to *last*, its newest offer?"""
    return (last.answer, row.end_reason) in LEFT_BY_ANSWER and row.ended_on == last.answered_on


def _may_be_offered_still(row: Place, last: Offer, by: Actor) -> None:
    if row.state == PlaceState.REMOVED:
        if not left_by_answer(row, last):
            raise DomainError(_("They left the list for another reason. Put them back on it first."))
        check_back(row)
    found = vacancies({row.program_id: rules_today(row.program_id, by.today).waitlist}).get(row.program_id)
    if found is not None and not found.free:
        raise DomainError(_("The place is somebody else's by now. They wait on; offer the next one that is free."))


def _waits_after_all(row: Place, by: Actor) -> None:
    """Their inquiry is answered again as it was: for this program they wait."""
    inquiry = Inquiry.objects.select_for_update().get(pk=row.inquiry_id)
    waits = (
        inquiry.outcomes.filter(program=row.program_id, source_kind=SOURCE, source_id=row.pk)
        .order_by("-made_at")
        .first()
    )
    if inquiry.outcomes.filter(program=row.program_id, voided=False).exists() or waits is None:
        raise DomainError(_("Somebody has just answered for this program. Look again."))
    waits.voided = False
    waits.save(update_fields=["voided"])
    asked = set(inquiry.asked.values_list("program_id", flat=True))
    answered = set(inquiry.outcomes.filter(voided=False, program__isnull=False).values_list("program_id", flat=True))
    if asked <= answered:
        inquiry.state, inquiry.finished_at = InquiryState.DONE, by.at
    inquiry.version += 1
    inquiry.save()
    follow(inquiry, by)


def lapse(place: Place, by: Actor) -> bool:
    """The day of the offer has passed without a word: it is over, they wait on at their position, and somebody is asked to call. Called by
    the job; again changes nothing. Was there one?"""
    with transaction.atomic():
        row = Place.objects.select_for_update(of=("self",)).select_related("inquiry", "program").get(pk=place.pk)
        made = open_offer(row)
        if row.state != PlaceState.OFFERED or made is None or made.answer_by >= by.today:
            return False
        made.answer, made.answered_on = OfferAnswer.NO_ANSWER, by.today
        made.save()
        cancel_of_source(OFFER, made.pk, by)
        row.state = PlaceState.WAITING
        row.contact_on = add_business_days(by.today, 1, our_calendar(by.today))
        row.version += 1
        row.save()
        make_call_task(row, by, in_our_words("lapsed"))
        write(by, "offer_lapsed", row)
        tell_of_lapsed(row, by)
        return True
