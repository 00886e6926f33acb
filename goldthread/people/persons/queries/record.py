"""One person's record as the details page shows it: a fixed number of queries, whatever its length."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Prefetch, Q, QuerySet, When
from django.db.models.lookups import Exact

from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.lib.labels import ALL_LABELS
from goldthread.people.persons.enums import NameKind
from goldthread.people.persons.models import (
    Address,
    Alert,
    Change,
    ContactPoint,
    HouseholdMember,
    Identifier,
    Person,
    PersonName,
    Relationship,
)


@dataclass(frozen=True, slots=True)
class Record:
    """A person with the rows that may be seen; rows that are over come last."""

    person: Person
    names: list[PersonName]
    contact_points: list[ContactPoint]
    addresses: list[Address]
    identifiers: list[Identifier]
    alerts: list[Alert]
    relationships: list[Relationship]
    household: list[HouseholdMember]


def visible(cleared: int) -> Q:
    """Rows none of whose labels is missing in *cleared*."""
    missing = missing_in(cleared)
    return clear_of(missing) if missing else Q()


def missing_in(cleared: int) -> int:
    """The labels, as bits, that are not among *cleared*."""
    return int(ALL_LABELS) & ~cleared


def clear_of(missing: int | Given) -> Q:
    """Rows that have none of the labels *missing* (bits)."""
    bits: Any = missing
    return Q(Exact(F("labels").bitand(bits), 0))


def holds(today: date | Given) -> Q:
    """Rows that hold on *today*."""
    return (Q(starts_on__isnull=True) | Q(starts_on__lte=today)) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def record_of(person: Person, cleared: int, today: date) -> Record:
    """Everything on *person* that who is *cleared* (bits of labels) may see. Seven queries."""
    seen = Q(person=person) & visible(cleared)
    return Record(
        person=person,
        names=list(PersonName.objects.filter(person=person).order_by("kind", "pk")),
        contact_points=list(_current_first(ContactPoint.objects.filter(seen)).order_by("over", "-first_choice", "pk")),
        addresses=list(_current_first(Address.objects.filter(seen)).order_by("over", "kind", "-starts_on")),
        identifiers=list(_current_first(Identifier.objects.filter(seen)).order_by("over", "kind")),
        alerts=list(Alert.objects.filter(seen).order_by(F("ended_on").desc(nulls_first=True), "review_on")),
        relationships=circle_of(person, cleared, today, past=True),
        household=household_of(person, cleared, today),
    )


def names_of(person: Person) -> list[PersonName]:
    """The names that *person* has now: the legal one, and the one they go by. One query."""
    return list(
        PersonName.objects.filter(person=person, kind__in=(NameKind.LEGAL, NameKind.PREFERRED)).order_by("kind")
    )


def _current_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    ordered: QuerySet[Any] = rows.annotate(over=Case(When(ends_on__isnull=True, then=0), default=1))
    return ordered


def circle_of(
    person: Person, cleared: int, today: date, *, past: bool = False, phones: bool = True
) -> list[Relationship]:
    """What others are to *person*, emergency contacts first, each with its ``other``; ``other.open_phones`` holds the numbers
    that may be seen, first choice first. Two queries; one without *phones*."""
    if not past and not phones:
        rows = _CIRCLE.ask(person=person.pk, missing=missing_in(cleared), today=today)
        return [row for row in rows if not row.other.labels & ~cleared]
    numbers = ContactPoint.objects.filter(holds(today) & visible(cleared)).order_by("-first_choice", "pk")
    found = Relationship.objects.filter(Q(person=person) & visible(cleared))
    if not past:
        found = found.filter(holds(today))
    if phones:
        found = found.prefetch_related(Prefetch("other__contact_points", queryset=numbers, to_attr="open_phones"))
    return [row for row in _circle(found) if not row.other.labels & ~cleared]


def _circle(found: QuerySet[Relationship]) -> QuerySet[Relationship]:
    return found.select_related("other").order_by(
        "-emergency_contact", F("ends_on").desc(nulls_first=True), "kind", "other__sort_key", "pk"
    )


_MISSING = Given("missing", IntegerField())
_CIRCLE = Compiled(
    lambda: _circle(Relationship.objects.filter(clear_of(_MISSING), holds(Given("today")), person=Given("person")))
)


def household_of(person: Person, cleared: int, today: date) -> list[HouseholdMember]:
    """Who lives with *person* today, themselves included, the head first. One query."""
    members = _HOUSEHOLD.ask(person=person.pk, today=today)
    return [member for member in members if member.person_id == person.pk or not member.person.labels & ~cleared]


def _household() -> QuerySet[HouseholdMember]:
    on_today = holds(Given("today"))
    homes = HouseholdMember.objects.filter(on_today, person=Given("person")).values("household")
    members = HouseholdMember.objects.filter(on_today, household__in=homes).select_related("person", "household")
    return members.order_by("household", "-is_head", "person__birth_date", "person__sort_key")


_HOUSEHOLD = Compiled(_household)


@dataclass(frozen=True, slots=True)
class Brief:
    """What to know before a call or a visit."""

    alerts: list[Alert]
    contact_points: list[ContactPoint]
    addresses: list[Address]
    emergency: list[Relationship]
    changes: list[Change]


def brief_of(person: Person, cleared: int, today: date) -> Brief:
    """Open alerts, how to reach them, where they live, whom to call, and the last changes. Six queries."""
    seen = Q(person=person) & visible(cleared)
    return Brief(
        alerts=list(Alert.objects.filter(seen, ended_on__isnull=True).order_by("review_on", "pk")),
        contact_points=list(ContactPoint.objects.filter(seen & holds(today)).order_by("-first_choice", "pk")),
        addresses=list(Address.objects.filter(seen & holds(today)).order_by("kind", "pk")),
        emergency=[row for row in circle_of(person, cleared, today) if row.emergency_contact],
        changes=history(person, None, cleared, limit=6),
    )


def history(person: Person, before_id: int | None, cleared: int, *, limit: int = 50) -> list[Change]:
    """Changes of the record, newest first, from the one before *before_id* on. One query."""
    rows = Change.objects.filter(Q(person=person) & visible(cleared))
    if before_id is not None:
        rows = rows.filter(id__lt=before_id)
    return list(rows.order_by("-id")[:limit])
