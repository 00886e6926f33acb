"""Large deeds that step aside for whoever else is writing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import perf_counter, sleep
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from goldthread.foundation.lib.errors import DomainError

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 5
"""Milliseconds for which a lock is waited for while others are held. PostgreSQL ends one of a ring of waiting transactions, whichever it
is, when somebody in it has waited for a second: so that it is not somebody's note, the ring must not last. Waiting is done between
tries, when nothing is held."""
PAUSE = 0.2
"""Seconds between two tries."""
TRIES = 25
TURN = 0.04
"""Seconds for which one turn at SQLite's only writer is to last."""
REST = 0.025
"""Seconds between two turns. Whoever waits for SQLite's writer looks again after 1, 2, 5, 10, 15 and 20 ms: who began to wait while a turn
was held looks at least once within the rest that follows."""
HELD = frozenset({"55P03", "40P01"})
"""A lock was not to be had; a ring of waiting transactions."""


def gives_way(deed: Callable[P, T]) -> Callable[P, T]:
    """As ``transaction.atomic``, of a deed that touches rows of many rooms, in whatever order they are found. When somebody else
    holds one of them, all of it is taken back and begun anew; on SQLite the database does one after the other.

    DomainError: they held it for five seconds. Nothing was changed.
    """

    @wraps(deed)
    def begun_anew(*args: P.args, **kwargs: P.kwargs) -> T:
        for number in range(TRIES):
            if number:
                sleep(PAUSE)
            try:
                with transaction.atomic():
                    _wait_no_longer()
                    return deed(*args, **kwargs)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", "") not in HELD:
                    raise
        raise DomainError(
            _("Somebody is writing on these records just now. Nothing was changed. Try again in a moment.")
        )

    return begun_anew


def _wait_no_longer() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{PATIENCE}ms"])


class Turns:
    """The turns of a long piece of work, each a short transaction of ``size`` rows. On SQLite, which has one writer, a rest lies between
    two of them, in which whoever opens a page gets in. What is worked out between two turns is part of the rest.

    *least*: rows of the shortest turn, whatever the machine has to do besides: what every turn costs must not become all that is done.
    ``longest``: for how many seconds the longest turn was held.
    """

    def __init__(self, least: int, most: int) -> None:
        self.size, self._least, self._most = least, least, most
        self.longest = 0.0
        self._ended = float("-inf")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One transaction. How long it took says how many rows the next one is to have."""
        if connection.vendor == "sqlite":
            sleep(max(0.0, self._ended + REST - perf_counter()))
        with transaction.atomic():
            began = perf_counter()
            yield
        self._ended = perf_counter()
        held = self._ended - began
        self.longest = max(self.longest, held)
        self.size = max(self._least, min(self._most, self.size * 2, int(self.size * TURN / max(held, 0.001))))
