"""What is done with instruments and assessments. Each function is one transaction."""

from goldthread.casework.assessments.actions.afterwards import correct, void
from goldthread.casework.assessments.actions.answering import (
    add_turns,
    begin,
    discard,
    move_turn,
    remove_turns,
    save_answers,
)
from goldthread.casework.assessments.actions.building import begin_instrument, change_draft, edit_anew, take_back
from goldthread.casework.assessments.actions.instruments import discard_version, install, put_in_use, retire
from goldthread.casework.assessments.actions.signing import sign

__all__ = [
    "add_turns",
    "begin",
    "begin_instrument",
    "change_draft",
    "correct",
    "discard",
    "discard_version",
    "edit_anew",
    "install",
    "move_turn",
    "put_in_use",
    "remove_turns",
    "retire",
    "save_answers",
    "sign",
    "take_back",
    "void",
]
