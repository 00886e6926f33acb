"""Scores and their bands, as the builder shows them. One stands on the questionnaire, or on the item whose value it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.building.elements import (
    Row,
    expression,
    with_extension,
    with_extensions,
    with_key,
)
from goldthread.casework.assessments.rules.building.parts import (
    Around,
    Part,
    Values,
    extension,
    number,
    read_all,
    said,
    said_in_other,
    write_all,
)
from goldthread.casework.assessments.rules.building.tree import Impossible, Path, changed_at, walk
from goldthread.casework.assessments.rules.extensions import every, extensions_of, first
from goldthread.casework.assessments.rules.model import Json, Missing
from goldthread.casework.assessments.rules.reading_scores import SCORE

BAND = "band"
ADDED, MEAN, EXPRESSION = "sum", "mean", "expression"
MOST_BANDS = 40
MOST_SCORES = 100


@dataclass(frozen=True, slots=True)
class Held:
    """A score where it stands: ``path`` of its holder, its place among the extensions there."""

    name: str
    row: Json
    path: Path
    place: int
    on_item: str = ""


def scores_in(content: Json) -> list[Held]:
    """The scores, those of the questionnaire first, then those on items, as the reader finds them."""
    found = []
    for path, holder in [((), content), *walk(content)]:
        link_id = str(holder.get("linkId", "")) if path else ""
        for place, one in enumerate(extensions_of(dict(holder))):
            if one.get("url") == SCORE:
                found.append(Held(str(first(one, "name") or link_id), one, path, place, link_id))
    return found


def score_called(content: Json, name: str) -> Held | None:
    """The score of that name; None when it is gone."""
    return next((one for one in scores_in(content) if one.name == name), None)


def with_score(content: Json, name: str, row: Json | None) -> Row:
    """*content* with the score *name* replaced by *row*, or (None) without it. One that is not there is added to the questionnaire."""
    held = score_called(content, name) if name else None
    if held is None:
        if row is None:
            raise Impossible(_("This score is no longer here."))
        if len(scores_in(content)) >= MOST_SCORES:
            raise Impossible(_("An instrument can have at most %(most)s scores.") % {"most": MOST_SCORES})
        return with_extensions(content, [*extensions_of(dict(content)), row])

    def change(holder: Json) -> Row:
        rows = extensions_of(dict(holder))
        return with_extensions(holder, [*rows[: held.place], *([row] if row else []), *rows[held.place + 1 :]])

    return changed_at(content, held.path, change)


def _several(name: str) -> Part:
    """Every value of a part that stands several times: linkIds. Those that stay keep what stands beside them."""

    def write(row: Json, values: list[str], _around: Around) -> Row:
        held = {one.get("valueString"): one for one in extensions_of(dict(row)) if one.get("url") == name}
        rows = [one for one in extensions_of(dict(row)) if one.get("url") != name]
        made = [held.get(value, {"url": name, "valueString": value}) for value in values]
        place = next((n for n, one in enumerate(extensions_of(dict(row))) if one.get("url") == name), len(rows))
        before = sum(1 for one in extensions_of(dict(row))[:place] if one.get("url") != name)
        return with_key(row, "extension", [*rows[:before], *made, *rows[before:]])

    return Part(name, lambda row, _a: [str(value) for value in every(row, name)], write)


def _read_method(row: Json, _around: Around) -> str:
    return EXPRESSION if first(row, "expression") else str(first(row, "method") or ADDED)


def _write_method(row: Json, method: str, _around: Around) -> Row:
    found = dict(row) if method == EXPRESSION else with_extension(row, "expression", "valueExpression", None)
    return with_extension(found, "method", "valueCode", MEAN if method == MEAN else None)


def _read_expression(row: Json, _around: Around) -> str:
    found = first(row, "expression")
    return str(found.get("expression") or "") if isinstance(found, Mapping) else ""


def _write_expression(row: Json, text: str, _around: Around) -> Row:
    return with_extension(row, "expression", "valueExpression", expression(text) if text else None)


BAND_PARTS = (
    said("label", "label"),
    said_in_other("label2", "label"),
    number("low", "from", decimal=True),
    number("high", "to", decimal=True),
    number("severity", "severity"),
    extension("domain", "need-domain", "valueCode"),
    number("strength", "need-strength"),
)


def _read_bands(row: Json, around: Around) -> list[dict[str, Any]]:
    rows = [one for one in extensions_of(dict(row)) if one.get("url") == BAND]
    return [{"was": n, **read_all(BAND_PARTS, one, around)} for n, one in enumerate(rows)]


def _write_bands(row: Json, bands: Iterable[Mapping[str, Any]], around: Around) -> Row:
    held = [one for one in extensions_of(dict(row)) if one.get("url") == BAND]
    others = [one for one in extensions_of(dict(row)) if one.get("url") != BAND]
    made = []
    for band in bands:
        was = band.get("was")
        base = held[was] if isinstance(was, int) and was < len(held) else {"url": BAND}
        made.append(write_all(BAND_PARTS, base, band, around))
    return with_key(row, "extension", [*others, *made])


PARTS: tuple[Part, ...] = (
    extension("name", "name", "valueCode"),
    said("title", "title"),
    said_in_other("title2", "title"),
    _several("item"),
    _several("reverse"),
    Part("method", _read_method, _write_method),
    Part("expression", _read_expression, _write_expression),
    extension("missing", "missing", "valueCode"),
    number("most_missing", "most-missing"),
    extension("higher", "higher-is-better", "valueBoolean", empty=False),
    said("says", "says"),
    said_in_other("says2", "says"),
    Part("bands", _read_bands, _write_bands),
)
NEW: Values = {"method": ADDED, "missing": str(Missing.NONE), "item": [], "reverse": [], "bands": []}


def read_score(row: Json, around: Around) -> Values:
    """What the builder shows of a score."""
    return read_all(PARTS, row, around)


def write_score(row: Json | None, values: Mapping[str, Any], around: Around) -> Row:
    """The score with *values*; without *row* a new one."""
    return write_all(PARTS, row or {"url": SCORE}, values, around)
