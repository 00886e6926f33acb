"""What a program asks of the way out: the tries before somebody counts as lost, a second pair of eyes, a review after a death."""

from dataclasses import dataclass

from goldthread.foundation.programs.enums import Leaving, Mode, Unit
from goldthread.foundation.programs.rules.values import JUDGEMENT, Source, Span

WITHIN = Span(60, Unit.DAYS)
WAYS = {
    "deceased": Leaving.DECEASED,
    "moved": Leaving.MOVED,
    "lost-to-follow-up": Leaving.LOST,
    "ran-away": Leaving.LOST,
    "refused": Leaving.REFUSED,
    "withdrawn": Leaving.REFUSED,
    "revoked": Leaving.REFUSED,
}
"""The way of the reasons of the shipped templates, where a program does not say otherwise: rules that were written before the
ways were known keep working."""


@dataclass(frozen=True, slots=True)
class Tries:
    """At least so many logged tries by one of *modes* (empty: by whichever)."""

    times: int
    modes: tuple[Mode, ...] = ()


@dataclass(frozen=True, slots=True)
class WayOutRules:
    """``tries`` on at least ``days`` different days, all ``within`` so long before the last day: then somebody may be called lost.
    ``approval``: a second person reads the summary before the episode ends. ``death_review``: a review is due so long after."""

    tries: tuple[Tries, ...] = (Tries(3),)
    days: int = 3
    within: Span = WITHIN
    approval: bool = False
    death_review: Span | None = None
    source: Source = JUDGEMENT


WAY_OUT = WayOutRules()
"""Three tries on three days (product judgement, as for *not found*), nobody else asked, no review."""


def way_of(key: str) -> Leaving:
    """The way of the discharge reason *key*, where the program does not say it."""
    return WAYS.get(key, Leaving.ORDINARY)
