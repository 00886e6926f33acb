"""Lists of answers that several questions share: the value sets contained in a questionnaire.

A list is read as what it comes to, wherever its codes stand (spelled out, in a contained code system, expanded, put together from
other lists). Once its codes are changed it is spelled out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.building.elements import (
    Row,
    other_language,
    own_language,
    with_extension,
    with_key,
    with_words_in,
    words_in,
)
from goldthread.casework.assessments.rules.building.options import free_code
from goldthread.casework.assessments.rules.building.parts import (
    Around,
    Part,
    Values,
    plain,
    read_all,
    translated,
    write_all,
)
from goldthread.casework.assessments.rules.building.tree import Impossible, walk
from goldthread.casework.assessments.rules.extensions import WEIGHTS, every, extensions_of, weight_of
from goldthread.casework.assessments.rules.model import Json
from goldthread.casework.assessments.rules.notes import Notes
from goldthread.casework.assessments.rules.options import codes_of_set, contained_in

MOST_LISTS = 100
LONGEST_ID = 50
SET = "ValueSet"


@dataclass(frozen=True, slots=True)
class Held:
    """A list where it stands among the contained resources."""

    id: str
    row: Json
    place: int

    @property
    def address(self) -> str:
        """How an item names it."""
        return f"#{self.id}"


def lists_in(content: Json) -> list[Held]:
    """The lists, in the order of the file. One without an id cannot be named, and stays as it came."""
    rows = content.get("contained") or []
    return [
        Held(str(row["id"]), row, place)
        for place, row in enumerate(rows)
        if isinstance(row, Mapping) and row.get("resourceType") == SET and row.get("id")
    ]


def list_called(content: Json, name: str) -> Held | None:
    """The list of that id; None when it is gone."""
    return next((one for one in lists_in(content) if one.id == name), None)


def title_of(held: Held) -> str:
    """What it is called."""
    return str(held.row.get("title") or held.row.get("name") or held.id)


def with_list(content: Json, name: str, row: Json | None) -> Row:
    """*content* with the list *name* replaced by *row*, or (None) without it. One that is not there is added."""
    held = list_called(content, name)
    rows = list(content.get("contained") or [])
    if held is not None:
        rows[held.place : held.place + 1] = [row] if row else []
        return with_key(content, "contained", rows)
    if row is None:
        raise Impossible(_("This list is no longer here."))
    if len(lists_in(content)) >= MOST_LISTS:
        raise Impossible(_("An instrument can have at most %(most)s lists.") % {"most": MOST_LISTS})
    return {**content, "contained": [*rows, row]}


def new_list(content: Json, title: str) -> Row:
    """A list without answers yet, with an id that is free."""
    taken = {str(row.get("id", "")) for row in content.get("contained") or [] if isinstance(row, Mapping)}
    wanted = slugify(title)[:LONGEST_ID].strip("-_").replace("_", "-") or "list"
    name = next(one for n in range(1, len(taken) + 2) if (one := wanted if n == 1 else f"{wanted}-{n}") not in taken)
    return {"resourceType": SET, "id": name, "status": "active"}


def users_of(content: Json, held: Held) -> list[str]:
    """Codes of the questions that take their answers, or their units, from the list; and ids of lists that include it."""
    addresses = {held.address, str(held.row.get("url") or held.address)}

    def names(value: Any) -> bool:
        return str(value or "").split("|")[0] in addresses

    asked = [
        str(item.get("linkId", ""))
        for _path, item in walk(content)
        if names(item.get("answerValueSet")) or any(names(one) for one in every(dict(item), "unitValueSet"))
    ]
    return asked + [one.id for one in lists_in(content) if one.id != held.id and any(map(names, _included(one.row)))]


def _included(row: Json) -> Iterator[Any]:
    compose = row.get("compose") or {}
    for part in [*(compose.get("include") or []), *(compose.get("exclude") or [])]:
        yield from part.get("valueSet") or []


def codes_in(held: Held, content: Json, second: str = "") -> list[dict[str, Any]]:
    """Its answers as rows. ``was``: what stands for each. *second*: the other language, unless it is the second of the builder."""
    return codes_at(held.address, contained_in(content), second or other_language(content))


def codes_at(address: str, contained: Mapping[str, Json], second: str) -> list[dict[str, Any]]:
    """The answers of the list at *address* as rows. *second*: the second language."""
    return [
        {
            "was": _token(coding),
            "code": str(coding.get("code") or ""),
            "system": str(coding.get("system") or ""),
            "text": str(coding.get("display") or ""),
            "text2": _second(coding, second),
            "weight": weight,
        }
        for coding, weight in codes_of_set(address, contained, Notes())
    ]


def _token(coding: Json) -> str:
    return f"{coding.get('system') or ''}|{coding.get('code') or ''}"


def _second(coding: Json, language: str) -> str:
    said = words_in(coding, "display", language)
    return said or next((str(one.get("value") or "") for one in _designated(coding, language)), "")


def _designated(coding: Json, language: str) -> list[Json]:
    rows = coding.get("designation") or []
    return [
        one for one in rows if isinstance(one, Mapping) and str(one.get("language", "")).partition("-")[0] == language
    ]


def _title(row: Json, _around: Around) -> str:
    return str(row.get("title") or row.get("name") or "")


PARTS = (
    Part("title", _title, plain("title", "title").write),
    translated("title2", "title"),
)


def read_list(held: Held, content: Json, second: str = "") -> Values:
    """What the builder shows of a list."""
    around = Around(own_language(content), second or other_language(content))
    return {**read_all(PARTS, held.row, around), "codes": codes_in(held, content, second)}


def write_list(held: Held, values: Mapping[str, Any], content: Json, second: str = "") -> Row:
    """The list with *values*. Its codes are spelled out once they are others than they were."""
    around = Around(own_language(content), second or other_language(content))
    found = write_all(PARTS, held.row, values, around)
    if "codes" in values and list(values["codes"]) != codes_in(held, content, second):
        found = _spelled_out(found, values["codes"], held, content, around.other)
    return found


def _spelled_out(row: Row, rows: Iterable[Mapping[str, Any]], held: Held, content: Json, second: str) -> Row:
    compose = row.get("compose") if isinstance(row.get("compose"), Mapping) else {}
    raw = _raw(held, content)
    own = f"{content.get('url') or 'urn:goldthread:list'}#{held.id}"
    taken = {str(one.get("code") or "") for one in rows}
    parts: dict[str, Row] = {}
    for number, one in enumerate(rows, 1):
        base = raw.get(str(one.get("was") or ""), {})
        system = str(one.get("system") or "") or str(base.get("system") or "") or own
        code = str(one.get("code") or "") or free_code(str(one.get("text") or ""), number, taken)
        taken.add(code)
        part = parts.setdefault(system, {**_plain_include(compose, system), "system": system, "concept": []})
        part["concept"].append(_concept(base, {**one, "code": code}, second))
    kept = {key: value for key, value in (compose or {}).items() if key not in ("include", "exclude")}
    found = {key: value for key, value in row.items() if key != "expansion"}
    return {**found, "compose": {**kept, "include": list(parts.values())}}


def _plain_include(compose: Any, system: str) -> Row:
    """What stands beside the codes of a system that were spelled out before: its version."""
    rows = (compose or {}).get("include") or []
    held: Row = next((one for one in rows if one.get("system") == system), {})
    return {key: value for key, value in held.items() if key not in ("concept", "filter", "valueSet")}


def _raw(held: Held, content: Json) -> dict[str, Json]:
    """The codes with all that stands on them, by what stands for them: as they are spelled out, else as they were found."""
    found: dict[str, Json] = {}
    for coding, weight in codes_of_set(held.address, contained_in(content), Notes()):
        kept = {key: coding[key] for key in ("system", "code", "display", "_display", "designation") if key in coding}
        found[_token(coding)] = with_extension(kept, WEIGHTS[0], "valueDecimal", weight)
    for part in (held.row.get("compose") or {}).get("include") or []:
        for concept in part.get("concept") or []:
            token = f"{part.get('system') or ''}|{concept.get('code') or ''}"
            if token in found:
                found[token] = {**concept, "system": part.get("system") or ""}
    return found


def _concept(base: Json, said: Mapping[str, Any], language: str) -> Row:
    found = {key: value for key, value in base.items() if key != "system"}
    found = with_key(with_key(found, "code", said["code"]), "display", said.get("text") or "")
    if str(said.get("text2") or "") != _second(base, language):
        found = _in_second(found, language, str(said.get("text2") or ""))
    if said.get("weight") != weight_of(base):
        rest = [one for one in extensions_of(found) if one.get("url") not in WEIGHTS]
        found = with_key(found, "extension", rest)
        found = with_extension(found, WEIGHTS[0], "valueDecimal", said.get("weight"))
    return found


def _in_second(concept: Row, language: str, words: str) -> Row:
    """*concept* with its words in the second language: where they stand already, else as FHIR has it, a designation."""
    if words_in(concept, "display", language):
        return with_words_in(concept, "display", language, words)
    mine = _designated(concept, language)
    rows = [one for one in concept.get("designation") or [] if not any(one is other for other in mine)]
    made = [{**(mine[0] if mine else {"language": language}), "value": words}] if words else []
    return with_key(concept, "designation", [*rows, *made])
