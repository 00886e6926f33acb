"""The thread of one client: seen, walked, printed; its breaks with what mends them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.plans.enums import Helped
from goldthread.casework.thread.queries import asked_and_silent, known_of
from goldthread.casework.thread.rules import BreakKind, breaks, how_whole, threads
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.thread.rows import CELL_OF, patch_of, rows_of
from goldthread.people.persons.models import Person

SHOWN_CONTACTS = 5
"""Contacts without a goal that are listed above the rows; the sentence counts them all."""


@require_GET
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """Need → goal → who does what → what happened → did it help, a row each."""
    viewer, today = request.viewer, request.viewer.today
    header = header_of(viewer, client, "thread")
    asked, silent = asked_and_silent({one.program_id for one in header.programs}, today)
    known = known_of(
        client,
        seen=gate.sight(viewer, client),
        on=today,
        zone=timezone.get_current_timezone(),
        asked=asked,
        silent=silent,
    )
    found = breaks(known, today)
    may_mend = gate.may_on(viewer, Act.WRITE_PLAN, client)
    drawn = threads(known, found)
    rows = rows_of(drawn, client.pk, today, may_mend)
    in_rows = {one for thread in drawn for one in thread.breaks if one.kind in CELL_OF}
    loose = [one for one in found if one not in in_rows]
    above = [one for one in loose if one.kind != BreakKind.CONTACT_WITHOUT_GOAL]
    context = {
        "header": header,
        "tab_title": _("thread"),
        "rows": rows,
        "whole": sum(row.thread.whole for row in rows),
        "torn": sum(not row.thread.whole for row in rows),
        "many": len(found),
        "loose": [patch_of(one, client.pk, today, may_mend) for one in above],
        "aimless": [patch_of(one, client.pk, today, may_mend) for one in loose if one not in above],
        "for_all": [(one, Helped(one.helped).label if one.helped else "") for one in known.services if not one.goal],
        "shown": SHOWN_CONTACTS,
        "how_whole": how_whole(known, today),
        "may_mend": may_mend,
        "printing": "print" in request.GET,
    }
    return render(request, "thread/of_client.html", context)
