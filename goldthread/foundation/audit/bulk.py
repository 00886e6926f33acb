"""Adding events with fixed statements: one, or many of one kind for the rows of a list.

Measured for 50 rows: bulk_create about 4 ms of processor time, this about 0.4 ms; for one: save 0.25 ms, this 0.15 ms.
"""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections

from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.statements import rows_of, run

COLUMNS = "at, actor, action, kind, allowed, break_glass, request, details, object_id, client"
POSTGRESQL = f"""INSERT INTO audit_event ({COLUMNS})
    SELECT %s::timestamptz, %s::uuid, %s::text, %s::text, %s::boolean, %s::uuid, %s::text, %s::jsonb, one::text, one
    FROM unnest(%s::uuid[]) AS one
"""  # noqa: S608 the columns are ours
SQLITE = f"""INSERT INTO audit_event ({COLUMNS})
    SELECT %s, %s, %s, %s, %s, %s, %s, %s, value, replace(value, '-', '') FROM json_each(%s)
"""  # noqa: S608 the columns are ours
OBJECTS_POSTGRESQL = f"""INSERT INTO audit_event ({COLUMNS})
    SELECT %s::timestamptz, %s::uuid, %s::text, %s::text, %s::boolean, %s::uuid, %s::text, %s::jsonb, one.id::text, one.client
    FROM unnest(%s::uuid[], %s::uuid[]) AS one(id, client)
"""  # noqa: S608 the columns are ours
OBJECTS_SQLITE = f"""INSERT INTO audit_event ({COLUMNS})
    SELECT %s, %s, %s, %s, %s, %s, %s, %s, json_extract(value, '$[0]'), replace(json_extract(value, '$[1]'), '-', '')
    FROM json_each(%s)
"""  # noqa: S608 the columns are ours
PLACES = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
ONE = f"INSERT INTO audit_event ({COLUMNS}) VALUES {PLACES} RETURNING id"  # noqa: S608 likewise
CONSTANT = ("at", "actor", "action", "kind", "allowed", "break_glass", "request", "details")
ALL = (*CONSTANT, "object_id", "client")


def insert(event: Event) -> None:
    """Add *event*, and set its number on it."""
    ((event.pk,),) = rows_of(connections[DEFAULT_DB_ALIAS], ONE, _values(event, ALL))


def insert_all(events: Sequence[Event]) -> None:
    """Add *events*, a few, in their order. They are not told their numbers."""
    if not events:
        return
    places = ", ".join([PLACES] * len(events))
    values = [value for event in events for value in _values(event, ALL)]
    run(connections[DEFAULT_DB_ALIAS], f"INSERT INTO audit_event ({COLUMNS}) VALUES {places}", values)  # noqa: S608 likewise


def insert_for_each(event: Event, clients: Sequence[UUID]) -> None:
    """Add *event* once for each of *clients*, each as its client and object."""
    if not clients:
        return
    on_postgresql = connection.vendor == "postgresql"
    constant = _values(event, CONSTANT)
    last: Any = list(clients) if on_postgresql else json.dumps([str(pk) for pk in clients])
    run(connections[DEFAULT_DB_ALIAS], POSTGRESQL if on_postgresql else SQLITE, [*constant, last])


def insert_for_objects(event: Event, objects: Sequence[tuple[UUID, UUID | None]]) -> None:
    """Add *event* once for each of *objects*: its id, and the client whose it is."""
    if not objects:
        return
    constant, real = _values(event, CONSTANT), connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        run(real, OBJECTS_POSTGRESQL, [*constant, [pk for pk, _ in objects], [client for _, client in objects]])
        return
    pairs = [[str(pk), str(client) if client else None] for pk, client in objects]
    run(real, OBJECTS_SQLITE, [*constant, json.dumps(pairs)])


def _values(event: Event, names: Sequence[str]) -> list[Any]:
    real = connections[DEFAULT_DB_ALIAS]  # looked up once, not by each field
    fields: list[Any] = [Event._meta.get_field(name) for name in names]
    return [field.get_db_prep_save(getattr(event, field.name), real) for field in fields]
