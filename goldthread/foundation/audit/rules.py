"""How events are hashed and chained. Pure."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldthread.foundation.audit.models import Event, Seal

START = "0" * 64
"""What the first seal is chained to."""
BATCH = 5_000
"""Events a seal, at most: hashed in well under 200 ms."""
LATE = timedelta(seconds=60)
"""An event that waits longer than this for the sealer raises the alarm (house.md, Access)."""
GIVEN_UP = timedelta(hours=1)
"""An id missing for so long belongs to a transaction that was rolled back."""


def event_digest(event: "Event") -> str:
    """32 hexadecimal digits over everything that the event says, its id included."""
    said = [
        event.pk,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        _text(event.actor),
        event.action,
        event.kind,
        event.object_id,
        _text(event.client),
        event.allowed,
        _text(event.break_glass),
        event.request,
        event.details,
    ]
    return _sha256(said)[:32]


def seal_digest(seal: "Seal") -> str:
    """64 hexadecimal digits over the seal and, by ``previous``, over every seal before it."""
    at = seal.sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
    return _sha256([seal.number, at, seal.previous, seal.upto, seal.missing, seal.events])


def missing_after(before: "Seal | None", found: Iterable[int], upto: int, at: datetime) -> list[list[Any]]:
    """The ids up to *upto* that are in no seal, with when each was first missed; those given up are left out.

    *found* are the ids of the batch that is being sealed.
    """
    here = set(found)
    start = before.upto if before else 0
    still = [[pk, since] for pk, since in (before.missing if before else []) if pk not in here]
    kept = [[pk, since] for pk, since in still if at - datetime.fromisoformat(since) < GIVEN_UP]
    return kept + [[pk, at.isoformat()] for pk in range(start + 1, upto + 1) if pk not in here]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _sha256(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
