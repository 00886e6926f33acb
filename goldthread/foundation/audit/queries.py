"""Reading the audit log: who saw a client, what a worker saw, whether the chain holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from goldthread.foundation.audit import rules
from goldthread.foundation.audit.models import Event, Seal


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: the number of the seal, and what is wrong in words."""

    seal: int
    what: str


@dataclass(frozen=True, slots=True)
class Page:
    """Events, newest first, and the key of the next page (None on the last)."""

    events: list[Event]
    before: str | None


def who_saw(
    client: UUID, before: str = "", limit: int = 50, without: Iterable[str] = (), parts: Iterable[UUID] = ()
) -> Page:
    """Every event about *client*, newest first. *before* is the key that the page before gave.

    *without*: beginnings of actions that this reader is not to be shown. *parts*: records that became part of *client*; each is
    asked by itself, for no index holds the events of several by their time.
    """
    hidden = tuple(without)
    pages = [_page(_shown(Event.objects.filter(client=one), hidden), before, limit) for one in (client, *parts)]
    if len(pages) == 1:
        return pages[0]
    events = sorted((event for page in pages for event in page.events), key=lambda one: (one.at, one.pk), reverse=True)
    more = len(events) > limit or any(page.before for page in pages)
    shown = events[:limit]
    return Page(shown, _key_of(shown[-1]) if more else None)


def what_saw(staff: UUID, before: str = "", limit: int = 50, without: Iterable[str] = ()) -> Page:
    """Everything that *staff* saw or did, newest first. *before* and *without* as for who_saw."""
    return _page(_shown(Event.objects.filter(actor=staff), without), before, limit)


def told_since(*, since: datetime, actor: UUID | None, client: UUID, action: str, details: dict[str, Any]) -> bool:
    """Has the same been recorded since that instant, through no broken glass? One query, over a client's newest events."""
    rows = Event.objects.filter(client=client, at__gte=since, actor=actor, action=action, allowed=True)
    return details in rows.filter(break_glass__isnull=True).values_list("details", flat=True)


def _shown(events: QuerySet[Event], without: Iterable[str]) -> QuerySet[Event]:
    for beginning in without:
        events = events.exclude(action__startswith=beginning)
    return events


def _page(events: QuerySet[Event], before: str, limit: int) -> Page:
    """By key: the last row's moment and id. A key that cannot be read is taken as none."""
    key = _key(before)
    if key:
        at, pk = key
        events = events.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk), at__lte=at)
    rows = list(events.order_by("-at", "-pk")[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, _key_of(rows[-1]) if more else None)


def _key_of(event: Event) -> str:
    return f"{event.at.isoformat()}_{event.pk}"


def _key(before: str) -> tuple[datetime, int] | None:
    at, _, pk = before.rpartition("_")
    try:
        moment = datetime.fromisoformat(at)
        return (moment.astimezone(UTC), int(pk)) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def waiting_since() -> datetime | None:
    """The moment of the oldest event that no seal holds yet. None when all are sealed. Two or three quick queries."""
    head = Seal.objects.order_by("-number").only("upto", "missing").first()
    start = head.upto if head else 0
    late = [pk for pk, _ in head.missing] if head else []
    found = [
        Event.objects.filter(pk__gt=start).order_by("pk").values_list("at", flat=True).first(),
        Event.objects.filter(pk__in=late).order_by("pk").values_list("at", flat=True).first() if late else None,
    ]
    return min((at for at in found if at), default=None)


def seconds_late(at: datetime) -> int:
    """How many seconds the sealer is late at the instant *at*: 0 when nothing has waited longer than rules.LATE."""
    since = waiting_since()
    waited = at - since if since else None
    return int(waited.total_seconds()) if waited and waited > rules.LATE else 0


def breaks(at: datetime) -> Iterator[Break]:
    """Walk the whole chain from its start and yield every break; nothing when it holds.

    Found are: a seal that is missing, changed or out of order; an event changed, removed, or slipped in later;
    and an event that has waited longer than rules.LATE (as after the last seals were removed).
    """
    previous, number, sealed = rules.START, 0, 0
    head: Seal | None = None
    for seal in Seal.objects.order_by("number").iterator(chunk_size=1):
        if seal.number != number + 1:
            yield Break(number + 1, "this seal is missing")
        elif seal.previous != previous:
            yield Break(seal.number, "this seal does not follow the one before it")
        if seal.digest != rules.seal_digest(seal):
            yield Break(seal.number, "this seal was changed")
        yield from _broken_events(seal)
        previous, number, head = seal.digest, seal.number, seal
        sealed += len(seal.events)
    yield from _unsealed(head, sealed)
    if late := seconds_late(at):
        yield Break(number + 1, f"an event has waited {late} seconds for its seal")


def _broken_events(seal: Seal) -> Iterator[Break]:
    rows = Event.objects.in_bulk([pk for pk, _ in seal.events])
    for pk, digest in seal.events:
        if pk not in rows:
            yield Break(seal.number, f"event {pk} was removed")
        elif rules.event_digest(rows[pk]) != digest:
            yield Break(seal.number, f"event {pk} was changed")


def _unsealed(head: Seal | None, sealed: int) -> Iterator[Break]:
    """Events that should be in a seal by their id and are in none: they were slipped in."""
    if head is None:
        return
    waiting = [pk for pk, _ in head.missing]
    due = Event.objects.filter(pk__lte=head.upto).exclude(pk__in=waiting)
    if due.count() <= sealed:
        return
    known = {pk for events in Seal.objects.values_list("events", flat=True).iterator() for pk, _ in events}
    for pk in due.values_list("pk", flat=True).iterator():
        if pk not in known:
            yield Break(head.number, f"event {pk} is in no seal")
