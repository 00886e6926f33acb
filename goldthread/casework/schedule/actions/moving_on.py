"""From one program to another, because the first one closes: discharged and enrolled in one go, with the same workers."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from goldthread.casework.caseload import actions as caseload
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import on as running_on
from goldthread.casework.episodes.models import Episode, Pause
from goldthread.casework.episodes.queries import served_on
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.schedule.actions.ending import discharge
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.queries import agreed_in
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.models import Program
from goldthread.people.persons.models import Person


@transaction.atomic
def move_on(*, episode: Episode, program: Program, on: date, reason: str, by: Actor) -> list[Episode]:
    """From the day *on* who is served under *episode* is served in *program*, by the same workers; *episode* ends the day before.

    Its planned appointments and the open tasks that people made go along, with their labels; a pause goes on. A family stays
    together where *program* serves households, else each gets an episode of their own. Moving again changes nothing.
    *reason* is a key of the old program's discharge reasons. DomainError: as of ``enrol`` and ``discharge``; nothing is moved then.
    """
    row = Episode.objects.select_for_update(of=("self",)).select_related("household", "person").get(pk=episode.pk)
    if row.discharged_on is not None:
        return []
    served = served_on(row, on)
    workers = list(Assignment.objects.filter(running_on(on), episode=row).select_related("staff", "team"))
    made = _enrolled(row, served, program, on, workers, by)
    _take_along(row, made, on)
    resting = Pause.objects.filter(episode=row, ends_on__isnull=True).first()
    last_day = max(on - timedelta(days=1), row.enrolled_on)
    discharge(episode=row, discharged_on=last_day, reason=reason, note=program.name, goes_on=True, by=by)
    for one in set(made.values()) if resting else ():
        caseload.pause(episode=one, starts_on=on, reason=resting.reason, by=by)  # type: ignore[union-attr]  # there is one
    return list(dict.fromkeys(made.values()))


def _enrolled(
    row: Episode, served: list[Person], program: Program, on: date, workers: list[Assignment], by: Actor
) -> dict[UUID, Episode]:
    """The new episode of each client, by the client's id."""
    together = row.household is not None and program.unit == "household"
    groups = [served] if together else [[one] for one in served]
    made: dict[UUID, Episode] = {}
    for group in groups:
        theirs = [one for one in workers if one.client_id in {person.pk for person in group}]
        primary = next((one for one in theirs if one.kind == AssignmentKind.PRIMARY), None)
        found = caseload.enrol(
            program=program,
            person=None if together else group[0],
            household=row.household if together else None,
            members=group if together else (),
            enrolled_on=on,
            staff=primary.staff if primary else None,
            team=primary.team if primary else program.team,
            seconds=[one.staff for one in theirs if one.kind == AssignmentKind.SECONDARY],
            cosign=bool(primary and primary.cosign),
            form_id=uuid5(program.pk, f"{row.pk} {group[0].pk}"),
            by=by,
        )
        made |= {person.pk: found for person in group}
    return made


def _take_along(row: Episode, made: dict[UUID, Episode], on: date) -> None:
    """What is agreed and promised goes to the new episode; a label that it had it keeps."""
    tasks = Task.objects.filter(episode=row, state=TaskState.OPEN, requirement="", source_kind="", client__in=made)
    along: list[Appointment | Task] = [*agreed_in(row, on).filter(client__in=made), *tasks]
    for one in along:
        if one.client_id is None:
            continue
        one.episode = made[one.client_id]
        one.labels = labels_for(one.episode, one.labels)
        one.version += 1
        one.save(update_fields=["episode", "labels", "version"])
