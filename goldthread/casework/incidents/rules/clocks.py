"""The clocks of a report: from the instant of reasonable suspicion to the instants by which something must be done."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from goldthread.casework.incidents.rules.jurisdictions import Ruling, Span
from goldthread.foundation.agency.rules import Calendar, add_business_days, local_date

LAST_MINUTE = time(23, 59)
"""Working days end with the day."""
INTERNAL_HOURS = 24
"""By then somebody in the agency must know of the report beside the reporter (product judgement)."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """By when: the call, the written report, and the agency itself."""

    oral: datetime
    written: datetime
    internal: datetime


def clocks_of(ruling: Ruling, suspected_at: datetime, calendar: Calendar, zone: str) -> Clocks:
    """The clocks under *ruling*. All three run from the suspicion: telling a supervisor neither stops nor delays them."""
    return Clocks(
        oral=due_at(ruling.oral, suspected_at, calendar, zone),
        written=due_at(ruling.written, suspected_at, calendar, zone),
        internal=hours_after(suspected_at, INTERNAL_HOURS),
    )


def due_at(span: Span, start: datetime, calendar: Calendar, zone: str) -> datetime:
    """When *span* from *start* is over. Hours are those that pass, whatever the clock on the wall does.

    Working days: the end of that many worked days after the local day of *start*, in the agency's calendar.
    """
    if span.working_days:
        day = add_business_days(local_date(start, zone), span.working_days, calendar)
        return datetime.combine(day, LAST_MINUTE, tzinfo=ZoneInfo(zone))
    return hours_after(start, span.hours)


def hours_after(start: datetime, hours: int) -> datetime:
    """So many hours later. Reckoned in UTC: an instant in a zone would add hours of the wall, where a night has 23 or 25."""
    return start.astimezone(UTC) + timedelta(hours=hours)
