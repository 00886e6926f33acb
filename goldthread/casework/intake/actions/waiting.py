"""A place on a waitlist: put on it, in touch meanwhile, what a person says of the order, whose it is. Offers and leaving have files of their own."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.intake.actions.outcomes import decide
from goldthread.casework.intake.actions.settling import still_open
from goldthread.casework.intake.actions.writing import our_calendar
from goldthread.casework.intake.enums import Result, Touched
from goldthread.casework.intake.models import Inquiry, Offer, Place, Touch
from goldthread.casework.intake.models.waiting import OPEN, OPEN_STATES
from goldthread.casework.intake.queries.waiting import known_for_ranking, rules_today
from goldthread.casework.intake.rules.waiting import call_by, ranked, standings
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.tasks.actions.tasks import cancel_of_source, make_task, settle_source
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.agency.rules import add_business_days
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff

SOURCE = "place"
"""What the task of calling somebody who waits names as its source."""
OFFER = "offer"
"""What the task of hearing an answer names as its source."""
TRY_AGAIN = 3
"""Business days after which somebody who was not reached is tried again; product judgement."""


def locked(place: Place) -> Place:
    """*place* as it stands, locked, with its inquiry and program. DomainError: it is no longer on the list."""
    row = Place.objects.select_for_update(of=("self",)).select_related("inquiry", "program").get(pk=place.pk)
    if row.state not in OPEN_STATES:
        raise DomainError(_("This place is no longer on the waitlist. Look again."))
    return row


@transaction.atomic
def put_on_waitlist(
    *,
    inquiry: Inquiry,
    program: Program,
    by: Actor,
    answers: Mapping[str, bool] | None = None,
    note: str = "",
    told: str = "",
    override: str = "",
    judged: dict[str, Any] | None = None,
) -> Place:
    """Whom *inquiry* is about waits for *program*, since the day they asked. Twice is once.

    *answers*: what a person said of the groups of the rules; *told*: what they were told; *override*: why, where the criteria say *not*.
    DomainError: no name, not eligible without a reason, on this waitlist already by another inquiry, or the inquiry is finished.
    """
    if made := Place.objects.filter(OPEN, inquiry=inquiry, program=program).first():
        return made
    row = still_open(inquiry.pk)
    _check(row, program, judged or {}, override)
    place = Place(
        id=new_id(),
        inquiry=row,
        program=program,
        answers=dict(answers or {}),
        since=row.received_on,
        owner=row.owner,
        team=program.team or row.team,
        note=note.strip()[:1000],
        labels=labels_for(program),
        made_by=by.staff,
        made_at=by.at,
    )
    rank_anew(place, by.today)
    place.save(force_insert=True)
    decide(
        inquiry=row,
        result=Result.WAITLISTED,
        program=program,
        source_kind=SOURCE,
        source_id=place.pk,
        told=told,
        override=override,
        judged=judged,
        by=by,
    )
    write(by, "waits", place)
    next_call(place, by, since=by.today)
    tell_timeline(place, by)
    inquiry.refresh_from_db()
    return place


def _check(row: Inquiry, program: Program, judged: dict[str, Any], override: str) -> None:
    if not row.display_name:
        raise DomainError(_("Write down the name first."), "given")
    if row.client_id is None and not row.new_person:
        raise DomainError(_("Say first who it is: one of those who are known, or somebody new."), "person")
    if judged.get("verdict") == "not" and not override.strip():
        raise DomainError(_("The criteria say no. Say why this person waits all the same."), "override")
    if row.client_id and Place.objects.filter(OPEN, program=program, inquiry__client=row.client_id).exists():
        raise DomainError(_("This person is on this waitlist already."), "take")


def rank_anew(place: Place, today: date) -> bool:
    """Work out where *place* stands by the rules of today; not saved. Did it move?"""
    before = (place.rank, place.group)
    groups = rules_today(place.program_id, today).comes_first
    known = known_for_ranking([place], place.program, today)[0]
    place.rank, place.group = ranked(standings(groups, place.answers, known, today))
    return before != (place.rank, place.group)


def write(by: Actor, what: str, place: Place, **details: Any) -> None:
    """One line of the audit log."""
    said = {"program": place.program.key} | details
    record(
        by=by, action=f"intake.{what}", kind=SOURCE, object_id=place.pk, client=place.inquiry.client_id, details=said
    )


def next_call(place: Place, by: Actor, *, since: date, on: date | None = None) -> None:
    """When *place* is called next, by its rules counted from *since* (or *on*), as a task. Saves the place."""
    rule = rules_today(place.program_id, by.today).waitlist.contact
    place.contact_on = on or call_by(since, rule, our_calendar(since))
    place.save()
    make_call_task(place, by)


def make_call_task(place: Place, by: Actor, title: str = "") -> None:
    """The task of calling whoever waits. One at a time. *title*: other words for it."""
    cancel_of_source(SOURCE, place.pk, by)
    if place.contact_on:
        _make_task(
            place,
            by,
            title=title or in_our_words("call"),
            due_on=place.contact_on,
            source_kind=SOURCE,
            source_id=place.pk,
        )


def ask_for_answer(row: Place, made: Offer, by: Actor) -> None:
    """Hearing the answer to *made*, an offer of *row*, is a task."""
    title = in_our_words("offer")
    _make_task(row, by, title=title, due_on=made.answer_by, source_kind=OFFER, source_id=made.pk, weight=2)


def _make_task(place: Place, by: Actor, **task: Any) -> None:
    """A *task* about *place*, of its owner, else of the team; of nobody there is none."""
    if place.owner_id or place.team_id:
        team = None if place.owner_id else place.team
        make_task(owner=place.owner, team=team, action="waiting", labels=place.labels, by=by, **task)


def in_our_words(which: str) -> str:
    """The title of a task, in the agency's language. No name in it: it is read where its client may not be."""
    agency = the_agency()
    with translation.override(agency.default_language if agency else "en"):
        return {
            "call": _("Call somebody who is on a waitlist"),
            "offer": _("Hear whether an offered place is wanted"),
            "lapsed": _("Nobody answered an offer: call, then offer again or take off the list"),
            "seen": _("Ask: were they seen where they were referred to?"),
        }[which]


def tell_timeline(place: Place, by: Actor, title: str = "") -> None:
    """Waiting, on the timeline of a client who is known here; of nobody else. *title*: what happened, else that they wait.

    Not for a protected program: a line of no episode is read by whoever works with the client in any other one.
    """
    client = place.inquiry.client
    if client is None or not client.client_number or place.labels:
        return
    write_entry(
        kind=EntryKind.WAITING,
        person=client,
        episode=None,
        happened_at=by.at,
        labels=place.labels,
        source_kind=SOURCE,
        source_id=new_id(),
        title=title or _("On the waitlist of %(program)s") % {"program": place.program.name},
        facts={"place": str(place.pk)},
        by=by,
    )


@transaction.atomic
def touch(
    *, place: Place, how: str, by: Actor, note: str = "", again_on: date | None = None, form_id: UUID | None = None
) -> Touch:
    """Somebody who waits was called, or tried. The next call is due by the program's rule; who was not reached is tried again soon.

    *again_on*: another day for it. The same *form_id* makes one. DomainError: not said how it went, a day that has passed, off the list.
    """
    if made := made_before(Touch, form_id, place_id=place.pk):
        return made
    if how not in Touched.values:
        raise DomainError(_("Say how it went."), "how")
    if again_on and again_on <= by.today:
        raise DomainError(_("Choose a day to come."), "again_on")
    row = locked(place)
    made = Touch.objects.create(
        id=form_id or new_id(),
        place=row,
        on=by.today,
        how=how,
        note=note.strip()[:1000],
        labels=row.labels,
        made_by=by.staff,
        made_at=by.at,
    )
    settle_source(SOURCE, row.pk, by)
    soon = call_by_soon(by.today) if how != Touched.STILL else None
    row.version += 1
    next_call(row, by, since=by.today, on=again_on or soon)
    write(by, "waiting_called", row, how=how)
    return made


def call_by_soon(today: date) -> date:
    """When somebody who was not reached is tried again."""
    return add_business_days(today, TRY_AGAIN, our_calendar(today))


@transaction.atomic
def say_of_order(*, place: Place, answers: Mapping[str, bool], note: str, version: int, by: Actor) -> Place:
    """What a person says of the groups of the rules; the place is ranked anew. DomainError: no reason, or somebody else said it meanwhile."""
    row = locked(place)
    if row.answers == dict(answers):
        return row
    if not note.strip():
        raise DomainError(_("Say why: who waits behind them may ask."), "why")
    if version != row.version:
        raise DomainError(
            _("Somebody else changed this place while you were writing. Look again, then send it once more."), "why"
        )
    before = row.rank
    row.answers = dict(answers)
    row.note = note.strip()[:1000]
    rank_anew(row, by.today)
    row.version += 1
    row.save()
    write(by, "waiting_order", row, before=before, after=row.rank)
    return row


@transaction.atomic
def keep_in_touch(*, place: Place, owner: Staff | None, by: Actor) -> Place:
    """*owner* calls who waits from now on, and hears the answer to an offer; None: the team does."""
    row = locked(place)
    if owner is None and row.team_id is None:
        raise DomainError(_("Say whose task it is."), "owner")
    row.owner = owner
    row.version += 1
    row.save()
    make_call_task(row, by)
    for made in row.offers.filter(answer=""):
        cancel_of_source(OFFER, made.pk, by)
        ask_for_answer(row, made, by)
    write(by, "waiting_given", row, to=str(owner.pk) if owner else "")
    return row
