"""A row a worker; under it what reached the supervisor, and who is away."""

from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Cover
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.intake.listing import waiting
from goldthread.doors.web.team.drawing import bar, spark
from goldthread.doors.web.team.figures import Row, covered, figures_of, totals_of
from goldthread.doors.web.team.passed_up import first_of
from goldthread.doors.web.team.people import Overseen, everybody, overseen
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given

AHEAD = timedelta(days=14)
"""So far ahead the page tells who will be away."""
MOST_COVERS = 12


@require_GET
@staff_page(Act.OVERSEE)
def overview(request: StaffRequest) -> HttpResponse:
    """The workers whom the viewer oversees, by name; of one ``team`` where there are several."""
    viewer = request.viewer
    found = overseen(viewer, request.GET.get("team", ""), request.GET.get("after", ""))
    rows, totals = figures_of(viewer, found.shown)
    passed_up, many = totals.passed_up, len(rows)
    if rows and not found.whole:
        all_of_them = everybody(viewer, found.team)
        totals, many = totals_of(viewer, all_of_them), len(all_of_them)
    covers = _covers(viewer, found)
    covered(rows, covers, viewer.today)
    most = max((week for row in rows for week in row.weeks), default=0)
    context: dict[str, Any] = {
        "found": found,
        "rows": [{"row": row, "bar": bar(row.load), "spark": spark(row.weeks, most), **_words(row)} for row in rows],
        "totals": totals,
        "many": many,
        "query": f"?team={found.team.pk}" if found.team and len(found.teams) > 1 else "",
        "may_cosign": gate.may(viewer, Act.COSIGN_CONTACT),
        "may_write": gate.may(viewer, Act.WRITE_TASK),
        "may_share": gate.may(viewer, Act.HAND_OVER),
        "may_cover": gate.may(viewer, Act.COVER),
        "passed_up": first_of(viewer, passed_up) if rows else None,
        "covers": covers[:MOST_COVERS],
        "asking": waiting(viewer) if gate.may(viewer, Act.READ_INQUIRY) else None,
    }
    return render(request, "team/overview.html", context)


def _covers(viewer: Viewer, found: Overseen) -> list[Cover]:
    """Who is away today or soon, and who looks after their clients; also whom the team's workers cover. One query.

    All of them: the rows of the table look here who covers today.
    """
    return _COVERS.ask(workers=found.ids, today=viewer.today)


_COVERS: Compiled[Cover] = Compiled(
    lambda: (
        Cover.objects.filter(
            Q(AnyOf(F("absent"), Given("workers"))) | Q(AnyOf(F("colleague"), Given("workers"))),
            starts_on__lte=Given("today") + AHEAD,
            ends_on__gte=Given("today"),
        )
        .select_related("absent", "colleague")
        .order_by("starts_on", "absent__name", "pk")
    )
)


def _words(row: Row) -> dict[str, str]:
    """What the cells say in words, beside what they draw."""
    return {
        "programs": ", ".join(share.program for share in row.shares),
        "load": load_words(row),
        "signed": "" if row.signed_after is None else signed_words(row.signed_after),
        "weeks": _("Contacts a week, the oldest first: %(numbers)s") % {"numbers": ", ".join(map(str, row.weeks))},
    }


def load_words(row: Row) -> str:
    """*41 of 35, 6 over*; of several programs the percentage, which is what adds up."""
    one = row.by_flag
    if one is None:
        return f"{row.load} %" if row.load else ""
    words = _("%(n)s of %(of)s") % {"n": one.episodes, "of": one.flag}
    return words + (", " + _("%(n)s over") % {"n": one.over} if one.over else "")


def signed_words(days: int) -> str:
    """How long after the contact a note is signed."""
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days else _("same day")
