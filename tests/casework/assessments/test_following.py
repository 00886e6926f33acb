"""What was said below an answer stays below that answer."""

import pytest

from goldthread.casework.assessments import actions
from goldthread.casework.assessments.changes import Said
from tests.casework.assessments.asking import actor, begun, care, in_use
from tests.casework.assessments.rules.samples import item, option, questionnaire

pytestmark = pytest.mark.django_db


def coded(code):
    return {"valueCoding": {"system": "http://loinc.org", "code": code, "display": code}}


def words(text):
    return [{"valueString": text}]


def asked(**more):
    inner = [item("why"), item("twice", "integer", repeats=True, item=[item("deep")])]
    return questionnaire(item("which", repeats=True, item=inner, **more), item("else"), title="T")


def sheet_with(content, which):
    there = care()
    row = begun(there, in_use(content))

    def say(**changes):
        found = {key.replace("_", "["): Said(given) for key, given in changes.items()}
        changed = {f"{key}]" if "[" in key else key: said for key, said in found.items()}
        return actions.save_answers(assessment=row, changes=changed, by=actor(there.worker)).assessment

    say(which=which)
    return say


def test_an_option_taken_back_takes_what_was_said_of_it_along():
    abc = asked(type="choice", answerOption=[option(one) for one in "abc"])
    say = sheet_with(abc, [coded("a"), coded("c")])
    say(why_0=words("of a"), why_1=words("of c"))
    row = say(which=[coded("c")])
    assert row.answers["why[0]"] == words("of c")
    assert "why[1]" not in row.answers


def test_an_option_chosen_in_between_begins_empty():
    abc = asked(type="choice", answerOption=[option(one) for one in "abc"])
    say = sheet_with(abc, [coded("a"), coded("c")])
    say(why_0=words("of a"), why_1=words("of c"))
    row = say(which=[coded("a"), coded("b"), coded("c")])
    assert (row.answers["why[0]"], row.answers.get("why[1]"), row.answers["why[2]"]) == (
        words("of a"),
        None,
        words("of c"),
    )


def test_what_is_typed_in_the_same_save_goes_along():
    abc = asked(type="choice", answerOption=[option(one) for one in "abc"])
    say = sheet_with(abc, [coded("a"), coded("c")])
    row = say(why_1=words("of c"), which=[coded("c")])
    assert row.answers["why[0]"] == words("of c")


def test_words_written_anew_in_their_place_keep_what_was_said_of_them():
    say = sheet_with(asked(), [*words("aspirin"), *words("iron")])
    say(why_0=words("pain"), why_1=words("blood"))
    row = say(which=[*words("Aspirin 100"), *words("iron")])
    assert (row.answers["why[0]"], row.answers["why[1]"]) == (words("pain"), words("blood"))
    row = say(which=words("iron"))
    assert (row.answers["why[0]"], row.answers.get("why[1]")) == (words("blood"), None)
