"""Who can be in a group of the calendar: the clients of one program with whom the reader may make appointments."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.queries import clients_of
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.doors.web.contacts.group_offered import SHOWN, chosen_of, programs_of, reached
from goldthread.foundation.programs.models import Program


@dataclass(frozen=True, slots=True)
class Circle:
    """``mine``: one's own clients; ``others``: those of colleagues, when they were asked for, and whoever was chosen."""

    programs: list[Program]
    program: Program | None
    mine: list[EpisodeMember]
    others: list[EpisodeMember]
    wide: bool

    def members(self, ids: Collection[str]) -> list[EpisodeMember]:
        """Of those that are offered the ones with *ids*, each client once."""
        found = {one.person_id: one for one in (*self.others, *self.mine) if str(one.person_id) in ids}
        return sorted(found.values(), key=lambda one: (one.person.sort_key, str(one.person_id)))


def circle(viewer: Viewer, day: date, *, program: str, wide: bool, chosen: Collection[UUID] = ()) -> Circle:
    """What there is on *day*. *program*: the id that was asked for; *chosen*: those who were ticked are offered again. Four
    queries at most."""
    within = reached(viewer, day, Act.WRITE_SCHEDULE)
    own = list(within.filter(person__in=clients_of(viewer.staff, viewer.today)))
    programs = programs_of(within, own)
    found = chosen_of(programs, own, program)
    mine = [one for one in own if found and one.episode.program_id == found.pk]
    others: list[EpisodeMember] = []
    there = within.filter(episode__program=found).exclude(pk__in=[one.pk for one in mine]) if found else None
    if there is not None and (wide or not own):
        others = list(there[:SHOWN])
    missing = set(chosen) - {one.person_id for one in (*mine, *others)}
    if there is not None and missing:
        others += list(there.filter(person__in=missing)[:SHOWN])
    return Circle(programs, found, mine, others, wide)
