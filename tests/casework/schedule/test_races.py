"""Two people book the same worker at the same moment, each over a connection of their own: the second is told of the first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from goldthread.casework.episodes.models import Episode
from goldthread.casework.schedule.actions import DoubleBooking, Wanted, attend, change, make, transfer
from goldthread.casework.schedule.enums import AppointmentKind, AppointmentState, Unit
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.queries import beside
from goldthread.casework.schedule.rules import Repeat
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from tests.casework.caseload.programs import enrolled
from tests.factories import AgencyFactory, PersonFactory, StaffFactory
from tests.racing import race as at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture
def worker() -> Staff:
    AgencyFactory()
    staff: Staff = StaffFactory()
    return staff


@pytest.fixture
def by(actor: Actor, worker: Staff) -> Actor:
    return replace(actor, staff=worker.pk)


def wanted(*workers: Staff, **more: Any) -> Wanted:
    said: dict[str, Any] = {"kind": AppointmentKind.MEETING, "day": TUESDAY, "start": time(10), "end": time(11)}
    return Wanted(**(said | {"workers": tuple(one.pk for one in workers)} | more))


def booked(by: Actor, want: Wanted) -> Appointment:
    return make(form_id=new_id(), wanted=want, client=None, by=by)


def race(*deeds: Callable[[], object]) -> list[str]:
    """What became of each of *deeds*, done at once: of a double booking, with how many others."""
    return at_once(*deeds, told=_told)


def _told(error: DomainError) -> str:
    return f"told of {len(error.clashes)}" if isinstance(error, DoubleBooking) else repr(error)


def test_two_make_one_at_the_same_time(by: Actor, worker: Staff) -> None:
    boss = replace(by, staff=StaffFactory().pk)
    for day in range(1, ROUNDS + 1):
        here = wanted(worker, day=date(2026, 12, day))
        later = replace(here, start=time(10, 30), end=time(12))
        assert race(lambda w=here: booked(by, w), lambda w=later: booked(boss, w)) == ["in", "told of 1"]  # type: ignore[misc]  # mypy takes no defaults of a lambda
    assert Appointment.objects.count() == ROUNDS


def test_two_workers_of_each_booked_crosswise_do_not_wait_for_each_other_for_ever(by: Actor, worker: Staff) -> None:
    other = StaffFactory()
    for day in range(1, ROUNDS + 1):
        first, second = (wanted(*some, day=date(2026, 12, day)) for some in ((worker, other), (other, worker)))
        assert race(lambda w=first: booked(by, w), lambda w=second: booked(by, w)) == ["in", "told of 1"]  # type: ignore[misc]  # mypy takes no defaults of a lambda


def test_a_series_and_a_single_one_within_it(by: Actor, worker: Staff) -> None:
    weekly = wanted(worker, repeat=Repeat(1, Unit.WEEK, date(2027, 2, 2)))
    single = wanted(worker, day=date(2027, 1, 5))
    assert race(lambda: booked(by, weekly), lambda: booked(by, single)) == ["in", "told of 1"]


def test_two_are_moved_to_the_same_time(by: Actor, worker: Staff) -> None:
    rows = [booked(by, wanted(worker, start=time(hour), end=time(hour + 1))) for hour in (8, 9)]
    there = wanted(worker, day=WEDNESDAY)
    said = race(*(lambda r=row: change(appointment=r, wanted=there, by=by) for row in rows))  # type: ignore[misc]  # mypy takes no defaults of a lambda
    assert said == ["in", "told of 1"]


def test_a_transfer_brings_one_while_the_new_worker_is_booked(actor: Actor, by: Actor, worker: Staff) -> None:
    episode: Episode = enrolled(actor, date(2026, 9, 1), staff=worker, person=PersonFactory())
    make(form_id=new_id(), wanted=wanted(worker, episode=episode.pk), client=episode.person, by=by)
    new = StaffFactory()
    said = race(
        lambda: transfer(episode=episode, to_staff=new, on=TUESDAY, reason="Leaves", by=actor),
        lambda: booked(by, wanted(new)),
    )
    assert said == ["in", "told of 1"]


def test_one_that_was_called_off_is_taken_back_while_the_time_is_given_away(by: Actor, worker: Staff) -> None:
    for day in range(1, 2 * ROUNDS + 1):
        want = wanted(worker, day=date(2026, 12, day))
        row = booked(by, want)
        attend(appointment=row, state=AppointmentState.CANCELLED_BY_US, reason="Snow", by=by)
        told: list[int] = []

        def take_back(row: Appointment = row, told: list[int] = told) -> None:
            attend(appointment=row, state=AppointmentState.PLANNED, by=by)
            told.append(len(beside(row)))

        said = race(take_back, lambda w=want: booked(by, w))  # type: ignore[misc]  # mypy takes no defaults of a lambda
        assert said in (["in", "in"], ["in", "told of 1"])
        assert told == [1 if said == ["in", "in"] else 0]  # whoever came second knows
