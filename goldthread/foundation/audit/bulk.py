"""Adding events with fixed statements: one, or many of one kind for the rows of a list.

Measured for 50 rows: bulk_create about 4 ms of processor time, this about 0.4 ms; for one: save 0.25 ms, this 0.15 ms.
"""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from goldthread.foundation.audit.models import Event

COLUMNS = "at, actor, action, kind, allowed, break_glass, request, details, object_id, client"
POSTGRESQL = f"""INSERT INTO audit_event ({COLUMNS})
    SELECT %s::timestamptz, %s::uuid, %s::text, %s::text, %s::boolean, %s::uuid, %s::text, %s::jsonb, one::text, one
    FROM unnest(%s::uuid[]) AS one
"""  # noqa: S608 the columns are ours
SQLITE = f"""INSERT INTO audit_event ({COLUMNS})
    SELECT %s, %s, %s, %s, %s, %s, %s, %s, value, replace(value, '-', '') FROM json_each(%s)
"""  # noqa: S608 the columns are ours
ONE = f"""INSERT INTO audit_event ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    RETURNING id"""  # noqa: S608 likewise
CONSTANT = ("at", "actor", "action", "kind", "allowed", "break_glass", "request", "details")


def insert(event: Event) -> None:
    """Add *event*, and set its number on it."""
    with connection.cursor() as cursor:
        cursor.execute(ONE, [_value(event, name) for name in (*CONSTANT, "object_id", "client")])
        event.pk = cursor.fetchone()[0]


def insert_for_each(event: Event, clients: Sequence[UUID]) -> None:
    """Add *event* once for each of *clients*, each as its client and object."""
    if not clients:
        return
    on_postgresql = connection.vendor == "postgresql"
    constant = [_value(event, name) for name in CONSTANT]
    last: Any = list(clients) if on_postgresql else json.dumps([str(pk) for pk in clients])
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if on_postgresql else SQLITE, [*constant, last])


def _value(event: Event, name: str) -> Any:
    field: Any = Event._meta.get_field(name)
    return field.get_db_prep_save(getattr(event, name), connection)
