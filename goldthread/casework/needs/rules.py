"""What of a score is a need, and in which order needs stand. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.model import Band, Questionnaire, ScoreRule
from goldthread.casework.needs.enums import NeedState


class Scored(Protocol):
    """One number that a signed assessment came to."""

    name: str
    title: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A need that an assessment speaks of. *item*: the score or answer that says so; *because*: the same in words."""

    item: str
    domain: str
    strength: int
    words: str
    because: str


class Ranked(Protocol):
    state: str
    rank: int | None
    own_words: bool
    strength: int


Row = TypeVar("Row", bound=Ranked)


def suggestions(questionnaire: Questionnaire, scores: Iterable[Scored], language: str) -> list[Suggestion]:
    """The needs that *scores*, worked out by *questionnaire*, speak of: strongest first, then as the instrument lists them."""
    rules = {rule.name: rule for rule in questionnaire.scores}
    found = []
    for score in scores:
        rule = rules.get(score.name)
        band = _band_of(rule, score.value) if rule else None
        if rule and band and band.need_domain:
            found.append(_suggestion(questionnaire, rule, band, score, language))
    return sorted(found, key=lambda one: -one.strength)


def in_their_order(needs: Iterable[Row]) -> list[Row]:
    """Open ones first; within them what the person ranked, then what the person brought up, then the strongest."""
    return sorted(needs, key=_place)


def with_unseen(before: Sequence[UUID], order: Sequence[UUID], seen: Collection[UUID]) -> list[UUID]:
    """*order*, of the needs that its writer sees (*seen*), with those of *before* that they do not see left in their places."""
    merged = list(order)
    for place, pk in enumerate(before):
        if pk not in seen:
            merged.insert(place, pk)
    return merged


def _place(need: Ranked) -> tuple[bool, bool, int, bool, int]:
    return (need.state != NeedState.OPEN, need.rank is None, need.rank or 0, not need.own_words, -need.strength)


def _band_of(rule: ScoreRule, value: Decimal | None) -> Band | None:
    if value is None:
        return None
    fits = (
        band
        for band in rule.bands
        if (band.low is None or value >= Decimal(str(band.low)))
        and (band.high is None or value <= Decimal(str(band.high)))
    )
    return next(fits, None)


def _suggestion(questionnaire: Questionnaire, rule: ScoreRule, band: Band, score: Scored, language: str) -> Suggestion:
    title, label = rule.title.within(language), band.label.within(language)
    said = {
        "instrument": questionnaire.title.within(language),
        "score": title,
        "value": _plain(score.value),
        "band": label,
    }
    return Suggestion(
        item=rule.name,
        domain=band.need_domain,
        strength=band.need_strength,
        words=_("%(score)s: %(band)s") % said,
        because=_("%(instrument)s, %(score)s %(value)s: %(band)s") % said,
    )


def _plain(value: Decimal | None) -> str:
    """14.000 → 14, 2.500 → 2.5."""
    return f"{value:f}".rstrip("0").rstrip(".") if value is not None and "." in f"{value:f}" else f"{value}"
