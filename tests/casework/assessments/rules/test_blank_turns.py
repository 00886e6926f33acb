"""A turn that nobody wrote in: nothing is asked of it, as long as the group may stay away."""

from goldthread.casework.assessments.rules.answers import check_answers
from goldthread.casework.assessments.rules.blank_turns import blank_turns
from goldthread.casework.assessments.rules.definition import Questionnaire, read_questionnaire
from tests.casework.assessments.rules.samples import HL7, calculated, item, questionnaire

SAID = [{"valueString": "Metformin"}]
ASKED = "Please answer this."


def medicines(**more: object) -> Questionnaire:
    """Medicines, each with a name that is needed and a dose that is not."""
    inner = [item("name", required=True), item("dose"), item("n", "integer", extension=[calculated("1")])]
    return read_questionnaire(questionnaire(item("medicine", "group", repeats=True, item=inner, **more)))


def least(n: int, most: int | None = None) -> list[dict[str, object]]:
    ends = [{"url": HL7 + "questionnaire-minOccurs", "valueInteger": n}] if n else []
    return ends + ([{"url": HL7 + "questionnaire-maxOccurs", "valueInteger": most}] if most else [])


def wrong(asked: Questionnaire, answers: dict[str, list], skipped: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(one.item, one.reason) for one in check_answers(asked, answers, skipped=skipped)]


def numbers(asked: Questionnaire, answers: dict[str, list], skipped: tuple[str, ...] = ()) -> list[int]:
    return [one.number for one in blank_turns(asked, answers, skipped)]


def test_who_has_no_medicines_is_asked_for_none() -> None:
    assert wrong(medicines(), {"medicine": [{}]}) == []
    assert numbers(medicines(), {"medicine": [{}]}) == [0]


def test_a_turn_somebody_wrote_in_is_asked_for_what_it_needs() -> None:
    answers = {"medicine": [{}, {}, {}], "name[0]": SAID, "dose[2]": SAID}
    assert wrong(medicines(), answers) == [("name[2]", ASKED)]
    assert numbers(medicines(), answers) == [1]


def test_what_is_worked_out_is_nothing_that_was_said() -> None:
    assert numbers(medicines(), {"medicine": [{}], "n[0]": [{"valueInteger": 1}]}) == [0]


def test_an_empty_answer_says_nothing() -> None:
    assert numbers(medicines(), {"medicine": [{}], "name[0]": [{}]}) == [0]


def test_a_reason_is_something_that_was_said() -> None:
    answers = {"medicine": [{}]}
    assert numbers(medicines(), answers, ("name[0]",)) == []
    assert wrong(medicines(), answers, ("dose[0]",)) == [("name[0]", ASKED)]


def test_a_needed_group_keeps_one_turn_that_is_asked() -> None:
    needed = medicines(required=True)
    assert wrong(needed, {"medicine": [{}, {}]}) == [("name[0]", ASKED)]
    assert numbers(needed, {"medicine": [{}, {}]}) == [1]
    assert numbers(needed, {"medicine": [{}, {}], "name[1]": SAID}) == [0]


def test_as_many_as_there_have_to_be_are_asked() -> None:
    two = medicines(extension=least(2))
    assert wrong(two, {"medicine": [{}, {}, {}], "name[2]": SAID}) == [("name[0]", ASKED)]
    assert numbers(two, {"medicine": [{}, {}, {}], "name[2]": SAID}) == [1]


def test_those_nobody_wrote_in_are_not_too_many() -> None:
    one = medicines(extension=least(0, most=1))
    assert wrong(one, {"medicine": [{}, {}], "name[1]": SAID}) == []
    assert wrong(one, {"medicine": [{}, {}], "name[0]": SAID, "name[1]": SAID}) == [("medicine", "At most 1 answer.")]


def test_a_turn_inside_a_turn() -> None:
    phones = item("phone", "group", repeats=True, item=[item("number", required=True)])
    data = questionnaire(item("person", "group", repeats=True, item=[item("name"), phones]))
    asked = read_questionnaire(data)
    answers = {"person": [{}, {}], "name[0]": SAID, "phone[0]": [{}, {}], "number[0.1]": SAID, "phone[1]": [{}]}
    assert [(one.key, one.number) for one in blank_turns(asked, answers)] == [("person", 1), ("phone[0]", 0)]
    assert wrong(asked, answers) == []


def test_a_group_that_is_there_once_is_asked_as_before() -> None:
    asked = read_questionnaire(questionnaire(item("section", "group", item=[item("name", required=True)])))
    assert wrong(asked, {}) == [("name", ASKED)]
