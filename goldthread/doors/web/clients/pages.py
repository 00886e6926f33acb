"""A list read page by page by key: the same speed on page 1 and page 4 000, and no client content in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from goldthread.doors.web.clients.columns import Listed
from goldthread.people.persons.models import Person

PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some clients in their order; ``before`` and ``after`` are the ids from which the pages beside it start, or None."""

    clients: Sequence[Listed]
    before: UUID | None
    after: UUID | None
    by_due: bool = False
    """Is their order that of what is due first, and not that of their names?"""


@dataclass(frozen=True, slots=True)
class Span:
    """The same of ids alone."""

    ids: Sequence[UUID]
    before: UUID | None
    after: UUID | None


def read_page(
    clients: QuerySet[Person],
    *,
    among: QuerySet[Person] | None = None,
    after: str = "",
    before: str = "",
    size: int = PAGE,
) -> Page:
    """One page of *clients* in the order of their names. An id that is not (or no longer) a person *among* those whom the
    reader may find starts at the top: else the place of a name in the alphabet would be told."""
    anchor = _anchor(after or before, clients if among is None else among)
    backwards = bool(before) and not after and anchor is not None
    if anchor:
        clients = clients.filter(_beyond(anchor, backwards))
    order = ("-sort_key", "-id") if backwards else ("sort_key", "id")
    found = clients.order_by(*order).values_list(*Listed._fields)[: size + 1]
    return page_of([Listed(*row) for row in found], size=size, backwards=backwards, anchored=anchor is not None)


def page_of(found: list[Listed], *, size: int = PAGE, backwards: bool = False, anchored: bool = False) -> Page:
    """The page that *found* is: up to *size* clients in the order in which they were read, and one more if there are more.

    *anchored*: it does not start at the top of the list.
    """
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], None, None)
    has_before = more if backwards else anchored
    has_after = True if backwards else more
    return Page(found, found[0].pk if has_before else None, found[-1].pk if has_after else None)


def page_around(listed: Sequence[UUID], *, after: str = "", before: str = "", size: int = PAGE) -> Span:
    """Which of *listed* (ids, in the order shown) are on a page: those after one of them, or before it; at the top where the id is
    none of them, as it is once somebody has left the list."""
    place = {str(pk): number for number, pk in enumerate(listed)}
    if after in place:
        start = place[after] + 1
    elif before in place:
        start = max(0, place[before] - size)
    else:
        start = 0
    shown = listed[start : start + size]
    more = start + size < len(listed)
    return Span(shown, shown[0] if start and shown else None, shown[-1] if more else None)


def _anchor(key: str, among: QuerySet[Person]) -> Person | None:
    try:
        return among.only("sort_key").filter(pk=UUID(key)).first()
    except ValueError:
        return None


def _beyond(anchor: Person, backwards: bool) -> Q:
    if backwards:
        return Q(sort_key__lte=anchor.sort_key) & (Q(sort_key__lt=anchor.sort_key) | Q(pk__lt=anchor.pk))
    return Q(sort_key__gte=anchor.sort_key) & (Q(sort_key__gt=anchor.sort_key) | Q(pk__gt=anchor.pk))
