"""Appointments go with their client to another worker, and who is put on one by somebody else is told."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from goldthread.casework.caseload.actions import assign
from goldthread.casework.caseload.models import AssignmentKind
from goldthread.casework.caseload.queries import primary_of
from goldthread.casework.episodes.models import Episode
from goldthread.casework.schedule.actions import DoubleBooking, Wanted, attend, change, hand_over, make, transfer
from goldthread.casework.schedule.enums import AppointmentKind, AppointmentState, Unit
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.rules import Repeat
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Notice, Staff
from tests.casework.caseload.programs import RECOVERY, enrolled
from tests.factories import AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture
def old() -> Staff:
    AgencyFactory()
    return StaffFactory()


@pytest.fixture
def new() -> Staff:
    return StaffFactory()


@pytest.fixture
def by(actor: Actor, old: Staff) -> Actor:
    return replace(actor, staff=old.pk)


@pytest.fixture
def boss(actor: Actor) -> Actor:
    return replace(actor, staff=StaffFactory().pk)


@pytest.fixture
def episode(actor: Actor, old: Staff) -> Episode:
    return enrolled(actor, date(2026, 9, 1), staff=old)


def agreed(by: Actor, episode: Episode | None, *workers: Staff, **more: Any) -> Appointment:
    client = more.pop("client", episode.person if episode else None)
    said: dict[str, Any] = {
        "kind": AppointmentKind.VISIT,
        "day": TUESDAY,
        "start": time(10),
        "end": time(11),
        "workers": tuple(one.pk for one in workers),
        "episode": episode.pk if episode else None,
    }
    return make(form_id=new_id(), wanted=Wanted(**(said | more)), client=client, by=by)


def goers(row: Appointment) -> set[Staff]:
    return set(row.workers.all())


class TestTransfer:
    def test_what_begins_on_the_day_or_later_goes_along(
        self, by: Actor, boss: Actor, episode: Episode, old: Staff, new: Staff
    ) -> None:
        third = StaffFactory()
        before = agreed(by, episode, old, day=MONDAY)
        on_the_day = agreed(by, episode, old)
        without = agreed(by, None, old, client=episode.person, day=WEDNESDAY, start=time(14), end=time(15))
        both = agreed(by, episode, old, third, day=WEDNESDAY)
        passed = transfer(episode=episode, to_staff=new, on=TUESDAY, reason="Leaves", note="Dogs", by=boss)
        assert [row.pk for row in passed.appointments] == [on_the_day.pk, both.pk, without.pk]
        assert goers(before) == {old}
        assert goers(on_the_day) == goers(without) == {new}
        assert goers(both) == {new, third}
        assert passed.assignments[0].hand_over_note == "Dogs"
        assert primary_of(episode, TUESDAY) == new
        event = Event.objects.get(action="schedule.passed_on")
        assert (event.client, event.details["appointments"]) == (episode.person_id, 3)
        assert transfer(episode=episode, to_staff=new, on=TUESDAY, reason="Leaves", by=boss).appointments == []

    def test_what_is_said_to_stay_stays(self, by: Actor, boss: Actor, episode: Episode, old: Staff, new: Staff) -> None:
        goodbye = agreed(by, episode, old)
        weekly = agreed(by, episode, old, start=time(14), end=time(15), repeat=Repeat(1, Unit.WEEK, date(2026, 12, 15)))
        assert weekly.series_id
        transfer(
            episode=episode, to_staff=new, on=MONDAY, reason="Leaves", by=boss, staying=[goodbye.pk, weekly.series_id]
        )
        assert Appointment.objects.filter(workers=old).count() == 5
        assert not Appointment.objects.filter(workers=new).exists()

    def test_what_is_settled_cancelled_or_of_another_program_stays(
        self, actor: Actor, by: Actor, boss: Actor, episode: Episode, old: Staff, new: Staff
    ) -> None:
        other = enrolled(actor, date(2026, 9, 1), RECOVERY, person=episode.person, staff=old)
        theirs = agreed(by, other, old)
        somebody_elses = agreed(by, None, old, client=PersonFactory(), start=time(12), end=time(13))
        off = agreed(by, episode, old, start=time(15), end=time(16))
        attend(appointment=off, state=AppointmentState.CANCELLED_BY_US, reason="Snow", by=by)
        transfer(episode=episode, to_staff=new, on=MONDAY, reason="Leaves", by=boss)
        for row in (theirs, somebody_elses, off):
            assert goers(row) == {old}

    def test_a_busy_new_worker_is_said_before_anything_is_written(
        self, by: Actor, boss: Actor, episode: Episode, old: Staff, new: Staff
    ) -> None:
        row = agreed(by, episode, old)
        busy = agreed(replace(by, staff=new.pk), None, new, start=time(10, 30), end=time(12))
        with pytest.raises(DoubleBooking) as said:
            transfer(episode=episode, to_staff=new, on=MONDAY, reason="Leaves", by=boss)
        assert said.value.clashes == [busy]
        assert primary_of(episode, MONDAY) == old
        transfer(episode=episode, to_staff=new, on=MONDAY, reason="Leaves", by=boss, confirmed=True)
        assert goers(row) == {new}

    def test_a_transfer_that_cannot_be_moves_nothing(
        self, by: Actor, boss: Actor, episode: Episode, old: Staff, new: Staff
    ) -> None:
        row = agreed(by, episode, old)
        with pytest.raises(DomainError):
            transfer(episode=episode, to_staff=new, on=MONDAY, reason="", by=boss)
        assert goers(row) == {old}


class TestHandOver:
    def test_a_whole_caseload_goes_with_its_appointments(
        self, actor: Actor, by: Actor, boss: Actor, episode: Episode, old: Staff, new: Staff
    ) -> None:
        alone = PersonFactory()
        assign(client=alone, staff=old, kind=AssignmentKind.SECONDARY, team=None, starts_on=TODAY, by=actor)
        rows = [agreed(by, episode, old), agreed(by, None, old, client=alone, start=time(12), end=time(13))]
        own = agreed(by, None, old, start=time(16), end=time(17))  # a meeting without a client
        busy = agreed(replace(by, staff=new.pk), None, new, start=time(12), end=time(13))
        passed = hand_over(from_staff=old, to_staff=new, on=MONDAY, reason="Leaves", by=boss)
        assert (passed.appointments, passed.clashes) == (rows, [busy])
        assert [goers(row) for row in rows] == [{new}, {new}]
        assert goers(own) == {old}
        assert Event.objects.filter(action="schedule.passed_on").count() == 2

    def test_of_chosen_clients_alone(
        self, actor: Actor, by: Actor, boss: Actor, episode: Episode, old: Staff, new: Staff
    ) -> None:
        other = enrolled(actor, date(2026, 9, 1), staff=old)
        here, there = agreed(by, episode, old), agreed(by, other, old, start=time(12), end=time(13))
        hand_over(from_staff=old, to_staff=new, on=MONDAY, reason="Fewer", clients=[episode.person_id], by=boss)
        assert (goers(here), goers(there)) == ({new}, {old})


class TestNotices:
    def told(self) -> list[tuple[Staff, str]]:
        return [(row.to, row.kind) for row in Notice.objects.order_by("id")]

    def test_who_is_put_on_one_by_somebody_else(self, by: Actor, episode: Episode, old: Staff, new: Staff) -> None:
        row = agreed(by, episode, old, new, repeat=Repeat(1, Unit.WEEK, date(2026, 12, 15)))
        notice = Notice.objects.get()
        assert (notice.to, notice.kind, notice.about_staff) == (new, "appointment_given", old.pk)
        assert (notice.about_person, notice.source_id) == (episode.person_id, row.pk)

    def test_a_labelled_one_names_no_client(self, actor: Actor, by: Actor, old: Staff, new: Staff) -> None:
        quiet = enrolled(actor, date(2026, 9, 1), RECOVERY, staff=old)
        agreed(by, quiet, old, new)
        assert Notice.objects.get(kind="appointment_given").about_person is None

    def test_oneself_alone_is_not_told(self, by: Actor, episode: Episode, old: Staff) -> None:
        agreed(by, episode, old)
        assert self.told() == []

    def test_a_change_tells_who_comes_who_stays_and_who_is_free_again(
        self, by: Actor, episode: Episode, old: Staff, new: Staff
    ) -> None:
        third = StaffFactory()
        row = agreed(by, episode, old, new)
        Notice.objects.all().delete()
        want = Wanted(
            kind=AppointmentKind.VISIT, day=TUESDAY, start=time(9), end=time(10), workers=(old.pk, new.pk, third.pk)
        )
        change(appointment=row, wanted=want, by=by)
        assert self.told() == [(third, "appointment_given"), (new, "appointment_moved")]
        Notice.objects.all().delete()
        change(appointment=row, wanted=replace(want, title="Papers"), by=by)
        assert self.told() == []
        change(appointment=row, wanted=replace(want, workers=(old.pk,)), by=by)
        assert {to for to, kind in self.told() if kind == "appointment_off"} == {new, third}

    def test_calling_it_off_beforehand_tells_who_would_have_gone(
        self, by: Actor, episode: Episode, old: Staff, new: Staff
    ) -> None:
        row = agreed(by, episode, old, new)
        Notice.objects.all().delete()
        attend(appointment=row, state=AppointmentState.CANCELLED_BY_CLIENT, reason="Ill", by=by)
        assert self.told() == [(new, "appointment_off")]
