"""What came of an inquiry: enrolled here; waitlist and hand-offs write theirs through ``decide``; or closed with a good answer."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.aftercare.actions import come_back
from goldthread.casework.caseload.actions import enrol
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.intake.actions.settling import as_client, keep_facts, still_open
from goldthread.casework.intake.actions.writing import SOURCE, follow
from goldthread.casework.intake.enums import CloseReason, InquiryState, Result
from goldthread.casework.intake.models import Inquiry, Outcome
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.foundation.agency.models import Team
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.households import create_household
from goldthread.people.persons.models import HouseholdMember, Person


@transaction.atomic
def decide(
    *,
    inquiry: Inquiry,
    result: Result,
    by: Actor,
    program: Program | None = None,
    episode: Episode | None = None,
    source_kind: str = "",
    source_id: UUID | None = None,
    reason: str = "",
    note: str = "",
    told: str = "",
    override: str = "",
    judged: dict[str, Any] | None = None,
    form_id: UUID | None = None,
) -> Outcome:
    """Write down what came of *inquiry* for *program* (None: as a whole); it is done once every program it asks for has an answer.

    *source_kind*, *source_id*: the row of another room that goes on with it. The same *form_id* makes one. Every room that answers
    an inquiry comes through here: one lock, one audit event, the task closed. DomainError: finished, or answered already.
    """
    if form_id and (made := Outcome.objects.filter(pk=form_id, inquiry=inquiry).first()):
        return made
    row = still_open(inquiry.pk)
    if program and row.outcomes.filter(program=program, voided=False).exists():
        raise DomainError(_("Somebody has just answered for this program. Look again."), "program")
    outcome = Outcome.objects.create(
        id=form_id or new_id(),
        inquiry=row,
        program=program,
        result=result,
        episode=episode,
        source_kind=source_kind,
        source_id=source_id,
        reason=reason,
        note=note.strip()[:2000],
        told=told.strip()[:2000],
        override=override.strip()[:300],
        judged=judged or {},
        labels=labels_for(program, row.labels) if program else row.labels,
        made_by=by.staff,
        made_at=by.at,
    )
    details = {"result": str(result), "program": program.key if program else "", "override": bool(override.strip())}
    record(by=by, action="intake.decided", kind=SOURCE, object_id=row.pk, client=row.client_id, details=details)
    _finish_when_answered(row, by, whole=program is None)
    inquiry.refresh_from_db()
    return outcome


def _finish_when_answered(row: Inquiry, by: Actor, *, whole: bool) -> None:
    asked = set(row.asked.values_list("program_id", flat=True))
    answered = set(row.outcomes.filter(voided=False, program__isnull=False).values_list("program_id", flat=True))
    if whole or asked <= answered:
        row.state, row.finished_at = InquiryState.DONE, by.at
    row.version += 1
    row.save()
    follow(row, by)


@transaction.atomic
def take_in(
    *,
    inquiry: Inquiry,
    program: Program,
    by: Actor,
    enrolled_on: date,
    staff: Staff | None = None,
    team: Team | None = None,
    override: str = "",
    judged: dict[str, Any] | None = None,
) -> Episode:
    """Enroll whom *inquiry* is about in *program*, with *staff* as primary worker: a new client where nobody is linked, the facts
    that were given, an entry on the timeline, all of it or nothing. Twice is once.

    *override*: why, where the criteria say *not*. DomainError: nobody said who it is, and whatever ``enrol`` refuses.
    """
    form_id = uuid5(inquiry.pk, f"enrol:{program.pk}")
    if made := Episode.objects.filter(pk=form_id).first():
        return made
    row = still_open(inquiry.pk)
    if row.client_id is None and not row.new_person:
        raise DomainError(_("Say first who it is: one of those who are known, or somebody new."), "person")
    if judged and judged.get("verdict") == "not" and not override.strip():
        raise DomainError(_("The criteria say no. Say why this person is taken in all the same."), "override")
    person = as_client(row, by)
    row.save(update_fields=["client"])
    episode = enrol(
        program=program,
        **_served(program, person, row, by),
        enrolled_on=enrolled_on,
        referred_on=min(row.received_on, enrolled_on),
        staff=staff,
        team=team,
        by=by,
        form_id=form_id,
    )
    come_back(episode=episode, by=by)
    keep_facts(row, person, by, labels=episode.labels, episode_id=episode.pk if episode.labels else None)
    tell_timeline(row, person, by, episode)
    decide(
        inquiry=row, result=Result.ENROLLED, program=program, episode=episode, override=override, judged=judged, by=by
    )
    inquiry.refresh_from_db()
    return episode


def _served(program: Program, person: Person, row: Inquiry, by: Actor) -> dict[str, Any]:
    """Who the episode is of. A program of households takes in the household; who lives alone so far is the first of it."""
    if program.unit != "household":
        return {"person": person}
    place = HouseholdMember.objects.filter(person=person, ends_on__isnull=True).select_related("household").first()
    household = place.household if place else create_household(head=person, by=by, form_id=uuid5(row.pk, "household"))
    return {"household": household, "members": [person]}


def tell_timeline(row: Inquiry, person: Person, by: Actor, episode: Episode) -> None:
    """The inquiry, on the timeline of the client who came of it: once for each program, at the moment it came.

    It stands under the labels of the episode. Where it asked for programs with other labels, too, what was wanted is not
    repeated here: who reads this episode may not know of those.
    """
    open_words = not row.labels & ~episode.labels
    write_entry(
        kind=EntryKind.INQUIRY,
        person=person,
        episode=episode,
        happened_at=row.received_at,
        labels=labels_for(episode),
        source_kind=SOURCE,
        source_id=episode.pk,
        title=str(row.get_came_display()),
        text=str(row.said.get("wanted", "")) if open_words else "",
        facts={"came": row.came, "urgency": row.urgency, "inquiry": str(row.pk)},
        by=by,
    )


@transaction.atomic
def close(
    *, inquiry: Inquiry, reason: str, told: str, by: Actor, note: str = "", form_id: UUID | None = None
) -> Outcome:
    """The inquiry ends here: *reason* (a word of CloseReason), and what the caller was *told*. DomainError: one of them is missing."""
    if reason not in CloseReason.values:
        raise DomainError(_("Choose why it is closed."), "reason")
    if not told.strip() and reason not in (CloseReason.SPAM, CloseReason.TWICE, CloseReason.NOT_REACHED):
        raise DomainError(_("Write what the caller was told."), "told")
    return decide(inquiry=inquiry, result=Result.CLOSED, reason=reason, told=told, note=note, by=by, form_id=form_id)


@transaction.atomic
def reopen(*, inquiry: Inquiry, by: Actor) -> Inquiry:
    """An inquiry that was closed goes on. What was enrolled, or waits, stays. Twice changes nothing."""
    row = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if row.state == InquiryState.OPEN:
        return row
    row.outcomes.filter(result=Result.CLOSED, voided=False).update(voided=True)
    row.state, row.finished_at = InquiryState.OPEN, None
    row.version += 1
    row.save()
    follow(row, by)
    record(by=by, action="intake.reopened", kind=SOURCE, object_id=row.pk, client=row.client_id)
    return row


@transaction.atomic
def give(*, inquiry: Inquiry, to: Staff | None, by: Actor) -> Inquiry:
    """*to* sees to it from now on; None: it is the team's again."""
    row = still_open(inquiry.pk)
    row.owner = to
    row.version += 1
    row.save(update_fields=["owner", "version"])
    follow(row, by)
    details = {"to": str(to.pk) if to else ""}
    record(by=by, action="intake.given", kind=SOURCE, object_id=row.pk, client=row.client_id, details=details)
    return row
