"""As many clients as asked, in the shape of the demo's: for measuring, never for looking at.

Written in batches, each in its own transaction: memory stays flat whatever the number.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from django.db import transaction

from goldthread.access.stock import take_stock
from goldthread.casework.episodes.models import Episode
from goldthread.doors.demo.agency import BUSY
from goldthread.doors.demo.chance import Maker
from goldthread.doors.demo.people import SEED
from goldthread.doors.demo.rows import Rows
from goldthread.doors.demo.sketch import Sketch
from goldthread.doors.demo.staff_at_size import Workforce, engage_many
from goldthread.doors.demo.work_at_size import BUSY_CLIENTS, BUSY_TASKS, LONG, Work
from goldthread.people.persons.models import Person

CASELOAD = 60
BATCH = 2_000
FIRST_NUMBER = 1001
Draw = Callable[[int], Sketch]


def make_many(
    clients: int,
    today: date,
    at: datetime,
    *,
    caseload: int = CASELOAD,
    draw: Draw | None = None,
    tell: Callable[[int], None] = lambda done: None,
    entries: int = LONG,
    worked: int | None = None,
) -> None:
    """Make an agency with *clients* clients in an empty database, *caseload* of them for each worker, and their casework, that of the first
    *worked* of them only where it is said: everybody else is assigned, and nothing was done with them yet.

    *draw* gives the i-th client (default: drawn by chance from the demo's names). *tell* hears how many are written. The first
    client has *entries* entries more on the timeline; the second worker, where caseloads allow it, 90 clients and 400 tasks.
    """
    with transaction.atomic():
        workforce = engage_many(-(-clients // caseload), today)
        work = Work(today, at, clients)
    rows = Rows(today, at, first_number=FIRST_NUMBER)
    making = _Making(rows, work, workforce, draw or _by_chance(today), caseload, clients if worked is None else worked)
    for start in range(0, clients, BATCH):
        stop = min(start + BATCH, clients)
        with transaction.atomic():
            making.write(range(start, stop), entries)
        tell(stop)
    take_stock()


@dataclass(slots=True)
class _Making:
    """Writes clients, batch by batch, with whom they have and what was done with them."""

    rows: Rows
    work: Work
    workforce: Workforce
    draw: Draw
    caseload: int
    worked: int

    def write(self, numbers: range, entries: int) -> None:
        busy: list[tuple[int, Person, Episode]] = []
        for number in numbers:
            person = self.rows.person(self.draw(number))
            worker, is_busy = self._worker(number)
            staff, team = self.workforce.of(worker)
            if number >= self.worked:
                self.rows.assign(person, staff, team)
                continue
            episode = self.work.enrol(person, staff, number, light=is_busy)
            self.rows.assign(person, staff, team, episode_id=episode.pk, labels=episode.labels)
            if is_busy:
                busy.append((number, person, episode))
            if number == 0:
                first = person, episode, staff
        if busy:
            self._fill_up(busy)
        self.rows.write()
        self.work.write()
        if 0 in numbers and self.worked:
            self.work.live_long(*first, entries)

    def _worker(self, number: int) -> tuple[int, bool]:
        """Whose client it is, and whether that is the busy one, who gives what is more than 90 to the next."""
        worker = number // self.caseload
        if worker != BUSY or self.caseload < BUSY_CLIENTS:
            return worker, False
        keeps = number % self.caseload < BUSY_CLIENTS or len(self.workforce.workers) <= BUSY + 1
        return (BUSY, True) if keeps else (BUSY + 1, False)

    def _fill_up(self, busy: list[tuple[int, Person, Episode]]) -> None:
        """Own tasks of the busy worker, until there are 400 on the list."""
        staff, _team = self.workforce.of(BUSY)
        listed = sum(self.work.listed(number) for number, _person, _episode in busy)
        for number in range(BUSY_TASKS - listed):
            _number, person, episode = busy[number * 7 % len(busy)]
            self.work.ask(person, episode.pk, staff, number)


def _by_chance(today: date) -> Draw:
    maker = Maker(Random(SEED), today)  # noqa: S311  chance, not secrets

    def draw(number: int) -> Sketch:
        sketch = maker.client(age=(0, 17) if number % 4 == 0 else (18, 94))
        for reach in sketch.reach[:1]:
            reach.value = f"(555) {200 + number // 10_000 % 800:03d}-{number % 10_000:04d}"  # 555 is no area code
        return sketch

    return draw
