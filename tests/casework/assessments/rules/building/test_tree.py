"""Items added, moved, copied and taken out of the tree; renamed everywhere; how large it may grow."""

from typing import Any

import pytest

from goldthread.casework.assessments.rules.bounds import MOST_DEPTH, MOST_ITEMS
from goldthread.casework.assessments.rules.building.front import next_version
from goldthread.casework.assessments.rules.building.licences import Leave, leave_to_change
from goldthread.casework.assessments.rules.building.merging import Clash, merged
from goldthread.casework.assessments.rules.building.renaming import renamed
from goldthread.casework.assessments.rules.building.tree import Impossible, add, copied, move, new_item, walk, without
from goldthread.casework.assessments.rules.model import ItemType

Content = dict[str, Any]


def tree() -> Content:
    """a · g(b, c) · d"""
    group = {
        "linkId": "g",
        "type": "group",
        "item": [{"linkId": "b", "type": "string"}, {"linkId": "c", "type": "string"}],
    }
    return {"item": [{"linkId": "a", "type": "string"}, group, {"linkId": "d", "type": "display"}]}


def shape(content: Content) -> str:
    def one(item: Any) -> str:
        inside = "".join(one(inner) for inner in item.get("item", []))
        return f"{item['linkId']}({inside})" if inside else str(item["linkId"])

    return "".join(one(item) for item in content["item"])


@pytest.mark.parametrize(
    ("item", "way", "after"),
    [
        ("g", "up", "g(bc)ad"),
        ("a", "down", "g(bc)ad"),
        ("c", "up", "ag(cb)d"),
        ("d", "in", "ag(bcd)"),
        ("c", "in", "ag(b(c))d"),
        ("b", "out", "ag(c)bd"),
    ],
)
def test_moved(item: str, way: str, after: str) -> None:
    assert shape(move(tree(), item, way)) == after


@pytest.mark.parametrize(
    ("item", "way"), [("a", "up"), ("d", "down"), ("a", "in"), ("a", "out"), ("b", "up"), ("x", "up")]
)
def test_what_cannot_be_moved_is_told(item: str, way: str) -> None:
    with pytest.raises(Impossible):
        move(tree(), item, way)


def test_into_words_to_read_goes_nothing() -> None:
    content = add(tree(), {"linkId": "e", "type": "string"})
    with pytest.raises(Impossible):
        move(content, "e", "in")
    with pytest.raises(Impossible):
        add(content, {"linkId": "f", "type": "string"}, inside="d")


def test_help_is_no_neighbour() -> None:
    control = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"}
    help_text = {
        "linkId": "g-help",
        "type": "display",
        "extension": [{**control, "valueCodeableConcept": {"coding": [{"code": "help"}]}}],
    }
    content = tree()
    content["item"][1]["item"].insert(0, help_text)
    with pytest.raises(Impossible):
        move(content, "b", "up")


def test_a_copy_has_codes_of_its_own_and_its_conditions_name_the_copies() -> None:
    content = tree()
    content["item"][1]["item"][1]["enableWhen"] = [{"question": "b", "operator": "exists", "answerBoolean": True}]
    made, code = copied(content, "g")
    assert code == "g-2"
    assert shape(made) == "ag(bc)g-2(b-2c-2)d"
    assert made["item"][2]["item"][1]["enableWhen"][0]["question"] == "b-2"
    assert content["item"][1]["item"][1]["enableWhen"][0]["question"] == "b", "the first is as it was"


def test_taken_out_with_all_inside() -> None:
    assert shape(without(tree(), "g")) == "ad"
    assert without({"item": [{"linkId": "a", "type": "string"}]}, "a") == {}


def test_no_larger_and_no_deeper_than_what_is_read() -> None:
    deep: Content = {}
    for number in range(MOST_DEPTH):
        inside = f"g{number}" if number else ""
        deep = add(deep, new_item(deep, ItemType.GROUP), inside=inside)
    last = [str(item["linkId"]) for _path, item in walk(deep)][-1]
    with pytest.raises(Impossible, match="deeper"):
        add(deep, new_item(deep, ItemType.STRING), inside=last)
    many: Content = {"item": [{"linkId": f"q{n}", "type": "string"} for n in range(MOST_ITEMS)]}
    with pytest.raises(Impossible, match="at most"):
        add(many, {"linkId": "more", "type": "string"})


def test_renamed_in_conditions_scores_and_expressions() -> None:
    calculated = {"url": "urn:x", "valueExpression": {"expression": "%resource.item.where(linkId='a').answer.value"}}
    content = {
        "extension": [{"url": "urn:goldthread:score", "extension": [{"url": "item", "valueString": "a"}]}],
        "item": [
            {"linkId": "a", "type": "string", "text": "a"},
            {"linkId": "b", "type": "string", "enableWhen": [{"question": "a"}], "extension": [calculated]},
        ],
    }
    found = renamed(content, "a", "home")
    assert found["extension"][0]["extension"][0]["valueString"] == "home"
    assert [item["linkId"] for item in found["item"]] == ["home", "b"]
    assert found["item"][0]["text"] == "a"
    assert found["item"][1]["enableWhen"][0]["question"] == "home"
    assert "linkId='home'" in found["item"][1]["extension"][0]["valueExpression"]["expression"]
    with pytest.raises(Impossible):
        renamed(content, "a", "b")
    with pytest.raises(Impossible):
        renamed(content, "a", "it's")


@pytest.mark.parametrize(
    ("licence", "leave"),
    [
        ("Apache-2.0", Leave.GIVEN),
        ("Public domain", Leave.GIVEN),
        ("CC-BY-4.0", Leave.GIVEN),
        ("CC BY-SA 4.0", Leave.GIVEN),
        ("CC BY-ND 4.0", Leave.REFUSED),
        ("CC BY-NC-ND 4.0", Leave.REFUSED),
        ("Creative Commons Attribution-NoDerivatives", Leave.REFUSED),
        ("May be used, but may not be altered.", Leave.REFUSED),
        ("CC BY-NC 4.0", Leave.ASK),
        ("No permission required to reproduce, translate, display or distribute.", Leave.ASK),
        ("Not in the public domain", Leave.ASK),
        ("", Leave.ASK),
    ],
)
def test_leave_to_change(licence: str, leave: Leave) -> None:
    assert leave_to_change(licence) is leave


@pytest.mark.parametrize(
    ("word", "after"), [("1", "2"), ("1.0.9", "1.0.10"), ("2026a", "2026a-2"), ("", "1-2"), ("v٣", "v٣-2")]
)
def test_the_version_after(word: str, after: str) -> None:
    assert next_version(word) == after


def test_two_changes_of_different_parts_both_stand_and_of_the_same_are_told() -> None:
    base = {"text": "A", "prefix": "1."}
    assert merged(base, {"text": "A", "prefix": "2."}, {"text": "B", "prefix": "1."}) == {"text": "B", "prefix": "2."}
    assert merged(base, {"text": "B", "prefix": "1."}, {"text": "B", "prefix": "1."}) == {"text": "B", "prefix": "1."}
    with pytest.raises(Clash) as clash:
        merged(base, {"text": "C", "prefix": "2."}, {"text": "B", "prefix": "1."})
    assert [(one.name, one.mine, one.theirs) for one in clash.value.differences] == [("text", "B", "C")]
    assert clash.value.merged == {"text": "B", "prefix": "2."}
    with pytest.raises(Clash):
        merged(None, {"text": "C", "prefix": "1."}, {"text": "B", "prefix": "1."})
