"""Making, changing and settling appointments; the secret links of calendars."""

from goldthread.casework.schedule.actions.ending import discharge, leave, undo_discharge, undo_leave
from goldthread.casework.schedule.actions.feeds import hash_of, renew_feed, revoke_feed
from goldthread.casework.schedule.actions.groups import (
    attend_group,
    call_off_group,
    change_group,
    join_group,
    leave_group,
    make_group,
)
from goldthread.casework.schedule.actions.leaving import end_assignment, reopen_assignment
from goldthread.casework.schedule.actions.making import DoubleBooking, Wanted, change, make
from goldthread.casework.schedule.actions.moving_on import move_on
from goldthread.casework.schedule.actions.passing_on import Passed, hand_over, transfer
from goldthread.casework.schedule.actions.settling import attend, resettle, settle, unsettle
from goldthread.casework.schedule.actions.sharing_out import Moved, Shared, share_out, take_back

__all__ = [
    "DoubleBooking",
    "Moved",
    "Passed",
    "Shared",
    "Wanted",
    "attend",
    "attend_group",
    "call_off_group",
    "change",
    "change_group",
    "discharge",
    "end_assignment",
    "hand_over",
    "hash_of",
    "join_group",
    "leave",
    "leave_group",
    "make",
    "make_group",
    "move_on",
    "renew_feed",
    "reopen_assignment",
    "resettle",
    "revoke_feed",
    "settle",
    "share_out",
    "take_back",
    "transfer",
    "undo_discharge",
    "undo_leave",
    "unsettle",
]
