"""A part of an element, as the builder reads and writes it. Everything of the builder is made of these."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from goldthread.casework.assessments.rules.building.elements import (
    Row,
    expression,
    with_extension,
    with_key,
    with_words_in,
    words_in,
)
from goldthread.casework.assessments.rules.extensions import extensions_of, first, name_of, named
from goldthread.casework.assessments.rules.model import Json

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """What an element stands in: the languages of the instrument, its items by linkId, and the resources it contains."""

    language: str = "en"
    other: str = "es"
    items: Mapping[str, Json] | None = None
    contained: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """``read`` takes it out of an element, ``write`` gives the element back with another value."""

    name: str
    read: Callable[[Json, Around], Any]
    write: Callable[[Json, Any, Around], Row]


def read_all(parts: Iterable[Part], row: Json, around: Around) -> Values:
    """Every part of *row*, by name."""
    return {part.name: part.read(row, around) for part in parts}


def write_all(parts: Iterable[Part], row: Json, values: Mapping[str, Any], around: Around) -> Row:
    """*row* with *values*. A part that says what it said before, or that *values* does not name, is not touched."""
    found = dict(row)
    for part in parts:
        if part.name in values and values[part.name] != part.read(found, around):
            found = part.write(found, values[part.name], around)
    return found


def plain(name: str, key: str, empty: Any = "") -> Part:
    """What stands under a key of FHIR. *empty*: what is read where nothing stands."""
    return Part(name, lambda row, _a: row.get(key, empty), lambda row, value, _a: with_key(row, key, value))


def translated(name: str, key: str) -> Part:
    """The translation of the words under a key to the second language."""
    return Part(
        name,
        lambda row, around: words_in(row, key, around.other),
        lambda row, value, around: with_words_in(row, key, around.other, value),
    )


def extension(name: str, url: str, key: str, empty: Any = "") -> Part:
    """The value of an extension."""

    def read(row: Json, _around: Around) -> Any:
        found = first(row, name_of(url))
        return empty if found is None else found

    def write(row: Json, value: Any, _around: Around) -> Row:
        return with_extension(row, url, key, None if value in ("", None, False) else value)

    return Part(name, read, write)


def formula(name: str, url: str) -> Part:
    """An expression in FHIRPath; one in another language is not read, nor is it overwritten by nothing."""

    def read(row: Json, _around: Around) -> str:
        found = first(row, name_of(url))
        return str(found.get("expression") or "") if isinstance(found, Mapping) else ""

    def write(row: Json, value: str, _around: Around) -> Row:
        held = first(row, name_of(url))
        kept = dict(held) if isinstance(held, Mapping) else {}
        return with_extension(row, url, "valueExpression", {**kept, **expression(value)} if value else None)

    return Part(name, read, write)


def number(name: str, url: str, *, decimal: bool = False) -> Part:
    """The number that an extension says. *decimal*: always kept as a decimal, as FHIR wants it of ends of bands."""

    def read(row: Json, _around: Around) -> Any:
        return first(row, name_of(url))

    def write(row: Json, value: Any, _around: Around) -> Row:
        key = "valueInteger" if isinstance(value, int) and not decimal else "valueDecimal"
        return with_extension(row, url, key, value)

    return Part(name, read, write)


def said(name: str, url: str) -> Part:
    """The words of an extension; their translations stay beside them."""

    def write(row: Json, value: str, _around: Around) -> Row:
        held = _said(row, url)
        if held is None or not value:
            return with_extension(row, url, "valueString", value or None)
        rows = [{**one, "valueString": value} if one is held else one for one in extensions_of(dict(row))]
        return {**row, "extension": rows}

    return Part(name, lambda row, _a: str((_said(row, url) or {}).get("valueString") or ""), write)


def said_in_other(name: str, url: str) -> Part:
    """The words of an extension in the second language."""

    def write(row: Json, value: str, around: Around) -> Row:
        held = _said(row, url)
        if held is None:
            return dict(row)
        rows = [
            with_words_in(one, "valueString", around.other, value) if one is held else one
            for one in extensions_of(dict(row))
        ]
        return {**row, "extension": rows}

    return Part(name, lambda row, around: words_in(_said(row, url) or {}, "valueString", around.other), write)


def _said(row: Json, url: str) -> Json | None:
    return next(named(dict(row), name_of(url)), None)
