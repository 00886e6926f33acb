"""Leaving a waitlist: taken off with a reason, put back at the same position; or enrolled, wherever that was done."""

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.intake.actions.waiting import SOURCE, locked, next_call, tell_timeline, write
from goldthread.casework.intake.actions.writing import follow
from goldthread.casework.intake.enums import InquiryState, OfferAnswer, PlaceState, RemovalReason, Result
from goldthread.casework.intake.models import Inquiry, Offer, Place
from goldthread.casework.intake.models.waiting import OPEN, OPEN_STATES
from goldthread.casework.tasks.actions.tasks import cancel_of_source
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError


@transaction.atomic
def remove(*, place: Place, reason: str, by: Actor, note: str = "") -> Place:
    """Take *place* off the list. It can be put back. DomainError: no reason, or *another reason* without words."""
    row = locked(place)
    if reason not in RemovalReason.values:
        raise DomainError(_("Choose why they no longer wait."), "reason")
    if reason == RemovalReason.OTHER and not note.strip():
        raise DomainError(_("Say why in your own words."), "end_note")
    leave(row, RemovalReason(reason), note, by)
    return row


def leave(row: Place, reason: RemovalReason, note: str, by: Actor) -> None:
    """*row*, locked, leaves the list: an offer that stands is taken back, tasks are no longer needed. By mistake: the inquiry goes on."""
    _withdraw(row, by)
    accepted = row.state == PlaceState.ACCEPTED
    row.state, row.ended_on, row.end_reason, row.contact_on = PlaceState.REMOVED, by.today, reason, None
    row.end_note = note.strip()[:1000]
    row.version += 1
    row.save()
    cancel_of_source(SOURCE, row.pk, by)
    if reason == RemovalReason.MISTAKE and not accepted:
        _ask_again(row, by)
    write(by, "waiting_ended", row, reason=str(reason))
    tell_timeline(row, by, _("Off the waitlist of %(program)s") % {"program": row.program.name})


def _withdraw(row: Place, by: Actor) -> None:
    for made in Offer.objects.select_for_update().filter(place=row, answer=""):
        made.answer, made.answered_on, made.answered_by = OfferAnswer.WITHDRAWN, by.today, by.staff
        made.save()
        cancel_of_source("offer", made.pk, by)


def _ask_again(row: Place, by: Actor) -> None:
    """That they wait is taken back: the inquiry wants an answer for the program again."""
    inquiry = Inquiry.objects.select_for_update().get(pk=row.inquiry_id)
    inquiry.outcomes.filter(source_kind=SOURCE, source_id=row.pk, voided=False).update(voided=True)
    inquiry.state, inquiry.finished_at = InquiryState.OPEN, None
    inquiry.version += 1
    inquiry.save()
    follow(inquiry, by)


@transaction.atomic
def put_back(*, place: Place, by: Actor) -> Place:
    """Whoever was taken off waits again, since the day they asked. Twice changes nothing. DomainError: enrolled, or they wait by another way."""
    row = Place.objects.select_for_update(of=("self",)).select_related("inquiry", "program").get(pk=place.pk)
    if row.state not in (PlaceState.REMOVED, PlaceState.ENROLLED):
        return row
    if row.state == PlaceState.ENROLLED:
        raise DomainError(_("They are enrolled: they wait no longer."))
    inquiry = check_back(row)
    row.state, row.ended_on, row.end_reason, row.end_note = PlaceState.WAITING, None, "", ""
    row.version += 1
    next_call(row, by, since=by.today)
    if not inquiry.outcomes.filter(source_kind=SOURCE, source_id=row.pk, voided=False).exists():
        inquiry.outcomes.filter(source_kind=SOURCE, source_id=row.pk).update(voided=False)
        _done_again(inquiry, by)
    write(by, "waiting_again", row)
    tell_timeline(row, by)
    return row


def check_back(row: Place) -> Inquiry:
    """The inquiry of *row*, which is no longer on the list, locked. DomainError: they have another answer since, or wait by another way."""
    inquiry = Inquiry.objects.select_for_update().get(pk=row.inquiry_id)
    others = inquiry.outcomes.filter(program=row.program_id, voided=False).exclude(source_id=row.pk)
    twice = Place.objects.filter(OPEN, program=row.program_id, inquiry=inquiry)
    if inquiry.client_id:
        twice |= Place.objects.filter(OPEN, program=row.program_id, inquiry__client=inquiry.client_id)
    if others.exists() or twice.exists():
        raise DomainError(_("Somebody has just answered for this program. Look again."))
    return inquiry


def _done_again(inquiry: Inquiry, by: Actor) -> None:
    asked = set(inquiry.asked.values_list("program_id", flat=True))
    answered = set(inquiry.outcomes.filter(voided=False, program__isnull=False).values_list("program_id", flat=True))
    if inquiry.state == InquiryState.OPEN and asked <= answered:
        inquiry.state, inquiry.finished_at = InquiryState.DONE, by.at
        inquiry.version += 1
        inquiry.save()
        follow(inquiry, by)


def end_as_died(place: Place, by: Actor) -> None:
    """Their record says that they have died: nobody calls them, and the place that they were offered is free. In the caller's transaction;
    of one that ended already nothing changes."""
    row = Place.objects.select_for_update(of=("self",)).select_related("inquiry", "program").get(pk=place.pk)
    if row.state in OPEN_STATES:
        leave(row, RemovalReason.DIED, "", by)


def end_as_enrolled(place: Place, by: Actor) -> None:
    """They are in the program: the place has served. In the caller's transaction; of one that ended already nothing changes."""
    row = Place.objects.select_for_update(of=("self",)).select_related("inquiry", "program").get(pk=place.pk)
    if row.state in (PlaceState.REMOVED, PlaceState.ENROLLED):
        return
    _withdraw(row, by)
    row.state, row.ended_on, row.contact_on = PlaceState.ENROLLED, by.today, None
    row.version += 1
    row.save()
    cancel_of_source(SOURCE, row.pk, by)
    row.inquiry.outcomes.filter(source_kind=SOURCE, source_id=row.pk, result=Result.WAITLISTED, voided=False).update(
        voided=True
    )
    write(by, "waiting_ended", row, reason="enrolled")
