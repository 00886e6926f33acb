"""Changing the caseload. Whoever calls has asked the gate; ledger, evidence and audit are written in the same transaction."""

from goldthread.casework.caseload.actions.assigning import assign, end
from goldthread.casework.caseload.actions.enrolling import enrol
from goldthread.casework.caseload.actions.handing_over import hand_over

__all__ = ["assign", "end", "enrol", "hand_over"]
