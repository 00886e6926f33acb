"""An appointment as the pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from goldthread.casework.caseload.models import Cover
from goldthread.casework.schedule.enums import AppointmentKind, AppointmentState, Ride
from goldthread.casework.schedule.models import Appointment
from goldthread.foundation.lib.written import written_time
from goldthread.foundation.ui.addresses import address

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
    kind = str(AppointmentKind(row.kind).label)
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
        what=f"{kind}: {row.title}" if row.title else kind,
        others=others,
        busy=busy,
        begun=row.starts_at <= at,
        instead=instead.name if instead else "",
    )
