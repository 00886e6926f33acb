"""Large deeds that step aside for whoever else is writing."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from goldthread.foundation.lib.errors import DomainError

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 400
"""Milliseconds. PostgreSQL looks for a ring of waiting transactions after a second and ends one of them, whichever it is. What waits
for less is gone out of the ring by then, so it is never the other one: nobody's note fails because two records were made one."""
TRIES = 12
HELD = frozenset({"55P03", "40P01"})
"""A lock was not to be had; a ring of waiting transactions."""


def gives_way(deed: Callable[P, T]) -> Callable[P, T]:
    """As ``transaction.atomic``, of a deed that touches rows of many rooms, in whatever order they are found. When somebody else
    holds one of them, all of it is taken back and begun anew; on SQLite the database does one after the other.

    DomainError: they held it for five seconds. Nothing was changed.
    """

    @wraps(deed)
    def begun_anew(*args: P.args, **kwargs: P.kwargs) -> T:
        for _time in range(TRIES):
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
