"""As many clients as asked, in the shape of the demo's: for measuring, never for looking at.

Written in batches, each in its own transaction: memory stays flat whatever the number.
"""

from collections.abc import Callable
from datetime import date, datetime
from random import Random

from django.db import connection, transaction

from goldthread.doors.demo.chance import Maker
from goldthread.doors.demo.people import SEED
from goldthread.doors.demo.rows import Rows
from goldthread.doors.demo.sketch import Sketch
from goldthread.doors.demo.staff_at_size import Workforce, engage_many
from goldthread.foundation.tenancy.acting import as_owner

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
) -> None:
    """Make an agency with *clients* clients in an empty database, *caseload* of them for each worker.

    *draw* gives the i-th client (default: drawn by chance from the demo's names). *tell* hears how many are written.
    """
    draw = draw or _by_chance(today)
    with transaction.atomic():
        workforce = engage_many(-(-clients // caseload), today)
    rows = Rows(today, at, first_number=FIRST_NUMBER)
    for start in range(0, clients, BATCH):
        stop = min(start + BATCH, clients)
        _write(rows, workforce, draw, range(start, stop), caseload)
        tell(stop)
    _take_stock()


def _write(rows: Rows, workforce: Workforce, draw: Draw, numbers: range, caseload: int) -> None:
    for number in numbers:
        person = rows.person(draw(number))
        staff, team = workforce.of(number // caseload)
        rows.assign(person, staff, team)
    with transaction.atomic():
        rows.write()


def _by_chance(today: date) -> Draw:
    maker = Maker(Random(SEED), today)  # noqa: S311  chance, not secrets

    def draw(number: int) -> Sketch:
        sketch = maker.client(age=(0, 17) if number % 4 == 0 else (18, 94))
        for reach in sketch.reach[:1]:
            reach.value = f"(555) {200 + number // 10_000 % 800:03d}-{number % 10_000:04d}"  # 555 is no area code
        return sketch

    return draw


def _take_stock() -> None:
    """Let the database count what it now holds, so that it plans as it would at work."""
    may_vacuum = connection.vendor == "postgresql" and not connection.in_atomic_block
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if may_vacuum else "ANALYZE")
