"""Where a record went."""

from uuid import UUID

from goldthread.casework.merging.models import Merge
from goldthread.people.persons.models import Person

DEEPEST = 12
MOST = 50
"""Records that became one; nobody is entered that often."""


def kept_of(pk: UUID) -> UUID | None:
    """The record that *pk* became part of, and that one in turn; None when it was never merged. One query a step."""
    found = None
    for _step in range(DEEPEST):
        into = Merge.objects.filter(gone=pk, undone_at__isnull=True).values_list("kept", flat=True).first()
        if into is None:
            return found
        found = pk = into
    return found


def parts_of(pk: UUID) -> list[UUID]:
    """The records that are part of *pk* now, those that were part of them included. One query a step; one when there is none."""
    found: list[UUID] = []
    newest = [pk]
    while newest and len(found) < MOST:
        rows = Merge.objects.filter(kept__in=newest, undone_at__isnull=True).values_list("gone", flat=True)
        newest = [one for one in rows if one not in found]
        found += newest
    return found


def merges_into(person: Person) -> list[Merge]:
    """What was made part of *person*, the newest first, those taken back, too. One query."""
    return list(Merge.objects.filter(kept=person).select_related("gone").order_by("-at"))
