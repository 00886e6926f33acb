"""What a group's note offers to choose from: programs, the clients in them, ways."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.queries import clients_of
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.episodes.queries import on as served_on
from goldthread.casework.plans.toward import AtWork, at_work
from goldthread.doors.web.contacts.offered import Way, ways_of
from goldthread.doors.web.contacts.reading_form import uuid_of
from goldthread.doors.web.contacts.typed import Typed
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.programs.rules.template import Template
from goldthread.people.persons.models import Person

SHOWN = 200
PROGRAMS = 30


@dataclass(frozen=True, slots=True)
class GroupOffered:
    """Everything there is to choose from. ``members``: the clients that were chosen, each with their episode."""

    programs: list[Program]
    program: Program | None
    template: Template | None
    ways: list[Way]
    mine: list[EpisodeMember]
    others: list[EpisodeMember]
    """Those of colleagues, when they were asked for."""
    members: list[EpisodeMember]
    plans: dict[UUID, AtWork] = field(default_factory=dict)
    """Client → the open goals and the services of their own plan."""

    @property
    def whole_plan(self) -> AtWork:
        """The goals and services of all of them."""
        each = self.plans.values()
        return AtWork(
            tuple(goal for plan in each for goal in plan.goals),
            tuple(service for plan in each for service in plan.services),
        )

    @property
    def silent_days(self) -> int:
        """After how many days without a contact toward a goal its thread is broken."""
        return self.template.plan.silent_days if self.template else 0

    @property
    def clients(self) -> list[Person]:
        """The clients of the note."""
        return [one.person for one in self.members]

    def way(self, value: str) -> Way | None:
        """The chip with that value."""
        return next((one for one in self.ways if one.value == value), None)


def offer_group(viewer: Viewer, typed: Typed) -> GroupOffered:
    """What there is for *typed*: clients whom the viewer may write about, in one program, on the day of the group."""
    there_are = reached(viewer, day_of(typed, viewer.today))
    own = list(there_are.filter(person__in=clients_of(viewer.staff, viewer.today)))
    programs = programs_of(there_are, own)
    program = chosen_of(programs, own, typed.one("program"))
    there = [one for one in own if one.episode.program_id == (program.pk if program else None)]
    ids = chosen_ids(typed)
    members = [one for one in there if one.person_id in ids]
    missing = ids - {one.person_id for one in members}
    if missing and program:
        members += list(there_are.filter(person__in=missing, episode__program=program)[:SHOWN])
    others: list[EpisodeMember] = []
    if program and (typed.has("wide") or not own):
        others = list(there_are.filter(episode__program=program).exclude(pk__in=[one.pk for one in there])[:SHOWN])
    template = template_on(program, viewer.today) if program else None
    plans = _plans(members)
    return GroupOffered(programs, program, template, ways_of(template), there, others, members, plans)


def _plans(members: list[EpisodeMember]) -> dict[UUID, AtWork]:
    """Each client's own goals and services: those that carry no label beyond their episode's, about which the viewer may write.
    One query, or none."""
    if not members:
        return {}
    labels = {one.episode_id: one.episode.labels for one in members}
    people = {one.person_id for one in members}
    found = at_work(labels, people, lambda episode, bits: not bits & ~labels[episode])
    return {
        one.person_id: AtWork(
            tuple(goal for goal in found.goals if (goal.person, goal.episode) == (one.person_id, one.episode_id)),
            tuple(service for service in found.services if service.person == one.person_id),
        )
        for one in members
    }


def day_of(typed: Typed, today: date) -> date:
    """The day of the group, as far as it can be read yet."""
    try:
        return read_date(typed.one("day"), latest=today) if typed.has("day") else today
    except DomainError:
        return today


def chosen_ids(typed: Typed) -> set[UUID]:
    """The clients that were ticked, whether or not they are in the program."""
    return {pk for pk in map(uuid_of, typed.many("with")) if pk}


def reached(viewer: Viewer, day: date, act: Act = Act.WRITE_CONTACT) -> QuerySet[EpisodeMember]:
    """Who is served under an episode on *day* about which the viewer may write (do *act*), by name."""
    may_write = gate.content_in(viewer, act, client="person", labels="episode__labels")
    still = Q(episode__discharged_on__isnull=True) | Q(episode__discharged_on__gte=day)
    rows = EpisodeMember.objects.filter(may_write, served_on(day), still, episode__enrolled_on__lte=day)
    return rows.select_related("person", "episode__program").order_by("person__sort_key", "person_id")


def programs_of(reached: QuerySet[EpisodeMember], own: list[EpisodeMember]) -> list[Program]:
    """Those of one's own clients; of somebody without clients, those one may write in."""
    found = {one.episode.program_id: one.episode.program for one in own}
    if not found:
        ids = reached.order_by().values_list("episode__program", flat=True).distinct()[:PROGRAMS]
        found = Program.objects.in_bulk(list(ids))
    return sorted(found.values(), key=lambda one: one.name)


def chosen_of(programs: list[Program], own: list[EpisodeMember], named: str) -> Program | None:
    """The one that is named; else the one with most of one's clients."""
    counts = {one.pk: sum(row.episode.program_id == one.pk for row in own) for one in programs}
    found = next((one for one in programs if str(one.pk) == named), None)
    return found or max(programs, key=lambda one: counts[one.pk], default=None)
