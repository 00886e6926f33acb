"""What expressions share and what they forbid, as rows: named values (``variable``) and rules over answers (``questionnaire-constraint``),
on the whole instrument or on an item.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from goldthread.casework.assessments.rules.building.elements import FHIRPATH, STRUCTURE, Row, with_key
from goldthread.casework.assessments.rules.building.parts import (
    Around,
    Part,
    Values,
    extension,
    read_all,
    said,
    said_in_other,
    write_all,
)
from goldthread.casework.assessments.rules.extensions import extensions_of, name_of
from goldthread.casework.assessments.rules.model import Json

CONSTRAINT, VARIABLE = f"{STRUCTURE}questionnaire-constraint", f"{STRUCTURE}variable"
STOPS, WARNS = "error", "warning"


def _rows(name: str, url: str, parts: tuple[Part, ...], ours: Callable[[Json], bool]) -> Part:
    """Every extension at *url* that is *ours*, as rows. ``was``: its place among them. The others stay where they are."""

    def held(row: Json) -> list[Json]:
        return [
            one for one in extensions_of(dict(row)) if name_of(str(one.get("url", ""))) == name_of(url) and ours(one)
        ]

    def read(row: Json, around: Around) -> list[dict[str, Any]]:
        return [{"was": n, **read_all(parts, one, around)} for n, one in enumerate(held(row))]

    def write(row: Json, rows: Iterable[Mapping[str, Any]], around: Around) -> Row:
        mine, every = held(row), extensions_of(dict(row))
        made = [write_all(parts, _base(mine, values, url), values, around) for values in rows]
        known = {id(one) for one in mine}
        place = next((n for n, one in enumerate(every) if id(one) in known), len(every))
        after = [one for one in every[place:] if id(one) not in known]
        return with_key(row, "extension", [*every[:place], *made, *after])

    return Part(name, read, write)


def _base(held: list[Json], values: Mapping[str, Any], url: str) -> Json:
    was = values.get("was")
    return held[was] if isinstance(was, int) and was < len(held) else {"url": url}


def _in_expression(name: str) -> Part:
    """What stands under *name* in the Expression of an extension."""

    def read(row: Json, _around: Around) -> str:
        return str(_expression(row).get(name) or "")

    def write(row: Json, value: str, _around: Around) -> Row:
        held = {"language": FHIRPATH, **_expression(row)}
        return {**row, "valueExpression": with_key(held, name, value)}

    return Part(name, read, write)


def _expression(row: Json) -> Json:
    found = row.get("valueExpression")
    return found if isinstance(found, Mapping) else {}


CONSTRAINTS = _rows(
    "constraints",
    CONSTRAINT,
    (
        extension("key", "key", "valueId"),
        extension("severity", "severity", "valueCode"),
        extension("expression", "expression", "valueString"),
        said("says", "human"),
        said_in_other("says2", "human"),
    ),
    lambda one: "extension" in one,
)
VARIABLES = _rows(
    "variables",
    VARIABLE,
    (_in_expression("name"), _in_expression("expression")),
    lambda one: _expression(one).get("language", FHIRPATH) == FHIRPATH,
)
PARTS = (CONSTRAINTS, VARIABLES)


def with_keys(rows: Iterable[Mapping[str, Any]]) -> list[Values]:
    """Rules, each new one with a key of its own: FHIR wants one, and nobody has to think of it."""
    found = [dict(row) for row in rows]
    taken = {str(row.get("key") or "") for row in found}
    for row in found:
        if not row.get("key") and "was" not in row:
            row["key"] = next(key for n in range(1, len(taken) + 2) if (key := f"rule-{n}") not in taken)
            taken.add(row["key"])
    return found


def read_shared(content: Json, around: Around) -> Values:
    """The rules and named values of the whole."""
    return read_all(PARTS, content, around)


def write_shared(content: Json, values: Mapping[str, Any], around: Around) -> Row:
    """*content* with those."""
    return write_all(PARTS, content, values, around)


def is_shared(content: Json, reason: str) -> bool:
    """Is *reason* (of a mistake on the whole) about one of them?"""
    values = read_shared(content, Around())
    texts = [str(row["expression"]) for rows in values.values() for row in rows]
    return any(text and text[:77] in reason for text in texts)
