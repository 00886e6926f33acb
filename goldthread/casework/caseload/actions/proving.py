"""What happens to an episode, told to the requirements: evidence, and whose their tasks are.

Called after the rows are written: the requirements read the episode's days and pauses themselves.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import LAST_COMES_LAST, on
from goldthread.casework.episodes.models import Episode, EpisodeMember, Pause
from goldthread.casework.episodes.queries import members_of
from goldthread.casework.tasks.actions.evidence import NewEvidence, record_evidence, void_evidence
from goldthread.casework.tasks.actions.going_along import go_along
from goldthread.casework.tasks.actions.recompute import set_owner
from goldthread.casework.tasks.models import Evidence
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.enums import EventKind
from goldthread.people.persons.models import Person

ENROLMENT = "episode"
DISCHARGE = "discharge"
PAUSE = "pause"
JOINED, LEFT = "joined", "left"
"""Kinds of source. Of an enrolment and a discharge the id is the episode's, of a pause the pause's, of a member who joined or
left while others stayed the place's."""


def prove_enrolment(episode: Episode, served: Sequence[Person], by: Actor) -> None:
    """The first day in the program, and the referral before it, of everybody served. The hour is known on the day itself."""
    days = [(EventKind.REFERRED, episode.referred_on)] if episode.referred_on else []
    days.append((EventKind.ENROLLED, episode.enrolled_on))
    record_evidence(source_kind=ENROLMENT, source_id=episode.pk, items=_items(episode, served, days, by), by=by)


def prove_discharge(episode: Episode, served: Sequence[Person], by: Actor) -> None:
    """The last day in the program; None of it any more when the discharge was taken back."""
    if episode.discharged_on is None:
        void_evidence(source_kind=DISCHARGE, source_id=episode.pk, by=by)
        return
    items = _items(episode, served, [(EventKind.DISCHARGED, episode.discharged_on)], by)
    record_evidence(source_kind=DISCHARGE, source_id=episode.pk, items=items, by=by)


def prove_joining(episode: Episode, member: EpisodeMember, by: Actor) -> None:
    """The first day of a member who joined later."""
    items = _items(episode, [member.person], [(EventKind.ENROLLED, member.starts_on)], by)
    record_evidence(source_kind=JOINED, source_id=member.pk, items=items, by=by)


def prove_leaving(episode: Episode, member: EpisodeMember, by: Actor) -> None:
    """The last day of a member who left while others stayed."""
    items = _items(episode, [member.person], [(EventKind.DISCHARGED, member.ends_on)], by)
    record_evidence(source_kind=LEFT, source_id=member.pk, items=items, by=by)


def prove_pause(episode: Episode, pause: Pause, resumed_on: date | None, served: Sequence[Person], by: Actor) -> None:
    """The first day of a pause, and the day on which it went on."""
    days: list[tuple[EventKind, date | None]] = [(EventKind.PAUSED, pause.starts_on)]
    if resumed_on:
        days.append((EventKind.RESUMED, resumed_on))
    record_evidence(source_kind=PAUSE, source_id=pause.pk, items=_items(episode, served, days, by), by=by)


def disprove_pause(pause: UUID, by: Actor) -> None:
    """The pause was a mistake."""
    void_evidence(source_kind=PAUSE, source_id=pause, by=by)


def resumed(episode: Episode) -> QuerySet[Evidence, UUID]:
    """The ids of the pauses of *episode* after which it went on: the others were ended by something else."""
    rows = Evidence.objects.filter(episode=episode, source_kind=PAUSE, kind=EventKind.RESUMED, voided=False)
    return rows.values_list("source_id", flat=True)


def follow_workers(episodes: Iterable[UUID], by: Actor) -> None:
    """Give the tasks of *episodes* (ids) to their primary workers of today; to the team where there is none. Those that somebody made
    for the worker of before go along; those of no program too, where that worker has nothing more to do with the client."""
    rows = {row.pk: row for row in Episode.objects.filter(pk__in=set(episodes)).select_related("program")}
    primaries = Assignment.objects.filter(on(by.today), episode__in=rows, kind=AssignmentKind.PRIMARY)
    owners = {row.episode_id: row for row in primaries.select_related("staff").order_by(*LAST_COMES_LAST)}
    for pk in sorted(rows):
        row = owners.get(pk)
        owner = row.staff if row else None
        before = set_owner(episode=rows[pk], owner=owner, by=by)
        if before:
            served = [member.person_id for member in members_of(rows[pk], by.today)]
            go_along(
                episode=pk,
                clients=_left_by(before, served, by.today),
                from_staff=before,
                to_staff=owner,
                team=rows[pk].program.team_id,
                by=by,
            )


def follow_hand_overs(made: Iterable[Assignment], by: Actor) -> None:
    """The same for those of *made* that follow another worker's: to a client as a whole, as a second worker, or, of a primary worker in
    a program, for what belongs to no program. What the one before, who has nothing more to do with the client, had to do is the new
    one's."""
    for row in made:
        before = row.follows.staff_id if row.follows else None
        if before and before != row.staff_id and _left_by(before, [row.client_id], by.today):
            of_primary = row.kind == AssignmentKind.PRIMARY  # its episode's tasks went by follow_workers
            episode = None if of_primary else row.episode_id
            go_along(episode=episode, clients=[row.client_id], from_staff=before, to_staff=row.staff, by=by)


def _left_by(staff: UUID, clients: list[UUID], today: date) -> list[UUID]:
    """Those of *clients* with whom *staff* has nothing to do any more, as primary or second worker, or covering."""
    held = set(Assignment.objects.filter(on(today), staff=staff, client__in=clients).values_list("client", flat=True))
    return [client for client in clients if client not in held]


def _items(
    episode: Episode, served: Sequence[Person], days: Sequence[tuple[EventKind, date | None]], by: Actor
) -> list[NewEvidence]:
    return [
        NewEvidence(
            kind=kind,
            episode=episode,
            person=person,
            happened_on=day,
            happened_at=by.at if day == by.today else None,
            labels=episode.labels,
        )
        for person in served
        for kind, day in days
        if day is not None
    ]
