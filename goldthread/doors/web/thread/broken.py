"""Where threads are broken: in one's own caseload, a worker's, a program's, or everywhere in reach."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.caseload.queries import on
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.episodes.queries import on as member_on
from goldthread.casework.thread.queries import Broken, Many, asked_and_silent, count_breaks, count_whole, find_breaks
from goldthread.casework.thread.rules import BreakKind
from goldthread.doors.web.contacts.reading_form import uuid_of
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.team.people import MOST, workers_of
from goldthread.doors.web.thread.words import KIND_WORDS, Repair, break_words, repair_of, since_words, title_of
from goldthread.foundation.lib.compiled import AnyOf, EachOf, part_of
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import open_programs
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

SHOWN = 50
MINE = "mine"


@dataclass(frozen=True, slots=True)
class Line:
    """A broken thread as a row of the list."""

    broken: Broken
    client: Person
    title: str
    words: str
    since_words: str
    repair: Repair | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the list is narrowed to: a worker (``mine``: the viewer), a program, or neither."""

    worker: Staff | None
    program: Program | None
    mine: bool
    every: bool = True
    """May it be every program at once? Not for who oversees more workers than a page shows: they choose one."""

    @property
    def narrowed(self) -> bool:
        """Is it one caseload, or one program? A number over all of them says nothing of any."""
        return bool(self.worker or self.program)

    def people(self, viewer: Viewer) -> Callable[[str], Q]:
        """The clients meant, as a condition on the field that names them. A caseload, and the clients of those whom somebody
        oversees, are read first, as ids: from a subquery PostgreSQL walked whole tables of the agency, because what may be read is
        dear to ask. Of a program the open episodes are gone by one by one: joined, all who are served anywhere were walked for
        each kind of break."""
        return partial(self._people, viewer.today, self._held(viewer))

    def _held(self, viewer: Viewer) -> list[UUID] | None:
        """The clients of the worker, or of all whom *viewer* oversees; None where they are not to be counted on one hand: of a
        program, or of the agency."""
        if self.worker:
            held = Assignment.objects.filter(on(viewer.today), staff=self.worker)
            return list(held.values_list("client", flat=True))
        reach = gate.scope(viewer, Act.READ_RECORD)
        return list(reach.persons.values_list("pk", flat=True)) if reach.small and not self.program else None

    def _people(self, on_day: date, held: list[UUID] | None, client: str) -> Q:
        meant = Q() if held is None else Q(AnyOf(F(client), held))
        if self.program:
            open_ones = part_of(Episode.objects.filter(program=self.program, discharged_on=None).values("pk"))
            served = EpisodeMember.objects.filter(member_on(on_day), EachOf(F("episode"), open_ones))
            meant &= Q(**{f"{client}__in": served.values("person")})
        return meant


@require_GET
@staff_page(Act.WRITE_PLAN, Act.OVERSEE)
def broken(request: StaffRequest) -> HttpResponse:
    """The breaks by kind, with how many there are of each, and how whole the threads are; of one kind the oldest first."""
    viewer, today, asked = request.viewer, request.viewer.today, request.GET
    programs = open_programs(today)
    overseen = _overseen(viewer, asked.get("worker", ""))
    choice = _choice(viewer, asked, overseen, programs)
    rules, silent = asked_and_silent([program.pk for program in programs], today)
    many = Many(
        reach=partial(gate.content_in, viewer, Act.READ_RECORD),
        people=choice.people(viewer),
        on=today,
        zone=timezone.get_current_timezone(),
        asked=rules,
        silent=silent,
    )
    counted = count_whole(many) if choice.narrowed else None
    counts = counted.breaks if counted else count_breaks(many)
    kind = _kind(asked.get("kind", ""), counts)
    found = find_breaks(many, kind, after=_after(asked), limit=SHOWN + 1) if kind else []
    lines = _lines(viewer, found[:SHOWN], today)
    gate.saw(viewer, {line.client.pk: line.client for line in lines}.values(), "thread:broken")
    context = {
        "lines": lines,
        "kinds": [(one, KIND_WORDS[one], counts[one], one == kind) for one in BreakKind if counts[one]],
        "total": sum(counts.values()),
        "how_whole": counted.whole if counted else None,
        "choice": choice,
        "workers": overseen.workers,
        "programs": programs,
        "has_own": gate.may(viewer, Act.WRITE_TASK),
        "later": _later(asked, found) if len(found) > SHOWN else "",
        "query": _without(asked, "kind"),
    }
    return render(request, "thread/broken.html", context)


@dataclass(frozen=True, slots=True)
class Overseen:
    """The workers to choose from. *many*: they are more than are listed; the one who was asked for is among them."""

    workers: list[Staff]
    many: bool = False


def _overseen(viewer: Viewer, asked: str) -> Overseen:
    if not gate.may(viewer, Act.OVERSEE):
        return Overseen([])
    among = workers_of(viewer)
    found = list(among.order_by("name", "pk")[: MOST + 1])
    if len(found) <= MOST:
        return Overseen(found)
    return Overseen(list(among.filter(pk=pk)) if (pk := uuid_of(asked)) else [], many=True)


def _choice(viewer: Viewer, asked: QueryDict, overseen: Overseen, programs: list[Program]) -> Choice:
    """Who is meant: the worker asked for, if the viewer oversees them; the viewer's own, unless they oversee or ask for all.
    Who oversees many sees one program at a time: all of an agency grows with it."""
    worker = next((one for one in overseen.workers if str(one.pk) == asked.get("worker", "")), None)
    program = next((one for one in programs if str(one.pk) == asked.get("program", "")), None)
    oversees = bool(overseen.workers) or overseen.many
    mine = asked.get("worker") == MINE or (not oversees and not program and gate.may(viewer, Act.WRITE_TASK))
    if overseen.many and not (mine or worker or program):
        program = next(iter(programs), None)
    return Choice(viewer.staff if mine else worker, program, mine, every=not overseen.many)


def _kind(word: str, counts: dict[BreakKind, int]) -> BreakKind | None:
    """The kind asked for, else the first of which there is one."""
    if word in set(BreakKind):
        return BreakKind(word)
    return next((kind for kind in BreakKind if counts[kind]), None)


def _after(asked: QueryDict) -> tuple[date, UUID] | None:
    """The place after which the page begins; nonsense is the beginning."""
    try:
        return date.fromisoformat(asked.get("since", "")), UUID(asked.get("at", ""))
    except ValueError:
        return None


def _lines(viewer: Viewer, found: list[Broken], today: date) -> list[Line]:
    people = {row.pk: row for row in Person.objects.filter(AnyOf(F("pk"), [one.client for one in found]))}
    writable = set(
        gate.clients(viewer, Act.WRITE_PLAN).filter(AnyOf(F("pk"), list(people))).values_list("pk", flat=True)
        if gate.may(viewer, Act.WRITE_PLAN)
        else ()
    )
    return [
        Line(
            one,
            people[one.client],
            title_of(one.kind, one.since, today),
            break_words(one),
            since_words(one.kind, one.since),
            repair_of(one.kind, one.client, one.at) if one.client in writable else None,
        )
        for one in found
    ]


def _later(asked: QueryDict, found: list[Broken]) -> str:
    last = found[SHOWN - 1]
    return _without(asked, "since", "at") + "&" + urlencode({"since": last.since.isoformat(), "at": str(last.at)})


def _without(asked: QueryDict, *names: str) -> str:
    kept: list[tuple[str, Any]] = [
        (name, value) for name in ("worker", "program", "kind") if name not in names and (value := asked.get(name))
    ]
    return urlencode(kept)
