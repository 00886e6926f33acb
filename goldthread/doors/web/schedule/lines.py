"""An appointment as the pages show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Cover
from goldthread.casework.schedule.enums import CALLED_OFF, AppointmentKind, AppointmentState, Ride
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.queries import by_group
from goldthread.foundation.lib.written import written_time
from goldthread.foundation.ui.addresses import address
from goldthread.people.persons.models import Person

TONES = {
    AppointmentState.KEPT: ("pine", "check"),
    AppointmentState.MISSED: ("red", "alert"),
    AppointmentState.CANCELLED_BY_CLIENT: ("", "x"),
    AppointmentState.CANCELLED_BY_US: ("", "x"),
    AppointmentState.RESCHEDULED: ("", "move"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """``busy``: the time alone may be shown. ``begun``: somebody can say what became of it."""

    row: Appointment
    starts: datetime
    ends: datetime
    what: str
    others: list[str]
    busy: bool
    begun: bool
    instead: str = ""
    """The colleague who is away, when it is done for them."""

    @property
    def who(self) -> str:
        """With whom it is. Empty without a client."""
        return self.row.client.display_name if self.row.client else ""

    @property
    def clients(self) -> tuple[UUID, ...]:
        """The clients (ids) it is with."""
        return (self.row.client_id,) if self.row.client_id else ()

    @property
    def named(self) -> Person | None:
        """The client whose name it shows: that is recorded."""
        return None if self.busy else self.row.client

    @property
    def page(self) -> str:
        """Its page."""
        if self.row.client_id is None:
            return address("schedule:own", self.row.pk)
        return address("schedule:one", self.row.client_id, self.row.pk)

    @property
    def settle(self) -> str:
        """Where it is said what became of it."""
        return f"{self.page}settle/"

    @property
    def note(self) -> str:
        """A note filled from it. Empty without a client."""
        if self.row.client_id is None:
            return ""
        page = f"{address('contacts:new', self.row.client_id)}?appointment={self.row.pk}"
        return f"{page}&episode={self.row.episode_id}" if self.row.episode_id else page

    @property
    def time(self) -> str:
        """When, in the reader's way of writing times."""
        return _("%(start)s to %(end)s") % {"start": self.start, "end": self.end}

    @property
    def start(self) -> str:
        """When it begins."""
        return written_time(self.starts)

    @property
    def end(self) -> str:
        """When it ends."""
        return written_time(self.ends)

    @property
    def open(self) -> bool:
        """Nobody said yet what became of it."""
        return self.row.state == AppointmentState.PLANNED

    @property
    def off(self) -> bool:
        """It did not take place."""
        return not self.open and self.row.state != AppointmentState.KEPT

    @property
    def state(self) -> tuple[str, str, str]:
        """Colour, icon and words of what became of it."""
        state = AppointmentState(self.row.state)
        return *TONES.get(state, ("", "clock")), str(state.label)

    @property
    def ride(self) -> str:
        """Who brings the client there."""
        if not self.row.ride:
            return ""
        words = str(Ride(self.row.ride).label)
        if self.row.ride_from:
            words = _("%(ride)s, from %(place)s") % {"ride": words, "place": self.row.ride_from}
        return words

    @property
    def ride_open(self) -> bool:
        """Does nobody know yet whether the ride comes?"""
        arranged = self.row.ride in (Ride.FAMILY, Ride.NATURAL_SUPPORT, Ride.MEDICAL_TRANSPORT)
        return arranged and not self.row.ride_confirmed and self.open


def line_of(
    row: Appointment,
    at: datetime,
    *,
    staff: UUID | None = None,
    busy: bool = False,
    covers: Sequence[Cover] = (),
    go: Mapping[UUID, str] | None = None,
) -> Line:
    """*row* at the instant *at*, in the zone in force. *staff*: for whom it is shown; the others who go are named, and for
    which of those who are away (*covers*) it is done. *go*: who goes, by id, where it is known; else it is asked."""
    starts = timezone.localtime(row.starts_at)
    if go is None:
        go = {one.pk: one.name for one in row.workers.all()}
    away = [one.absent for one in covers if one.starts_on <= starts.date() <= one.ends_on and one.absent_id in go]
    instead = away[0] if away and staff not in go else None
    others = [] if busy else [name for pk, name in go.items() if pk != staff and not (instead and pk == instead.pk)]
    return Line(
        row=row,
        starts=starts,
        ends=timezone.localtime(row.ends_at),
        what=_in_words(row),
        others=others,
        busy=busy,
        begun=row.starts_at <= at,
        instead=instead.name if instead else "",
    )


def _in_words(row: Appointment) -> str:
    kind = str(AppointmentKind(row.kind).label)
    what = f"{kind}: {row.title}" if row.title else kind
    return _("Group, %(what)s") % {"what": what} if row.group else what


@dataclass(frozen=True, slots=True)
class GroupLine(Line):
    """A group: one line for all who are in it, which names nobody. ``rows``: those of them whom the reader may see."""

    rows: tuple[Appointment, ...] = ()
    many: int = 0
    """How many people are in it, seen or not: who called it off counts no more."""

    @property
    def who(self) -> str:
        return ngettext("%(n)d person", "%(n)d people", self.many) % {"n": self.many}

    @property
    def clients(self) -> tuple[UUID, ...]:
        return tuple(row.client_id for row in self.rows if row.client_id)

    @property
    def named(self) -> None:
        return None

    @property
    def page(self) -> str:
        return address("schedule:group", self.row.group)

    @property
    def note(self) -> str:
        """The group's note; of who comes alone, their own. Empty when nobody comes."""
        coming = [row for row in self.rows if row.state not in CALLED_OFF and row.contact is None]
        if len(coming) > 1:
            return f"{address('contacts:group_new')}?appointment={self.row.group}"
        return f"{address('contacts:new', coming[0].client_id)}?appointment={coming[0].pk}" if coming else ""

    @property
    def open(self) -> bool:
        return any(row.state == AppointmentState.PLANNED for row in self.rows)

    @property
    def off(self) -> bool:
        return self.row.state in CALLED_OFF if self.busy else not self.open and not self.came

    @property
    def came(self) -> int:
        """How many of those whom the reader sees came."""
        return sum(row.state == AppointmentState.KEPT for row in self.rows)

    @property
    def state(self) -> tuple[str, str, str]:
        """Of how many came; of one that did not take place, why."""
        if self.came:
            return "pine", "check", _("%(came)d of %(all)d came") % {"came": self.came, "all": len(self.rows)}
        state = AppointmentState(self.row.state)
        return *TONES.get(state, ("", "clock")), str(state.label)

    @property
    def ride_open(self) -> bool:
        return False


def group_line_of(rows: Sequence[Appointment], line: Line, seen: Sequence[Appointment]) -> GroupLine:
    """The line of a group. *rows*: all that are in it; *line*: of one of them; *seen*: those whom the reader may see."""
    coming = sum(row.state not in CALLED_OFF for row in rows)
    known = seen or rows
    return GroupLine(
        row=next((row for row in known if row.state not in CALLED_OFF), known[0]),
        starts=line.starts,
        ends=line.ends,
        what=line.what,
        others=line.others,
        busy=not seen,
        begun=line.begun,
        instead=line.instead,
        rows=tuple(seen),
        many=coming or len(rows),
    )


def lines_of(
    viewer: Viewer, rows: Iterable[Appointment], covers: Sequence[Cover] = (), *, standing: bool = False
) -> list[Line]:
    """What ``agreed_with`` found, as *viewer* sees it: a group is one line. *standing*: without what was called off, and what
    may not be seen."""
    lines: list[Line] = []
    for some in by_group(rows):
        seen = [row for row in some if row.seen]  # type: ignore[attr-defined]  # annotated
        shown = [row for row in seen if not standing or row.state not in CALLED_OFF]
        if standing and not shown:
            continue
        first = (shown or seen or some)[0]
        line = line_of(first, viewer.at, staff=viewer.staff.pk, busy=not seen, covers=covers, go=first.goers)  # type: ignore[attr-defined]  # annotated
        lines.append(group_line_of(some, line, shown) if first.group else line)
    return lines
