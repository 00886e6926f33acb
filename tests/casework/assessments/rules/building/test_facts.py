"""What a group writes as facts, read as what fills each slot and written back as the shipped instruments say it."""

import copy
from typing import Any

import pytest

from goldthread.casework.assessments.rules.building.facts import (
    REST,
    Held,
    fact_called,
    facts_in,
    in_reach,
    made_for,
    placed,
    read_fact,
    slots_of,
    why_not,
    with_fact,
    write_fact,
)
from goldthread.casework.assessments.rules.building.items import unknown_in
from goldthread.casework.assessments.rules.building.tree import Impossible, add, copied, items_of
from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.writes import fact_rules
from goldthread.casework.assessments.shipped import shipped
from goldthread.people.facts.rules.fields import FIELDS
from tests.casework.assessments.rules.samples import item, option, questionnaire

SHIPPED = [(one.content, held) for one in shipped() for held in facts_in(one.content)]


def named(kind: str, name: str) -> Any:
    return next(slot for slot in slots_of(kind) if slot.name == name)


def test_eleven_facts_are_shipped_and_each_is_written_anew_as_it_came() -> None:
    assert len(SHIPPED) == 11
    for _content, held in SHIPPED:
        assert write_fact(None, held.kind, read_fact(held)) == held.row, held.kind
        assert write_fact(held.row, held.kind, read_fact(held)) == held.row, held.kind


def test_all_that_is_shipped_fits() -> None:
    for content, held in SHIPPED:
        values = read_fact(held)
        wrong = [why_not(slot, values[slot.name], held.group, content) for slot in slots_of(held.kind)]
        assert wrong == [""] * len(wrong), held.kind


def test_no_field_of_a_kind_is_called_as_what_every_fact_has() -> None:
    rest = {slot.name for slot in REST}
    assert rest == {"said_by", "said_words", "starts_on", "ends_on"}
    assert not rest & {field.name for fields in FIELDS.values() for field in fields}
    assert "repeats" not in {field.name for fields in FIELDS.values() for field in fields}


def sample() -> dict[str, Any]:
    """A repeating group of a word, a number, a choice of how it is taken, one of something else, a day, and a group that repeats in it."""
    taken = [option("as_prescribed"), option("not")]
    other = [option("red"), option("not")]
    inner = item("inner", "group", repeats=True, item=[item("deep")])
    rows = [
        item("word"),
        item("number", "integer"),
        item("taken", "choice", answerOption=taken),
        item("colour", "choice", answerOption=other),
        item("day", "date"),
        item("many", repeats=True),
        inner,
    ]
    who = item("who", "choice", answerOption=[option("client"), option("family")])
    return questionnaire(who, item("g", "group", repeats=True, item=rows), item("outside"))


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("name", ["word"]),
        ("taken", ["taken", "colour"]),
        ("starts_on", ["day"]),
        ("said_by", ["who", "taken", "colour"]),
        ("said_words", ["who", "word", "taken", "colour", "outside"]),
    ],
)
def test_only_what_fits_is_offered(name: str, links: list[str]) -> None:
    assert in_reach(named("medicine", name), "g", placed(sample())) == links


@pytest.mark.parametrize(
    ("name", "filling", "reason"),
    [
        ("name", "item:word", ""),
        ("name", "", "Choose what says this"),
        ("name", "new", ""),
        ("dose", "", ""),
        ("name", "item:gone", "no longer here"),
        ("name", "item:number", "does not fit"),
        ("name", "item:deep", "does not fit"),
        ("name", "item:outside", "does not fit"),
        ("taken", "item:taken", ""),
        ("taken", "item:colour", "mean nothing here: red. Known are: As prescribed (as_prescribed)"),
        ("taken", "value:sometimes", ""),
        ("taken", "value:never", "“never” is not known here."),
        ("said_by", "item:who", ""),
        ("said_by", "item:colour", "mean nothing here: red, not."),
        ("said_words", "item:outside", ""),
    ],
)
def test_why_it_does_not_fit(name: str, filling: str, reason: str) -> None:
    found = why_not(named("medicine", name), filling, "g", sample())
    assert reason in found
    assert bool(found) is bool(reason)


def test_a_question_is_made_with_the_answers_that_the_fact_knows_and_the_whole_is_let_in() -> None:
    content = questionnaire(item("g", "group", repeats=True, text="Medicines"))
    values = {"said_by": "value:client"}
    for name in ("name", "dose", "taken", "starts_on"):
        made = made_for(content, named("medicine", name))
        content = add(content, made, inside="g")
        values[name] = f"item:{made['linkId']}"
    content = with_fact(content, "g", "medicine", write_fact(None, "medicine", values))
    items = items_of(content)
    assert [(one["type"], one["text"]) for one in items["g"]["item"]] == [
        ("string", "Medicine"),
        ("string", "Dose"),
        ("choice", "Taken"),
        ("date", "Since when"),
    ]
    assert [one["valueCoding"]["code"] for one in items["g"]["item"][2]["answerOption"]] == [
        "as_prescribed",
        "sometimes",
        "not",
        "unknown",
    ]
    assert items["g"]["item"][0]["required"] is True
    (rule,) = fact_rules(read_questionnaire(content))
    assert rule.fields == {"name": "q1", "dose": "q2", "taken": "q3"}
    assert (rule.starts_on, rule.said_by) == ("q4", "client")


def test_a_question_is_made_in_both_languages_where_the_others_are() -> None:
    spanish = {"url": "lang", "valueCode": "es"}, {"url": "content", "valueString": "Hola"}
    shadow = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": [*spanish]}]}
    content = questionnaire(item("g", "group", text="Hello", _text=shadow))
    made = made_for(content, named("medicine", "dose"))
    assert made["text"] == "Dose"
    assert made["_text"]["extension"][0]["extension"][0] == {"url": "lang", "valueCode": "es"}
    assert "_text" not in made_for(questionnaire(item("g", "group", text="Hello")), named("medicine", "dose"))


def test_only_what_changed_is_written() -> None:
    content, held = next((content, one) for content, one in SHIPPED if one.kind == "medicine")
    row = copy.deepcopy(dict(held.row))
    row["extension"].append({"url": "urn:other", "valueString": "kept"})
    changed = write_fact(
        row, "medicine", {**read_fact(Held(held.group, "medicine", row)), "dose": "", "taken": "value:not"}
    )
    was = {one["extension"][0]["valueCode"]: one for one in row["extension"] if one["url"] == "field"}
    now = {one["extension"][0]["valueCode"]: one for one in changed["extension"] if one["url"] == "field"}
    assert "dose" not in now
    assert now["taken"]["extension"][1] == {"url": "value", "valueString": "not"}
    assert {name: one for name, one in now.items() if name != "taken"} == {
        name: one for name, one in was.items() if name not in ("dose", "taken")
    }
    assert changed["extension"][-1] == {"url": "urn:other", "valueString": "kept"}
    assert content["item"]


def test_a_fact_that_is_gone_cannot_be_taken_out_and_one_of_an_unknown_kind_can() -> None:
    strange = {"url": "urn:goldthread:fact", "extension": [{"url": "kind", "valueCode": "colour"}]}
    content = questionnaire(item("g", "group", extension=[strange], item=[item("a")]))
    assert fact_called(content, "g", "colour")
    assert slots_of("colour") == []
    assert "extension" not in with_fact(content, "g", "colour", None)["item"][0]
    with pytest.raises(Impossible):
        with_fact(content, "g", "medicine", None)
    with pytest.raises(Impossible):
        with_fact(content, "z", "medicine", None)


def test_a_field_that_the_kind_does_not_have_can_be_emptied() -> None:
    field = {"url": "field", "extension": [{"url": "name", "valueCode": "colour"}, {"url": "item", "valueString": "a"}]}
    row = {"url": "urn:goldthread:fact", "extension": [{"url": "kind", "valueCode": "allergy"}, field]}
    assert read_fact(Held("g", "allergy", row))["colour"] == "item:a"
    assert field not in write_fact(row, "allergy", {"colour": ""})["extension"]


def test_a_copied_group_writes_what_its_own_questions_say() -> None:
    content = next(one.content for one in shipped() if one.key == "health-assessment")
    made, code = copied(content, "health-medicines")
    values = read_fact(fact_called(made, code, "medicine"))  # type: ignore[arg-type]  # it is there
    inside = {str(one["linkId"]) for one in items_of(made)[code]["item"]}
    assert values["name"].removeprefix("item:") in inside
    assert values["starts_on"].removeprefix("item:") in inside
    assert values["said_by"] == "item:health-said-by", "what was not copied is shared"
    assert read_questionnaire(made)


def test_the_builder_knows_facts_of_groups_alone() -> None:
    held = SHIPPED[0][1]
    assert unknown_in({"linkId": "g", "type": "group", "extension": [held.row]}) == []
    assert [name for name, _value in unknown_in({"linkId": "q", "type": "string", "extension": [held.row]})] == [
        "urn:goldthread:fact"
    ]
