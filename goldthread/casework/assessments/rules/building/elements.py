"""Pieces of the JSON of a Questionnaire: read, and written into a copy. Nothing here changes what it is given."""

from collections.abc import Iterable, Mapping
from typing import Any

from goldthread.casework.assessments.rules.extensions import HL7, extensions_of, name_of, named, parts
from goldthread.casework.assessments.rules.model import Json

Row = dict[str, Any]
STRUCTURE = f"{HL7}StructureDefinition/"
SDC = f"{HL7}uv/sdc/StructureDefinition/sdc-questionnaire-"
TRANSLATION = f"{STRUCTURE}translation"
FHIRPATH = "text/fhirpath"
NAMING = frozenset(("item", "reverse", "evidence", "starts-on", "ends-on", "said-by", "said-words"))
"""Parts of our extensions whose words are linkIds."""


def own_language(content: Json) -> str:
    """The language in which the instrument is written."""
    return str(content.get("language") or "en")


def other_language(content: Json) -> str:
    """The second language that the builder offers: Spanish, or English where the first is Spanish."""
    return "en" if own_language(content).startswith("es") else "es"


def with_key(row: Json, key: str, value: Any) -> Row:
    """*row* with *value* under *key*; nothing (empty, False, None) takes the key away."""
    if value in (None, "", False, [], {}):
        return {name: kept for name, kept in row.items() if name != key}
    return {**row, key: value}


def with_extensions(row: Json, extensions: Iterable[Json]) -> Row:
    """*row* with *extensions* in place of its own."""
    return with_key(row, "extension", list(extensions))


def with_extension(row: Json, url: str, key: str, value: Any) -> Row:
    """*row* with the value of its extension at *url* replaced, or added; None takes all of them away. An extension that is there
    already under an older address keeps it.
    """
    name = name_of(url)
    held = extensions_of(row)
    if value is None:
        return with_extensions(row, [one for one in held if name_of(str(one.get("url", ""))) != name])
    place = next((n for n, one in enumerate(held) if name_of(str(one.get("url", ""))) == name), None)
    if place is None:
        return with_extensions(row, [*held, {"url": url, key: value}])
    kept = {name: inner for name, inner in held[place].items() if not name.startswith(("value", "_value"))}
    return with_extensions(row, [*held[:place], {**kept, key: value}, *held[place + 1 :]])


def words_in(row: Any, key: str, language: str) -> str:
    """The translation of the words under *key* to *language*, or to a wider or narrower form of it."""
    found = _translation(row.get(f"_{key}") if isinstance(row, Mapping) else None, language)
    return str(parts(found).get("content", [""])[0] or "") if found else ""


def with_words_in(row: Json, key: str, language: str, words: str) -> Row:
    """*row* with the translation of *key* to *language*; no words take it away."""
    shadow = row.get(f"_{key}")
    shadow = shadow if isinstance(shadow, Mapping) else {}
    held = extensions_of(dict(shadow))
    mine = _translation(shadow, language)
    made = [{"url": TRANSLATION, "extension": _translated(mine, language, words)}] if words else []
    replaced = [new for one in held for new in (made if one is mine else [one])]
    extensions = [*held, *made] if mine is None else replaced
    return with_key(row, f"_{key}", with_extensions(shadow, extensions))


def _translated(held: Json | None, language: str, words: str) -> list[Row]:
    lang = next(
        (one for one in extensions_of(held) if one.get("url") == "lang"), {"url": "lang", "valueCode": language}
    )
    return [dict(lang), {"url": "content", "valueString": words}]


def _translation(shadow: Any, language: str) -> Json | None:
    wider = language.partition("-")[0]
    said = [(str(parts(one).get("lang", [""])[0] or ""), one) for one in named(shadow, "translation")]
    exact = next((one for lang, one in said if lang == language), None)
    return exact or next((one for lang, one in said if lang.partition("-")[0] == wider), None)


def expression(text: str) -> Row:
    """An Expression in FHIRPath."""
    return {"language": FHIRPATH, "expression": text}
