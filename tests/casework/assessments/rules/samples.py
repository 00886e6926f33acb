"""Definitions made for the tests."""

from typing import Any

LOINC = "http://loinc.org"
WEIGHT = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
CALCULATED = SDC + "calculatedExpression"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
FREQUENCIES = ("Not at all", "Several days", "More than half the days", "Nearly every day")


def questionnaire(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A Questionnaire with *items*."""
    return {"resourceType": "Questionnaire", "status": "active", "item": list(items), **more}


def item(link_id: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    """One item."""
    return {"linkId": link_id, "type": kind, "text": f"Text of {link_id}", **more}


def option(code: str, display: str = "", weight: float | None = None) -> dict[str, Any]:
    """One answerOption, with its ordinal value where it has one."""
    made: dict[str, Any] = {"valueCoding": {"system": LOINC, "code": code, "display": display or code}}
    if weight is not None:
        made["extension"] = [{"url": WEIGHT, "valueDecimal": weight}]
    return made


def fhirpath(expression: str, **more: Any) -> dict[str, Any]:
    """A valueExpression."""
    return {"valueExpression": {"language": "text/fhirpath", "expression": expression, **more}}


def calculated(expression: str) -> dict[str, Any]:
    """The extension that works an item out."""
    return {"url": CALCULATED, **fhirpath(expression)}


def band(label: str, low: float, high: float | None, severity: int, *more: dict[str, Any]) -> dict[str, Any]:
    """A band of a score."""
    ends = [{"url": "from", "valueDecimal": low}] + ([{"url": "to", "valueDecimal": high}] if high is not None else [])
    words = [{"url": "label", "valueString": label}] if label else []
    words.append({"url": "severity", "valueInteger": severity})
    return {"url": "band", "extension": [*words, *ends, *more]}


def score(name: str, **parts: Any) -> dict[str, Any]:
    """The extension of a score; *bands*: (label, from, to, severity, need domain, need strength)."""
    made: list[dict[str, Any]] = [{"url": "name", "valueCode": name}] if name else []
    for url, value in parts.items():
        if url == "expression":
            made.append({"url": url, **fhirpath(value)})
        elif url == "bands":
            made += [banded(*one) for one in value]
        elif isinstance(value, bool | int):
            made.append({"url": url.replace("_", "-"), "valueBoolean" if value is True else "valueInteger": value})
        else:
            values = [value] if isinstance(value, str) else value
            made += [{"url": url, "valueString": one} for one in values]
    return {"url": "urn:goldthread:score", "extension": made}


def banded(label: str, low: float, high: float | None, severity: int, *need: Any) -> dict[str, Any]:
    """A band, with the need it suggests."""
    parts = []
    if need:
        parts.append({"url": "need-domain", "valueCode": need[0]})
        parts += [{"url": "need-strength", "valueInteger": need[1]}] if need[1] is not None else []
    return band(label, low, high, severity, *parts)


BANDS = [
    band("None or minimal", 0, 4, 0),
    band("Mild", 5, 9, 1),
    band("Moderate", 10, 14, 2),
    band("Moderately severe", 15, 19, 3),
    band("Severe", 20, 27, 4),
]


def phq9() -> dict[str, Any]:
    """Nine questions of 0 to 3, a total with bands, the ninth watched."""
    options = [option(f"c{weight}", words, weight) for weight, words in enumerate(FREQUENCIES)]
    questions = [item(f"q{n}", "choice", answerOption=options) for n in range(1, 10)]
    spanish = [{"url": "lang", "valueCode": "es"}, {"url": "content", "valueString": "Poco interés"}]
    questions[0]["text"] = "Little interest"
    questions[0]["_text"] = {"extension": [{"url": TRANSLATION, "extension": spanish}]}
    questions[8]["extension"] = [{"url": "urn:goldthread:safety", "extension": [{"url": "above", "valueInteger": 0}]}]
    asked = [{"url": "item", "valueString": f"q{n}"} for n in range(1, 10)]
    missing = [{"url": "missing", "valueCode": "prorated"}, {"url": "most-missing", "valueInteger": 2}]
    named = [{"url": "name", "valueCode": "score"}, {"url": "title", "valueString": "PHQ-9"}]
    score = {"url": "urn:goldthread:score", "extension": [*named, *asked, *missing, *BANDS]}
    total = item("total", "integer", readOnly=True)
    total["extension"] = [calculated("%resource.item.answer.weight().sum()")]
    return questionnaire(*questions, total, url="urn:test:phq-9", version="1", title="PHQ-9", extension=[score])
