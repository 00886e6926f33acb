"""From what was typed about a group to its note."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.contacts.rules.checklists import Checklist
from goldthread.casework.contacts.rules.groups import Group, Member, field_of
from goldthread.casework.contacts.rules.written import Goal, Problem, Written
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.plans.toward import NOTHING
from goldthread.doors.web.contacts.group_offered import GroupOffered
from goldthread.doors.web.contacts.offered import checklist_at
from goldthread.doors.web.contacts.reading_form import (
    Fields,
    answers_in,
    miles_of,
    monitoring_in,
    time_of,
    whole_of,
)
from goldthread.doors.web.contacts.toward import GONE, goals_in, gone_in, services_in
from goldthread.doors.web.contacts.typed import MEMBER, OWN, Typed, of_member
from goldthread.foundation.programs.enums import Activity

NOBODY = UUID(int=0)


class GroupReader(Fields):
    """Reads the form of a group."""

    def __init__(self, pk: UUID, typed: Typed, offered: GroupOffered, today: date) -> None:
        super().__init__(typed, today)
        self.pk, self.offered = pk, offered

    def group(self) -> Group:
        """The group."""
        typed = self.typed
        way = self.offered.way(typed.one("how"))
        place = self.place(way)
        looked_at = checklist_at(way, place)
        members = tuple(self._member(one, looked_at) for one in self.offered.members)
        shared = Written(
            person=members[0].person if members else NOBODY,
            kind=way.kind if way else "",
            mode=way.mode if way else None,
            place=place,
            place_words=typed.one("place_words")[:120],
            day=self.read("day", self.day),
            start=self.read("start", time_of),
            end=self.read("end", time_of),
            next_day=typed.has("next_day"),
            travel_minutes=self.read("travel_minutes", whole_of) or 0,
            miles=self.read("miles", miles_of),
            overlap_is_right=typed.has("overlap_is_right"),
            others=self.others(),
            activities=dict.fromkeys(self._activities("activity")),
            narrative=typed.text("narrative"),
        )
        self._left_over()
        self._others_services()
        self.problems.extend(gone_in(typed, self.offered.whole_plan, "with"))
        return Group(self.pk, replace(shared, unread=tuple(self.problems)), members, typed.has("names_are_right"))

    def _member(self, row: EpisodeMember, looked_at: Checklist | None) -> Member:
        pk, typed = str(row.person_id), self.typed
        at = field_of(row.person_id)
        own = own_typed(typed, self.offered, row.person_id)
        plan = self.offered.plans.get(row.person_id, NOTHING)
        said = list(goals_in(own, plan))
        furnished, adequate, changed = monitoring_in(own)
        return Member(
            person=row.person_id,
            episode=row.episode_id,
            present=typed.one(f"came_{pk}") != "no",
            own_part=typed.text(f"{OWN}{pk}"),
            minutes=self.read(f"min_{pk}", whole_of, at),
            activities=self._activities(f"act_{pk}"),
            next_step=typed.one(f"next_{pk}"),
            next_on=self.next_on(f"in_{pk}", f"on_{pk}", at),
            safety_concern=typed.has(f"safe_{pk}"),
            goals=tuple(one for one in said if isinstance(one, Goal)),
            services=services_in(own, plan, furnished),
            furnished=furnished,
            adequate=adequate,
            changed=changed,
            monitoring_note=own.one("monitoring_note"),
            checklists=answers_in(own, looked_at),
            unread=tuple(one for one in said if isinstance(one, Problem)),
        )

    def _activities(self, name: str) -> tuple[Activity, ...]:
        chosen = self.typed.many(name)
        return tuple(activity for activity in Activity if activity.value in chosen)

    def _others_services(self) -> None:
        """Texts about services, or what was looked at, of somebody who is not on the note (any more)."""
        there = tuple(f"{MEMBER}{one.person_id}_" for one in self.offered.members)
        left = [name for name in self.typed.names(MEMBER) if not name.startswith(there) and is_text(name)]
        if any(map(self.typed.has, left)) and not self.typed.has(GONE):
            message = _(
                "You wrote about the services of somebody who is not on this note. Choose them again, or sign without it."
            )
            self.problems.append(Problem("with", message, GONE))

    def _left_over(self) -> None:
        places = {f"{OWN}{one.person_id}" for one in self.offered.members}
        if any(self.typed.has(name) for name in self.typed.names(OWN) if name not in places):
            message = _("You wrote about somebody who is not on this note. Choose them again, or empty that field.")
            self.problems.append(Problem("left", message))


def is_text(name: str) -> bool:
    """Does the field hold words, and not a choice?"""
    return name.endswith("_monitoring_note") or "_checknote_" in name


def own_typed(typed: Typed, offered: GroupOffered, person: UUID) -> Typed:
    """What the form says of one client, as their own note would say it."""
    plan, pk = offered.plans.get(person, NOTHING), str(person)
    ids = {str(goal.id) for goal in plan.goals} | {str(service.id) for service in plan.services}
    ids |= {str(one.id) for goal in plan.goals for one in goal.objectives}
    return of_member(typed, pk, ids, typed.many(f"act_{pk}") or typed.many("activity"))
