"""What the builder reads it writes back the same; what it writes is accepted; what it does not know stays."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.casework.assessments.rules.building.checking import check, is_usable
from goldthread.casework.assessments.rules.building.front import (
    around,
    begun,
    read_front,
    unknown_in_front,
    with_launch,
    write_front,
)
from goldthread.casework.assessments.rules.building.items import read_item, unknown_in, with_type, write_item
from goldthread.casework.assessments.rules.building.scores import read_score, scores_in, with_score, write_score
from goldthread.casework.assessments.rules.building.tree import add, new_item, walk, with_item
from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.model import ItemType
from goldthread.casework.assessments.shipped import shipped

SOME = ["a", "Two words", "¿Qué pasó?", "ñandú…", "x < y & z", "'quoted' \"twice\"", "two\nlines"]
WORDS = st.sampled_from(SOME)
MAYBE = st.sampled_from(["", *SOME])
WEIGHTS = st.sampled_from([0, 1, 2, 3, 0.5, -1])


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.key)
def test_what_is_read_is_written_back_the_same(one: Any) -> None:
    content = one.content
    inside = around(content)
    assert write_front(content, read_front(content)) == content
    for _path, item in walk(content):
        assert write_item(item, read_item(item, inside), inside) == item
        assert with_type(item, ItemType(item["type"])) == item
    for held in scores_in(content):
        values = read_score(held.row, inside)
        assert write_score(held.row, values, inside) == held.row
        assert write_score(None, values, inside) == held.row, "from nothing it is the same, too"
    assert is_usable(check(content)), "what is shipped can be adapted and used"


@st.composite
def choices(draw: st.DrawFn) -> dict[str, Any]:
    texts = draw(st.lists(WORDS, min_size=2, max_size=4, unique=True))
    rows = [{"text": words, "text2": draw(MAYBE), "weight": draw(WEIGHTS), "initial": False} for words in texts]
    return {"type": "choice", "options": rows, "safety": draw(st.booleans())}


NUMBERS = st.builds(
    lambda low, more: {"type": "integer", "min_value": str(low), "max_value": str(low + more)},
    st.integers(-5, 5),
    st.integers(1, 9),
)
TEXTS = st.builds(
    lambda most, start: {"type": "string", "max_length": most, "initial": [start]}, st.integers(20, 99), WORDS
)
QUANTITIES = st.builds(
    lambda words: {"type": "quantity", "units": [{"text": words, "code": ""}, {"text": "kilogram", "code": "kg"}]},
    WORDS,
)
QUESTIONS = st.lists(
    st.tuples(
        st.one_of(choices(), NUMBERS, TEXTS, QUANTITIES, st.just({"type": "boolean"})),
        st.fixed_dictionaries(
            {"text": WORDS, "text2": MAYBE, "help": MAYBE, "required": st.booleans(), "prefix": MAYBE}
        ),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=min(30, settings().max_examples), suppress_health_check=[HealthCheck.too_slow])
@given(QUESTIONS, st.booleans())
def test_what_is_built_is_accepted_and_read_back_the_same(questions: list[Any], mean: bool) -> None:
    content = begun(url="urn:uuid:1", language="en", values={"title": "Built", "licence": "ours"})
    for kind, more in questions:
        content = add(content, new_item(content, ItemType(kind["type"])))
        link = content["item"][-1]["linkId"]
        values = {**more, **{name: value for name, value in kind.items() if name != "type"}}
        before = [one for one in content["item"][:-1] if one["type"] == "boolean"]
        if before:
            values["conditions"] = [{"question": before[-1]["linkId"], "operator": "=", "answer": "true"}]
        content = with_item(content, link, lambda row, said=values, now=content: write_item(row, said, around(now)))
    counted = [one["linkId"] for one in content["item"] if one["type"] in ("choice", "integer")]
    if counted:
        score = {"name": "total", "title": "All", "item": counted, "reverse": counted[:1], "missing": "sum"}
        score |= {"method": "mean" if mean else "sum", "bands": [{"label": "Any", "severity": 1}]}
        content = with_score(content, "", write_score(None, score, around(content)))
    read = read_questionnaire(content)
    assert [item.text.plain for item in read.items] == [more["text"] for _kind, more in questions]
    assert is_usable(check(content))
    inside = around(content)
    for link, item in (inside.items or {}).items():
        values = read_item(item, inside)
        assert write_item(item, values, inside) == item
        fresh = write_item({"linkId": link, "type": item["type"]}, values, inside)
        assert read_item(fresh, inside) == values
    assert with_launch(content) == content


def test_what_the_builder_does_not_know_stays_and_is_told() -> None:
    mark = {"url": "https://example.org/mark", "valueString": "kept"}
    option = {"extension": [mark], "valueCoding": {"code": "a", "display": "A", "version": "7"}}
    item = {
        "linkId": "q",
        "type": "choice",
        "text": "Q",
        "code": [{"code": "x"}],
        "extension": [mark],
        "answerOption": [option],
    }
    values = {"text": "Anew", "options": [{"was": "a", "code": "a", "text": "B", "text2": "Be", "weight": 2}]}
    inside = around({"item": [item]})
    written = write_item(item, values, inside)
    assert written["code"] == item["code"]
    assert written["extension"] == [mark]
    assert written["answerOption"][0]["valueCoding"]["version"] == "7"
    assert written["answerOption"][0]["extension"][0] == mark
    assert read_item(written, inside)["options"][0]["weight"] == 2
    assert [name for name, _value in unknown_in(written)] == ["code", "https://example.org/mark"]
    assert [name for name, _value in unknown_in_front({"publisher": "P", "item": []})] == ["publisher"]


def test_the_translation_of_words_stays_when_the_words_change() -> None:
    held = next(one for one in scores_in(next(s for s in shipped() if s.key == "phq-9").content))
    inside = around({"language": "en"})
    written = write_score(held.row, {"title": "Sum of nine"}, inside)
    assert read_score(written, inside)["title2"] == "Total del PHQ-9"


def test_another_type_takes_away_what_it_cannot_have() -> None:
    item = write_item(
        {"linkId": "q", "type": "choice"},
        {"text": "Q", "options": [{"text": "A", "weight": 1}], "safety": True, "required": True},
        around({}),
    )
    assert with_type(item, ItemType.STRING) == {"linkId": "q", "type": "string", "text": "Q", "required": True}
