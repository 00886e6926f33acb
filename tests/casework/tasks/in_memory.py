"""An episode whose evidence and tasks live in memory: what decides on them is the code that signs notes, only nothing is asked of a
database. So a test can afford hundreds of days of many histories."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions import recompute as recomputing
from goldthread.casework.tasks.actions.publishing import COMPARED_AND_LABELS, Changes, work_out_tasks
from goldthread.casework.tasks.models import Reckoning, Task
from goldthread.casework.tasks.queries.histories import NOT_READ, Loaded
from goldthread.casework.tasks.queries.states import state_of
from goldthread.casework.tasks.rules.history import Event, History, Member, Moment, Rest, in_order
from goldthread.casework.tasks.rules.narrowing import ALL_OF_IT, Since
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.rules.reading import read_template
from tests.casework.tasks.making import by_on

Told = list[Event]


class Kept:
    """What the tables would hold of one episode. *net*: may a narrow look that sees something odd work all of it out?"""

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        rules: str,
        enrolled_on: date,
        members: Sequence[Member] = (),
        *,
        net: bool,
    ) -> None:
        self.rules = [(date(2020, 1, 1), read_template(rules))]
        self.members, self.enrolled_on, self.net = list(members), enrolled_on, net
        self.person = new_id()
        self.episode = Episode(id=new_id(), household_id=new_id() if members else None, enrolled_on=enrolled_on)
        self.reckoning = Reckoning(episode_id=self.episode.pk, version=0)
        self.reckoning._state.adding = False
        Episode._meta.get_field("reckoning").set_cached_value(self.episode, self.reckoning)
        self.told: dict[Any, Told] = {}
        self.pauses: list[Rest] = []
        self.tasks: dict[UUID, Task] = {}
        self.looked: list[Since | None] = []
        self.discharged: date | None = None
        self.asked_from: date | None = None
        """Set where the episode came from a file."""
        self.today = enrolled_on
        monkeypatch.setattr(recomputing, "histories_of", lambda *_given: [self.loaded])
        monkeypatch.setattr(recomputing, "_asked", self._stored)
        monkeypatch.setattr(
            Changes, "write", lambda changes, _writes, *, narrow=False: self._write(changes, narrow=narrow)
        )
        if not net:
            monkeypatch.setattr(Changes, "is_doubtful", False)

    @property
    def loaded(self) -> Loaded:
        """As ``histories_of`` reads it on the day."""
        events = [event for told in self.told.values() for event in told if event.kind not in NOT_READ]
        ended = self.discharged if self.discharged and self.discharged <= self.today else None
        history = History(
            enrolled=Moment(self.enrolled_on),
            discharged=ended,
            birth_date=None if self.members else date(2019, 6, 1),
            events=in_order(events, History(Moment(self.today)).zone),
            asked_from=self.asked_from,
            pauses=tuple(self.pauses),
            members=tuple(self.members),
        )
        self.episode.discharged_on = self.discharged
        staying = [one.id for one in self.members if one.ends_on is None] or [one.id for one in self.members]
        return Loaded(self.episode, history, tuple(self.rules), staying[0] if staying else self.person)  # type: ignore[arg-type]  # people in memory

    def tell(self, source: Any, events: Told) -> None:
        """*source* is evidence of *events* and of nothing else: new, corrected, or (of none) taken back."""
        before = self.told.pop(source, [])
        if events:
            self.told[source] = events
        changed = [event for event in before if event not in events] + [
            event for event in events if event not in before
        ]
        if changed:
            self.work_out({self.episode.pk: changed})

    def work_out(self, touched: Mapping[UUID, Sequence[Event]] | None = None) -> None:
        """As a signature does, or, when nothing is said to be *touched*, as the job does."""
        self.looked.append(recomputing.scope_of(self.loaded, touched[self.episode.pk], self.today) if touched else None)
        recomputing.recompute_locked([self.episode], by=by_on(self.today), touched=touched)

    def left_to_do(self) -> list[str]:
        """What looking again from the beginning at what was looked at last would write."""
        scope = self.looked[-1]
        only = None if scope is None else dict.fromkeys(scope, ALL_OF_IT)
        stored = [copy(task) for task in self.tasks.values() if only is None or task.requirement in only]
        found = work_out_tasks(self.loaded, stored, self.reckoning, by_on(self.today), only)
        rows = [*found.changed, *found.closed, *found.moved, *(self.tasks[pk] for pk in found.gone)]
        return [f"made {one.requirement} {one.occurrence}" for one in found.made] + [self._differs(one) for one in rows]

    def _differs(self, task: Task) -> str:
        """What is not as it is kept."""
        kept = self.tasks[task.pk]
        said = {name: (getattr(kept, name), getattr(task, name)) for name in COMPARED_AND_LABELS}
        unlike = {name: values for name, values in said.items() if values[0] != values[1] and name != "version"}
        return f"{task.requirement} {task.occurrence} {unlike or 'gone'} {kept.state} {kept.due_on} {kept.done_on} {kept.reason}"

    def as_read(self) -> list[str]:
        """The tasks as a reader sees them today."""
        shown = [(task, state_of(task, self.today)) for task in self.tasks.values() if task.state != "cancelled"]
        return sorted(
            f"{task.requirement} {task.occurrence} {state} {task.due_on} {task.done_on} {task.late} {task.why}"
            for task, state in shown
            if state and (not task.starts_on or task.starts_on <= self.today)
        )

    def from_nothing(self) -> list[str]:
        """The same, had nobody ever looked before."""
        kept, self.tasks = self.tasks, {}
        self.work_out()
        found, self.tasks = self.as_read(), kept
        return found

    @property
    def narrow(self) -> int:
        """How many looks left something out."""
        return sum(any(since != ALL_OF_IT for since in scope.values()) for scope in self.looked if scope)

    def pause(self, days: int | None) -> None:
        """From today on, for so many days; None: until somebody says."""
        self.pauses.append(Rest(self.today, self.today + timedelta(days=days)) if days else Rest(self.today))

    def _stored(self, _scopes: Any) -> list[Task]:
        return [copy(task) for task in self.tasks.values()]

    def _write(self, changes: Changes, *, narrow: bool) -> bool:
        """What ``Changes.write`` does to the table, with its unique constraint."""
        for pk in changes.gone:
            del self.tasks[pk]
        for task in [*changes.moved, *changes.changed, *changes.closed]:
            self.tasks[task.pk] = task
        there = {_name(task) for task in self.tasks.values()}
        new = [task for task in changes.made if _name(task) not in there]
        assert len({_name(task) for task in changes.made}) == len(changes.made), "two of one name"
        assert len(new) == len(changes.made) or (narrow and self.net), "made twice"
        self.tasks |= {task.pk: task for task in new}
        return len(new) == len(changes.made)


def _name(task: Task) -> tuple[Any, ...]:
    return task.client_id, task.requirement, task.occurrence
