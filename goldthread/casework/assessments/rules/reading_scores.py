"""Our own extensions of a Questionnaire: scores with their bands, licence, source, attribution. See docs/instruments.md."""

from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.extensions import OURS, every, extensions_of, named, parts, text_of
from goldthread.casework.assessments.rules.model import Band, Item, Json, Missing, ScoreRule, Text
from goldthread.casework.assessments.rules.notes import Notes
from goldthread.foundation.programs.enums import Domain

SCORE, LICENCE, SOURCE, ATTRIBUTION = (f"{OURS}{name}" for name in ("score", "licence", "source", "attribution"))
STRONGEST = 3
WORST = 4


def read_scores(data: Json, by_link: dict[str, Item], notes: Notes) -> tuple[ScoreRule, ...]:
    """The scores on the questionnaire, then those on its items in the order of the document."""
    found = [_score(one, None, by_link, notes) for one in named(data, SCORE)]
    for item in by_link.values():
        found += [_score(one, item, by_link, notes) for one in named(item.data, SCORE)]
    names = [rule.name for rule in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        notes.add("", _("two scores are called “%(name)s”") % {"name": name})
    return tuple(found)


def said(data: Json, name: str) -> str:
    """What our extension *name* of the questionnaire says; several are joined by lines."""
    return "\n".join(str(value) for value in every(data, name))


def _score(one: Json, holder: Item | None, by_link: dict[str, Item], notes: Notes) -> ScoreRule:
    pieces = parts(one)
    link_id = holder.link_id if holder else ""
    name = str(_one(pieces, "name") or link_id)
    if not name:
        notes.add("", _("has a score without a name"))
    where = link_id or name
    items, reverse = _links(pieces, "item", where, by_link, notes), _links(pieces, "reverse", where, by_link, notes)
    expression = notes.expression(where, _("score"), _one(pieces, "expression")) or (
        holder.calculated if holder else ""
    )
    if not expression and not items:
        notes.add(where, _("the score says neither an expression nor items"))
    if holder is None and name in by_link:
        notes.add(where, _("the score is called like an item; put it on the item"))
    for unknown in sorted(set(reverse) - set(items)):
        notes.add(where, _("the score reverses %(item)s, which is not among its items") % {"item": unknown})
    mean = _is_mean(pieces, where, expression, notes)
    missing = _missing(pieces, where, items, bool(holder), notes)
    most = notes.whole(where, "most-missing", _one(pieces, "most-missing")) or 0
    bands = tuple(_band(part, where, notes) for part in pieces.get("band", []))
    _check_bands(bands, where, notes)
    return ScoreRule(
        name=name,
        title=_words(one, "title") or (holder.text if holder else Text(name)),
        expression=expression,
        items=items,
        reverse=reverse,
        mean=mean,
        missing=missing,
        most_missing=most,
        bands=bands,
        higher_is_better=notes.flag(where, "higher-is-better", _one(pieces, "higher-is-better")),
        says=_words(one, "says"),
        on_item=link_id,
    )


def _one(pieces: dict[str, list[Any]], name: str) -> Any:
    return next(iter(pieces.get(name, [])), None)


def _words(one: Json, name: str) -> Text:
    return next((text_of(part, "valueString") for part in extensions_of(one) if part.get("url") == name), Text())


def _links(
    pieces: dict[str, list[Any]], name: str, where: str, by_link: dict[str, Item], notes: Notes
) -> tuple[str, ...]:
    links = tuple(str(value) for value in pieces.get(name, []))
    for link in links:
        if link not in by_link or not by_link[link].type.is_question:
            notes.add(where, _("the score names %(item)s, which is no question here") % {"item": link})
    return links


def _is_mean(pieces: dict[str, list[Any]], where: str, expression: str, notes: Notes) -> bool:
    word = str(_one(pieces, "method") or "sum")
    if word not in ("sum", "mean"):
        notes.add(where, _("method: “%(word)s” is not known (sum, mean)") % {"word": word})
    if word == "mean" and expression:
        notes.add(where, _("the score is a mean of its items and has an expression as well"))
    return word == "mean"


def _missing(pieces: dict[str, list[Any]], where: str, items: tuple[str, ...], on_item: bool, notes: Notes) -> Missing:
    word = str(_one(pieces, "missing") or Missing.NONE)
    try:
        missing = Missing(word)
    except ValueError:
        notes.add(where, _("missing: “%(word)s” is not known (none, prorated, sum)") % {"word": word})
        return Missing.NONE
    if missing is Missing.PRORATED and on_item:
        notes.add(where, _("a prorated score belongs to the questionnaire: an item shows what its expression says"))
    if missing is Missing.PRORATED and not items:
        notes.add(where, _("a prorated score has to name its items"))
    return missing


def _band(part: Json, where: str, notes: Notes) -> Band:
    pieces = parts(part)
    label = _words(part, "label")
    if not label:
        notes.add(where, _("has a band without a label"))
    severity = notes.whole(where, "severity", _one(pieces, "severity")) or 0
    if severity > WORST:
        notes.add(where, _("severity goes from 0 to %(most)s") % {"most": WORST})
    domain = str(_one(pieces, "need-domain") or "")
    if domain and domain not in set(Domain):
        notes.add(where, _("“%(domain)s” is not a life domain") % {"domain": domain})
    strength = notes.whole(where, "need-strength", _one(pieces, "need-strength")) or 0
    if strength > STRONGEST or (bool(domain) != bool(strength)):
        notes.add(where, _("a need has a domain and a strength from 1 to %(most)s") % {"most": STRONGEST})
    low, high = (notes.number(where, name, _one(pieces, name)) for name in ("from", "to"))
    return Band(label, low, high, severity, domain, strength)


def _check_bands(bands: tuple[Band, ...], where: str, notes: Notes) -> None:
    """Bands go upwards, and no value is in two of them."""
    for band in bands:
        if band.low is not None and band.high is not None and band.low > band.high:
            notes.add(where, _("the band “%(label)s” ends before it starts") % {"label": band.label})
    for one, other in pairwise(bands):
        if one.high is None or other.low is None or other.low <= one.high:
            said_of = {"one": one.label, "other": other.label}
            notes.add(where, _("the bands “%(one)s” and “%(other)s” overlap") % said_of)
