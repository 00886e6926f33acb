"""XLSForms made into Questionnaires: types, groups, choices, words in languages, and what is refused by row."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from goldthread.casework.assessments.rules.answers import check_answers
from goldthread.casework.assessments.rules.logic import begin, work_out
from goldthread.casework.assessments.rules.packs import read_pack
from goldthread.casework.assessments.rules.problems import DefinitionError

HEADS = (
    "type",
    "name",
    "label",
    "hint",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "required",
    "default",
    "appearance",
    "parameters",
)
CHOICES = (
    ("list_name", "name", "label"),
    ("yn", "yes", "Yes"),
    ("yn", "no", "No"),
    ("n", 0, "Never"),
    ("n", 1, "Often"),
)


def workbook(survey, choices=CHOICES, settings=None, heads=HEADS, title="survey"):
    """The bytes of an XLSForm; *survey*: rows of texts, or of dictionaries by column."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(heads))
    for row in survey:
        sheet.append([row.get(head) for head in heads] if isinstance(row, dict) else list(row))
    sheet = book.create_sheet("choices")
    for row in choices:
        sheet.append(list(row))
    if settings:
        sheet = book.create_sheet("settings")
        sheet.append(list(settings))
        sheet.append(list(settings.values()))
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(survey, **more):
    (found,) = read_pack("form.xlsx", workbook(survey, **more))
    return found


def refusals(survey, **more):
    with pytest.raises(DefinitionError) as caught:
        read(survey, **more)
    return [(problem.item, problem.reason) for problem in caught.value.problems]


def row(kind, name="q", label="Q", **more):
    return {"type": kind, "name": name, "label": label, **more}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("text", "string"),
        ("integer", "integer"),
        ("decimal", "decimal"),
        ("date", "date"),
        ("time", "time"),
        ("datetime", "dateTime"),
        ("note", "display"),
        ("acknowledge", "boolean"),
        ("image", "attachment"),
        ("barcode", "string"),
        ("range", "decimal"),
        ("select_one yn", "choice"),
        ("select_multiple yn", "choice"),
        ("select_one yn or_other", "open-choice"),
    ],
)
def test_types(kind, expected):
    found = read([row(kind)]).by_link["q"]
    assert (found.type, str(found.text), found.repeats) == (expected, "Q", kind.startswith("select_multiple"))


def test_a_long_text_a_range_and_how_choices_look():
    found = read(
        [
            row("text", "t", appearance="multiline"),
            row("range", "r", parameters="start=1, end=10 step=1"),
            row("range", "s"),
            row("select_one yn", "a", appearance="minimal quick"),
        ]
    )
    assert found.by_link["t"].type == "text"
    assert (found.by_link["r"].min_value, found.by_link["r"].max_value, found.by_link["s"].min_value) == (1, 10, None)
    assert found.by_link["a"].control == "drop-down"


def test_words_in_languages_and_the_settings():
    heads = ("type", "name", "label::English (en)", "label::Español (es)", "hint::English (en)")
    survey = [("select_one yn", "q", "Well?", "¿Bien?", "Ask twice"), ("start", "start"), ("note", "n", "Thanks")]
    choices = (("list_name", "name", "label::English (en)", "label::Español (es)"), ("yn", "y", "Yes", "Sí"))
    found = read(
        survey,
        heads=heads,
        choices=choices,
        settings={"form_title": "Wellness", "form_id": "well", "version": 2, "default_language": "English (en)"},
    )
    asked = found.by_link["q"]
    assert (str(asked.text), asked.text.within("es"), str(asked.help)) == ("Well?", "¿Bien?", "Ask twice")
    assert asked.options[0].text.within("es") == "Sí"
    assert (str(found.title), found.url, found.version, found.language, found.languages) == (
        "Wellness",
        "urn:xlsform:well",
        "2",
        "en",
        ("es",),
    )
    assert [item.link_id for item in found.items] == ["q", "n"]
    plain = read([("text", "q", "A")], heads=("type", "name", "label::French"), settings={"default_language": "French"})
    assert (str(plain.by_link["q"].text), plain.language, str(plain.title)) == ("A", "", "form")


def test_groups_and_repeats():
    survey = [
        row("begin group", "g", "Group", relevant="${first} = 'yes'"),
        row("text", "inside"),
        {"type": "end group"},
        row("begin_repeat", "child", "Child"),
        row("integer", "age"),
        row("calculate", "months", calculation="${age} * 12"),
        {"type": "end_repeat"},
        row("select_one yn", "first"),
    ]
    found = read(survey)
    assert [(item.link_id, [inner.link_id for inner in item.items]) for item in found.items] == [
        ("g", ["inside"]),
        ("child", ["age", "months"]),
        ("first", []),
    ]
    answers = begin(found)
    assert answers == {"child": [{}]}
    answers["child"].append({})
    answers |= {"age[0]": [{"valueInteger": 2}], "age[1]": [{"valueInteger": 3}]}
    outcome = work_out(found, answers)
    assert outcome.calculated == {"months[0]": [{"valueDecimal": 24}], "months[1]": [{"valueDecimal": 36}]}
    assert "g" not in outcome.enabled
    assert "inside" in work_out(found, {**answers, "first": [{"valueCoding": {"code": "yes"}}]}).enabled
    assert found.by_link["months"].hidden


def test_constraints_and_required():
    found = read(
        [
            row("integer", "age", constraint=". >= 10 and . < 60", constraint_message="10 to 59", required="yes"),
            row("text", "t", constraint="regex(., '[a-z]+')"),
        ]
    )
    said = [
        [(one.item, one.reason) for one in check_answers(found, answers)]
        for answers in (
            {},
            {"age": [{"valueInteger": 5}]},
            {"age": [{"valueInteger": 10}], "t": [{"valueString": "A"}]},
        )
    ]
    assert said == [[("age", "Please answer this.")], [("age", "10 to 59")], [("t", "The answer is not allowed here.")]]


def test_defaults():
    survey = [
        row("integer", "i", default=3),
        row("select_one n", "first", default="1"),
        row("decimal", "d", default=2.5),
        row("text", "t", default="x"),
        row("acknowledge", "b", default="yes"),
        row("date", "on", default="2026-01-01"),
        row("select_multiple n", "m", default="0 1"),
        row("integer", "later", default="${i} + 1"),
        row("text", "ro", readonly="yes"),
    ]
    found = read(survey, heads=(*HEADS, "readonly"))
    answers = begin(found)
    assert [answers[key] for key in ("i", "d", "t", "b", "on")] == [
        [{"valueInteger": 3}],
        [{"valueDecimal": 2.5}],
        [{"valueString": "x"}],
        [{"valueBoolean": True}],
        [{"valueDate": "2026-01-01"}],
    ]
    assert [one["valueCoding"]["code"] for one in answers["m"]] == ["0", "1"]
    assert found.by_link["later"].initial_expression
    assert found.by_link["ro"].read_only
    assert [option.weight for option in found.by_link["m"].options] == [0, 1]


def test_choices_with_weights_and_a_count_of_turns():
    choices = (("list_name", "name", "label", "weight"), ("l", "a", "A", 5), ("l", "b", "B", None))
    found = read(
        [row("select_one l"), row("begin repeat", "r", repeat_count=2), row("text", "in"), {"type": "end repeat"}],
        choices=choices,
        heads=(*HEADS, "repeat_count"),
    )
    assert [option.weight for option in found.by_link["q"].options] == [5, None]
    assert (found.by_link["r"].min_occurs, found.by_link["r"].max_occurs) == (2, 2)


@pytest.mark.parametrize(
    ("survey", "reason"),
    [
        ([row("geopoint")], "its type “geopoint” is not supported"),
        ([row("rank yn")], "its type “rank yn” is not supported"),
        ([row("select_one none")], "there are no choices called “none”"),
        ([row("text", "")], "has no name"),
        ([row("text", label="Hello ${name}")], "shows an answer in its words, which is not supported"),
        ([row("text", relevant="${nobody} = 1")], "relevant: there is no question “nobody”"),
        ([row("text", relevant="${m}"), row("integer", "m")], "relevant: a condition was expected"),
        ([row("text", relevant="${q} = 1")], "relevant: “q” is worked out in a circle"),
        ([row("text", relevant="count(")], "relevant: “…” is not supported"),
        ([row("text", calculation="position(..)")], "calculation: “..” is not supported"),
        ([row("calculate")], "calculates nothing"),
        ([row("calculate", calculation="pulldata('a')")], "calculation: pulldata() is not supported"),
        ([row("text", required="${q} = 1")], "required is a condition, which is not supported"),
        ([row("integer", default="many")], "its default “many” does not fit its type"),
        ([row("note", default="x")], "its default “x” does not fit its type"),
        ([row("acknowledge", default="x")], "its default “x” does not fit its type"),
        ([row("text", choice_filter="x")], "has choice_filter, which is not supported"),
        (
            [row("begin repeat", "r", repeat_count="${q}"), {"type": "end repeat"}],
            "repeat_count is not a number up to 50",
        ),
        ([row("begin group", "g")], "this group is never ended"),
        ([{"type": "end group"}], "ends a group that was not begun"),
        ([row("begin group", "g"), {"type": "end repeat"}, {"type": "end group"}], "ends a repeat that was not begun"),
        ([row("begin group", f"g{n}") for n in range(25)], "stands deeper than 20 groups in groups"),
        ([row("text"), row("text")], "another row has the same name “q”"),
        ([row("text", label="<script>")], "has a script in its words"),
    ],
)
def test_refused_by_row(survey, reason):
    found = refusals(survey, heads=(*HEADS, "choice_filter", "repeat_count"))
    assert any(said.startswith(reason) and place.startswith("survey ") for place, said in found), found


def test_choices_refused_by_row():
    found = refusals(
        [row("select_one l")],
        choices=(("list_name", "name", "label", "weight"), ("l", "a", "A", "heavy"), ("", "b", "B", 1)),
    )
    assert found == [("choices 3", "a choice has a list_name and a name"), ("choices 2", "its weight is no number")]


def test_workbooks_that_are_none():
    assert refusals([], title="other") == [("", "has no sheet “survey”: it is not an XLSForm")]
    found = refusals([row("note", f"n{n}") for n in range(5000)])
    assert found == [("survey", "has more than 5000 rows")]
    packed = BytesIO()
    with ZipFile(packed, "w", compression=8) as archive:
        archive.writestr("a", b"0" * 60_000_000)
    with pytest.raises(DefinitionError, match="unpacks to more than 50 MB"):
        read_pack("bomb.xlsx", packed.getvalue())


def test_circles_are_refused():
    survey = [row("calculate", "a", calculation="${b} + 1"), row("calculate", "b", calculation="${a} + 1")]
    assert all("circle" in reason for _place, reason in refusals(survey))


def test_a_boolean_cell_and_an_empty_row():
    found = read(
        [row("text", required=True), {}, row("integer", "n", default=2.0), row("acknowledge", "ok", required=False)]
    )
    assert (found.by_link["q"].required, found.by_link["n"].initial, found.by_link["ok"].required) == (
        True,
        ({"valueInteger": 2},),
        False,
    )


def test_one_question_asks_of_others():
    survey = [
        row("select_multiple yn", "many"),
        row("integer", "n"),
        row("note", "shown", relevant="selected(${many}, 'yes') and ${twice} > 5"),
        row("calculate", "twice", calculation="${n} * 2"),
        row("calculate", "picked", calculation="${many}"),
        row("calculate", "again", calculation="${picked}"),
    ]
    found = read(survey, heads=(*HEADS, "note::English (en)"))
    answers = {"many": [{"valueCoding": {"code": "yes"}}], "n": [{"valueInteger": 3}]}
    outcome = work_out(found, answers)
    assert "shown" in outcome.enabled
    assert outcome.calculated == {
        "twice": [{"valueDecimal": 6}],
        "picked": [{"valueString": "yes"}],
        "again": [{"valueString": "yes"}],
    }


def test_a_column_in_a_language_that_is_no_words():
    found = read(
        [{"type": "text", "name": "q", "label": "Q", "note::English (en)": "kept apart"}],
        heads=("type", "name", "label", "note::English (en)"),
    )
    assert str(found.by_link["q"].text) == "Q"
