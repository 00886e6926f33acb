"""A definition that writes what cannot be written is refused, with the item."""

from typing import Any

import pytest

from goldthread.casework.assessments.rules.definition import DefinitionError, read_questionnaire
from tests.casework.assessments.rules.samples import item, option, questionnaire


def fact(kind: str, *more: dict[str, Any], fields: dict[str, str]) -> dict[str, Any]:
    parts = [
        {"url": "field", "extension": [{"url": "name", "valueCode": name}, {"url": "item", "valueString": link}]}
        for name, link in fields.items()
    ]
    return {"url": "urn:goldthread:fact", "extension": [{"url": "kind", "valueCode": kind}, *parts, *more]}


def skill(key: str, *more: dict[str, Any]) -> dict[str, Any]:
    return {"url": "urn:goldthread:skill", "extension": [{"url": "skill", "valueCode": key}, *more]}


def group(extension: dict[str, Any], *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return item("g", "group", extension=[extension], item=list(items), **more)


def refused(*items: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionError) as caught:
        read_questionnaire(questionnaire(*items))
    return [(one.item, one.reason) for one in caught.value.problems]


def words(url: str, value: str) -> dict[str, Any]:
    return {"url": url, "valueString": value}


ALLERGY = {"to": "a"}


@pytest.mark.parametrize(
    ("items", "at", "reason"),
    [
        ([group(fact("alergy", fields=ALLERGY), item("a"))], "g", "there is no kind of fact “alergy”"),
        ([group(fact("allergy", fields={**ALLERGY, "colour": "a"}), item("a"))], "g", "has no field “colour”"),
        ([group(fact("allergy", fields={"to": "z"}), item("a"))], "g", "writes a fact of z, which is not in the group"),
        ([group(fact("allergy", fields={"to": "b"}), item("a")), item("b")], "g", "which is not in the group"),
        ([group(fact("allergy", fields={}), item("a"))], "g", "the fact needs the field “to”, which no item fills"),
        ([group(fact("allergy", fields=ALLERGY), item("a", "integer"))], "a", "its type is integer"),
        ([group(fact("allergy", fields=ALLERGY), item("a", repeats=True))], "a", "answered once in the group"),
        ([item("a", extension=[fact("allergy", fields=ALLERGY)])], "a", "writes a fact and is no group"),
        (
            [
                item(
                    "g",
                    "group",
                    extension=[fact("allergy", fields=ALLERGY), fact("allergy", fields={"to": "b"})],
                    item=[item("a"), item("b")],
                )
            ],
            "g",
            "writes the fact “allergy” twice",
        ),
        (
            [group(fact("allergy", words("starts-on", "a"), fields=ALLERGY), item("a"))],
            "a",
            "is the day of a fact and no date",
        ),
        (
            [group(fact("allergy", {"url": "said-by", "valueCode": "nobody"}, fields=ALLERGY), item("a"))],
            "g",
            "“nobody” does not say who said it",
        ),
        (
            [
                group(
                    fact("housing", fields={"setting": "a"}),
                    item("a", "choice", answerOption=[option("car"), option("castle")]),
                )
            ],
            "a",
            "“castle” is no word of the field “setting”",
        ),
        ([item("a", "choice", answerOption=[option("x", weight=1)], extension=[skill("juggling")])], "a", "no skill"),
        ([item("a", "choice", answerOption=[option("x", weight=5)], extension=[skill("money")])], "a", "from 1 to 4"),
        ([item("a", "choice", answerOption=[option("x")], extension=[skill("money")])], "a", "from 1 to 4"),
        (
            [
                item(
                    "a",
                    "choice",
                    answerOption=[option("x", weight=1)],
                    extension=[skill("money", words("evidence", "z"))],
                )
            ],
            "a",
            "z cannot say what was seen",
        ),
    ],
)
def test_refused(items: list[dict[str, Any]], at: str, reason: str) -> None:
    found = refused(*items)
    assert [where for where, _why in found] == [at]
    assert reason in found[0][1]


def test_let_in() -> None:
    turned = group(
        fact("allergy", words("starts-on", "d"), words("said-words", "w"), fields=ALLERGY), item("a"), item("d", "date")
    )
    rung = item("s", "choice", answerOption=[option("x", weight=4)], extension=[skill("money", words("evidence", "w"))])
    assert read_questionnaire(questionnaire(turned | {"repeats": True}, rung, item("w", "text")))
