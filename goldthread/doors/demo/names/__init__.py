"""Pools of invented names by culture. One person's names come from one culture; families mix by marriage."""

from goldthread.doors.demo.names.africa import AFRICAN_AND_ARAB
from goldthread.doors.demo.names.americas import (
    AFRICAN_AMERICAN,
    ENGLISH,
    HAITIAN,
    NATIVE,
    PACIFIC,
    PORTUGUESE,
    SPANISH,
)
from goldthread.doors.demo.names.culture import Culture
from goldthread.doors.demo.names.eurasia import ASIAN_AND_EUROPEAN

CULTURES: tuple[Culture, ...] = (
    ENGLISH,
    AFRICAN_AMERICAN,
    SPANISH,
    PORTUGUESE,
    HAITIAN,
    PACIFIC,
    NATIVE,
    *AFRICAN_AND_ARAB,
    *ASIAN_AND_EUROPEAN,
)

__all__ = ["CULTURES", "Culture"]
