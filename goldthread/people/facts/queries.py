"""Reading facts. What may be seen is a condition that the gate gives."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from goldthread.people.facts.models import Fact
from goldthread.people.persons.models import Person


def holding_on(day: date) -> Q:
    """Facts whose days include *day*."""
    return (Q(starts_on__isnull=True) | Q(starts_on__lte=day)) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def as_open(fact: Fact, labels: int, episode: UUID | None) -> bool:
    """May everybody read *fact* who reads what stands under *labels* in *episode*? A label is cleared for each episode alone."""
    return not fact.labels or (not fact.labels & ~labels and fact.episode_id in (None, episode))


def current_facts(person: Person | UUID, on: date, seen: Q, kinds: Iterable[str] = ()) -> list[Fact]:
    """What holds of *person* on the day *on*, of *kinds* (all), by kind, newest first. One query."""
    rows = Fact.objects.filter(holding_on(on), seen, person=person, current=True)
    wanted = list(kinds)
    if wanted:
        rows = rows.filter(kind__in=wanted)
    return list(rows.order_by("kind", "-starts_on", "-recorded_at", "-pk"))


def standing_facts(person: Person | UUID, seen: Q, limit: int = 600) -> list[Fact]:
    """What was neither corrected nor taken back, whether it holds now, did, or will: newest first, at most *limit*. One query."""
    rows = Fact.objects.filter(seen, person=person, current=True)
    return list(rows.order_by(F("starts_on").desc(nulls_last=True), "-recorded_at", "-pk")[:limit])


def past_facts(person: Person | UUID, on: date, seen: Q, limit: int = 200) -> list[Fact]:
    """What held once and does no longer on the day *on*, newest first, at most *limit*."""
    rows = Fact.objects.filter(seen, person=person, current=True, ends_on__lt=on)
    return list(rows.order_by("-ends_on", "-pk")[:limit])


def statements(person: Person | UUID, seen: Q, kind: str = "", limit: int = 500) -> list[Fact]:
    """Every statement ever written down, corrected and mistaken ones included, newest first, at most *limit*."""
    rows = Fact.objects.filter(seen, person=person)
    if kind:
        rows = rows.filter(kind=kind)
    return list(rows.order_by("-recorded_at", "-pk")[:limit])


def residences(person: Person | UUID, seen: Q) -> list[Fact]:
    """Where *person* has lived, first to last."""
    return list(
        Fact.objects.filter(seen, person=person, kind="housing", current=True).order_by("starts_on", "ends_on", "pk")
    )
