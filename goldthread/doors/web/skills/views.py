"""How far somebody does things on their own, and where they have lived: with the drawings and the tables beside them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.skills.enums import Level
from goldthread.casework.skills.queries import ladder_of
from goldthread.casework.skills.rules import Rung
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.skills.drawing import HOMES_HEIGHT, HOMES_WIDTH, Home, Ladder, homes_drawn, ladder_drawn
from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.models import Fact
from goldthread.people.facts.queries import residences
from goldthread.people.facts.rules import level_of, words_of
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Shown:
    """One skill of which something was seen."""

    rung: Rung
    level: str
    number: int
    change: int
    drawn: Ladder | None
    table: list[tuple[Any, str]]
    """Each time, the latest first, with its level in words."""


@dataclass(frozen=True, slots=True)
class Move:
    """One residence, as the table says it. *freer*: than the one before? None: the same, the first, or nobody can say."""

    fact: Fact
    words: str
    level: int | None
    freer: bool | None


@require_GET
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """The ladder, and under it the residences."""
    context = page_of(request, client) | {
        "header": header_of(request.viewer, client, "skills"),
        "tab_title": _("independence"),
    }
    return render(request, "skills/of_client.html", context)


def page_of(request: StaffRequest, client: Person) -> dict[str, Any]:
    """What the page shows beside the header."""
    viewer = request.viewer
    rungs = ladder_of(client, gate.content(viewer, client))
    seen = [_shown(rung, request) for rung in rungs if rung.steps]
    homes = residences(client, gate.content(viewer, client, Act.READ_FACT, episode="episode_id"))
    moves = _moves(homes)
    drawn: list[Home] = homes_drawn(homes, [move.words for move in moves], viewer.today) if len(homes) > 1 else []
    return {
        "client": client,
        "seen": seen,
        "unseen": [rung for rung in rungs if not rung.steps],
        "own": sum(1 for one in seen if one.number == Level.ON_THEIR_OWN),
        "levels": Level.choices,
        "may_write": gate.may_on(viewer, Act.WRITE_ASSESSMENT, client),
        "may_write_facts": gate.may_on(viewer, Act.WRITE_FACT, client),
        "may_read_facts": gate.may_on(viewer, Act.READ_FACT, client),
        "moves": list(reversed(moves)),
        "homes": drawn,
        "homes_size": (HOMES_WIDTH, HOMES_HEIGHT),
        "today": viewer.today,
    }


def _shown(rung: Rung, request: StaffRequest) -> Shown:
    steps: Any = rung.steps
    now = steps[-1]
    return Shown(
        rung=rung,
        level=str(Level(now.level).label),
        number=now.level,
        change=rung.change,
        drawn=ladder_drawn(steps, request.viewer.today) if len(steps) > 1 else None,
        table=[(one, str(Level(one.level).label)) for one in reversed(steps)],
    )


def _moves(homes: list[Fact]) -> list[Move]:
    moves: list[Move] = []
    before: int | None = None
    for fact in homes:
        level = level_of(fact.code)
        known = level is not None and before is not None and level != before
        freer = level < before if known and level is not None and before is not None else None
        moves.append(Move(fact, words_of(FactKind.HOUSING, fact.value), level, freer))
        before = level
    return moves
