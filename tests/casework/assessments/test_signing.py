"""Begun, answered, signed: what follows from it."""

import pytest

from goldthread.casework.assessments import actions
from goldthread.casework.assessments.actions.signing import AnswerProblems, ChangedMeanwhile
from goldthread.casework.assessments.changes import Said
from goldthread.casework.assessments.models import Assessment, Score
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Notice
from tests.casework.assessments.asking import SAFETY, TODAY, Care, actor, answered, begun, care, in_use, phq9, signed

pytestmark = pytest.mark.django_db


def test_a_signed_assessment_has_its_response_its_score_and_its_entry() -> None:
    there = care()
    in_use()
    row = signed(there)
    assert row.state == "signed"
    assert row.response["questionnaire"] == "urn:test:phq-9|1"
    assert row.response["status"] == "completed"
    assert [one["linkId"] for one in row.response["item"]] == [f"q{n}" for n in range(1, 10)]
    assert row.response["item"][0]["text"] == "Question 1"
    score = Score.objects.get()
    assert (score.value, score.band, score.severity, score.lowest, score.highest) == (8, "Mild", 1, 0, 27)
    entry = Entry.objects.get()
    assert (entry.kind, entry.source_kind, entry.source_id) == ("assessed", "assessment", row.pk)
    assert entry.text == "Total 8: Mild"


def test_signed_twice_is_signed_once() -> None:
    there = care()
    in_use()
    row = begun(there)
    answered(row, {1: 1}, there.worker)
    first = actions.sign(assessment=row, by=actor(there.worker, 1))
    again = actions.sign(assessment=row, by=actor(there.worker, 2))
    assert again.signed_at == first.signed_at
    assert Entry.objects.count() == 1
    assert Assessment.objects.count() == 1


def test_a_missing_needed_answer_keeps_it_open_and_a_reason_lets_it_through() -> None:
    content = phq9()
    content["item"][0]["required"] = True
    there = care()
    in_use(content)
    row = begun(there)
    answered(row, {2: 1}, there.worker)
    with pytest.raises(AnswerProblems) as error:
        actions.sign(assessment=row, by=actor(there.worker))
    assert [problem.item for problem in error.value.problems] == ["q1"]
    actions.save_answers(assessment=row, changes={"q1": Said(skipped="asked-declined")}, by=actor(there.worker))
    signed_row = actions.sign(assessment=row, by=actor(there.worker))
    first = signed_row.response["item"][0]
    assert (first["linkId"], first["extension"][0]["valueCode"]) == ("q1", "asked-declined")
    assert "answer" not in first


def with_medicines(there: Care, turns: int) -> Assessment:
    """Nine questions, and as many empty turns of a medicine whose name is needed."""
    content = phq9()
    inner = [{"linkId": "name", "type": "string", "required": True}, {"linkId": "dose", "type": "string"}]
    content["item"].append({"linkId": "medicine", "type": "group", "repeats": True, "item": inner})
    in_use(content)
    row = begun(there)
    for _again in range(turns):
        actions.move_turn(assessment=row, key="medicine", by=actor(there.worker))
    return row


def test_turns_nobody_wrote_in_are_not_signed_and_what_was_said_moves_up() -> None:
    there = care()
    row = with_medicines(there, 3)
    assert len(Assessment.objects.get().answers["medicine"]) == 3
    said = {"name[1]": Said([{"valueString": "Metformin"}]), "dose[1]": Said(skipped="asked-unknown")}
    actions.save_answers(assessment=row, changes=said, by=actor(there.worker))
    signed_row = actions.sign(assessment=row, by=actor(there.worker))
    turns = [one for one in signed_row.response["item"] if one["linkId"] == "medicine"]
    assert len(turns) == 1
    name, dose = turns[0]["item"]
    assert name["answer"] == [{"valueString": "Metformin"}]
    assert dose["extension"][0]["valueCode"] == "asked-unknown"


def test_a_turn_without_what_it_needs_keeps_every_turn_as_it_stands() -> None:
    there = care()
    row = with_medicines(there, 2)
    actions.save_answers(assessment=row, changes={"dose[1]": Said([{"valueString": "5 mg"}])}, by=actor(there.worker))
    before = Assessment.objects.get().answers
    with pytest.raises(AnswerProblems) as error:
        actions.sign(assessment=row, by=actor(there.worker))
    assert [problem.item for problem in error.value.problems] == ["name[1]"]
    assert Assessment.objects.get().answers == before


def test_two_missing_answers_are_prorated_and_three_leave_no_score() -> None:
    there = care()
    in_use()
    row = begun(there)
    answered(row, dict.fromkeys(range(1, 8), 1), there.worker)
    actions.sign(assessment=row, by=actor(there.worker))
    score = Score.objects.get()
    assert score.value == 9  # seven answers of 1 make 7, times 9, by 7
    assert score.why
    other = begun(there)
    answered(other, dict.fromkeys(range(1, 7), 1), there.worker)
    actions.sign(assessment=other, by=actor(there.worker))
    none = Score.objects.get(assessment=other)
    assert none.value is None
    assert none.why


def test_who_signs_looks_first_at_what_others_answered_meanwhile() -> None:
    there = care()
    in_use()
    row = begun(there)
    saved = answered(row, {1: 1}, there.worker, writer="a", stroke=1)
    answered(row, {2: 2}, there.supervisor, writer="b", stroke=1)
    with pytest.raises(ChangedMeanwhile) as error:
        actions.sign(assessment=row, by=actor(there.worker), seen=saved.assessment.saves, writer="a")
    assert error.value.keys == ["q2"]
    assert actions.sign(assessment=row, by=actor(there.worker)).state == "signed"


def test_somebody_elses_signature_is_not_ones_own() -> None:
    there = care()
    in_use()
    row = signed(there)
    with pytest.raises(DomainError, match="Somebody else has signed"):
        actions.sign(assessment=row, by=actor(there.supervisor))


def test_answer_nine_above_zero_opens_one_safety_task_at_once_and_the_supervisor_is_told() -> None:
    there = care()
    in_use()
    row = begun(there)
    saved = answered(row, {9: 1}, there.worker)
    assert saved.alarms == [SAFETY]
    task = Task.objects.get()
    assert (task.title, task.owner, task.due_on, task.weight) == (SAFETY, there.worker, TODAY, 0)
    notice = Notice.objects.get()
    assert (notice.to, notice.kind, notice.about_person) == (there.supervisor, "safety_answer", there.person.pk)
    answered(row, {9: 0}, there.worker)
    answered(row, {9: 3}, there.worker)
    actions.sign(assessment=row, by=actor(there.worker))
    assert Task.objects.count() == 1
    assert Notice.objects.count() == 1


def test_answer_nine_of_zero_opens_nothing() -> None:
    there = care()
    in_use()
    signed(there)
    assert not Task.objects.exists()


def test_a_correction_takes_its_place_with_its_answers() -> None:
    there = care()
    in_use()
    row = signed(there)
    made = actions.correct(assessment=row, reason="She meant every day", by=actor(there.worker))
    assert actions.correct(assessment=row, reason="again", by=actor(there.worker)) == made
    assert len(made.answers) == 9
    answered(made, {1: 3}, there.worker)
    new = actions.sign(assessment=made, by=actor(there.worker, 30))
    row.refresh_from_db()
    assert (row.state, new.response["status"]) == ("corrected", "amended")
    assert [(one.value, one.current) for one in Score.objects.order_by("value")] == [(8, False), (10, True)]
    assert [entry.voided for entry in Entry.objects.order_by("happened_at")] == [True, False]


def test_voided_it_counts_for_nothing_and_stays_readable() -> None:
    there = care()
    in_use()
    row = signed(there)
    with pytest.raises(DomainError, match="Say why"):
        actions.void(assessment=row, reason=" ", by=actor(there.worker))
    actions.void(assessment=row, reason="Wrong client", by=actor(there.worker))
    actions.void(assessment=row, reason="Twice", by=actor(there.worker))
    row.refresh_from_db()
    assert (row.state, row.reason) == ("voided", "Wrong client")
    assert row.response
    assert not Score.objects.get().current
    assert Entry.objects.get().voided
    with pytest.raises(DomainError, match="does not stand"):
        actions.correct(assessment=row, reason="x", by=actor(there.worker))


def test_what_is_being_corrected_is_not_voided() -> None:
    there = care()
    in_use()
    row = signed(there)
    actions.correct(assessment=row, reason="x", by=actor(there.worker))
    with pytest.raises(DomainError, match="correction of this is begun"):
        actions.void(assessment=row, reason="y", by=actor(there.worker))


def test_an_instrument_changed_between_two_assessments_leaves_both_readable() -> None:
    there = care()
    in_use()
    first = signed(there)
    changed = phq9(version="2")
    changed["item"][0]["text"] = "Asked otherwise"
    in_use(changed)
    second = signed(there)
    assert (first.version.number, second.version.number) == (1, 2)
    assert second.response["questionnaire"] == "urn:test:phq-9|2"
    assert questionnaire_of(first.version).by_link["q1"].text.plain == "Question 1"
    assert questionnaire_of(second.version).by_link["q1"].text.plain == "Asked otherwise"
