"""Turns of a group that a page has added, or taken away, without a network: done when it is back, with what was answered in them.

The page calls a turn it has added by a number that no turn can have (``medicine[9000]``), until it is told the real one.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from goldthread.casework.assessments.actions import add_turns, remove_turns
from goldthread.casework.assessments.actions.answering import ANSWERED, Turn
from goldthread.casework.assessments.changes import renumbered
from goldthread.doors.web.assessments.desk import Desk
from goldthread.doors.web.contacts.saving import number_of

SENT = re.compile(r"([0-9a-z]{8,40}):(\d{1,4}):(.+)", re.DOTALL)
KEYED = re.compile(r"[atuos]:")
MOST = 200


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of them: the numbers of those added by the page's name for the act; what may be taken away, and what may not."""

    numbers: dict[str, int] = field(default_factory=dict)
    removed: list[Turn] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    placed: frozenset[str] = frozenset()
    """The items of those added, by the numbers they were given."""

    def told(self) -> dict[str, Any]:
        """As the page is told."""
        said: dict[str, Any] = {"turns": self.numbers, "gone": [turn.act for turn in self.removed]}
        if self.refused:
            words = _("Somebody else has changed this group meanwhile, so nothing was taken away. Look at it again.")
            said |= {"refused": self.refused, "told": words, "again": True}
        return said


def follow(desk: Desk) -> Followed:
    """Add what the page has added, and call its answers by their real places. DomainError when it cannot be."""
    sent = desk.request.POST
    added, removed = _turns(sent, "turn-add"), _turns(sent, "turn-out")
    if not added and not removed:
        return Followed()
    row, numbers, free = add_turns(
        assessment=desk.row,
        added=added,
        removed=removed,
        seen=desk.seen,
        writer=sent.get("writer", ""),
        stroke=number_of(sent.get("stroke")),
        by=desk.request.viewer.actor,
        context=desk.context,
    )
    _stands(desk, row)
    real = {turn.number: numbers[turn.act] for turn in added}
    desk.request.POST = _renamed(sent, real)  # type: ignore[assignment]  # a QueryDict, as it was
    free_acts = {turn.act for turn in free}
    refused = [turn.act for turn in removed if turn.act not in free_acts]
    named = [str(key) for key in sent.getlist("only")]
    return Followed(
        numbers, free, refused, frozenset(renumbered(key, real) for key in named if renumbered(key, real) != key)
    )


def take_away(desk: Desk, followed: Followed) -> None:
    """Take away what the page has taken away, once its answers are kept."""
    if followed.removed:
        sent, by = desk.request.POST, desk.request.viewer.actor
        _stands(desk, remove_turns(assessment=desk.row, removed=followed.removed, writer=sent.get("writer", ""), by=by))


def _turns(sent: QueryDict, name: str) -> list[Turn]:
    read = [SENT.fullmatch(one) for one in sent.getlist(name)[:MOST]]
    return [Turn(one[1], one[3], int(one[2])) for one in read if one]


def _renamed(sent: QueryDict, real: dict[int, int]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, values in sent.lists():
        key = renumbered(name, real) if KEYED.match(name) else name
        found.setlist(key, [renumbered(str(value), real) for value in values] if name == "only" else values)
    return found


def _stands(desk: Desk, row: Any) -> None:
    for name in ANSWERED:
        setattr(desk.row, name, getattr(row, name))
