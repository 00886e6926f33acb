"""Preparing a way out, settling what is open, signing, ending, and taking it back."""

from goldthread.casework.discharge.actions.packets import ask_for_packet, keep_packet, packet_failed, stand_of
from goldthread.casework.discharge.actions.settling import decide, decide_together, undecide
from goldthread.casework.discharge.actions.signing import NotSettled, approve, send_back, sign
from goldthread.casework.discharge.actions.undoing import undo_discharge
from goldthread.casework.discharge.actions.writing import (
    Saved,
    add_addendum,
    begin,
    give_up,
    override,
    save_sections,
    say,
)

__all__ = [
    "NotSettled",
    "Saved",
    "add_addendum",
    "approve",
    "ask_for_packet",
    "begin",
    "decide",
    "decide_together",
    "give_up",
    "keep_packet",
    "override",
    "packet_failed",
    "save_sections",
    "say",
    "send_back",
    "sign",
    "stand_of",
    "undecide",
    "undo_discharge",
]
