"""Changing the caseload. Whoever calls has asked the gate; ledger, evidence and audit are written in the same transaction."""

from goldthread.casework.caseload.actions.aftercare import end_aftercare, give_aftercare
from goldthread.casework.caseload.actions.assigning import TOO_LATE, assign, end, reopen
from goldthread.casework.caseload.actions.closing import close_program, reopen_program, still_in
from goldthread.casework.caseload.actions.covering import cover, end_cover
from goldthread.casework.caseload.actions.enrolling import enrol
from goldthread.casework.caseload.actions.handing_over import confirm_read, hand_over, transfer
from goldthread.casework.caseload.actions.leaving import discharge, undo_discharge
from goldthread.casework.caseload.actions.membership import join, leave, undo_join, undo_leave
from goldthread.casework.caseload.actions.pausing import pause, resume

__all__ = [
    "TOO_LATE",
    "assign",
    "close_program",
    "confirm_read",
    "cover",
    "discharge",
    "end",
    "end_aftercare",
    "end_cover",
    "enrol",
    "give_aftercare",
    "hand_over",
    "join",
    "leave",
    "pause",
    "reopen",
    "reopen_program",
    "resume",
    "still_in",
    "transfer",
    "undo_discharge",
    "undo_join",
    "undo_leave",
]
