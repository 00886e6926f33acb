"""The thread of one client, where it breaks, and how whole it is. Pure."""

from goldthread.casework.thread.rules.breaks import Break, breaks
from goldthread.casework.thread.rules.known import (
    LIMITS,
    AssessmentDue,
    ContactKnown,
    GoalKnown,
    Known,
    Limits,
    NeedKnown,
    PlanKnown,
    ServiceKnown,
    StepKnown,
)
from goldthread.casework.thread.rules.threads import Thread, threads
from goldthread.casework.thread.rules.whole import Whole, how_whole
from goldthread.foundation.programs.enums import Break as BreakKind

__all__ = [
    "LIMITS",
    "AssessmentDue",
    "Break",
    "BreakKind",
    "ContactKnown",
    "GoalKnown",
    "Known",
    "Limits",
    "NeedKnown",
    "PlanKnown",
    "ServiceKnown",
    "StepKnown",
    "Thread",
    "Whole",
    "breaks",
    "how_whole",
    "threads",
]
