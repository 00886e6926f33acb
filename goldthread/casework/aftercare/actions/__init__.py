"""Changing aftercare. Whoever calls has asked the gate; ledger, tasks, reach and audit are written in the same transaction."""

from goldthread.casework.aftercare.actions.made import note_signed, note_taken_back
from goldthread.casework.aftercare.actions.planning import add, call_off, change, close, plan
from goldthread.casework.aftercare.actions.returning import come_back

__all__ = ["add", "call_off", "change", "close", "come_back", "note_signed", "note_taken_back", "plan"]
