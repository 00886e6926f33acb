"""How the rules were kept about one client: what was met, met late, missed, excused. For the worker, and for who audits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.queries.lists import closed_of
from goldthread.casework.tasks.queries.standings import standings_of
from goldthread.casework.tasks.queries.states import state_of
from goldthread.casework.tasks.rules.words import explain
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.day.words import LATE, REASONS, STATES
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.programs.enums import Reason, State
from goldthread.people.persons.models import Person

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that was asked for, and what became of it."""

    task: Task
    tone: str
    icon: str
    word: str
    why: str
    reason: str


@require_GET
@client_page(Act.READ_RECORD)
def kept(request: StaffRequest, client: Person) -> HttpResponse:
    """The latest first, and above them the rates."""
    viewer = request.viewer
    rows = list(closed_of(client.pk, viewer.today).filter(gate.content(viewer, client))[: SHOWN + 1])
    context = {
        "header": header_of(viewer, client, "tasks"),
        "tab_title": _("how the rules were kept"),
        "rates": _rates(viewer, client),
        "lines": [_line(row, viewer.today) for row in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
    }
    return render(request, "day/kept.html", context)


def _rates(viewer: Viewer, client: Person) -> list[dict[str, Any]]:
    """The shares of the programs in which the client is, as they stand today."""
    may_see = gate.content(viewer, client, episode="pk")
    open_ones = Episode.objects.filter(may_see, members__person=client, discharged_on__isnull=True)
    found = standings_of(open_ones.select_related("program"), viewer.today, viewer.at)
    shares = [one for standings in found.values() for one in standings if one.obligation.share]
    return [
        {
            "title": one.requirement.title,
            "why": explain([part for part in one.why if part["code"] == "share"], viewer.today),
            "enough": one.obligation.reached,
            "counted": one.obligation.rate is not None,
        }
        for one in shares
    ]


def _line(task: Task, today: date) -> Kept:
    state = state_of(task, today) or State.EXCEPTED
    tone, icon, word = STATES[state]
    if state == State.MET and task.late:
        tone, icon, word = "amber", "hour", LATE
    why = explain(task.why, today) if task.why else task.note
    return Kept(task, tone, icon, str(word), why, _reason(task) if state == State.MISSED else "")


def _reason(task: Task) -> str:
    """Why it was missed, in the words of who said it."""
    if not task.reason:
        return _("Nobody has said why yet.")
    known = str(REASONS[Reason(task.reason)]) if task.reason in set(Reason) else _("The program ended without it.")
    return ": ".join(filter(None, [known, task.note]))
