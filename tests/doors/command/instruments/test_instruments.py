"""``goldthread instruments``: files checked, responses scored."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.casework.assessments.rules.samples import LOINC, calculated, item, phq9, questionnaire, score


def run(*arguments):
    """Exit code and what was written."""
    out = StringIO()
    try:
        call_command("instruments", *map(str, arguments), stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def files(tmp_path):
    """Keeps JSON in files; gives their paths."""

    def keep(name, data):
        path = tmp_path / name
        path.write_text(data if isinstance(data, str) else json.dumps(data))
        return path

    return keep


def answered(*weights):
    rows = [
        {"linkId": f"q{n}", "answer": [{"valueCoding": {"system": LOINC, "code": f"c{weight}"}}]}
        for n, weight in enumerate(weights, 1)
    ]
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": rows}


def test_what_would_install(files):
    assert run("check", path := files("phq9.json", phq9())) == (0, f"{path}: 1 questionnaire would install\n")


def test_what_is_refused_and_why(files):
    wrong = files("wrong.json", questionnaire(item("a", "choice"), item("b", "question")))
    code, text = run("check", wrong)
    assert code == 1
    assert text.splitlines() == [
        f"{wrong}: a: is a choice with nothing to choose from",
        f"{wrong}: b: its type “question” is not known",
    ]


def test_the_same_as_json(files):
    right, wrong, gone = files("phq9.json", phq9()), files("wrong.json", "{"), "/nowhere.json"
    code, text = run("check", right, wrong, gone, "--json")
    found = json.loads(text)
    assert code == 1
    assert found[0] == {"file": str(right), "ok": True, "errors": []}
    assert (found[1]["ok"], found[1]["errors"][0]["item"]) == (False, "")
    assert found[2] == {
        "file": gone,
        "ok": False,
        "errors": [{"item": "", "reason": "cannot be opened: No such file or directory"}],
    }


def test_every_calculated_value_and_score(files):
    asked, given = files("q.json", phq9()), files("r.json", answered(1, 2, 3, 0, 1, 2, 3, 0, 1))
    assert run("score", asked, given) == (0, "total: 13\nscore: 13\n")
    code, text = run("score", asked, given, "--json")
    assert (code, json.loads(text)) == (0, {"total": 13, "score": 13})


def test_a_score_that_there_is_none_of_says_why(files):
    asked, given = files("q.json", phq9()), files("r.json", answered(1, 2, 3))
    assert run("score", asked, given) == (
        0,
        "total: 6\nscore: no value\nscore: 6 answers are missing. At most 2 may be.\n",
    )
    assert json.loads(run("score", asked, given, "--json")[1]) == {"total": 6, "score": None}


def test_several_values_and_those_of_each_turn(files):
    inner = item(
        "g",
        "group",
        repeats=True,
        item=[
            item("n", "integer"),
            item("twice", "integer", extension=[calculated("%context.item.where(linkId='n').answer.value * 2")]),
        ],
    )
    asked = files(
        "q.json",
        questionnaire(
            inner,
            item(
                "all",
                "integer",
                repeats=True,
                extension=[calculated("%resource.item.item.where(linkId='n').answer.value")],
            ),
        ),
    )
    turns = [{"linkId": "g", "item": [{"linkId": "n", "answer": [{"valueInteger": n}]}]} for n in (1, 2)]
    given = files("r.json", {"resourceType": "QuestionnaireResponse", "status": "completed", "item": turns})
    assert json.loads(run("score", asked, given, "--json")[1]) == {"twice[0]": 2, "twice[1]": 4, "all": [1, 2]}


def test_the_head_of_the_response_can_be_read(files):
    asked = files("q.json", questionnaire(item("on", "date", extension=[calculated("%resource.authored")])))
    given = files(
        "r.json", {"resourceType": "QuestionnaireResponse", "status": "completed", "authored": "2026-05-06T10:00:00Z"}
    )
    assert json.loads(run("score", asked, given, "--json")[1]) == {"on": "2026-05-06"}


def test_an_expression_that_fails_on_these_answers_ends_with_1(files):
    asked = files(
        "q.json",
        questionnaire(
            item("t"), item("n", "integer", extension=[calculated("iif(%resource.item.answer.value = 'x', 1.5, 1)")])
        ),
    )
    given = files(
        "r.json",
        {
            "resourceType": "QuestionnaireResponse",
            "status": "completed",
            "item": [{"linkId": "t", "answer": [{"valueString": "x"}]}],
        },
    )
    code, text = run("score", asked, given)
    assert code == 1
    assert text == "n: no value\nn: it came to a number, which is no answer of the type integer\n"


def test_files_that_cannot_be_scored(files):
    asked = files("q.json", phq9())
    code, text = run("score", asked, asked)
    assert (code, text) == (1, f"{asked} is not a QuestionnaireResponse\n")
    code, text = run("score", asked, "/nowhere.json", "--json")
    assert (code, json.loads(text)["errors"]) == (1, [{"item": "", "reason": "No such file or directory"}])
    stray = files("r.json", {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "z"}]})
    assert run("score", asked, stray) == (1, "z: is not in the questionnaire\n")


def test_a_score_on_an_item_is_told_once(files):
    total = item("t", "integer", extension=[calculated("%resource.item.answer.value"), score("", item="n")])
    asked = files("q.json", questionnaire(item("n", "integer"), total))
    given = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": [{"linkId": "n", "answer": [{"valueInteger": 4}]}],
    }
    assert json.loads(run("score", asked, files("r.json", given), "--json")[1]) == {"t": 4}
