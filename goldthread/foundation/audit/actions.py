"""Adding to the audit log. Nothing here changes or removes a row: the database refuses that too."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor


def record(
    *,
    by: Actor,
    action: str,
    kind: str,
    object_id: UUID | str = "",
    client: UUID | None = None,
    allowed: bool = True,
    details: dict[str, Any] | None = None,
) -> Event:
    """Add one event in the caller's transaction: it stands if and only if what it tells of stands.

    *action* is room.verb; *client* is the person whose content was seen or changed; *details* never holds client content.
    """
    event = _event(by, action, kind, str(object_id), client, allowed, details or {})
    event.save(force_insert=True)
    return event


def record_many(
    *, by: Actor, action: str, kind: str, clients: Iterable[UUID], details: dict[str, Any] | None = None
) -> int:
    """Add one event for each of *clients* (the rows of a list that was shown) with one statement. Returns how many."""
    events = [_event(by, action, kind, str(pk), pk, True, details or {}) for pk in clients]
    Event.objects.bulk_create(events, batch_size=500)
    return len(events)


def record_denied(
    *,
    by: Actor,
    action: str,
    kind: str,
    object_id: UUID | str = "",
    client: UUID | None = None,
    details: dict[str, Any] | None = None,
) -> Event:
    """Add a refusal in a transaction of its own, so that nothing that follows can take it back.

    There must be no transaction around it (RuntimeError): the gate is asked at the entry, before anything is written.
    A second connection is no way out, since on SQLite it would wait for the first one's lock.
    """
    with transaction.atomic(durable=True):
        return record(
            by=by, action=action, kind=kind, object_id=object_id, client=client, allowed=False, details=details
        )


def _event(
    by: Actor, action: str, kind: str, object_id: str, client: UUID | None, allowed: bool, details: dict[str, Any]
) -> Event:
    return Event(
        at=by.at,
        actor=by.staff,
        action=action,
        kind=kind,
        object_id=object_id,
        client=client,
        allowed=allowed,
        break_glass=by.break_glass,
        request=by.request,
        details=details,
    )
