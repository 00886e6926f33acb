"""Lists that questions share, rules over answers, named values: read, written back the same, and understood by the reader."""

from typing import Any

from goldthread.casework.assessments.rules.building.checking import check
from goldthread.casework.assessments.rules.building.front import around, begun, unknown_in_front
from goldthread.casework.assessments.rules.building.items import read_item, unknown_in, with_type, write_item
from goldthread.casework.assessments.rules.building.lists import (
    list_called,
    new_list,
    read_list,
    users_of,
    with_list,
    write_list,
)
from goldthread.casework.assessments.rules.building.renaming import renamed
from goldthread.casework.assessments.rules.building.shared import read_shared, write_shared
from goldthread.casework.assessments.rules.checking import check_answers, warnings_of
from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.model import ItemType

Content = dict[str, Any]
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
CONSTRAINT = "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint"


def with_yes_no() -> Content:
    content = begun(url="urn:uuid:1", language="en", values={"title": "Built"})
    row = new_list(content, "Yes or no")
    content = with_list(content, row["id"], row)
    held = list_called(content, "yes-or-no")
    assert held
    codes = [{"text": "Yes", "text2": "Sí", "weight": 1, "code": "y"}, {"text": "No", "weight": 0}]
    return with_list(content, held.id, write_list(held, {"title": "Yes or no", "codes": codes}, content))


def test_a_list_is_shared_by_two_questions_and_the_reader_finds_its_words_and_weights() -> None:
    content = with_yes_no()
    for link in ("q1", "q2"):
        item = write_item(
            {"linkId": link, "type": "choice"}, {"text": link, "value_set": "#yes-or-no"}, around(content)
        )
        content = {**content, "item": [*content.get("item", []), item]}
    read = read_questionnaire(content)
    for item in read.items:
        assert [(one.text.within("es"), one.weight) for one in item.options] == [("Sí", 1), ("No", 0)]
    held = list_called(content, "yes-or-no")
    assert held
    assert users_of(content, held) == ["q1", "q2"]
    values = read_list(held, content)
    assert [row["code"] for row in values["codes"]] == ["y", "no"]
    assert write_list(held, values, content) == held.row, "nothing changed, nothing is written"
    assert unknown_in_front(content) == []
    condition = {"conditions": [{"question": "q1", "operator": "=", "answer": "urn:uuid:1#yes-or-no|y"}]}
    asked = write_item(content["item"][1], condition, around(content))
    assert asked["enableWhen"][0]["answerCoding"] == {
        "system": "urn:uuid:1#yes-or-no",
        "code": "y",
        "display": "Yes",
    }
    assert "answerValueSet" not in with_type(content["item"][0], ItemType.STRING)


def test_a_list_that_was_expanded_is_spelled_out_once_it_changes_and_keeps_what_stands_on_its_codes() -> None:
    mark = {"url": "https://example.org/mark", "valueString": "kept"}
    concept = {"code": "a", "display": "A", "extension": [mark, {"url": ORDINAL, "valueDecimal": 2}]}
    system = {"resourceType": "CodeSystem", "id": "s", "url": "urn:s", "content": "complete", "status": "active"}
    sets = {
        "resourceType": "ValueSet",
        "id": "v",
        "status": "active",
        "name": "Old",
        "compose": {
            "include": [{"system": "urn:t", "version": "7", "concept": [concept]}, {"system": "urn:s"}],
        },
    }
    content: Content = {"contained": [{**system, "concept": [{"code": "b", "display": "B"}]}, sets]}
    held = list_called(content, "v")
    assert held
    values = read_list(held, content)
    assert [(row["text"], row["system"], row["weight"]) for row in values["codes"]] == [
        ("A", "urn:t", 2),
        ("B", "urn:s", None),
    ]
    values["codes"][1]["text"] = "Bee"
    written = write_list(held, values, content)
    first, second = written["compose"]["include"]
    assert first == {"system": "urn:t", "version": "7", "concept": [concept]}
    assert second["concept"] == [{"code": "b", "display": "Bee"}]
    assert [name for name, _value in unknown_in_front(content)] == ["contained"], "the code system is no list"


def test_rules_and_named_values_are_read_written_and_asked() -> None:
    content = begun(url="urn:uuid:1", language="en", values={"title": "Built"})
    content["item"] = [{"linkId": link, "type": "integer", "text": link} for link in ("adults", "children")]
    asked = "%resource.item.where(linkId = '{0}').answer.value"
    shared = {
        "variables": [{"name": "all", "expression": f"{asked.format('adults')} + {asked.format('children')}"}],
        "constraints": [
            {
                "key": "k",
                "severity": "error",
                "expression": "%all < 20",
                "says": "Too many.",
                "says2": "Son demasiados.",
            },
            {"key": "w", "severity": "warning", "expression": "%all < 10", "says": "Is that right?", "says2": ""},
        ],
    }
    content = write_shared(content, shared, around(content))
    assert write_shared(content, read_shared(content, around(content)), around(content)) == content
    read = read_questionnaire(content)
    answers = {"adults": [{"valueInteger": 9}], "children": [{"valueInteger": 3}]}
    assert check_answers(read, answers) == []
    assert [one.reason for one in warnings_of(read, answers)] == ["Is that right?"]
    answers["children"] = [{"valueInteger": 30}]
    assert [one.reason for one in check_answers(read, answers)] == ["Too many."]
    assert read.constraints[0].says.within("es") == "Son demasiados."
    moved = renamed(content, "adults", "grown")
    assert "'grown'" in read_shared(moved, around(moved))["variables"][0]["expression"]
    own = {
        "constraints": [
            {"key": "r", "severity": "error", "expression": asked.format("children") + " >= 0", "says": "Why?"}
        ]
    }
    item = write_item(content["item"][1], own, around(content))
    assert unknown_in(item) == []
    assert read_item(item, around(content))["constraints"][0]["says"] == "Why?"
    both = renamed({**content, "item": [content["item"][0], item]}, "children", "young")
    assert "'young'" in both["item"][1]["extension"][0]["extension"][2]["valueString"], "rules name the item, too"
    broken = write_shared(content, {"variables": [{"name": "all", "expression": "%nobody"}]}, around(content))
    assert [(one.shared, "%nobody" in one.reason) for one in check(broken) if one.shared] != []


def test_another_variable_is_kept_where_it_stands() -> None:
    query = {"url": "http://hl7.org/fhir/StructureDefinition/variable"}
    foreign = {
        **query,
        "valueExpression": {"name": "q", "language": "application/x-fhir-query", "expression": "Patient?"},
    }
    constraint = {"url": CONSTRAINT, "extension": [{"url": "key", "valueId": "k"}]}
    row = {"linkId": "g", "type": "group", "extension": [constraint, foreign]}
    inside = around({"item": [row]})
    found = write_item(row, {"variables": [{"name": "n", "expression": "1"}]}, inside)
    assert found["extension"][:2] == [constraint, foreign]
    assert read_item(found, inside)["variables"] == [{"was": 0, "name": "n", "expression": "1"}]
