"""Doing to the audit log what nobody may do: for tests only, as somebody who owns the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from goldthread.foundation.audit import triggers


@contextmanager
def tampering() -> Iterator[None]:
    """Within it the log can be changed: without triggers on SQLite, as the owner on PostgreSQL."""
    if connection.vendor == "postgresql":
        with connection.as_owner():  # type: ignore[attr-defined]  # of the connection to PostgreSQL
            yield
        return
    triggers.remove(connection)
    try:
        yield
    finally:
        triggers.install(connection)
