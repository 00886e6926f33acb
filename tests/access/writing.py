"""Which tables are written to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITES = re.compile(r"""^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)""", re.IGNORECASE)
LOGS = {"audit_event", "accounts_session", "django_session", "axes_accessattempt"}
"""The access log, a session's last use, and who guesses links."""


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """Those that statements within write to."""
    written: set[str] = set()

    def watch(execute: Any, statement: Any, parameters: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(str(statement)):
            written.add(found[1])
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(watch):
        yield written
