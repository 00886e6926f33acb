"""What makes today's lists worth looking at: whose review is due when, who was missed, what was promised."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from goldthread.doors.demo.agency import ANDRE, JONAH, MEI_LIN, RENEE, SUNNIVA, TOMAS
from goldthread.doors.demo.work.enrolling import Care

REVIEWS = (-9, -3, 0, 0, 2, 4, 6)
"""Days from today on which a plan review of each worker's clients is due."""
PROMISES = (-2, 0, 0, 1, 3, 5, 6, 9, 13)
"""Days from today by which each worker promised something in a note."""
MISSED = {RENEE: 2, JONAH: 4, TOMAS: 2, SUNNIVA: 1, MEI_LIN: 1, ANDRE: 1}
"""How many of each worker's clients nobody saw in the last whole month (or quarter)."""
FULL = 20
"""Clients: who carries fewer has a short list."""


@dataclass(slots=True)
class Fates:
    """By episode: the day on which its review is due, the day of a promise; and those missed in the last whole period."""

    reviews: dict[UUID, date] = field(default_factory=dict)
    promises: dict[UUID, date] = field(default_factory=dict)
    missed: set[UUID] = field(default_factory=set)


def draw_fates(cares: Sequence[Care], today: date, rng: Random) -> Fates:
    """Choose for every worker whose turn it is."""
    fates = Fates()
    by_worker: dict[str, list[Care]] = defaultdict(list)
    for care in cares:
        if care.worker:
            by_worker[care.worker.name].append(care)
    for name, theirs in by_worker.items():
        rng.shuffle(theirs)
        short = len(theirs) < FULL
        old = [care for care in theirs if _long_enough(care, today)]
        reviewed = [care for care in old if not care.offer.court]  # a hearing would count as their review
        for care, days in zip(reviewed, REVIEWS[2:5] if short else REVIEWS, strict=False):
            fates.reviews[care.episode.pk] = today + timedelta(days=days)
        known = [care for care in theirs if (today - care.episode.enrolled_on).days > 20]
        for care, days in zip(reversed(known), PROMISES[1:5] if short else PROMISES, strict=False):
            fates.promises[care.episode.pk] = today + timedelta(days=days)
        seen = [care for care in old if care.episode.pk not in fates.reviews]
        fates.missed |= {care.episode.pk for care in seen[: MISSED.get(name, 0)]}
    return fates


def _long_enough(care: Care, today: date) -> bool:
    """Have they been here for so long that a review may be due?"""
    months = care.offer.review_months + (5 if care.offer.from_plan else 1)
    return (today - care.episode.enrolled_on).days > months * 31
