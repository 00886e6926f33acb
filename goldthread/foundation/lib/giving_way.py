"""Large deeds that step aside for whoever else is writing."""

from collections.abc import Callable
from functools import wraps
from time import sleep
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
