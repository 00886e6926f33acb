"""Appointments go with their client to another worker, and who is put on one by somebody else is told."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from goldthread.casework.caseload.actions import assign, enrol
from goldthread.casework.caseload.models import AssignmentKind
from goldthread.casework.caseload.queries import primary_of
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.actions import (
    DoubleBooking,
    Wanted,
    attend,
    change,
    discharge,
    hand_over,
    leave,
    make,
    transfer,
    undo_discharge,
    undo_leave,
)
from goldthread.casework.schedule.enums import AppointmentKind, AppointmentState, Unit
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.rules import Repeat
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Notice, Staff
from goldthread.people.persons.models import Household
from tests.casework.caseload.programs import FAMILIES, RECOVERY, enrolled, program
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
        assert set(self.told()) == {(third, "appointment_given"), (new, "appointment_moved")}
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


class TestEnding:
    def test_a_discharge_calls_off_what_comes_after_and_taking_it_back_plans_it_again(
        self, by: Actor, boss: Actor, episode: Episode, old: Staff
    ) -> None:
        ahead = agreed(by, episode, old, repeat=Repeat(1, Unit.WEEK, date(2026, 12, 15)))
        snow = agreed(by, episode, old, start=time(14), end=time(15))
        attend(appointment=snow, state=AppointmentState.CANCELLED_BY_US, reason="Snow", by=by)
        today = agreed(by, episode, old, day=TODAY, start=time(16), end=time(17))
        without = agreed(by, None, old, client=episode.person, day=WEDNESDAY)
        at = replace(boss, at=boss.at + timedelta(minutes=5))
        for _ in range(2):
            discharge(episode=episode, discharged_on=TODAY, reason="moved", by=at)
        series = Appointment.objects.filter(series=ahead.series_id)
        assert set(series.values_list("state", "reason")) == {("cancelled_by_us", "The program has ended.")}
        assert {row.state for row in Appointment.objects.filter(pk__in=[today.pk, without.pk])} == {"planned"}
        assert Notice.objects.filter(kind="appointment_off", to=old).count() == 1
        assert Entry.objects.filter(kind="appointment", text="The program has ended.").count() == 4
        undo_discharge(episode=episode, by=replace(boss, at=boss.at + timedelta(minutes=9)))
        assert set(series.values_list("state", "reason")) == {("planned", "")}
        snow.refresh_from_db()
        assert snow.state == "cancelled_by_us"

    def test_one_of_a_family_leaves_with_their_own_appointments_alone(
        self, actor: Actor, by: Actor, boss: Actor, old: Staff
    ) -> None:
        children = [PersonFactory(birth_date=date(2018, 1, day)) for day in (1, 2)]
        home = enrol(
            program=program(actor, FAMILIES),
            household=Household.objects.create(name="Reyes"),
            members=children,
            enrolled_on=date(2026, 9, 1),
            staff=old,
            by=actor,
        )
        his, hers = (agreed(by, home, old, client=one, confirmed=True) for one in children)
        member = EpisodeMember.objects.get(person=children[0])
        leave(member=member, left_on=TODAY, reason="Moved", by=boss)
        his.refresh_from_db()
        hers.refresh_from_db()
        assert (his.state, hers.state) == ("cancelled_by_us", "planned")
        undo_leave(member=member, by=replace(boss, at=boss.at + timedelta(minutes=9)))
        his.refresh_from_db()
        assert his.state == "planned"
