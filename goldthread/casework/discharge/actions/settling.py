"""What is open is settled one by one. A decision is kept, and happens when the episode ends."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from goldthread.casework.discharge.actions.common import staff_of, still_open, told
from goldthread.casework.discharge.enums import Decision
from goldthread.casework.discharge.models import Settlement, WayOut
from goldthread.casework.discharge.rules.settling import Bunch, Item, check_decision
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff


@transaction.atomic
def decide(
    *,
    way: WayOut,
    item: Item,
    decision: str,
    by: Actor,
    words: str = "",
    to_staff: Staff | None = None,
    on: date | None = None,
) -> Settlement:
    """Decide what becomes of *item* as it stands now. Deciding again replaces it.

    DomainError: it cannot be decided so, something is missing, or the way out is signed.
    """
    row = still_open(way)
    found = check_decision(item, decision, words, to_staff, on, by.today)
    made, _new = Settlement.objects.update_or_create(
        way=row,
        kind=item.kind,
        source_id=item.id,
        defaults={
            "title": item.title[:300],
            "decision": found,
            "words": words.strip()[:500],
            "to_staff": to_staff,
            "on": on,
            "stamp": item.stamp,
            "made_by_id": staff_of(by),
            "made_at": by.at,
            "labels": row.labels | item.labels,
        },
    )
    told(row, "discharge.settled", by, kind=str(item.kind), decision=str(found))
    return made


@transaction.atomic
def decide_together(
    *, way: WayOut, bunches: Sequence[Bunch], words: Mapping[str, str], to_staff: Staff | None, by: Actor
) -> int:
    """Decide of all things in *bunches* alike, or of none; *words* by the key of the bunch. Returns how many there were.

    DomainError, with the key of the bunch as its field: something is missing; or the way out is signed.
    """
    row, many = still_open(way), 0
    for bunch in bunches:
        for item in bunch.items:
            colleague = to_staff if bunch.decision == Decision.COLLEAGUE else None
            try:
                decide(
                    way=row,
                    item=item,
                    decision=bunch.decision,
                    words=words.get(bunch.key, ""),
                    to_staff=colleague,
                    by=by,
                )
            except DomainError as error:
                raise DomainError(error.message, bunch.key) from error
            many += 1
    return many


@transaction.atomic
def undecide(*, way: WayOut, kind: str, source_id: UUID, by: Actor) -> bool:
    """Take a decision back: the thing is open again. False when there was none."""
    row = still_open(way)
    gone, _each = row.settlements.filter(kind=kind, source_id=source_id).delete()
    if gone:
        told(row, "discharge.unsettled", by, kind=kind)
    return bool(gone)
