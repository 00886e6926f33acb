"""Making, changing and settling appointments; the secret links of calendars."""

from goldthread.casework.schedule.actions.feeds import hash_of, renew_feed, revoke_feed
from goldthread.casework.schedule.actions.making import DoubleBooking, Wanted, change, make
from goldthread.casework.schedule.actions.passing_on import Passed, hand_over, transfer
from goldthread.casework.schedule.actions.settling import attend, resettle, settle, unsettle

__all__ = [
    "DoubleBooking",
    "Passed",
    "Wanted",
    "attend",
    "change",
    "hand_over",
    "hash_of",
    "make",
    "renew_feed",
    "resettle",
    "revoke_feed",
    "settle",
    "transfer",
    "unsettle",
]
