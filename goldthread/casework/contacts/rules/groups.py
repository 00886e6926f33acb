"""A group: written once, and a note of its own for each client. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.contacts.rules.checks import problems
from goldthread.casework.contacts.rules.known import Known
from goldthread.casework.contacts.rules.written import Answers, Goal, Part, Problem, Service, Written
from goldthread.foundation.lib.names import names_somebody
from goldthread.foundation.programs.enums import Activity

FEWEST, MOST = 2, 30
SHARED = ("how", "place", "day", "start", "end", "travel_minutes", "activity", "narrative")
"""Fields that are asked once for all."""


@dataclass(frozen=True, slots=True)
class Member:
    """One client's part: whether they came, and what is in their record alone."""

    person: UUID
    episode: UUID | None
    present: bool = True
    own_part: str = ""
    minutes: int | None = None
    """How long they were there, when it was not the whole time."""
    activities: tuple[Activity, ...] = ()
    """What was done with them, when it was something else."""
    next_step: str = ""
    next_on: date | None = None
    safety_concern: bool = False
    goals: tuple[Goal, ...] = ()
    """Of their own plan."""
    services: tuple[Service, ...] = ()
    furnished: str = ""
    adequate: str = ""
    changed: str = ""
    monitoring_note: str = ""
    checklists: tuple[Answers, ...] = ()
    unread: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Everything a group's note says. ``shared``: what holds for all; whose it is stands in ``members``."""

    pk: UUID
    shared: Written
    members: tuple[Member, ...] = ()
    names_are_right: bool = False
    """The shared text names somebody of the group, and the worker said that this is right."""

    def contact_of(self, member: Member) -> UUID:
        """The id of the contact of *member*. The first has the group's own: by it the draft is known to be signed."""
        return self.pk if member is self.members[0] else uuid5(self.pk, str(member.person))


def note_of(group: Group, member: Member, zone: tzinfo) -> Written:
    """The note of *member* alone. Who did not come has a note of a contact that was tried, without the group's text."""
    shared = group.shared
    own = replace(
        shared,
        person=member.person,
        episode=member.episode,
        group=group.pk,
        parts=(Part(member.person, member.present, member.own_part),),
        next_step=member.next_step,
        next_on=member.next_on,
        safety_concern=member.safety_concern,
        unread=(),
    )
    if not member.present:
        return replace(
            own, attempted=True, end=shared.start, next_day=False, narrative="", activities={}, others=(), miles=None,
            travel_minutes=0,
        )  # fmt: skip
    own = replace(
        own,
        goals=member.goals,
        services=member.services,
        furnished=member.furnished,
        adequate=member.adequate,
        changed=member.changed,
        monitoring_note=member.monitoring_note,
        checklists=member.checklists,
    )
    if member.activities:
        own = replace(own, activities=dict.fromkeys(member.activities))
    return _left_early(own, member.minutes, zone)


def group_problems(group: Group, known: Mapping[UUID, Known]) -> list[Problem]:
    """Everything that keeps *group* from being signed, in the order of the form. *known*: by client."""
    found = [*group.shared.unread, *_many(group), *_names(group, known)]
    for member in group.members:
        found.extend(_of_member(group, member, known[member.person]))
    first = {(one.field, one.message): one for one in reversed(found)}
    return [one for one in found if first[one.field, one.message] is one]


def field_of(person: UUID) -> str:
    """The field at which a member's problems are said."""
    return f"m_{person}"


def _left_early(note: Written, minutes: int | None, zone: tzinfo) -> Written:
    if minutes is None or note.day is None or note.start is None:
        return note
    start = datetime.combine(note.day, note.start, tzinfo=zone)
    end = datetime.fromtimestamp(start.timestamp() + minutes * 60, tz=zone)
    return replace(note, end=end.time().replace(tzinfo=None), next_day=end.date() > note.day)


def _many(group: Group) -> Iterator[Problem]:
    if len(group.members) < FEWEST:
        yield Problem("with", _("Choose at least two clients. About one, write a note on their page."))
    elif len(group.members) > MOST:
        yield Problem("with", _("At most %(n)d clients fit into one note. Write two.") % {"n": MOST})


def _names(group: Group, known: Mapping[UUID, Known]) -> Iterator[Problem]:
    """The shared text stands in every record: it must not tell one client who the others are."""
    if group.names_are_right:
        return
    for member in group.members:
        name = known[member.person].lives[member.person].name if member.person in known[member.person].lives else ""
        if names_somebody(group.shared.narrative, name):
            message = _(
                "This text names %(name)s, and stands in the record of everybody in the group. Write it into their own part."
            )
            yield Problem("narrative", message % {"name": name}, "names_are_right")


def _of_member(group: Group, member: Member, known: Known) -> Iterator[Problem]:
    """What is wrong with one client's note: what all share is said once, the rest at their own part."""
    whole = group.shared.minutes(known.zone)
    if member.present and member.minutes is not None and (member.minutes > whole or not member.minutes):
        message = ngettext("The group lasted %(n)d minute.", "The group lasted %(n)d minutes.", whole) % {"n": whole}
        yield Problem(field_of(member.person), message)
        return
    if not member.present and (member.goals or member.services):
        message = _("They did not come: choose “not today” for each goal, and untick the services.")
        yield Problem(field_of(member.person), message)
        return
    for one in member.unread:
        yield Problem(field_of(member.person), one.message)
    for one in problems(note_of(group, member, known.zone), known):
        if one.field in SHARED:
            yield one
        else:
            yield Problem(field_of(member.person), one.message)
