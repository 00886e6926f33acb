"""The feed for a worker's own calendar program: a secret link that tells when, and the client's initials, and nothing else."""

from dataclasses import replace

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer, viewer_for
from goldthread.casework.caseload.queries import covering
from goldthread.casework.schedule.actions import hash_of, renew_feed, revoke_feed
from goldthread.casework.schedule.enums import AppointmentKind
from goldthread.casework.schedule.models import Appointment, CalendarFeed
from goldthread.casework.schedule.queries import FEED_AHEAD, by_group, feed_of, feed_rows
from goldthread.doors.web.account.address import client_address
from goldthread.doors.web.entry import StaffRequest, anyone, staff_page
from goldthread.doors.web.schedule.ical import Entry, calendar
from goldthread.foundation.audit.actions import record
from goldthread.foundation.ui.templatetags.gold import initials
from goldthread.foundation.ui.toasts import tell

WRONG, WITHIN = 30, 600
"""So many wrong links from one address within so many seconds; then it gets no answer but *wait*, for as long."""


@require_http_methods(["GET", "POST"])
@staff_page(Act.WRITE_SCHEDULE)
def link(request: StaffRequest) -> HttpResponse:
    """The page of the link: make one, make a new one (the old one stops), switch it off. The link is shown once."""
    viewer = request.viewer
    address = ""
    if request.method == "POST":
        if request.POST.get("do") == "off":
            revoke_feed(staff=viewer.staff, by=viewer.actor)
            tell(request, _("The link is switched off."))
            return redirect("schedule:feed")
        token = renew_feed(staff=viewer.staff, by=viewer.actor)
        address = request.build_absolute_uri(reverse("schedule:feed_file", args=[token]))
    feed = CalendarFeed.objects.filter(staff=viewer.staff).first()
    answer = render(request, "schedule/feed.html", {"address": address, "feed": feed})
    answer["Cache-Control"] = "no-store"
    return answer


@anyone
@require_GET
def file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind the link; asked for by programs that cannot sign in."""
    counter = f"calendar-feed:{client_address(request)}"
    if cache.get(counter, 0) >= WRONG:
        return HttpResponse(status=429, headers={"Retry-After": str(WITHIN)})
    viewer = _viewer(request, token)
    if viewer is None:
        cache.add(counter, 0, WITHIN)
        cache.incr(counter)
        raise Http404
    away = covering(viewer.staff, viewer.today, viewer.today + FEED_AHEAD)
    at = timezone.localtime(viewer.at)
    rows = feed_rows(viewer.staff, at, gate.content_in(viewer, Act.WRITE_SCHEDULE), away)
    record(
        by=viewer.actor,
        action="schedule.feed_read",
        kind="staff",
        object_id=viewer.staff.pk,
        details={"appointments": len(by_group(rows))},
    )
    with translation.override(viewer.user.language or None):
        text = calendar(_("Appointments"), [_entry(some) for some in by_group(rows)])
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"},
    )


def _viewer(request: HttpRequest, token: str) -> Viewer | None:
    """Whose calendar it is, with the roles of today. None: no such link, or nobody who may have appointments now."""
    feed = feed_of(hash_of(token))
    if feed is None:
        return None
    at = timezone.now()
    today = timezone.localtime(at).date()
    viewer = viewer_for(feed.staff.user, at=at, today=today, request=getattr(request, "request_id", ""))
    if viewer is None or not gate.may(viewer, Act.WRITE_SCHEDULE):
        return None
    return replace(viewer, has_broken_glass=False)


def _entry(rows: list[Appointment]) -> Entry:
    """Initials for a client, of a group all of theirs; without one, the kind of appointment. Never a title or a place: people
    write names there."""
    row = rows[0]
    theirs = ", ".join(initials(one.client.display_name) for one in rows if one.client)
    summary = theirs or str(AppointmentKind(row.kind).label)
    if row.group:
        summary = _("Group of %(n)d: %(initials)s") % {"n": len(rows), "initials": theirs}
    changed, version = max(one.changed_at for one in rows), max(one.version for one in rows)
    return Entry(f"{row.group or row.pk}@goldthread", summary, row.starts_at, row.ends_at, changed, version)
