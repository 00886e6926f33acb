"""Clients are enrolled from their own page: the places of the program are asked first."""

from typing import Any
from uuid import UUID

from django.db import transaction

from goldthread.casework.aftercare.actions import come_back
from goldthread.casework.caseload.actions import enrol
from goldthread.casework.caseload.actions.telling import tell_ledger
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import served_on
from goldthread.casework.intake.actions.leaving import end_as_enrolled
from goldthread.casework.intake.actions.room import check_free, one_at_a_time
from goldthread.casework.intake.models import Place
from goldthread.casework.intake.models.waiting import OPEN
from goldthread.casework.intake.queries.vacancies import TAKEN
from goldthread.casework.record.enums import EntryKind
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.models import Program


@transaction.atomic
def enrol_clients(
    *,
    program: Program,
    by: Actor,
    why_over: str = "",
    may_exceed: bool = False,
    form_id: UUID | None = None,
    **said: Any,
) -> Episode:
    """As ``caseload.actions.enrol``, of people who are clients already: who waits for the program waits no longer, and who comes back
    in time goes on.

    *why_over*: why, where no place is free, of somebody who *may exceed* what the program has; it stands on the timeline. Whoever was
    offered a place needs no second one. DomainError: no place is free, and whatever ``enrol`` refuses.
    """
    if form_id and (made := Episode.objects.filter(pk=form_id, program=program).first()):
        return made
    one_at_a_time(program.pk)
    people = [said["person"]] if said.get("person") else list(said["members"])
    theirs = Place.objects.filter(program=program, inquiry__client__in=people)
    held = theirs.filter(state__in=TAKEN).exists()
    over = not held and check_free(program.pk, why_over, "why_over", may_exceed=may_exceed, by=by)
    episode = enrol(program=program, by=by, form_id=form_id, **said)
    come_back(episode=episode, by=by)
    for place in theirs.filter(OPEN):
        end_as_enrolled(place, by)
    if over:
        tell_why_over(episode, why_over, by)
    return episode


def tell_why_over(episode: Episode, why: str, by: Actor) -> None:
    """That there is one more than the program has places for, on the timeline; the audit log says that, and not why."""
    people = served_on(episode, episode.enrolled_on)
    text = why.strip()[:300]
    tell_ledger(EntryKind.ENROLLED, episode, people, episode.enrolled_on, episode.pk, by, text=text)
    for person in people:
        record(by=by, action="intake.one_more", kind="episode", object_id=episode.pk, client=person.pk)
