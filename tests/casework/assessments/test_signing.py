"""Begun, answered, signed: what follows from it."""

import pytest

from goldthread.casework.assessments import actions
from goldthread.casework.assessments.models import Assessment, Score
from goldthread.casework.record.models import Entry
from tests.casework.assessments.asking import actor, answered, begun, care, in_use, signed

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
