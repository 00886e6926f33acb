"""One PHQ-9 read, answered, written as a response and read again."""

from goldthread.casework.assessments.rules.answers import from_form, from_response, to_response
from goldthread.casework.assessments.rules.definition import ItemType, read_questionnaire
from goldthread.casework.assessments.rules.logic import work_out
from goldthread.casework.assessments.rules.scoring import score
from tests.casework.assessments.rules.samples import phq9


def test_a_phq9_is_read():
    questionnaire = read_questionnaire(phq9())
    assert [item.link_id for item in questionnaire.items] == [f"q{n}" for n in range(1, 10)] + ["total"]
    first = questionnaire.by_link["q1"]
    assert first.type is ItemType.CHOICE
    assert [option.weight for option in first.options] == [0, 1, 2, 3]
    assert first.text.within("es-MX") == "Poco interés"
    assert questionnaire.by_link["q9"].safety.above == 0
    assert [band.severity for band in questionnaire.scores[0].bands] == [0, 1, 2, 3, 4]


def test_its_answers_are_a_response_and_back():
    questionnaire = read_questionnaire(phq9())
    item = questionnaire.by_link["q1"]
    answers = {"q1": from_form(item, [item.options[2].token])}
    response = to_response(questionnaire, answers)
    assert response == {
        "resourceType": "QuestionnaireResponse",
        "status": "in-progress",
        "questionnaire": "urn:test:phq-9|1",
        "item": [
            {
                "linkId": "q1",
                "text": "Little interest",
                "answer": [
                    {"valueCoding": {"system": "http://loinc.org", "code": "c2", "display": "More than half the days"}}
                ],
            }
        ],
    }
    assert from_response(questionnaire, response) == answers


def test_and_scored():
    questionnaire = read_questionnaire(phq9())
    answers = {f"q{n}": [dict(questionnaire.by_link[f"q{n}"].options[n % 4].answer)] for n in range(1, 10)}
    (found,) = score(questionnaire, answers)  # 1+2+3+0+1+2+3+0+1
    assert (found.value, str(found.band.label), found.severity, found.missing) == (13, "Moderate", 2, ())
    del answers["q9"]
    (found,) = score(questionnaire, answers)  # 12 by 8 answers, times 9: 13.5
    assert (found.value, found.missing) == (14, ("q9",))
    assert found.why == "1 answer is missing: the score is prorated from the others."
    assert work_out(questionnaire, answers).calculated == {"total": [{"valueInteger": 12}]}
