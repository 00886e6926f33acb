"""Every text of an instrument in another language: read, counted, written."""

from typing import Any

import pytest

from goldthread.casework.assessments.rules.building.checking import check
from goldthread.casework.assessments.rules.building.wording import Word, languages_in, outdated, translated, words_of
from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.model import Json
from goldthread.casework.assessments.shipped import shipped

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"


def in_language(words: str, language: str = "vi") -> dict[str, Any]:
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": words}]
    return {"extension": [{"url": TRANSLATION, "extension": parts}]}


def extension(url: str, *parts: dict[str, Any]) -> dict[str, Any]:
    return {"url": url, "extension": list(parts)}


def everything() -> dict[str, Any]:
    """One text of each sort, each called after where it stands. Two of them stand twice."""
    codes = [{"code": "a", "display": "Code"}, {"code": "b", "display": "Never"}]
    contained = {
        "resourceType": "ValueSet",
        "id": "l",
        "status": "active",
        "title": "List",
        "compose": {"include": [{"system": "urn:s", "concept": codes}]},
    }
    help_text = {
        "linkId": "h",
        "type": "display",
        "text": "Help",
        "extension": [
            {
                "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
                "valueCodeableConcept": {
                    "coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]
                },
            }
        ],
    }
    rule = extension(
        "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint",
        {"url": "key", "valueId": "k"},
        {"url": "severity", "valueCode": "error"},
        {"url": "expression", "valueString": "true"},
        {"url": "human", "valueString": "Rule"},
    )
    safety = extension(
        "urn:goldthread:safety", {"url": "above", "valueInteger": 0}, {"url": "says", "valueString": "Danger"}
    )
    band = extension("band", {"url": "label", "valueString": "Band"}, {"url": "from", "valueDecimal": 0})
    score = extension(
        "urn:goldthread:score",
        {"url": "name", "valueCode": "s"},
        {"url": "title", "valueString": "Score"},
        {"url": "item", "valueString": "q"},
        {"url": "says", "valueString": "None"},
        band,
    )
    weight = {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 1}
    never = {"valueCoding": {"code": "n", "display": "Never"}, "extension": [weight]}
    question = {
        "linkId": "q",
        "type": "choice",
        "text": "Question",
        "answerOption": [never],
        "extension": [safety, rule],
        "item": [help_text],
    }
    words = {"linkId": "w", "type": "open-choice", "text": "Words", "answerOption": [{"valueString": "Plain"}]}
    listed = {"linkId": "v", "type": "choice", "text": "Question", "answerValueSet": "#l"}
    return {
        "resourceType": "Questionnaire",
        "url": "urn:t",
        "status": "active",
        "title": "Title",
        "description": "About",
        "contained": [contained],
        "extension": [score, {**rule, "extension": [*rule["extension"][:3], {"url": "human", "valueString": "Whole"}]}],
        "item": [question, words, listed],
    }


ALL = [
    "Title",
    "About",
    "Whole",
    "Question",
    "Danger",
    "Rule",
    "Never",
    "Help",
    "Words",
    "Plain",
    "Score",
    "None",
    "Band",
]
ALL += ["Code", "List"]


def test_every_text_is_found_once_with_how_often_it_stands() -> None:
    found = words_of(everything(), "vi")
    assert sorted(word.plain for word in found) == sorted(ALL)
    assert {word.plain: word.times for word in found if word.times > 1} == {"Question": 2, "Never": 2}
    assert {word.plain: word.item for word in found}["Help"] == "h"
    assert not any(word.said for word in found)


def test_every_text_is_translated_and_the_reader_takes_it() -> None:
    made = translated(everything(), "vi", lambda plain, _said, _item: f"vi {plain}")
    assert words_of(made, "vi")
    assert all(word.said == f"vi {word.plain}" for word in words_of(made, "vi"))
    assert languages_in(made) == ["vi"]
    asked = read_questionnaire(made)
    assert asked.title.within("vi") == "vi Title"
    assert asked.by_link["q"].text.within("vi") == "vi Question"
    assert asked.by_link["q"].options[0].text.within("vi") == "vi Never"
    assert asked.by_link["w"].options[0].text.within("vi") == "vi Plain"
    assert asked.by_link["v"].options[0].text.within("vi") == "vi Code"
    assert asked.scores[0].bands[0].label.within("vi") == "vi Band"
    assert asked.scores[0].title.within("en") == "Score"
    assert "vi Danger" in str(made)
    assert "vi Rule" in str(made)
    assert "vi Whole" in str(made)


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.key)
def test_a_third_language_comes_and_goes_without_a_trace_in_all_that_is_shipped(one: Any) -> None:
    content: Json = one.content
    assert translated(content, "es", lambda _plain, said, _item: said) == content
    assert [word for word in words_of(content, "es") if not word.said] == []
    made = translated(content, "vi", lambda plain, _said, _item: f"vi {plain}")
    assert languages_in(made) == ["es", "vi"]
    assert words_of(made, "es") == words_of(content, "es")
    assert translated(made, "vi", lambda _plain, _said, _item: "") == content


def test_a_region_keeps_its_name_and_counts_as_its_language() -> None:
    content = {**everything(), "_title": in_language("Tiêu đề", "vi-VN")}
    assert languages_in(content) == ["vi"]
    assert words_of(content, "vi")[0] == Word("Title", "Tiêu đề", "", 1)
    made = translated(content, "vi", lambda plain, said, _item: "Anew" if plain == "Title" else said)
    assert made["_title"] == in_language("Anew", "vi-VN")


def test_what_is_missing_is_counted_for_each_language() -> None:
    content = {**everything(), "_title": in_language("Tiêu đề"), "_description": in_language("Descripción", "es")}
    said = [(one.language, one.reason) for one in check(content) if one.language]
    assert [language for language, _reason in said] == ["vi", "es"]
    assert said[0][1].startswith("Vietnamese: 14 texts are not translated")
    assert said[1][1].startswith("Spanish: 14 texts are not translated")
    assert not any(one.language for one in check(everything())), "in no other language, nothing is missing"


def test_words_for_a_text_that_was_changed_may_no_longer_fit() -> None:
    def asked(text: str, said: str, other: str = "Safe?") -> Json:
        rows = [("q1", text, said), ("q2", other, "An toàn?"), ("q3", "Where?", "")]
        items = [
            {"linkId": link, "type": "string", "text": plain} | ({"_text": in_language(words)} if words else {})
            for link, plain, words in rows
        ]
        return {"resourceType": "Questionnaire", "status": "active", "item": items}

    before = asked("Do you sleep badly?", "Ngủ kém?")
    assert outdated(asked("Do you sleep well?", "Ngủ kém?"), before, "vi") == {("Do you sleep well?", "Ngủ kém?")}
    assert outdated(asked("Do you sleep well?", "Ngủ ngon?"), before, "vi") == frozenset(), "translated anew"
    assert outdated(asked("Do you sleep well?", ""), before, "vi") == frozenset(), "missing, and told as that"
    assert outdated(before, before, "vi") == frozenset()
    assert outdated(asked("Do you sleep well?", "Ngủ kém?"), before, "es") == frozenset()
    both = asked("Do you sleep well?", "Ngủ kém?", other="Safe there?")
    assert len(outdated(both, before, "vi")) == 2
