"""The turns of long work: short, with a rest in which whoever waits for SQLite's only writer gets in."""

import pytest
from django.db import connection

from goldthread.foundation.lib import giving_way
from goldthread.foundation.lib.giving_way import REST, TURN, Turns

pytestmark = pytest.mark.django_db
BUSY_HANDLER = (1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100)
"""Milliseconds after which SQLite looks again for a writer that somebody else holds (its ``sqliteDefaultBusyCallback``)."""


class Clock:
    """Time that passes only as it is told."""

    def __init__(self) -> None:
        self.now, self.slept = 100.0, 0.0

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(giving_way, "perf_counter", clock.read)
    monkeypatch.setattr(giving_way, "sleep", clock.sleep)
    return clock


def turn(turns: Turns, clock: Clock, *, held: float, before: float = 0.0) -> None:
    clock.now += before
    with turns.turn():
        clock.now += held


def test_a_turn_has_as_many_rows_as_fit_and_never_fewer_than_the_least(clock: Clock) -> None:
    turns = Turns(8, 100)
    turn(turns, clock, held=TURN / 4)
    assert turns.size == 16  # not more than twice as many at once
    turn(turns, clock, held=TURN * 0.97)
    assert turns.size == 16
    turn(turns, clock, held=TURN * 1.9)
    assert turns.size == 8
    turn(turns, clock, held=2.0)  # the machine stood still
    assert (turns.size, turns.longest) == (8, 2.0)
    for _number in range(9):
        turn(turns, clock, held=0)
    assert turns.size == 100


def test_between_two_turns_lies_a_rest_of_which_work_is_a_part(clock: Clock) -> None:
    turns = Turns(8, 100)
    turn(turns, clock, held=TURN)
    assert clock.slept == 0
    turn(turns, clock, held=TURN, before=REST / 5)
    rest = REST * 4 / 5 if connection.vendor == "sqlite" else 0
    assert clock.slept == pytest.approx(rest)
    turn(turns, clock, held=TURN, before=REST)
    assert clock.slept == pytest.approx(rest)


def test_whoever_waits_for_sqlites_writer_looks_for_it_in_the_rest() -> None:
    """However long before the end of a turn they began to wait, and also when the turn took half as long again."""
    looks = [sum(BUSY_HANDLER[: number + 1]) for number in range(len(BUSY_HANDLER))]
    for waited in range(int(TURN * 1500)):
        assert any(waited <= look < waited + REST * 1000 for look in looks)
