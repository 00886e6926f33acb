"""How many places of a program are free: of those that its rules state, without who is enrolled and who was offered one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.enums import PlaceState
from goldthread.casework.intake.models import Inquiry, Place
from goldthread.foundation.programs.rules.waitlist import Waitlist

TAKEN = (PlaceState.OFFERED, PlaceState.ACCEPTED)
"""An offer that waits for an answer holds its place; so does an accepted one until they are enrolled."""


@dataclass(frozen=True, slots=True)
class Vacancies:
    """``taken`` of the ``places`` of a program: a person each, or a household where it enrolls households."""

    places: int
    taken: int

    @property
    def free(self) -> int:
        """Never less than none."""
        return max(0, self.places - self.taken)


def vacancies(rules: Mapping[UUID, Waitlist]) -> dict[UUID, Vacancies]:
    """Of each program of *rules* that states how many places it has. Two queries; none where no program does."""
    stated = {pk: one.places for pk, one in rules.items() if one.places}
    if not stated:
        return {}
    enrolled = _counted(Episode.objects.filter(discharged_on__isnull=True), stated)
    promised = _counted(Place.objects.filter(state__in=TAKEN), stated)
    return {pk: Vacancies(many, enrolled.get(pk, 0) + promised.get(pk, 0)) for pk, many in stated.items()}


def places_held(inquiry: Inquiry) -> QuerySet[Place]:
    """Places that were offered to whom *inquiry* is about: each is counted as taken already."""
    theirs = Q(inquiry=inquiry.pk) | (Q(inquiry__client=inquiry.client_id) if inquiry.client_id else Q())
    return Place.objects.filter(theirs, state__in=TAKEN)


def _counted(rows: "QuerySet[Any]", programs: Collection[UUID]) -> dict[UUID, int]:
    found = rows.filter(program__in=programs).order_by().values("program").annotate(many=Count("pk"))
    return {row["program"]: row["many"] for row in found}
