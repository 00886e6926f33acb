"""Whom an inquiry is about is taken in: client, facts, episode, worker and timeline at once, or nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.aftercare.actions import come_back
from goldthread.casework.caseload.actions import enrol
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.intake.actions.hand_offs import tell_of_hand_off
from goldthread.casework.intake.actions.leaving import end_as_enrolled
from goldthread.casework.intake.actions.looking_after import rank_client
from goldthread.casework.intake.actions.outcomes import decide
from goldthread.casework.intake.actions.room import check_free, one_at_a_time
from goldthread.casework.intake.actions.settling import as_client, keep_facts, members_as_clients, still_open
from goldthread.casework.intake.actions.waiting import tell_timeline as tell_of_waiting
from goldthread.casework.intake.actions.writing import SOURCE
from goldthread.casework.intake.enums import Result
from goldthread.casework.intake.models import Inquiry, Place
from goldthread.casework.intake.models.waiting import OPEN
from goldthread.casework.intake.queries.vacancies import places_held
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.households import create_household, join_household
from goldthread.people.persons.models import HouseholdMember, Person


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
    judged_members: Sequence[dict[str, Any]] = (),
    may_exceed: bool = False,
) -> Episode:
    """Enroll whom *inquiry* is about in *program*, with *staff* as primary worker: a new client where nobody is linked, the facts
    that were given, an entry on the timeline, all of it or nothing. A program of households takes in all who were named.
    Twice is once.

    *judged*, *judged_members*: how the criteria came out, of each; *override*: why, where the criteria say *not*, or where no
    place is free and somebody takes them in who *may exceed* what the program has. DomainError: nobody said who it is, and whatever ``enrol`` refuses.
    """
    form_id = uuid5(inquiry.pk, f"enrol:{program.pk}")
    if made := Episode.objects.filter(pk=form_id).first():
        return made
    row = still_open(inquiry.pk)
    if row.client_id is None and not row.new_person:
        raise DomainError(_("Say first who it is: one of those who are known, or somebody new."), "person")
    judged_members = judged_members if program.unit == "household" else ()
    if any(one.get("verdict") == "not" for one in (judged or {}, *judged_members)) and not override.strip():
        raise DomainError(_("The criteria say no. Say why this person is taken in all the same."), "override")
    if not places_held(row).filter(program=program).exists():
        one_at_a_time(program.pk)
        check_free(program.pk, override, "override", may_exceed=may_exceed, by=by)
    known_before = bool(row.client_id and row.client and row.client.client_number)
    person = as_client(row, by)
    row.save(update_fields=["client"])
    served = _served(program, person, row, by)
    everybody = served.get("members", [person])
    episode = enrol(
        program=program,
        **served,
        enrolled_on=enrolled_on,
        referred_on=min(row.received_on, enrolled_on),
        staff=staff,
        team=team,
        by=by,
        form_id=form_id,
    )
    come_back(episode=episode, by=by)
    for place in Place.objects.filter(OPEN, program=program, inquiry__client__in=everybody):
        end_as_enrolled(place, by)
    keep_facts(row, person, by, labels=episode.labels, episode_id=episode.pk if episode.labels else None)
    for one in everybody:
        tell_timeline(row, one, by, episode)
    kept = (judged or {}) | ({"members": list(judged_members)} if judged_members else {})
    decide(inquiry=row, result=Result.ENROLLED, program=program, episode=episode, override=override, judged=kept, by=by)
    tell_what_else(row, known_before, by)
    inquiry.refresh_from_db()
    for one in everybody:
        rank_client(client=one.pk, by=by)  # what was just written counts on the lists where they still wait
    return episode


def _served(program: Program, person: Person, row: Inquiry, by: Actor) -> dict[str, Any]:
    """Who the episode is of. A program of households takes in the household: whom the inquiry is about, and those who were named
    beside them, who live there from now on where they did not; who lives alone so far is the first of it."""
    if program.unit != "household":
        return {"person": person}
    place = HouseholdMember.objects.filter(person=person, ends_on__isnull=True).select_related("household").first()
    household = place.household if place else create_household(head=person, by=by, form_id=uuid5(row.pk, "household"))
    others = [one for one in members_as_clients(row, by) if one.pk != person.pk]
    for one in others:
        join_household(household=household, person=one, by=by)
    return {"household": household, "members": [person, *others]}


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


def tell_what_else(row: Inquiry, known_before: bool, by: Actor) -> None:
    """Where else they wait, and where they were referred, on the timeline of whom this inquiry made a client; told before of who was one."""
    if known_before:
        return
    for place in row.places.filter(OPEN).select_related("program", "inquiry__client"):
        tell_of_waiting(place, by)
    for hand_off in row.hand_offs.all():
        tell_of_hand_off(hand_off, row.client, by)
