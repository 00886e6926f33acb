"""Reading the ledger and the drafts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from goldthread.casework.record.models import Draft, Entry
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.lib.conditions import Condition, Shape
from goldthread.foundation.lib.databases import planned_anew
from goldthread.foundation.lib.text import plain
from goldthread.people.persons.models import Person

PAGE = 50
WINDOW = 2_000
"""How many entries one page looks through at most when it filters: the next page goes on from there."""
NEWEST = (datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))
"""The place before every entry."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the timeline is narrowed to. Empty: everything."""

    kinds: tuple[str, ...] = ()
    worker: UUID | None = None
    domain: str = ""
    text: str = ""
    episode: UUID | None = None

    def __bool__(self) -> bool:
        return bool(self.kinds or self.worker or self.domain or plain(self.text) or self.episode)


class Told(NamedTuple):
    """An entry, as much as a line of the timeline shows of it."""

    pk: UUID
    kind: str
    happened_at: datetime
    source_kind: str
    source_id: UUID
    title: str
    facts: dict[str, Any]
    voided: bool
    text: str
    actor: str | None
    """The name of who wrote it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some entries, newest first. ``before``: the entry from which the next stretch starts, None at the end.

    ``looked_to``: when a filter stopped looking before it filled the page, the instant to which it had looked.
    """

    entries: list[Told]
    before: UUID | None
    looked_to: datetime | None = None


def timeline(
    person: Person, content: Condition, *, wanted: Wanted | None = None, before: UUID | None = None, size: int = PAGE
) -> Stretch:
    """One page of *person*'s entries that *content* (of the gate) lets through, newest first. One query by key;

    one more to find the place of *before*, and one more when filtered: a filter looks through WINDOW entries at most, so
    that 20 000 entries are as quick as 20.
    """
    at, pk = (_PLACE.first(person=person.pk, pk=before) if before else None) or NEWEST
    edge = None
    rows = _page(content.shape, size)
    with planned_anew():
        if wanted:
            edge = _EDGE.first(person=person.pk, at=at, pk=pk)
            rows = Compiled(lambda: _shown(_narrowed(_seen(content.shape), wanted, edge), size))
        found = [Told(*row) for row in rows.ask(person=person.pk, at=at, pk=pk, **content.given)]
    if len(found) > size:
        return Stretch(found[:size], found[size - 1].pk)
    return Stretch(found, edge[1], edge[0]) if edge else Stretch(found, None)


def _older(at: Any, pk: Any) -> Q:
    """Entries that come after that of *at* and *pk* on the timeline. The first half, which the second one implies, is what
    the index knows of."""
    return Q(happened_at__lte=at) & (Q(happened_at__lt=at) | Q(pk__lt=pk))


def _entries() -> QuerySet[Entry]:
    """The entries of one client from one place on."""
    return Entry.objects.filter(_older(Given("at"), Given("pk")), person=Given("person"), hidden=False)


def _seen(content: Shape) -> QuerySet[Entry]:
    return _entries().filter(content.left_open())


def _shown(rows: QuerySet[Entry], size: int) -> QuerySet[Entry, Any]:
    """One more than a page, to know whether there are more."""
    *fields, actor = Told._fields
    return rows.order_by("-happened_at", "-id").values_list(*fields, f"{actor}__name")[: size + 1]


@cache
def _page(content: Shape, size: int) -> Compiled[tuple[Any, ...]]:
    return Compiled(lambda: _shown(_seen(content), size))


_PLACE: Compiled[tuple[datetime, UUID]] = Compiled(
    lambda: Entry.objects.filter(person=Given("person"), pk=Given("pk"), hidden=False).values_list("happened_at", "pk")
)


def _edge() -> QuerySet[Entry, Any]:
    """The last entry that a filter looks at."""
    return _entries().order_by("-happened_at", "-id").values_list("happened_at", "pk")[WINDOW - 1 : WINDOW]


_EDGE: Compiled[tuple[datetime, UUID]] = Compiled(_edge)


def latest(person: Person, content: Q, kinds: Iterable[str], many: int = 1) -> list[Entry]:
    """The newest *many* entries of *kinds* that stand, for the brief and for *last time*. One query."""
    rows = Entry.objects.filter(content, person=person, kind__in=list(kinds), voided=False)
    return list(rows.defer("words").select_related("actor").order_by("-happened_at", "-id")[:many])


def latest_of_each(persons: Iterable[UUID], content: Q, kind: str) -> dict[UUID, Entry]:
    """The newest entry of *kind* that stands, of each of *persons* (ids): two queries, each person's by their own index."""
    of_one = Entry.objects.filter(content, person=OuterRef("pk"), kind=kind, voided=False)
    newest = of_one.order_by("-happened_at", "-id").values("pk")[:1]
    rows = Person.objects.filter(pk__in=list(persons)).values_list(Subquery(newest), flat=True)
    found = Entry.objects.filter(pk__in=[pk for pk in rows if pk]).defer("words").select_related("actor")
    return {row.person_id: row for row in found}


def drafts_of(staff: UUID) -> QuerySet[Draft]:
    """What *staff* is writing, the latest first, with the clients."""
    return Draft.objects.filter(staff=staff).select_related("person", "episode__program").order_by("-saved_at", "-id")


def begun(staff: UUID, person: UUID, kind: str) -> list[Draft]:
    """What *staff* is writing about *person*, the latest first: only which, and when it was saved. One query, compiled once."""
    return _BEGUN.ask(staff=staff, person=person, kind=kind)


_BEGUN: Compiled[Draft] = Compiled(
    lambda: (
        Draft.objects.filter(staff=Given("staff"), person=Given("person"), kind=Given("kind"))
        .only("saved_at")
        .order_by("-saved_at", "-id")
    )
)


def draft(pk: UUID, staff: UUID) -> Draft | None:
    """The draft *pk* of *staff*."""
    return Draft.objects.filter(pk=pk, staff=staff).first()


def _narrowed(rows: QuerySet[Entry], wanted: Wanted, edge: tuple[datetime, UUID] | None) -> QuerySet[Entry]:
    """Those of *rows* that are *wanted*, and no older than *edge*."""
    if edge:
        rows = rows.exclude(_older(*edge))
    if wanted.kinds:
        rows = rows.filter(kind__in=wanted.kinds)
    if wanted.worker:
        rows = rows.filter(actor=wanted.worker)
    if wanted.episode:
        rows = rows.filter(episode=wanted.episode)
    if wanted.domain:
        rows = rows.annotate(in_domains=Cast("domains", TextField())).filter(in_domains__contains=f'"{wanted.domain}"')
    for word in plain(wanted.text).split():
        rows = rows.filter(words__contains=word)
    return rows
