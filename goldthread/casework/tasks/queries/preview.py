"""What would change for today's caseload, were other rules in force."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.queries.histories import histories_of
from goldthread.casework.tasks.rules.engine import Standing, work_out
from goldthread.foundation.programs.enums import State
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.template import Template


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What new rules would do to one requirement: how many episodes have it in which state, before and after."""

    key: str
    title: str
    before: dict[State, int]
    after: dict[State, int]
    moved: int
    """Episodes in which it would be due on another day; where it is met or excused, its day no longer matters."""
    examples: tuple[UUID, ...]
    """Some of those in which something would change."""


@dataclass(frozen=True, slots=True)
class WhatWouldChange:
    """``looked_at`` of ``episodes`` were worked out: all of them, unless they are more than a page may wait for."""

    episodes: int
    looked_at: int
    changes: tuple[RuleChange, ...]


MOST_LOOKED_AT = 300
EXAMPLES = 5


def what_would_change(program: Program, template: Template, on: date, limit: int = MOST_LOOKED_AT) -> WhatWouldChange:
    """What today's caseload of *program* would look like on *on*, were *template* in force from that day on."""
    running = Episode.objects.filter(program=program, discharged_on__isnull=True).order_by("-enrolled_on", "pk")
    loaded = histories_of(running[:limit], on)
    counts: dict[str, _Count] = {}
    for one in loaded:
        now = _now(work_out(one.history, one.rules, on))
        then = _now(work_out(one.history, (*[v for v in one.rules if v[0] < on], (on, template)), on))
        for key in {**now, **then}:
            title = (then.get(key) or now[key]).requirement.title
            counts.setdefault(key, _Count(title)).add(one.episode.pk, now.get(key), then.get(key))
    return WhatWouldChange(
        running.count(), len(loaded), tuple(count.told(key) for key, count in counts.items() if count.any)
    )


class _Count:
    def __init__(self, title: str) -> None:
        self.title = title
        self.before: dict[State, int] = {}
        self.after: dict[State, int] = {}
        self.moved = 0
        self.examples: list[UUID] = []

    @property
    def any(self) -> bool:
        return bool(self.examples)

    def add(self, episode: UUID, now: Standing | None, then: Standing | None) -> None:
        if now:
            self.before[now.state] = self.before.get(now.state, 0) + 1
        if then:
            self.after[then.state] = self.after.get(then.state, 0) + 1
        moved = bool(now and then and now.obligation.due != then.obligation.due and not (_over(now) and _over(then)))
        self.moved += moved
        if moved or (now.state if now else None) != (then.state if then else None):
            self.examples.append(episode)

    def told(self, key: str) -> RuleChange:
        return RuleChange(key, self.title, self.before, self.after, self.moved, tuple(self.examples[:EXAMPLES]))


def _over(row: Standing) -> bool:
    return row.state in (State.MET, State.EXCEPTED)


def _now(rows: list[Standing]) -> dict[str, Standing]:
    """The newest row of each requirement; of each child of a household the worst."""
    found: dict[str, Standing] = {}
    for row in rows:
        kept = found.get(row.key)
        if kept is None or (row.obligation.member != kept.obligation.member and WORST[row.state] < WORST[kept.state]):
            found[row.key] = row
    return found


WORST = {
    state: number
    for number, state in enumerate(
        (
            State.OVERDUE,
            State.MISSED,
            State.DUE,
            State.DUE_SOON,
            State.NOT_YET,
            State.PAUSED,
            State.EXCEPTED,
            State.MET,
        )
    )
}
