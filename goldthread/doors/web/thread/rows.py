"""The five cells of a row."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from goldthread.casework.contacts.enums import Went
from goldthread.casework.plans.enums import GoalState, Helped
from goldthread.casework.thread.rules import Break, BreakKind, Thread
from goldthread.doors.web.thread.words import Repair, break_words, repair_of, since_words, title_of
from goldthread.foundation.programs.enums import Domain
from goldthread.foundation.programs.rules.titles import DOMAINS

CELL_OF = {
    BreakKind.GOAL_WITHOUT_NEED: "need",
    BreakKind.NEED_WITHOUT_GOAL: "goal",
    BreakKind.GOAL_PAST: "goal",
    BreakKind.GOAL_WITHOUT_STEP: "who",
    BreakKind.SERVICE_UNCONFIRMED: "who",
    BreakKind.GOAL_SILENT: "happened",
    BreakKind.OUTCOME_UNKNOWN: "helped",
}
"""Where in a row a break is drawn."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A break as it is drawn: what, about what, since when, and what mends it."""

    title: str
    words: str
    since: date
    since_words: str
    repair: Repair | None


@dataclass(slots=True)
class Row:
    """A thread, with its patches by cell. *state* of the end: ``knot`` where the goal was reached."""

    thread: Thread
    domain: StrOrPromise
    patches: dict[str, list[Patch]] = field(default_factory=dict)
    went: StrOrPromise = ""
    helped: list[tuple[str, StrOrPromise]] = field(default_factory=list)

    @property
    def anchor(self) -> UUID | None:
        """What the row is found by on the page: its need, else its goal."""
        first = self.thread.need or self.thread.goal
        return first.id if first else None

    @property
    def reached(self) -> bool:
        """Was the goal met?"""
        return self.thread.goal is not None and self.thread.goal.state == GoalState.MET

    @property
    def quiet(self) -> bool:
        """There is no goal: nothing else can have come yet."""
        return self.thread.goal is None


def rows_of(threads: Iterable[Thread], client: UUID, on: date, may_mend: bool) -> list[Row]:
    """The rows as they are drawn. *may_mend*: offer the repairs."""
    return [_row(thread, client, on, may_mend) for thread in threads]


def patch_of(one: Break, client: UUID, on: date, may_mend: bool) -> Patch:
    """The break as it is drawn."""
    repair = repair_of(one.kind, client, one.at) if may_mend else None
    return Patch(
        title_of(one.kind, one.since, on), break_words(one), one.since, since_words(one.kind, one.since), repair
    )


def _row(thread: Thread, client: UUID, on: date, may_mend: bool) -> Row:
    row = Row(thread, _domain(thread))
    shown = {one.id for one in (thread.need, thread.goal) if one}
    for one in thread.breaks:
        patch = patch_of(one, client, on, may_mend)
        if one.at in shown:
            patch = replace(patch, words="")  # they stand in the row
        row.patches.setdefault(CELL_OF[one.kind], []).append(patch)
    if thread.contacts and thread.goal:
        went = thread.contacts[0].went.get(thread.goal.id, "")
        row.went = Went(went).label if went in Went.values else ""
    row.helped = [(one.words, Helped(one.helped).label) for one in thread.services if one.helped]
    return row


def _domain(thread: Thread) -> StrOrPromise:
    word = (thread.need.domain if thread.need else "") or (thread.goal.domain if thread.goal else "")
    return DOMAINS[Domain(word)] if word else _("No need named")
