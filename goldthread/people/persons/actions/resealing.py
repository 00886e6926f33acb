"""Numbers under the agency's newest keys, after its keys were changed."""

from uuid import UUID

from django.db import transaction

from goldthread.foundation.lib.encryption import Tampered
from goldthread.people.persons.identifiers import sealed_anew
from goldthread.people.persons.models import Identifier

BATCH = 200
FIRST = UUID(int=0)


def reseal_identifiers() -> tuple[int, int]:
    """Seal and digest every number anew that is not yet, a small batch a transaction: killed at any moment, it goes on
    where it was. Returns how many were sealed anew, and how many do not open with any key (and stay as they are)."""
    changed = unreadable = 0
    last = FIRST
    while rows := list(Identifier.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        done, lost = _reseal(rows)
        changed, unreadable, last = changed + done, unreadable + lost, rows[-1].pk
    return changed, unreadable


@transaction.atomic
def _reseal(rows: list[Identifier]) -> tuple[int, int]:
    fresh, unreadable = [], 0
    for row in rows:
        try:
            if sealed_anew(row):
                fresh.append(row)
        except Tampered:
            unreadable += 1
    Identifier.objects.bulk_update(fresh, ["sealed", "digest", "last4_digest"])
    return len(fresh), unreadable
