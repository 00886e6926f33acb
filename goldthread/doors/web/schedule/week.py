"""The week of whoever is signed in."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.queries import covering
from goldthread.casework.schedule.queries import day_span
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.schedule.agreed import agreed_with
from goldthread.doors.web.schedule.cards import cards
from goldthread.doors.web.schedule.lines import Line, lines_of

DAYS = 7


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week with what is on it."""

    day: date
    lines: list[Line]
    past: bool
    token: str = ""
    """Of the forms on it (CSRF)."""

    @property
    def asks(self) -> bool:
        """Is there one of which nobody has said yet what became of it?"""
        return any(line.open and line.begun and not line.busy for line in self.lines)

    @property
    def cards(self) -> SafeString:
        """What is on it, as HTML."""
        return cards(self.lines, self.token)


@require_GET
@staff_page(Act.WRITE_SCHEDULE)
def week(request: StaffRequest) -> HttpResponse:
    """Seven days from Monday: ``day`` in the address says which week; without it, this one."""
    viewer = request.viewer
    asked = asked_day(request.GET.get("day", ""), viewer.today)
    monday = asked - timedelta(days=asked.weekday())
    context = {
        "days": days_of(viewer, monday, get_token(request)),
        "monday": monday,
        "sunday": monday + timedelta(days=DAYS - 1),
        "before": monday - timedelta(days=DAYS),
        "after": monday + timedelta(days=DAYS),
        "this_week": monday <= viewer.today < monday + timedelta(days=DAYS),
    }
    return render(request, "schedule/week.html", context)


def asked_day(text: str, today: date) -> date:
    """The day that an address names; *today* when it names none that a calendar has."""
    try:
        day = parse_date(text) or today
    except ValueError:
        return today
    return day if 1900 < day.year < 2200 else today


def days_of(viewer: Viewer, monday: date, token: str = "") -> list[Day]:
    """The viewer's seven days. What they do for a colleague who is away stands among them, where they may see
    the client. Where one's own client may not be seen any more, only that the time is taken. Three queries."""
    zone = timezone.get_current_timezone()
    away = covering(viewer.staff, monday, monday + timedelta(days=DAYS - 1))
    rows = agreed_with(viewer, day_span(monday, zone, DAYS), away)
    lines = [line for line in lines_of(viewer, rows, away) if not (line.busy and line.instead)]
    clients = {line.named for line in lines if line.named}
    if clients:
        gate.saw(viewer, clients, "schedule:week")
    days = [monday + timedelta(days=number) for number in range(DAYS)]
    return [
        Day(
            day,
            [one for one in lines if one.starts.date() == day and not (one.busy and one.off)],
            day < viewer.today,
            token,
        )
        for day in days
    ]
