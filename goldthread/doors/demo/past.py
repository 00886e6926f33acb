"""What happened at the demo agency before today, done by the rooms' own actions, so that history and audit are real."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from goldthread.access.viewer import Viewer, viewer_for
from goldthread.doors.demo.agency import TIME_ZONE
from goldthread.doors.demo.staffing import Office
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

ZONE = ZoneInfo(TIME_ZONE)


@dataclass(frozen=True, slots=True)
class Past:
    """The agency as the happenings find it. Persons are known by the name they were shown under at first."""

    office: Office
    people: dict[str, Person]
    today: date
    now: datetime

    def staff(self, name: str) -> Staff:
        return self.office.staff[name]

    def person(self, name: str) -> Person:
        """The person, read anew: an action before may have changed them."""
        return Person.objects.get(pk=self.people[name].pk)

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def by(self, name: str, ago: int, hour: int = 11, minute: int = 0) -> Actor:
        """A colleague, *ago* days before today at that hour of the agency's clock (never later than now)."""
        staff = self.staff(name)
        return Actor(
            at=self._at(ago, hour, minute), today=self.day(ago), staff=staff.pk, name=staff.name, request="demo"
        )

    def viewer(self, name: str, ago: int, hour: int = 11) -> Viewer:
        """A colleague as the gate saw them then."""
        viewer = viewer_for(self.staff(name).user, self._at(ago, hour, 0), self.day(ago), "demo")
        if viewer is None:
            raise ValueError(f"{name} did not work here {ago} days ago")
        return viewer

    def _at(self, ago: int, hour: int, minute: int) -> datetime:
        return min(datetime.combine(self.day(ago), time(hour, minute), ZONE), self.now)


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened *ago* days before today, at *hour*."""

    ago: int
    hour: int
    do: Callable[[Past], object]


def relive(past: Past, happenings: list[Happening]) -> None:
    """Let everything happen, the oldest first: the audit log is in the order of time."""
    for happening in sorted(happenings, key=lambda one: (-one.ago, one.hour)):
        happening.do(past)
