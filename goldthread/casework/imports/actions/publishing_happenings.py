"""Enrollments and contacts come in at once, all of them or none; whose requirements they touch is looked at again."""

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.imports.actions.assigning import assignments_of
from goldthread.casework.imports.actions.ground import Coming
from goldthread.casework.imports.actions.happening import comings
from goldthread.casework.imports.actions.households import moving_in
from goldthread.casework.imports.actions.writing_happenings import give_to_clients, stand_in
from goldthread.casework.imports.enums import Decision, What
from goldthread.casework.imports.models import Brought, Finding, Import
from goldthread.casework.imports.queries import opened
from goldthread.casework.tasks.models import Evidence, Reckoning
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import ready_to_insert, run_ready, update_rows
from goldthread.foundation.lib.errors import DomainError

PART = 500


def ready(row: Import, merged: Mapping[UUID, UUID], by: Actor) -> Iterator[Coming]:
    """The rows that come in, in their order. DomainError: what is known of somebody has changed since the file was checked."""
    findings = {one.row: one for one in Finding.objects.filter(run=row)}
    same = {number: one.twin_id for number, one in findings.items() if one.decision == Decision.SAME and one.twin_id}
    decided = {number: merged.get(pk, pk) for number, pk in same.items()}
    out = {number for number, one in findings.items() if one.told or one.decision == Decision.LEAVE}
    found = comings(row, opened(row, by), decided, out=out)
    for one in found:
        if one.told or not (one.person or one.members):
            why = one.told[0].reason if one.told else _("It is not sure any more whose it is.")
            raise DomainError(_("Row %(row)d: %(why)s Check every row again.") % {"row": one.row, "why": why})
    return (one for one in found if one.begins)


def happenings_to_publish(row: Import, by: Actor) -> Callable[[], int]:
    """What makes the unseen rows of *row* those of their clients and returns how many, to be called in a transaction.
    DomainError: somebody was enrolled by hand meanwhile."""
    touched = _touched(row)
    given = list(assignments_of(row, by)) if row.what == What.EPISODES else []
    prepared = [ready_to_insert(given), ready_to_insert(moving_in(row))]

    def made_seen() -> int:
        if row.what == What.EPISODES:
            _check_alone(row)
        give_to_clients(row, by)
        run_ready(prepared)
        _end_as_a_whole([one for one in given if one.ends_on is None], by)
        look_again_at(touched, by)
        return Brought.objects.filter(run=row, of__isnull=True).count()

    return made_seen


def _touched(row: Import) -> list[UUID]:
    """The episodes of which the file tells something."""
    return list(
        Evidence.objects.filter(person=stand_in(row)).order_by("episode").values_list("episode", flat=True).distinct()
    )


def look_again_at(episodes: list[UUID], by: Actor) -> None:
    """What requirements ask in *episodes* is worked out anew by the next ``tasks.look_again``."""
    for start in range(0, len(episodes), PART):
        Reckoning.objects.filter(episode__in=episodes[start : start + PART]).update(refresh_on=by.today)


def _check_alone(row: Import) -> None:
    """Nobody is twice in one program at a time, alone or with a household, and no household is."""
    coming = Brought.objects.filter(run=row, closes_on__isnull=True, seat__isnull=False)
    programs = dict(Episode.objects.filter(person=stand_in(row)).values_list("pk", "program"))
    said = coming.values_list("pk", "of", "person", "household")
    wanted = {(person, programs[of or pk]) for pk, of, person, _home in said}
    homes = {(home, programs[pk]) for pk, of, _person, home in said if home and not of}
    running = EpisodeMember.objects.filter(ends_on__isnull=True, episode__discharged_on__isnull=True)
    here = running.filter(person__in=coming.values("person")).values_list("person", "episode__program")
    open_now = Episode.objects.filter(household__in={home for home, _program in homes}, discharged_on__isnull=True)
    if wanted & set(here) or homes & set(open_now.values_list("household", "program")) or len(wanted) < len(said):
        raise DomainError(
            _("Somebody was enrolled in the same program meanwhile, so nothing came in. Bring the file once more.")
        )


def _end_as_a_whole(given: list[Assignment], by: Actor) -> None:
    """What a worker had of the client as a whole, from before programs, becomes this."""
    now = {(one.client_id, one.staff_id) for one in given}
    for start in range(0, len(given), PART):
        clients = [one.client_id for one in given[start : start + PART]]
        rows = Assignment.objects.filter(
            client__in=clients, episode__isnull=True, ends_on__isnull=True, kind=AssignmentKind.PRIMARY
        )
        ended = [row for row in rows if (row.client_id, row.staff_id) in now]
        for row in ended:
            row.ends_on, row.ended_by, row.ended_at = max(by.today, row.starts_on), by.staff, by.at
        update_rows(ended, ("ends_on", "ended_by", "ended_at"))
