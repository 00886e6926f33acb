"""The rates that the rules ask for (*95 % of months visited*): by program, by period, and who is out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.tasks.queries.rates import Counted, Window, by_client, by_period, together, window_of
from goldthread.casework.tasks.rules.words import say
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.lib.dates import FIRST_YEAR
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.enums import Period
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import in_force, open_programs, rules_of
from goldthread.foundation.programs.rules.template import Requirement, Template
from goldthread.people.persons.models import Person

SHOWN = 100
"""Clients on the list of who is out; how many there are is said."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One share of one program."""

    program: Program
    requirement: Requirement
    total: Counted
    window: Window
    query: str = ""

    @property
    def needed(self) -> int:
        return self.requirement.share.percent if self.requirement.share else 0

    @property
    def enough(self) -> bool:
        return self.total.met * 100 >= self.needed * self.total.of

    @property
    def page(self) -> str:
        """Its months, and who is out."""
        address = reverse("rates:one", args=[self.program.pk, self.requirement.key])
        return f"{address}?{self.query}" if self.query else address


@require_GET
@staff_page(Act.OVERSEE)
def overview(request: StaffRequest) -> HttpResponse:
    """Every share of every open program. ``until``: the day on which the windows end; without it today."""
    viewer = request.viewer
    until = _day(request.GET.get("until", "")) or viewer.today
    query = urlencode({"until": until.isoformat()}) if until < viewer.today else ""
    context = {"rates": _rates(viewer, until, query), "until": until, "past": until < viewer.today}
    return render(request, "rates/overview.html", context | _bounded(viewer))


@require_GET
@staff_page(Act.OVERSEE)
def one(request: StaffRequest, pk: UUID, key: str) -> HttpResponse:
    """One share: period by period, and the clients who are out. ``period``: of that one alone."""
    viewer = request.viewer
    program, template, requirement = _asked(pk, key, viewer.today)
    until = _day(request.GET.get("until", "")) or viewer.today
    window = window_of(requirement, until, viewer.today)
    may_see = _may_see(viewer)
    periods = by_period([program.pk], template, requirement, window, may_see).get(program.pk, [])
    chosen = _day(request.GET.get("period", ""))
    counted = by_client(program.pk, template, requirement, window, may_see, chosen)
    rows = list(counted[: SHOWN + 1])
    clients = Person.objects.in_bulk([row["who"] for row in rows[:SHOWN]])
    gate.saw(viewer, clients.values(), "rates:one")
    query = urlencode({"until": until.isoformat()}) if until < viewer.today else ""
    context = {
        "rate": Rate(program, requirement, together(periods), window, query),
        "rule": say(requirement),
        "periods": periods,
        "written": "F Y" if _monthly(template, requirement) else "j M Y",
        "chosen": chosen,
        "out": [row | {"client": clients[row["who"]]} for row in rows[:SHOWN]],
        "many": len(rows) if len(rows) <= SHOWN else counted.count(),
        "until": until,
        "query": query,
    }
    return render(request, "rates/one.html", context | _bounded(viewer))


def _rates(viewer: Viewer, until: date, query: str) -> list[Rate]:
    """As many queries as there are different shares, whatever the number of programs, clients and periods."""
    may_see = _may_see(viewer)
    programs = {program.pk: program for program in open_programs(viewer.today)}
    rules = {pk: in_force(found, viewer.today) for pk, found in rules_of(programs).items()}
    alike: dict[tuple[Any, ...], list[UUID]] = defaultdict(list)
    for pk, template in rules.items():
        for requirement in template.requirements:
            if requirement.share:
                counted = template.requirement(requirement.share.of)
                alike[requirement.share, counted.accepts if counted else ()].append(pk)
    found: list[Rate] = []
    for (share, _accepts), pks in alike.items():
        template = rules[pks[0]]
        first = next(row for row in template.requirements if row.share == share)
        window = window_of(first, until, viewer.today)
        counts = by_period(pks, template, first, window, may_see)
        for pk in pks:
            requirement = next(row for row in rules[pk].requirements if row.share == share)
            found.append(Rate(programs[pk], requirement, together(counts.get(pk, [])), window, query))
    return sorted(found, key=lambda rate: (rate.program.name, spoken(rate.requirement.title)))


def _asked(pk: UUID, key: str, today: date) -> tuple[Program, Template, Requirement]:
    program = Program.objects.filter(pk=pk).first()
    rules = rules_of([pk]).get(pk)
    if program is None or rules is None:
        raise Http404
    template = in_force(rules, today)
    requirement = template.requirement(key)
    if requirement is None or requirement.share is None:
        raise Http404
    return program, template, requirement


def _monthly(template: Template, requirement: Requirement) -> bool:
    """Is it shown month by month? Evidence is; periods may be weeks or quarters, which are named by their last day."""
    share = requirement.share
    counted = template.requirement(share.of) if share else None
    return bool(share and share.accepts) or (counted is not None and counted.period == Period.MONTH)


def _may_see(viewer: Viewer) -> dict[str, Q]:
    """What the viewer may read is what is counted: nobody learns from a number what they may not read."""
    return {who: gate.content_in(viewer, Act.READ_RECORD, client=who) for who in ("client", "person")}


def _bounded(viewer: Viewer) -> dict[str, bool]:
    """Does the viewer answer for a part of the agency alone? Then the page says so."""
    return {"bounded": gate.scope(viewer, Act.READ_RECORD).small}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= FIRST_YEAR else None
