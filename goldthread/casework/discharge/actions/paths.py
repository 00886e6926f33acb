"""What follows of the way by which somebody left, in the transaction in which the episode ends."""

from datetime import timedelta

from django.utils.translation import gettext as _

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.discharge.actions.common import staff_of
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.discharge.notices import DIED, tell_readers
from goldthread.casework.discharge.rules.paths import YES, day_of
from goldthread.casework.discharge.rules.tries import ahead
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.enums import Leaving
from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import working_on
from goldthread.people.persons.actions.about import edit_about
from goldthread.people.persons.models import Person

CONDOLENCES = timedelta(days=3)
LETTER = timedelta(days=2)
"""Product judgement."""


def mark_death(way: WayOut, by: Actor) -> None:
    """The record says that the person has died, before anything is planned for afterwards; nobody calls or writes to them any more."""
    if way.path != Leaving.DECEASED:
        return
    person = Person.objects.get(pk=way.person_id)
    if not person.deceased or person.died_on is None:
        died_on = day_of(way.said, "died_on")
        edit_about(person=person, version_seen=person.version, values={"deceased": True, "died_on": died_on}, by=by)


def follow(way: WayOut, by: Actor) -> None:
    """Tasks and marks that the way brings."""
    if way.path == Leaving.DECEASED:
        _died(way, by)
    if way.path == Leaving.REFUSED and way.said.get("letter") == YES:
        _task(way, _("Send the letter with the way back: %(who)s"), LETTER, None, by)


def _died(way: WayOut, by: Actor) -> None:
    """The family is written to, the death is looked into, and whoever else serves them is told."""
    died_on = day_of(way.said, "died_on")
    who = (
        Staff.objects.filter(working_on(by.today), pk=way.said["condoles"]).first()
        if way.said.get("condoles")
        else None
    )
    _task(way, _("Condolences to the family of %(who)s"), CONDOLENCES, who, by, note=way.said.get("family", ""))
    rules = template_on(way.episode.program, way.last_day or by.today).way_out
    if rules.death_review:
        due = ahead(died_on or by.today, rules.death_review) - by.today
        _task(way, _("Review of the death of %(who)s"), max(due, timedelta(0)), None, by, weight=1)
    others = Assignment.objects.filter(
        client=way.person_id,
        kind=AssignmentKind.PRIMARY,
        episode__in=Episode.objects.filter(discharged_on__isnull=True).exclude(pk=way.episode_id),
        ends_on__isnull=True,
    )
    tell_readers(DIED, way, Staff.objects.filter(pk__in=others.values("staff")), by)


def _task(
    way: WayOut, title: str, after: timedelta, owner: Staff | None, by: Actor, *, note: str = "", weight: int = 3
) -> None:
    """A task about the client, of *owner* or else of whoever ends the episode. People close it: it has no source of its own."""
    make_task(
        title=title % {"who": way.person.display_name},
        client=way.person,
        episode=way.episode,
        owner=owner or Staff.objects.get(pk=staff_of(by)),
        due_on=by.today + after,
        weight=weight,
        labels=way.labels,
        action="note",
        note=note,
        by=by,
    )
