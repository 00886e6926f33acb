"""Breaks that a program wants as tasks: made once, closed by themselves when the thread is mended."""

from collections.abc import Iterable
from datetime import timedelta, tzinfo
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goldthread.casework.caseload.queries import primary_of
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import open_on
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.tasks.actions.tasks import make_task, settle_source
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.casework.thread.queries import Broken, Many, asked_and_silent, find_breaks
from goldthread.casework.thread.rules import BreakKind
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import template_on

THREAD = "thread"
"""The source of these tasks, with the id of what is broken."""
DAYS = timedelta(days=7)
BATCH = 40
"""Breaks for which tasks are made in one transaction."""
PAGE = 500


def tasks_of_breaks(*, program: Program, zone: tzinfo, by: Actor) -> int:
    """Make the tasks of *program*'s breaks that its rules name, close those of breaks that were mended. Returns how many were made.

    Each break has one task, by its kind, place and beginning: closed by somebody, it is not made again. Again changes nothing.
    """
    kinds = template_on(program, by.today).plan.thread_tasks
    found = [one for kind in kinds for one in _breaks(program, kind, zone, by)]
    _close_mended(program, {task_of(one) for one in found}, by)
    known = set(Task.objects.filter(source_kind=THREAD, episode__program=program).values_list("pk", flat=True))
    missing = [one for one in found if task_of(one) not in known]
    return sum(_make(program, missing[start : start + BATCH], by) for start in range(0, len(missing), BATCH))


def task_of(broken: Broken) -> UUID:
    """The id of the task of *broken*."""
    return uuid5(broken.at, f"{broken.kind} {broken.since.isoformat()}")


def _breaks(program: Program, kind: BreakKind, zone: tzinfo, by: Actor) -> Iterable[Broken]:
    """Every break of *kind* in episodes of *program* that are open, a page at a time."""

    def of_program(*, client: str, episode: str = "episode", labels: str = "labels") -> Q:
        return Q(**{f"{episode}__program": program, f"{episode}__discharged_on": None})

    asked, silent = asked_and_silent([program.pk], by.today)
    many = Many(of_program, lambda client: Q(), by.today, zone, asked, silent=silent)
    after = None
    while page := find_breaks(many, kind, after=after, limit=PAGE):
        yield from page
        after = (page[-1].since, page[-1].at)


def _close_mended(program: Program, standing: set[UUID], by: Actor) -> None:
    rows = Task.objects.filter(source_kind=THREAD, episode__program=program, state=TaskState.OPEN)
    for task in rows.exclude(pk__in=standing).order_by("pk"):
        if task.source_id:
            settle_source(THREAD, task.source_id, by)


@transaction.atomic
def _make(program: Program, broken: list[Broken], by: Actor) -> int:
    clients = [one.client for one in broken]
    rows = Episode.objects.filter(open_on(by.today), program=program, members__person__in=clients)
    episodes = {
        pk: row for row in rows.select_related("program") for pk in row.members.values_list("person", flat=True)
    }
    return sum(_made(one, episodes[one.client], by) for one in broken if one.client in episodes)


def _made(one: Broken, episode: Episode, by: Actor) -> bool:
    owner = primary_of(episode.pk, by.today)
    person = next((row.person for row in episode.members.select_related("person") if row.person_id == one.client), None)
    if owner is None or person is None:
        return False
    make_task(
        title=_title(one)[:200],
        client=person,
        episode=episode,
        owner=owner,
        due_on=by.today + DAYS,
        source_kind=THREAD,
        source_id=one.at,
        labels=labels_for(episode),
        form_id=task_of(one),
        by=by,
    )
    return True


def _title(one: Broken) -> str:
    words = {
        BreakKind.ASSESSMENT_OLD: _("Assess again: %(what)s"),
        BreakKind.NEED_WITHOUT_GOAL: _("Write a goal for: %(what)s"),
        BreakKind.PLAN_UNSIGNED: _("Ask for their signature on the plan"),
        BreakKind.GOAL_WITHOUT_NEED: _("Name the need behind: %(what)s"),
        BreakKind.GOAL_WITHOUT_STEP: _("Say who does what toward: %(what)s"),
        BreakKind.GOAL_PAST: _("Its date has gone by: %(what)s"),
        BreakKind.SERVICE_UNCONFIRMED: _("Find out if it is given: %(what)s"),
        BreakKind.GOAL_SILENT: _("No contact for long toward: %(what)s"),
        BreakKind.CONTACT_WITHOUT_GOAL: _("Say which goal the contact served: %(what)s"),
        BreakKind.OUTCOME_UNKNOWN: _("Ask if it helped: %(what)s"),
    }[one.kind]
    return words % {"what": one.words} if "%(what)s" in words else words
