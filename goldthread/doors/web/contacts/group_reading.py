"""From what was typed about a group to its note."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.contacts.rules.groups import Group, Member, field_of
from goldthread.casework.contacts.rules.written import Problem, Written
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.doors.web.contacts.group_offered import GroupOffered
from goldthread.doors.web.contacts.reading_form import Fields, miles_of, time_of, whole_of
from goldthread.doors.web.contacts.typed import OWN, Typed
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
        members = tuple(self._member(one) for one in self.offered.members)
        shared = Written(
            person=members[0].person if members else NOBODY,
            kind=way.kind if way else "",
            mode=way.mode if way else None,
            place=self.place(way),
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
        return Group(self.pk, replace(shared, unread=tuple(self.problems)), members, typed.has("names_are_right"))

    def _member(self, row: EpisodeMember) -> Member:
        pk, typed = str(row.person_id), self.typed
        at = field_of(row.person_id)
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
        )

    def _activities(self, name: str) -> tuple[Activity, ...]:
        chosen = self.typed.many(name)
        return tuple(activity for activity in Activity if activity.value in chosen)

    def _left_over(self) -> None:
        places = {f"{OWN}{one.person_id}" for one in self.offered.members}
        if any(self.typed.has(name) for name in self.typed.names(OWN) if name not in places):
            message = _("You wrote about somebody who is not on this note. Choose them again, or empty that field.")
            self.problems.append(Problem("left", message))
