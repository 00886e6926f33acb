"""Puts the two years of work together: enrolments first, then what people did, then notes, then what is due."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Pause
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.casework.tasks.models import Reckoning, Task, TaskState
from goldthread.casework.tasks.queries.states import missed_without_reason
from goldthread.doors.demo.agency import GLORIA, JONAH
from goldthread.doors.demo.past import ZONE, Past
from goldthread.doors.demo.people import SEED
from goldthread.doors.demo.work.agenda import agree
from goldthread.doors.demo.work.enrolling import Care, enrol_everybody, load_workers
from goldthread.doors.demo.work.fates import Fates, draw_fates
from goldthread.doors.demo.work.looking import look_around
from goldthread.doors.demo.work.notes import Notes
from goldthread.doors.demo.work.programs import FOSTER, open_programs
from goldthread.doors.demo.work.rhythm import Course, papers, visits
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.enums import Reason
from goldthread.people.persons.models import Person

CHUNK = 100
SCHOOL_AGE = 5 * 366
WHY_MISSED = (Reason.STAFF_ABSENT, Reason.ILLNESS, Reason.AWAY, Reason.WEATHER, Reason.STAFF_ABSENT, Reason.OTHER)


def enrol(past: Past) -> list[Care]:
    """Open the programs and enroll everybody, before anything else happens."""
    return enrol_everybody(past, open_programs(past), Random(SEED + 3))  # noqa: S311  chance, not secrets


def work(past: Past, cares: Sequence[Care]) -> None:
    """Write what was done in each episode until yesterday, and work out what is due today. After everything that happened."""
    rng = Random(SEED + 4)  # noqa: S311  chance, not secrets
    load_workers(cares)
    fates = draw_fates(cares, past.today, rng)
    notes = Notes(past.today, past.now, rng, past.staff(GLORIA), past.staff(JONAH))
    paused = set(Pause.objects.values_list("episode_id", flat=True))
    for care in cares:
        _tell(past, care, notes, fates, rng, paused)
    notes.write()
    agree(past, cares, Random(SEED + 5))  # noqa: S311  chance, not secrets
    look_around(past, cares, Random(SEED + 6))  # noqa: S311  chance, not secrets
    _settle_jonah(past)
    _own(past, cares)
    ids = [care.episode.pk for care in cares]
    for start in range(0, len(ids), CHUNK):
        recompute(episodes=ids[start : start + CHUNK], by=Actor(at=past.now, today=past.today))
    explain_old_misses(past.today)


def _tell(past: Past, care: Care, notes: Notes, fates: Fates, rng: Random, paused: set[UUID]) -> None:
    episode = care.episode
    notes.enrolment(care)
    until = past.today if episode.pk not in paused else past.day(9)
    course = Course(
        offer=care.offer,
        starts_on=episode.enrolled_on,
        until=min(until, episode.discharged_on + timedelta(days=1)) if episode.discharged_on else until,
        today=past.today,
        review_due=fates.reviews.get(episode.pk),
        missed=episode.pk in fates.missed,
        small=all(_too_small_for_school(one, past.today) for one in care.clients),
    )
    for paper in papers(course, rng):
        notes.paper(care, paper)
    seen = visits(course, rng)
    for visit in seen:
        promised = fates.promises.get(episode.pk) if visit is seen[-1] and not visit.attempted else None
        notes.visit(care, visit, promised)


def _too_small_for_school(client: Person, today: date) -> bool:
    return client.birth_date is not None and (today - client.birth_date).days < SCHOOL_AGE


def explain_old_misses(today: date) -> None:
    """Why nobody was seen in months long over was written down then: only the last one still waits for its reason."""
    last_month = today.replace(day=1) - timedelta(days=28)
    over = Task.objects.filter(missed_without_reason(today), period_end__lt=last_month)
    rows = over.filter(episode__program__template_key=FOSTER.template).order_by("period_end", "occurrence", "due_on")
    for number, row in enumerate(rows):
        assert row.period_end
        row.reason = str(WHY_MISSED[number % len(WHY_MISSED)])
        row.state, row.closed_by = TaskState.MISSED, row.owner_id
        row.closed_at = datetime.combine(row.period_end + timedelta(days=4), time(10), ZONE)
        row.save(update_fields=["reason", "state", "closed_by", "closed_at"])


def _settle_jonah(past: Past) -> None:
    """Jonah is in his first year: his notes are co-signed. He has read what came with the clients he was given."""
    his = Assignment.objects.filter(staff=past.staff(JONAH), ends_on__isnull=True, kind=AssignmentKind.PRIMARY)
    his.update(cosign=True)
    his.filter(follows__isnull=False).update(read_at=past.now - timedelta(days=150))


def _own(past: Past, cares: Sequence[Care]) -> None:
    """Whose the tasks will be: the primary worker's, else the team's."""
    ids = [care.episode.pk for care in cares]
    Reckoning.objects.filter(episode__in=ids).delete()
    Reckoning.objects.bulk_create(
        Reckoning(
            episode=care.episode,
            owner=care.worker,
            team_id=None if care.worker else care.episode.program.team_id,
            worked_out_at=past.now,
            version=0,
        )
        for care in cares
    )
