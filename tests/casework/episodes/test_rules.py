"""Labels of content and the days of enrolment; the limits on both sides."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from goldthread.casework.episodes import rules
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.labels import Label

DAY = date(2026, 11, 19)


@dataclass
class Thing:
    labels: int = 0
    opened_on: date = date(2026, 1, 1)
    closed_on: date | None = None
    birth_date: date | None = None
    deceased: bool = False
    died_on: date | None = None
    enrolled_on: date = date(2026, 1, 1)
    discharged_on: date | None = None
    ends_on: date | None = None


def test_labels_add_up_and_never_fall_away() -> None:
    assert rules.labels_for(Thing(Label.HIV)) == Label.HIV
    assert rules.labels_for(Thing(Label.HIV), Label.SEALED, 0) == Label.HIV | Label.SEALED
    assert rules.labels_for(Thing()) == 0


def test_the_first_and_the_last_day_of_a_program() -> None:
    closed = Thing(closed_on=date(2026, 6, 30))
    for day in (date(2026, 1, 1), date(2026, 6, 29)):
        rules.check_enrolment(closed, day, None, DAY)
    for day in (date(2025, 12, 31), date(2026, 6, 30)):
        with pytest.raises(DomainError):
            rules.check_enrolment(closed, day, None, DAY)
    rules.check_enrolment(Thing(), DAY, DAY, DAY)
    with pytest.raises(DomainError):
        rules.check_enrolment(Thing(), DAY, None, DAY - timedelta(days=1))
    with pytest.raises(DomainError):
        rules.check_enrolment(Thing(), DAY, DAY + timedelta(days=1), DAY)


def test_born_and_alive_on_the_day() -> None:
    rules.check_life(Thing(birth_date=DAY, deceased=True, died_on=DAY), DAY)
    for gone in (Thing(birth_date=DAY + timedelta(days=1)), Thing(deceased=True, died_on=DAY - timedelta(days=1))):
        with pytest.raises(DomainError):
            rules.check_life(gone, DAY)


def test_a_child_until_the_eighteenth_birthday() -> None:
    born = date(2008, 11, 20)
    assert rules.is_child(Thing(birth_date=born), DAY)
    assert not rules.is_child(Thing(birth_date=born), DAY + timedelta(days=1))
    assert rules.is_child(Thing(), DAY)


def test_a_discharge_can_be_taken_back_for_seven_days() -> None:
    at = datetime(2026, 11, 19, 15, tzinfo=UTC)
    assert rules.may_undo(at, at + timedelta(days=7))
    assert not rules.may_undo(at, at + timedelta(days=7, seconds=1))
