"""The page of the timeline: filters in the address, months, more by key, print."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.record import queries as ledger
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.queries import Wanted
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.timeline.drawn import months
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.programs.rules.titles import DOMAINS
from goldthread.people.persons.models import Person

PRINTED = 1_000
"""Entries on one printed timeline."""
GROUPS = {
    "contacts": (EntryKind.CONTACT, EntryKind.ATTEMPT, EntryKind.ADDENDUM),
    "concerns": (EntryKind.CONCERN,),
    "assessments": (EntryKind.ASSESSED,),
    "appointments": (EntryKind.APPOINTMENT,),
    "tasks": (EntryKind.TASK, EntryKind.ELSEWHERE),
    "programs": (
        EntryKind.ENROLLED,
        EntryKind.ASSIGNED,
        EntryKind.COVERED,
        EntryKind.PAUSED,
        EntryKind.RESUMED,
        EntryKind.DISCHARGED,
    ),
    "reports": (EntryKind.REPORT,),
}

_WORKED: Compiled[tuple[UUID, str, UUID | None, int]] = Compiled(
    lambda: (
        Assignment.objects.filter(client=Given("client"))
        .order_by("staff__name")
        .values_list("staff_id", "staff__name", "episode_id", "labels")
    )
)


@require_GET
@client_page(Act.READ_RECORD)
def timeline(request: StaffRequest, client: Person) -> HttpResponse:
    """Every act of care of one client. htmx asks for the next stretch alone."""
    viewer = request.viewer
    wanted = _wanted(request)
    printing = "print" in request.GET
    stretch = ledger.timeline(
        client,
        gate.sight(viewer, client).condition(),
        wanted=wanted,
        before=_uuid(request.GET.get("before", "")),
        size=PRINTED if printing else ledger.PAGE,
    )
    context = {
        "months": months(stretch.entries, client.pk, viewer.today),
        "stretch": stretch,
        "more": _address(request, before=str(stretch.before)) if stretch.before else "",
        "wanted": wanted,
    }
    if request.htmx:
        return render(request, "timeline/stretch.html", context)
    context |= {
        "header": header_of(viewer, client, "timeline"),
        "tab_title": _("timeline"),
        "groups": _groups(request),
        "workers": _workers(viewer, client),
        "domains": DOMAINS.items(),
        "asked": {name: request.GET.get(name, "") for name in ("worker", "domain", "text")},
        "print_url": _address(request, print="1", before=""),
        "printing": printing,
        "primary": "note",
    }
    return render(request, "timeline/list.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    kinds = [kind for group in request.GET.getlist("kind") for kind in GROUPS.get(group, ())]
    return Wanted(
        kinds=tuple(kinds),
        worker=_uuid(request.GET.get("worker", "")),
        domain=request.GET.get("domain", "") if request.GET.get("domain", "") in set(DOMAINS) else "",
        text=request.GET.get("text", "")[:200],
    )


def _groups(request: HttpRequest) -> list[tuple[str, str, bool]]:
    words = {
        "contacts": _("Contacts"),
        "concerns": _("Concerns"),
        "assessments": _("Assessments"),
        "appointments": _("Appointments"),
        "tasks": _("Tasks"),
        "programs": _("Programs and workers"),
        "reports": _("Reports"),
    }
    chosen = request.GET.getlist("kind")
    return [(group, words[group], group in chosen) for group in GROUPS]


def _workers(viewer: Viewer, client: Person) -> list[tuple[UUID, str]]:
    """Who has worked with the client: the names to filter by. Whose program is hidden from the viewer is hidden, too."""
    known = gate.sight(viewer, client, Act.READ_EPISODE)
    rows = _WORKED.ask(client=client.pk)
    return list(dict.fromkeys((pk, name) for pk, name, episode, labels in rows if known.sees_episode(episode, labels)))


def _address(request: HttpRequest, **changed: str) -> str:
    """This page's query with some values changed; empty ones left out."""
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = value
    for name in [name for name, values in query.lists() if not any(values)]:
        del query[name]
    return f"?{query.urlencode()}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
