"""Several people answer one assessment: nobody overwrites an item unseen, nothing that was typed is lost."""

from typing import Any

import pytest

from goldthread.casework.assessments import actions
from goldthread.casework.assessments.actions.answering import SignedMeanwhile
from goldthread.casework.assessments.changes import Said
from goldthread.casework.assessments.models import Assessment
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from tests.casework.assessments.asking import Care, actor, answered, begun, care, in_use, often

pytestmark = pytest.mark.django_db


@pytest.fixture
def there() -> Care:
    found = care()
    in_use()
    return found


def code(row: Assessment, key: str) -> str:
    """What stands at *key*."""
    row.refresh_from_db()
    given = row.answers.get(key)
    return str(given[0]["valueCoding"]["code"]) if given else ""


def test_the_same_form_begins_one(there: Care) -> None:
    instrument = in_use()
    by, form = actor(there.worker), new_id()
    one = actions.begin(instrument=instrument, person=there.person, episode=None, by=by, form_id=form)
    assert actions.begin(instrument=instrument, person=there.person, episode=None, by=by, form_id=form) == one
    assert Assessment.objects.count() == 1


def test_what_is_retired_is_not_begun(there: Care) -> None:
    instrument = in_use()
    actions.retire(version=instrument.versions.get(), by=actor(there.worker))
    with pytest.raises(DomainError, match="not asked any more"):
        begun(there, instrument)


def test_two_people_answer_different_items_and_both_stand(there: Care) -> None:
    row = begun(there)
    answered(row, {1: 1}, there.worker, seen=0, writer="a")
    answered(row, {2: 2}, there.supervisor, seen=0, writer="b")
    assert (code(row, "q1"), code(row, "q2")) == ("c1", "c2")


def test_who_answers_an_item_unseen_does_not_overwrite_it_and_is_told_both(there: Care) -> None:
    row = begun(there)
    answered(row, {1: 1}, there.worker, seen=0, writer="a")
    saved = answered(row, {1: 3, 2: 2}, there.supervisor, seen=0, writer="b")
    assert (code(row, "q1"), code(row, "q2")) == ("c1", "c2")
    (clash,) = saved.clashes
    assert (clash.key, clash.mine, clash.theirs, clash.by) == ("q1", often(3), often(1), there.worker.pk)


def test_who_has_seen_it_may_change_it(there: Care) -> None:
    row = begun(there)
    saved = answered(row, {1: 1}, there.worker, seen=0, writer="a")
    assert not answered(row, {1: 3}, there.supervisor, seen=saved.assessment.saves, writer="b").clashes
    assert code(row, "q1") == "c3"


def test_the_same_answer_is_no_clash(there: Care) -> None:
    row = begun(there)
    answered(row, {1: 1}, there.worker, seen=0, writer="a")
    assert not answered(row, {1: 1}, there.supervisor, seen=0, writer="b").clashes


def test_a_page_is_never_in_conflict_with_itself_and_its_late_saves_change_nothing(there: Care) -> None:
    row = begun(there)
    answered(row, {1: 1}, there.worker, seen=0, writer="a", stroke=1)
    answered(row, {1: 2}, there.worker, seen=0, writer="a", stroke=2)
    assert not answered(row, {1: 1}, there.worker, seen=0, writer="a", stroke=1).clashes
    assert code(row, "q1") == "c2"


def test_a_page_without_scripts_takes_nothing_back_that_it_never_saw(there: Care) -> None:
    row = begun(there)
    answered(row, {1: 1}, there.worker, seen=0, writer="a")
    changes = {"q1": Said(), "q2": often(2)}
    saved = actions.save_answers(assessment=row, changes=changes, by=actor(there.supervisor), seen=0, whole=True)
    assert not saved.clashes
    assert (code(row, "q1"), code(row, "q2")) == ("c1", "c2")


def test_a_reason_stands_where_there_is_no_answer_and_goes_with_one(there: Care) -> None:
    row = begun(there)
    actions.save_answers(assessment=row, changes={"q1": Said(skipped="asked-declined")}, by=actor(there.worker))
    row.refresh_from_db()
    assert row.skipped == {"q1": "asked-declined"}
    answered(row, {1: 1}, there.worker)
    assert (code(row, "q1"), row.skipped) == ("c1", {})


@pytest.mark.parametrize("key", ["q10", "q1[0]", "", "q1[", "q1[0.0]", "__proto__"])
def test_what_the_instrument_does_not_ask_is_refused(there: Care, key: str) -> None:
    with pytest.raises(DomainError, match="something else"):
        actions.save_answers(assessment=begun(there), changes={key: often(1)}, by=actor(there.worker))


def test_more_than_can_be_kept_is_refused(there: Care) -> None:
    long = Said([{"valueString": "x" * 1_000_001}])
    with pytest.raises(DomainError, match="more than can be kept"):
        actions.save_answers(assessment=begun(there), changes={"q1": long}, by=actor(there.worker))


def test_a_save_after_the_signature_changes_nothing(there: Care) -> None:
    row = begun(there)
    answered(row, {1: 1}, there.worker)
    actions.sign(assessment=row, by=actor(there.worker))
    with pytest.raises(SignedMeanwhile):
        answered(row, {1: 2}, there.supervisor)


def test_whoever_began_it_may_throw_it_away_and_nobody_else(there: Care) -> None:
    row = begun(there)
    with pytest.raises(DomainError, match="Only whoever began it"):
        actions.discard(assessment=row, by=actor(there.supervisor))
    assert actions.discard(assessment=row, by=actor(there.worker))
    assert not actions.discard(assessment=row, by=actor(there.worker))
    with pytest.raises(DomainError, match="thrown away"):
        answered(row, {1: 1}, there.worker)


def household() -> dict[str, Any]:
    """A repeating group with a question in it, and one below that one's answers."""
    name = {"linkId": "name", "type": "string", "text": "Name", "item": [{"linkId": "more", "type": "string"}]}
    group = {"linkId": "who", "type": "group", "text": "Somebody", "repeats": True, "item": [name]}
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "url": "urn:test:house",
        "title": "House",
        "item": [group],
    }


def words(*answers: str) -> Said:
    return Said([{"valueString": one} for one in answers])


def test_turns_are_added_and_what_stands_behind_a_removed_one_moves_up(there: Care) -> None:
    by = actor(there.worker)
    row = begun(there, in_use(household()))
    for _turn in range(3):
        actions.move_turn(assessment=row, key="who", by=by)
    changes = {"name[0]": words("Ana"), "name[1]": words("Ben"), "name[2]": words("Cy"), "more[2]": words("tall")}
    actions.save_answers(assessment=row, changes=changes, by=by, writer="a", stroke=1)
    moved = actions.move_turn(assessment=row, key="who", remove=1, by=by)
    assert len(moved.answers["who"]) == 2
    assert moved.answers["name[1]"] == [{"valueString": "Cy"}]
    assert moved.answers["more[1]"] == [{"valueString": "tall"}]
    assert "name[2]" not in moved.answers


def test_who_still_sees_the_removed_turn_overwrites_nobody(there: Care) -> None:
    row = begun(there, in_use(household()))
    by = actor(there.worker)
    for _turn in range(2):
        actions.move_turn(assessment=row, key="who", by=by)
    changes = {"name[0]": words("Ana"), "name[1]": words("Ben")}
    saved = actions.save_answers(assessment=row, changes=changes, by=by, writer="a", stroke=1)
    actions.move_turn(assessment=row, key="who", remove=0, by=actor(there.supervisor))
    late = actions.save_answers(
        assessment=row, changes={"name[0]": words("Anna")}, by=by, writer="a", stroke=2, seen=saved.assessment.saves
    )
    assert [clash.key for clash in late.clashes] == ["name[0]"]
    assert late.assessment.answers["name[0]"] == [{"valueString": "Ben"}]


def test_a_turn_that_is_added_starts_with_its_initial_values(there: Care) -> None:
    asked = household()
    who = next(item for item in asked["item"] if item["linkId"] == "who")
    who["item"].append(
        {"linkId": "lives", "type": "boolean", "text": "Lives here", "initial": [{"valueBoolean": True}]}
    )
    row, by = begun(there, in_use(asked)), actor(there.worker)
    actions.move_turn(assessment=row, key="who", by=by)
    actions.save_answers(
        assessment=row, changes={"lives[0]": Said([{"valueBoolean": False}])}, by=by, writer="a", stroke=1
    )
    moved = actions.move_turn(assessment=row, key="who", by=by)
    assert moved.answers["lives[0]"] == [{"valueBoolean": False}]  # what was said stays
    assert moved.answers["lives[1]"] == [{"valueBoolean": True}]
    late = actions.save_answers(
        assessment=row, changes={"lives[1]": Said([{"valueBoolean": False}])}, by=by, writer="b", stroke=1, seen=0
    )
    assert [clash.key for clash in late.clashes] == ["lives[1]"]  # a page that has not seen it overwrites nothing


def test_there_are_only_so_many_turns(there: Care) -> None:
    row = begun(there, in_use(household()))
    Assessment.objects.filter(pk=row.pk).update(answers={"who": [{}] * 200})
    with pytest.raises(DomainError, match="as many as there can be"):
        actions.move_turn(assessment=row, key="who", by=actor(there.worker))
