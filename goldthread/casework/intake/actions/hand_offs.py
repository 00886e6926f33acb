"""Referred elsewhere, warmly: who was called, together with whom, what was said; and somebody asks later whether they were seen there."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeGuard
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.intake.actions.outcomes import decide
from goldthread.casework.intake.actions.settling import still_open
from goldthread.casework.intake.actions.waiting import in_our_words
from goldthread.casework.intake.actions.writing import our_calendar
from goldthread.casework.intake.enums import HandOffState, Result
from goldthread.casework.intake.models import HandOff, HandOffAnswer, Inquiry
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.tasks.actions.tasks import cancel_of_source, make_task, settle_source
from goldthread.foundation.agency.models import Team
from goldthread.foundation.agency.rules import add_business_days
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

SOURCE = "hand_off"
ASK_AFTER = 5
"""Business days after which somebody asks whether they were seen there, where nobody says otherwise; product judgement."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where somebody is referred to, and how. ``ask_on`` None: after ASK_AFTER business days."""

    organization: str
    phone: str = ""
    wanted: str = ""
    said: str = ""
    together: str = ""
    spoke_to: str = ""
    ask_on: date | None = None


@transaction.atomic
def refer_inquiry(
    *,
    inquiry: Inquiry,
    to: Elsewhere,
    by: Actor,
    program: Program | None = None,
    override: str = "",
    judged: dict[str, Any] | None = None,
    form_id: UUID | None = None,
) -> HandOff:
    """Whom *inquiry* is about is referred elsewhere, instead of *program* (None: it is the answer to the whole inquiry).

    The same *form_id* makes one. DomainError: no organization, nothing said of how, a day that has passed, finished, answered already.
    """
    if before := made_before(HandOff, form_id, inquiry_id=inquiry.pk):
        return before
    row = still_open(inquiry.pk)
    owner = row.owner or _who(by)
    labels = labels_for(program, row.labels) if program else row.labels
    made = _made(to, by, labels=labels, owner=owner, form_id=form_id)
    made.inquiry = row
    made.save(force_insert=True)
    decide(
        inquiry=row,
        result=Result.REFERRED,
        program=program,
        source_kind=SOURCE,
        source_id=made.pk,
        told=to.said,
        judged=judged,
        override=override,
        by=by,
    )
    _begin(made, row.client, by)
    inquiry.refresh_from_db()
    return made


@transaction.atomic
def refer_client(
    *, client: Person, to: Elsewhere, episode: Episode | None, by: Actor, form_id: UUID | None = None
) -> HandOff:
    """*client* is referred elsewhere, as part of *episode* (None: of none). As ``refer_inquiry``."""
    if before := made_before(HandOff, form_id, client_id=client.pk):
        return before
    made = _made(
        to,
        by,
        labels=labels_for(episode) if episode else 0,
        owner=_who(by),
        form_id=form_id,
    )
    made.client, made.episode = client, episode
    made.save(force_insert=True)
    _begin(made, client, by)
    return made


def _who(by: Actor) -> Staff | None:
    return Staff.objects.filter(pk=by.staff).first() if by.staff else None


def check_words(to: Elsewhere) -> None:
    """DomainError: no organization, or nothing said of how."""
    if not to.organization.strip():
        raise DomainError(_("Write where they are referred to."), "organization")
    if not to.said.strip():
        raise DomainError(_("Write what was said: to them, and there."), "said")


def _made(to: Elsewhere, by: Actor, *, labels: int, owner: Staff | None, form_id: UUID | None) -> HandOff:
    check_words(to)
    if to.ask_on and to.ask_on < by.today:
        raise DomainError(_("Choose today or a day to come."), "ask_on")
    return HandOff(
        id=form_id or new_id(),
        organization=to.organization.strip()[:160],
        phone=to.phone.strip()[:60],
        wanted=to.wanted.strip()[:300],
        said=to.said.strip()[:2000],
        together=to.together.strip()[:200],
        spoke_to=to.spoke_to.strip()[:120],
        made_on=by.today,
        ask_on=to.ask_on or add_business_days(by.today, ASK_AFTER, our_calendar(by.today)),
        owner=owner,
        labels=labels,
        made_by=by.staff,
        made_at=by.at,
    )


def _begin(made: HandOff, client: Person | None, by: Actor) -> None:
    details = {"together": bool(made.together)}
    record(
        by=by,
        action="intake.referred",
        kind=SOURCE,
        object_id=made.pk,
        client=client.pk if client else None,
        details=details,
    )
    _ask_later(made, by)
    tell_of_hand_off(made, client, by)


def team_of(made: HandOff) -> Team | None:
    """Who asks after it where it is nobody's own: that of its inquiry, else that of the program in which it was made."""
    if made.inquiry:
        return made.inquiry.team
    return made.episode.program.team if made.episode else None


@transaction.atomic
def give_hand_off(*, hand_off: HandOff, to: Staff | None, by: Actor) -> HandOff:
    """*to* asks from now on whether they were seen there; None: the team does. Answered already, nothing changes."""
    rows = HandOff.objects.select_for_update(of=("self",))
    row = rows.select_related("inquiry__team", "client", "episode__program__team", "owner").get(pk=hand_off.pk)
    if row.state != HandOffState.OPEN:
        return row
    row.owner = to
    row.version += 1
    row.save(update_fields=["owner", "version"])
    _ask_later(row, by)
    client = client_of(row)
    record(
        by=by,
        action="intake.referral_given",
        kind=SOURCE,
        object_id=row.pk,
        client=client.pk if client else None,
        details={"to": str(to.pk) if to else ""},
    )
    return row


def _ask_later(made: HandOff, by: Actor) -> None:
    cancel_of_source(SOURCE, made.pk, by)
    team = team_of(made) if made.owner is None else None
    if made.owner is None and team is None:
        return
    make_task(
        title=in_our_words("seen"),
        client=made.client,
        episode=made.episode,
        owner=made.owner,
        team=team,
        due_on=made.ask_on,
        by=by,
        source_kind=SOURCE,
        source_id=made.pk,
        action="hand_off",
        labels=made.labels,
    )


def tell_of_hand_off(made: HandOff, client: Person | None, by: Actor) -> None:
    """On the timeline of *client*, when they are one: where to, what was said. Once."""
    if not _on_timeline(client, made):
        return
    write_entry(
        kind=EntryKind.REFERRED,
        person=client,
        episode=made.episode,
        happened_at=made.made_at,
        labels=made.labels,
        source_kind=SOURCE,
        source_id=made.pk,
        title=made.organization,
        text=made.said,
        facts={"hand_off": str(made.pk), "together": made.together},
        by=by,
    )


@transaction.atomic
def answer_hand_off(
    *,
    hand_off: HandOff,
    answer: str,
    by: Actor,
    note: str = "",
    again_on: date | None = None,
    form_id: UUID | None = None,
) -> HandOff:
    """Were they seen there? *answer* ``open``: not known yet, asked again on *again_on*. The same *form_id* counts once.

    DomainError: no answer, not known and no day to ask again, a bad answer without words, or answered already.
    """
    if made_before(HandOffAnswer, form_id, hand_off_id=hand_off.pk):
        return HandOff.objects.get(pk=hand_off.pk)
    row = (
        HandOff.objects.select_for_update(of=("self",))
        .select_related("inquiry__client", "client", "owner")
        .get(pk=hand_off.pk)
    )
    if row.state != HandOffState.OPEN:
        raise DomainError(_("Somebody has answered this already. Look again."))
    _check_answer(answer, note, again_on, by.today)
    HandOffAnswer.objects.create(
        id=form_id or new_id(),
        hand_off=row,
        answer=answer,
        on=by.today,
        note=note.strip()[:1000],
        labels=row.labels,
        made_by=by.staff,
        made_at=by.at,
    )
    row.version += 1
    settle_source(SOURCE, row.pk, by)
    if answer == HandOffState.OPEN and again_on:
        row.ask_on = again_on
        row.save()
        _ask_later(row, by)
    else:
        row.state, row.ended_on = answer, by.today
        row.save()
        _tell_answer(row, note, by)
    client = client_of(row)
    details = {"answer": answer}
    record(
        by=by,
        action="intake.referral_answered",
        kind=SOURCE,
        object_id=row.pk,
        client=client.pk if client else None,
        details=details,
    )
    return row


def _check_answer(answer: str, note: str, again_on: date | None, today: date) -> None:
    if answer not in HandOffState.values:
        raise DomainError(_("Say whether they were seen there."), "answer")
    if answer == HandOffState.OPEN and (again_on is None or again_on <= today):
        raise DomainError(_("Choose a day to come on which you ask again."), "again_on")
    if answer in (HandOffState.NOT_TAKEN, HandOffState.DID_NOT_GO, HandOffState.MISTAKE) and not note.strip():
        raise DomainError(_("Write what happened, and what comes next."), "note")


def client_of(row: HandOff) -> Person | None:
    """Whom a hand-off is about, when that is a client."""
    return row.client or (row.inquiry.client if row.inquiry else None)


def _on_timeline(client: Person | None, row: HandOff) -> TypeGuard[Person]:
    """Is *row* told on the timeline of *client*? Not where nobody is a client, and not of an inquiry for a protected program: a line of no
    episode is read by whoever works with the client in any other one."""
    return bool(client and client.client_number and (row.episode_id or not row.labels))


def _tell_answer(row: HandOff, note: str, by: Actor) -> None:
    client = client_of(row)
    if not _on_timeline(client, row):
        return
    write_entry(
        kind=EntryKind.REFERRED,
        person=client,
        episode=row.episode,
        happened_at=by.at,
        labels=row.labels,
        source_kind=SOURCE,
        source_id=new_id(),
        title=f"{row.organization}: {row.get_state_display()}",
        text=note.strip(),
        facts={"hand_off": str(row.pk)},
        by=by,
    )


@transaction.atomic
def ask_again(*, hand_off: HandOff, by: Actor) -> HandOff:
    """The answer was wrong, or things changed: it is asked again today. Twice changes nothing."""
    row = HandOff.objects.select_for_update(of=("self",)).select_related("client", "owner").get(pk=hand_off.pk)
    if row.state == HandOffState.OPEN:
        return row
    row.state, row.ended_on, row.ask_on = HandOffState.OPEN, None, by.today
    row.version += 1
    row.save()
    _ask_later(row, by)
    record(by=by, action="intake.referral_reopened", kind=SOURCE, object_id=row.pk, client=row.client_id)
    return row
