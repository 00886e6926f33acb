"""Identifiers sort by when they were made."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from goldthread.foundation.lib import ids

NEW_YEAR = 1_893_456_000_000_000_000
"""1 January 2030, 00:00 UTC, in nanoseconds."""


def test_what_is_made_in_one_millisecond_is_in_the_order_in_which_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    moments: Iterator[int] = iter(range(NEW_YEAR, NEW_YEAR + 1_000_000, 1_000))
    monkeypatch.setattr(ids.time, "time_ns", lambda: next(moments))
    made = [ids.new_id() for _ in range(1_000)]
    assert all(earlier < later for earlier, later in pairwise(made))
    assert len({one.int >> 80 for one in made}) == 1  # the millisecond of all of them


def test_it_is_a_version_seven_of_its_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids.time, "time_ns", lambda: NEW_YEAR + 999_999)
    made = ids.new_id()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == NEW_YEAR // 1_000_000
    assert made.int >> 64 & 0xFFF == 4095  # the last of the 4,096 parts: 999,999 of 1,000,000


def test_two_of_one_moment_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids.time, "time_ns", lambda: NEW_YEAR)
    assert len({ids.new_id() for _ in range(1_000)}) == 1_000
