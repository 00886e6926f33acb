"""Adding to the audit log. Nothing here changes or removes a row: the database refuses that too."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from goldthread.foundation.audit import rules
from goldthread.foundation.audit.bulk import insert, insert_all, insert_for_each, insert_for_objects
from goldthread.foundation.audit.models import Event, Seal
from goldthread.foundation.lib.actor import Actor

log = logging.getLogger(__name__)


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
    insert(event)
    return event


def told(*, by: Actor, action: str, kind: str, object_id: UUID, client: UUID | None, details: dict[str, Any]) -> Event:
    """An event that is not written yet: one of those that ``record_together`` adds."""
    return _event(by, action, kind, str(object_id), client, True, details)


def record_together(events: Sequence[Event]) -> None:
    """Add *events*, in this order, with one statement in the caller's transaction."""
    insert_all(events)


def record_many(
    *, by: Actor, action: str, kind: str, clients: Iterable[UUID], details: dict[str, Any] | None = None
) -> int:
    """Add one event for each of *clients* (the rows of a list that was shown) with one statement. Returns how many."""
    shown = list(clients)
    insert_for_each(_event(by, action, kind, "", None, True, details or {}), shown)
    return len(shown)


def record_each(
    *, by: Actor, action: str, kind: str, objects: Iterable[tuple[UUID, UUID | None]], details: dict[str, Any]
) -> None:
    """Add one event for each of *objects* (its id, and whose it is) with one statement, however many."""
    insert_for_objects(_event(by, action, kind, "", None, True, details), list(objects))


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


def seal(*, by: Actor) -> int:
    """Chain every committed event that is not chained yet, in batches. Returns how many events were sealed.

    Events may commit in another order than that of their ids: an id not seen yet is remembered as missing and taken
    into the first seal after it appears. Two sealers at once: one of them finds its number taken and leaves.
    """
    sealed = 0
    while batch := _seal_batch(by.at):
        sealed += batch
    return sealed


def _seal_batch(at: datetime) -> int:
    """One batch; 0 when there is nothing to seal, or another sealer was faster."""
    before = Seal.objects.order_by("-number").first()
    start = before.upto if before else 0
    late = [pk for pk, _ in before.missing] if before else []
    events = [
        *Event.objects.filter(pk__in=late).order_by("pk"),
        *Event.objects.filter(pk__gt=start).order_by("pk")[: rules.BATCH],
    ]
    if not events:
        return 0
    upto = max(start, events[-1].pk)
    seal = Seal(
        number=before.number + 1 if before else 1,
        sealed_at=at,
        previous=before.digest if before else rules.START,
        events=[[event.pk, rules.event_digest(event)] for event in events],
        upto=upto,
        missing=rules.missing_after(before, [event.pk for event in events], upto, at),
    )
    seal.digest = rules.seal_digest(seal)
    try:
        with transaction.atomic():
            seal.save(force_insert=True)
    except IntegrityError:
        return 0
    log.info("audit sealed", extra={"event": seal.digest, "count": len(events)})
    return len(events)
