"""Reading the ledger and the drafts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from goldthread.casework.record.models import Draft, Entry
from goldthread.foundation.lib.text import plain
from goldthread.people.persons.models import Person

PAGE = 50
WINDOW = 2_000
"""How many entries one page looks through at most when it filters: the next page goes on from there."""


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


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some entries, newest first. ``before``: the entry from which the next stretch starts, None at the end.

    ``looked_to``: when a filter stopped looking before it filled the page, the instant to which it had looked.
    """

    entries: list[Entry]
    before: UUID | None
    looked_to: datetime | None = None


def timeline(
    person: Person, content: Q, *, wanted: Wanted | None = None, before: UUID | None = None, size: int = PAGE
) -> Stretch:
    """One page of *person*'s entries that *content* (of the gate) lets through, newest first. One query by key;

    one more to find the place of *before*, and one more when filtered: a filter looks through WINDOW entries at most, so
    that 20 000 entries are as quick as 20.
    """
    rows = Entry.objects.filter(person=person, hidden=False)
    anchor = rows.filter(pk=before).values_list("happened_at", "pk").first() if before else None
    if anchor:
        rows = rows.filter(_older(*anchor))
    edge = None
    if wanted:
        edge = rows.order_by("-happened_at", "-id").values_list("happened_at", "pk")[WINDOW - 1 : WINDOW].first()
        rows = _narrowed(rows, wanted)
        if edge:
            rows = rows.exclude(_older(*edge))
    found = list(
        rows.filter(content).defer("words").select_related("actor").order_by("-happened_at", "-id")[: size + 1]
    )
    if len(found) > size:
        return Stretch(found[:size], found[size - 1].pk)
    return Stretch(found, edge[1], edge[0]) if edge else Stretch(found, None)


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


def draft(pk: UUID, staff: UUID) -> Draft | None:
    """The draft *pk* of *staff*."""
    return Draft.objects.filter(pk=pk, staff=staff).first()


def _older(happened_at: datetime, pk: UUID) -> Q:
    return Q(happened_at__lte=happened_at) & (Q(happened_at__lt=happened_at) | Q(pk__lt=pk))


def _narrowed(rows: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
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
