"""An instrument of 120 questions with six scores: longer than any that is shipped."""

from typing import Any

KEY = "bench-120"
GROUPS, QUESTIONS = 6, 20
SCORE = "urn:goldthread:score"
ANSWERS = ("Never", "Some days", "Most days", "Every day")
WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight"


def questionnaire() -> dict[str, Any]:
    """Six groups of twenty questions with four answers; a score of each group, with bands that suggest needs."""
    return {
        "resourceType": "Questionnaire",
        "url": f"urn:goldthread:bench:{KEY}",
        "version": "1",
        "title": "A long assessment",
        "status": "active",
        "extension": [
            {"url": "urn:goldthread:licence", "valueString": "Apache-2.0"},
            *(_score(number) for number in range(GROUPS)),
        ],
        "item": [_group(number) for number in range(GROUPS)],
    }


def _group(number: int) -> dict[str, Any]:
    items = [_question(number, place) for place in range(QUESTIONS)]
    return {"linkId": f"g{number}", "type": "group", "text": f"Part {number + 1}", "item": items}


def _question(group: int, place: int) -> dict[str, Any]:
    link = f"g{group}q{place}"
    return {
        "linkId": link,
        "type": "choice",
        "text": f"In the last two weeks, how often was question {place + 1} of part {group + 1} true of you?",
        "answerOption": [
            {
                "extension": [{"url": WEIGHT, "valueDecimal": weight}],
                "valueCoding": {"system": "urn:goldthread:bench", "code": f"a{weight}", "display": words},
            }
            for weight, words in enumerate(ANSWERS)
        ],
    }


def _score(number: int) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [
        {"url": "name", "valueCode": f"part-{number}"},
        {"url": "title", "valueString": f"Part {number + 1}"},
        *({"url": "item", "valueString": f"g{number}q{place}"} for place in range(QUESTIONS)),
        {"url": "missing", "valueCode": "prorated"},
        {"url": "most-missing", "valueInteger": 5},
    ]
    for first, last, words, severity in ((0, 19, "Little", 0), (20, 39, "Some", 2), (40, 60, "Much", 3)):
        parts.append(
            {
                "url": "band",
                "extension": [
                    {"url": "label", "valueString": words},
                    {"url": "from", "valueDecimal": first},
                    {"url": "to", "valueDecimal": last},
                    {"url": "severity", "valueInteger": severity},
                ],
            }
        )
    return {"url": SCORE, "extension": parts}
