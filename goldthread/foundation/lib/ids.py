"""Identifiers."""

import secrets
import time
from uuid import UUID

NANOSECONDS = 1_000_000
"""Of a millisecond."""


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562): random, and sorted by the moment in which it was made, so that indexes stay compact.

    Its first twelve random bits tell the part of the millisecond (6.2, method 3): what one process makes more than a
    quarter of a thousandth of a millisecond apart is in that order. Who is first of a household enrolled at once bears its tasks.
    """
    milliseconds, rest = divmod(time.time_ns(), NANOSECONDS)
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (rest << 12) // NANOSECONDS << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)
