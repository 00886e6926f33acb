"""Scores, bands, missing answers, reverse items."""

import pytest

from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.scoring import score as scores_of
from tests.casework.assessments.rules.samples import calculated, item, option, questionnaire, score

SCALE = [option(f"w{n}", f"W{n}", n) for n in range(1, 6)]


def picked(weight):
    return [{"valueCoding": {"system": "http://loinc.org", "code": f"w{weight}"}}]


def one(answers, *, more=(), **parts):
    """The score of four questions of 1 to 5."""
    parts = {"item": ["a", "b", "c", "d"], **parts}
    asked = [item(name, "choice", answerOption=SCALE) for name in "abcd"]
    data = questionnaire(
        *asked, *more, extension=[score("s", **{key: value for key, value in parts.items() if value is not None})]
    )
    (found,) = scores_of(read_questionnaire(data), answers)
    return found


ALL = {"a": picked(1), "b": picked(2), "c": picked(3), "d": picked(5)}
THREE = {key: ALL[key] for key in "abc"}


def test_a_sum_of_weights_and_its_scale():
    found = one(ALL)
    assert (found.value, found.lowest, found.highest, found.why, found.missing, found.band, found.severity) == (
        11,
        4,
        20,
        "",
        (),
        None,
        None,
    )


def test_reverse_items_count_the_other_way_round():
    assert one(ALL, reverse=["a", "d"]).value == 5 + 2 + 3 + 1


def test_missing_answers():
    assert one(THREE).value is None
    assert one(THREE).why == "1 answer is missing. All are needed."
    assert one(THREE, says="Ask all four.").why == "Ask all four."
    assert one(THREE, missing="sum").value == 6
    assert one(THREE, missing="prorated", most_missing=1).value == 8
    assert one({"a": picked(1), "b": picked(2), "c": picked(2)}, missing="prorated", most_missing=1).value == 7  # 6.67
    assert (
        one({"a": picked(1), "b": picked(2)}, missing="prorated", most_missing=1).why
        == "2 answers are missing. At most 1 may be."
    )
    assert one({}, missing="sum").why == "nothing was answered"
    assert one(THREE, missing="sum").missing == ("d",)


def test_what_is_not_asked_is_not_missing():
    when = [{"question": "a", "operator": "=", "answerCoding": {"code": "w5"}}]
    asked = [item("a", "choice", answerOption=SCALE), item("b", "choice", answerOption=SCALE, enableWhen=when)]
    (found,) = scores_of(
        read_questionnaire(questionnaire(*asked, extension=[score("s", item=["a", "b"])])),
        {"a": picked(2), "b": picked(4)},
    )
    assert (found.value, found.missing) == (2, ())


@pytest.mark.parametrize(
    ("value", "label"), [(0, "Low"), (4, "Low"), (4.5, "Low"), (5, "High"), (9, "High"), (10, None), (-1, None)]
)
def test_bands(value, label):
    bands = [("Low", 0, 4, 0), ("High", 5, 9, 3, "food", 2)]
    data = questionnaire(item("a", "decimal"), extension=[score("s", item="a", bands=bands)])
    (found,) = scores_of(read_questionnaire(data), {"a": [{"valueDecimal": value}]})
    assert (found.band and str(found.band.label)) == label
    assert found.severity == {"Low": 0, "High": 3}.get(label)
    assert found.why == ("" if label else "the value is outside of all bands")
    assert (found.lowest, found.highest) == (0, 9)
    if label == "High":
        assert (found.band.need_domain, found.band.need_strength) == ("food", 2)


def test_a_band_without_end():
    data = questionnaire(item("a", "integer"), extension=[score("s", item="a", bands=[("Some", 3, None, 2)])])
    (found,) = scores_of(read_questionnaire(data), {"a": [{"valueInteger": 900}]})
    assert str(found.band.label) == "Some"


def test_numbers_booleans_and_several_answers_count():
    data = questionnaire(
        item("n", "integer"),
        item("yes", "boolean"),
        item("many", "choice", repeats=True, answerOption=SCALE),
        item("opt", "integer", answerOption=[{"valueInteger": 7}, {"valueInteger": 9}]),
        extension=[score("s", item=["n", "yes", "many", "opt"], reverse=["opt"])],
    )
    answers = {
        "n": [{"valueInteger": 10}],
        "yes": [{"valueBoolean": True}],
        "many": picked(2) + picked(3),
        "opt": [{"valueInteger": 7}],
    }
    (found,) = scores_of(read_questionnaire(data), answers)
    assert (found.value, found.lowest) == (10 + 1 + 5 + 9, None)


def test_a_number_reversed_between_its_ends():
    ends = [
        {"url": "http://hl7.org/fhir/StructureDefinition/" + name, "valueInteger": end}
        for name, end in (("minValue", 0), ("maxValue", 10))
    ]
    data = questionnaire(item("n", "integer", extension=ends), extension=[score("s", item="n", reverse="n")])
    (found,) = scores_of(read_questionnaire(data), {"n": [{"valueInteger": 3}]})
    assert found.value == 7


def test_an_expression_scores():
    expression = "%resource.item.where(linkId='a' or linkId='b').answer.value.weight().sum() * 10"
    found = one(ALL, item=None, expression=expression)
    assert (found.value, found.missing, found.lowest) == (30, (), None)
    assert one({}, item=None, expression=expression).why == "the answers came to no number"
    assert one(THREE, expression=expression, missing="prorated", most_missing=2).value == 40
    assert one(THREE, expression=expression, missing="prorated", most_missing=2).why.startswith(
        "1 answer is missing: the score is prorated"
    )


def test_an_expression_that_comes_to_words_fails_aloud():
    text = item("t")
    found = one(
        {**ALL, "t": [{"valueString": "x"}]},
        more=[text],
        item=None,
        expression="%resource.item.where(linkId='t').answer.value",
    )
    assert (found.value, found.why) == (None, "it could not be worked out: it came to something else than one number")
    several = one(ALL, item=None, expression="%resource.item.answer.weight()")
    assert several.value is None


def test_an_answer_without_weight_fails_aloud():
    loose = [*SCALE, option("none", "None")]
    data = questionnaire(item("a", "choice", answerOption=loose), extension=[score("s", item="a")])
    (found,) = scores_of(
        read_questionnaire(data), {"a": [{"valueCoding": {"system": "http://loinc.org", "code": "none"}}]}
    )
    assert (found.value, found.why) == (None, "it could not be worked out: an answer to a has no weight")


def test_a_score_on_an_item_is_its_value():
    total = item(
        "total",
        "integer",
        extension=[calculated("%resource.item.answer.weight().sum()"), score("", item=["a"], bands=[("Any", 0, 9, 1)])],
    )
    data = questionnaire(item("a", "choice", answerOption=SCALE), item("b", "choice", answerOption=SCALE), total)
    (found,) = scores_of(read_questionnaire(data), {"a": picked(2), "b": picked(3)})
    assert (found.name, str(found.title), found.value, str(found.band.label)) == ("total", "Text of total", 5, "Any")


def test_an_amount_counts_as_its_number():
    data = questionnaire(
        item("w", "quantity"), extension=[score("s", expression="%resource.item.answer.value", title="Weight")]
    )
    answers = {"w": [{"valueQuantity": {"value": 70, "system": "http://unitsofmeasure.org", "code": "kg"}}]}
    (found,) = scores_of(read_questionnaire(data), answers)
    assert (found.value, str(found.title)) == (70, "Weight")


def test_questions_that_are_switched_off_altogether_score_nothing():
    when = [{"question": "go", "operator": "=", "answerBoolean": True}]
    data = questionnaire(
        item("go", "boolean"),
        item("a", "choice", answerOption=SCALE, enableWhen=when),
        extension=[score("s", item="a")],
    )
    (found,) = scores_of(read_questionnaire(data), {})
    assert (found.value, found.why) == (None, "the answers came to no number")


def test_a_mean_counts_what_was_answered_and_reverses_too():
    assert (one(ALL, method="mean").value, one(ALL, method="mean").lowest, one(ALL, method="mean").highest) == (
        2.75,
        1,
        5,
    )
    assert one(ALL, method="mean", reverse=["a"]).value == 3.75  # 5, 2, 3, 5
    assert one(THREE, method="mean").value is None
    assert one(THREE, method="mean", missing="sum").value == 2
    few = one({"a": picked(1), "b": picked(2), "c": picked(2)}, method="mean", missing="prorated", most_missing=1)
    assert (few.value, few.why) == (1.67, "1 answer is missing: the score is the mean of the others.")
