"""Two people at one place of a plan: whoever saves without having changed a field leaves it as the other has written it."""

from typing import Any

import pytest

from goldthread.casework.plans.rules.editing import PutLine, Review, SetPart, apply
from goldthread.foundation.lib.errors import EditConflict
from goldthread.foundation.lib.ids import new_id

STEP, GOAL = str(new_id()), str(new_id())
SEEN = {"words": "See two flats", "due_on": "2026-05-01"}


def content() -> dict[str, Any]:
    goal = {"id": GOAL, "words": "My own door"}
    step = {"id": STEP, "goal": GOAL, "owner_kind": "client"} | SEEN
    return {"parts": {"vision": "A street"}, "lines": {"goals": [goal], "steps": [step]}, "review": {}}


def test_two_fields_of_one_line_keep_both() -> None:
    theirs = apply(content(), PutLine("steps", STEP, SEEN | {"due_on": "2026-06-30"}, SEEN))
    mine = apply(theirs, PutLine("steps", STEP, SEEN | {"words": "See three flats"}, SEEN))
    (step,) = mine["lines"]["steps"]
    assert (step["words"], step["due_on"]) == ("See three flats", "2026-06-30")


def test_one_field_asks() -> None:
    theirs = apply(content(), PutLine("steps", STEP, SEEN | {"words": "See four"}, SEEN))
    with pytest.raises(EditConflict):
        apply(theirs, PutLine("steps", STEP, SEEN | {"words": "See three"}, SEEN))


def test_a_part_saved_as_it_was_leaves_what_the_other_wrote() -> None:
    theirs = apply(content(), SetPart("vision", "A quiet street", "A street"))
    assert apply(theirs, SetPart("vision", "A street", "A street"))["parts"] == {"vision": "A quiet street"}
    assert apply(content(), SetPart("vision", "", "A street"))["parts"] == {}


def test_answer_and_reason_of_a_review_keep_both() -> None:
    nothing = {"answer": "", "why": ""}
    theirs = apply(content(), Review(GOAL, "met", "", nothing))
    mine = apply(theirs, Review(GOAL, "", "She has the keys", nothing))
    assert mine["review"][GOAL] == {"answer": "met", "why": "She has the keys"}
