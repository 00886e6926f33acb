"""What an instrument says of itself, and what of it the builder does not know."""

import json
from collections.abc import Mapping
from typing import Any

from goldthread.casework.assessments.rules.building.elements import (
    SDC,
    Row,
    other_language,
    own_language,
    with_extensions,
)
from goldthread.casework.assessments.rules.building.lists import lists_in
from goldthread.casework.assessments.rules.building.parts import (
    Around,
    Part,
    Values,
    extension,
    plain,
    read_all,
    translated,
    write_all,
)
from goldthread.casework.assessments.rules.building.tree import items_of
from goldthread.casework.assessments.rules.extensions import extensions_of, name_of, named, parts
from goldthread.casework.assessments.rules.model import Json
from goldthread.casework.assessments.rules.options import contained_in
from goldthread.casework.assessments.rules.reading_scores import ATTRIBUTION, LICENCE, SCORE, SOURCE

LAUNCH = f"{SDC}launchContext"
OF_RECORD = {"patient": "Patient", "user": "Practitioner", "facts": "Basic"}
"""What expressions may read of the record, by the name of the variable, with the type that FHIR gives it."""
PARTS: tuple[Part, ...] = (
    plain("title", "title"),
    translated("title2", "title"),
    plain("description", "description"),
    translated("description2", "description"),
    extension("licence", LICENCE, "valueString"),
    extension("source", SOURCE, "valueString"),
    extension("attribution", ATTRIBUTION, "valueString"),
    plain("version", "version"),
)
KNOWN_KEYS = frozenset(
    (
        *("resourceType", "id", "url", "version", "title", "_title", "description", "_description", "language"),
        *("status", "extension", "item", "subjectType", "derivedFrom", "contained"),
    )
)
KNOWN_EXTENSIONS = frozenset((LICENCE, SOURCE, ATTRIBUTION, SCORE, "launchContext", "variable", "constraint"))


def around(content: Json) -> Around:
    """What every item of *content* stands in."""
    return Around(own_language(content), other_language(content), items_of(content), contained_in(content))


def begun(*, url: str, language: str, values: Mapping[str, Any]) -> Row:
    """A new instrument, with no items yet."""
    head = {
        "resourceType": "Questionnaire",
        "url": url,
        "version": "1",
        "status": "active",
        "subjectType": ["Patient"],
        "language": language,
    }
    return write_front(head, values)


def read_front(content: Json) -> Values:
    """What the builder shows of the whole."""
    return read_all(PARTS, content, _languages(content))


def write_front(content: Json, values: Mapping[str, Any]) -> Row:
    """*content* with *values*."""
    return write_all(PARTS, content, values, _languages(content))


def _languages(content: Json) -> Around:
    return Around(own_language(content), other_language(content))


def with_launch(content: Json) -> Row:
    """*content*, saying which parts of the record its expressions read."""
    written = json.dumps([content.get("item"), content.get("extension")])
    said = {_launch_name(one) for one in named(dict(content), "launchContext")}
    wanted = [name for name in OF_RECORD if f"%{name}" in written and name not in said]
    return with_extensions(content, [*extensions_of(dict(content)), *(_launch(name) for name in wanted)])


def _launch_name(one: Json) -> str:
    name = next(iter(parts(one).get("name", [])), "")
    return str(name.get("code", "")) if isinstance(name, Mapping) else str(name)


def _launch(name: str) -> Row:
    coding = {"system": "http://hl7.org/fhir/uv/sdc/CodeSystem/launchContext", "code": name, "display": name}
    rows = [{"url": "name", "valueCoding": coding}, {"url": "type", "valueCode": OF_RECORD[name]}]
    return {"url": LAUNCH, "extension": rows}


def unknown_in_front(content: Json) -> list[tuple[str, Any]]:
    """What the head of *content* holds that the builder does not know. It stays as it is."""
    found = [(key, value) for key, value in content.items() if key not in KNOWN_KEYS]
    known = {id(held.row) for held in lists_in(content)}
    found += [("contained", one) for one in content.get("contained") or [] if id(one) not in known]
    return found + [
        (name, {key: value for key, value in one.items() if key != "url"})
        for one in extensions_of(dict(content))
        if (name := name_of(str(one.get("url", "")))) not in KNOWN_EXTENSIONS
    ]


def next_version(word: str) -> str:
    """What the version after *word* calls itself: 2 after 1, 1.0.4 after 1.0.3, *word*-2 after what ends in no number."""
    head, last = word[: len(word) - len(_digits(word))], _digits(word)
    return f"{head}{int(last) + 1}" if last else f"{word or '1'}-2"


def _digits(word: str) -> str:
    count = 0
    while count < min(len(word), 9) and word[-1 - count] in "0123456789":
        count += 1
    return word[len(word) - count :] if count else ""
