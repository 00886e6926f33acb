"""The extensions of FHIR that we honour, refuse or leave alone, and our own; how they are found in the JSON.

Names: an extension of HL7 is called by the last part of its address without ``questionnaire-`` and ``sdc-questionnaire-``
(``…/sdc-questionnaire-calculatedExpression`` is ``calculatedExpression``), since the same one has moved between addresses
from one release of SDC to the next. Ours are ``urn:goldthread:NAME``. Those of others keep their whole address.
"""

from collections.abc import Iterator
from typing import Any

from goldthread.casework.assessments.rules.model import Json, Text

OURS = "urn:goldthread:"
HL7 = "http://hl7.org/fhir/"
COMPUTED = ("cqf-calculatedValue", "cqf-expression")
"""What stands on a value that an expression works out."""
LIMITS = ("minValue", "maxValue")
WEIGHTS = ("http://hl7.org/fhir/StructureDefinition/ordinalValue", "http://hl7.org/fhir/StructureDefinition/itemWeight")


def name_of(url: str) -> str:
    """What an extension is called here."""
    if url.startswith(OURS):
        return url
    if not url.startswith(HL7):
        return url
    return url.rsplit("/", 1)[-1].removeprefix("sdc-").removeprefix("questionnaire-")


def extensions_of(element: Any) -> list[Json]:
    """The extensions of an element, as a list also when there are none."""
    found = element.get("extension") if isinstance(element, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def within(element: Any) -> Iterator[Json]:
    """The extensions in *element*, however deep, but those of the items below it, of what it contains, and inside its limits."""
    if isinstance(element, list):
        for one in element:
            yield from within(one)
    if not isinstance(element, dict) or name_of(str(element.get("url", ""))) in LIMITS:
        return
    yield from extensions_of(element)
    for key, inner in element.items():
        if key not in ("item", "contained"):
            yield from within(inner)


def named(element: Any, name: str) -> Iterator[Json]:
    """The extensions of *element* that are called *name*."""
    return (one for one in extensions_of(element) if name_of(str(one.get("url", ""))) == name)


def value_of_extension(extension: Json) -> Any:
    """Its value, whatever the type; None when it has none."""
    return next((value for key, value in extension.items() if key.startswith("value")), None)


def first(element: Any, name: str) -> Any:
    """The value of the first extension called *name*, or None."""
    return next((value_of_extension(one) for one in named(element, name)), None)


def every(element: Any, name: str) -> list[Any]:
    """The values of all extensions called *name*."""
    return [value for one in named(element, name) if (value := value_of_extension(one)) is not None]


def parts(extension: Json) -> dict[str, list[Any]]:
    """The parts of a compound extension by name: values, or for a part that is compound itself the extension."""
    found: dict[str, list[Any]] = {}
    for part in extensions_of(extension):
        value = part if "extension" in part else value_of_extension(part)
        found.setdefault(str(part.get("url", "")), []).append(value)
    return found


def text_of(holder: Json, name: str) -> Text:
    """The words under *name* with their translations (``_text``)."""
    shadow = holder.get(f"_{name}")
    translations = {}
    for one in named(shadow, "translation"):
        pieces = parts(one)
        language, content = pieces.get("lang", [""])[0], pieces.get("content", [""])[0]
        if language and content:
            translations[str(language)] = str(content)
    return Text(str(holder.get(name) or ""), translations)


def code_of(concept: Any) -> str:
    """The first code of a CodeableConcept, or a code as it is."""
    if isinstance(concept, dict):
        codings = concept.get("coding") or [{}]
        return str(codings[0].get("code") or concept.get("text") or "")
    return str(concept or "")


def weight_of(*elements: Any) -> float | int | None:
    """The ordinal value or item weight that the first of *elements* with one has."""
    for element in elements:
        for one in extensions_of(element):
            if one.get("url") in WEIGHTS and "valueDecimal" in one:
                return one["valueDecimal"]  # type: ignore[no-any-return]  # JSON: a number
    return None
