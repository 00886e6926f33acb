"""The words of a question, where a published Questionnaire keeps them below it."""

from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.logic import work_out
from goldthread.doors.web.assessments.rows import Paper, sections
from tests.casework.assessments.rules.samples import HL7, item, questionnaire


def words(link_id, said, control=""):
    coded = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": control}]}
    extension = [{"url": HL7 + "questionnaire-itemControl", "valueCodeableConcept": coded}] if control else []
    return {"linkId": link_id, "type": "display", "text": said, "extension": extension}


def rows_of(*items):
    read = read_questionnaire(questionnaire(*items))
    outcome = work_out(read, {})
    (part,) = sections(Paper(read, {}, outcome.enabled, "en"))
    return [(row.kind, row.text, row.help) for row in part.rows]


def test_a_question_without_words_is_called_by_those_below_it_which_stand_there_once():
    bare = {
        "linkId": "a",
        "type": "string",
        "item": [words("w", "Your street", "flyover"), words("m", "As on letters")],
    }
    assert rows_of(bare) == [("input", "Your street", ""), ("display", "As on letters", "")]


def test_without_any_words_its_linkid_has_to_do():
    assert rows_of({"linkId": "street-1", "type": "string"}) == [("input", "street-1", "")]


def test_the_help_of_a_question_stands_there_once():
    asked = item("a", item=[words("h", "Count from Monday", "help"), words("n", "A note")])
    assert rows_of(asked) == [("input", "Text of a", "Count from Monday"), ("display", "A note", "")]
