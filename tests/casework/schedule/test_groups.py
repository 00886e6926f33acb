"""Groups: one time of one worker with several clients, a row for each of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.casework.caseload.actions import enrol
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule import actions, queries
from goldthread.casework.schedule.actions import DoubleBooking, Wanted
from goldthread.casework.schedule.enums import AppointmentKind, AppointmentState, Unit, Which
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.rules import NamesSomebody, Repeat
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.models import Notice, Staff
from tests.casework.caseload.programs import RECOVERY, enrolled, program
from tests.factories import AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
ASKED_TO_CALL_OFF = {"sqlite": 10, "postgresql": 9}
"""Statements, however many clients and times."""
NOW = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)  # ten in the morning in New York
TODAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
KEPT, MISSED, THEY, WE = (
    AppointmentState.KEPT,
    AppointmentState.MISSED,
    AppointmentState.CANCELLED_BY_CLIENT,
    AppointmentState.CANCELLED_BY_US,
)


@pytest.fixture
def worker() -> Staff:
    AgencyFactory()
    staff: Staff = StaffFactory()
    return staff


@pytest.fixture
def by(worker: Staff) -> Actor:
    return Actor(at=NOW, today=TODAY, staff=worker.pk)


@pytest.fixture
def members(by: Actor, worker: Staff) -> list[EpisodeMember]:
    """Anabel, Bartek and Chidi, in one program, clients of the worker."""
    opened = program(by)
    found = []
    for name in ("Anabel", "Bartek", "Chidi"):
        person = PersonFactory(given=name, family="Quillby", display_name=f"{name} Quillby", sort_key=name.lower())
        episode = enrol(program=opened, person=person, enrolled_on=date(2026, 1, 5), staff=worker, by=by)
        found.append(EpisodeMember.objects.select_related("person", "episode").get(episode=episode))
    return found


def wanted(worker: Staff, **more: Any) -> Wanted:
    said = {"kind": AppointmentKind.MEETING, "day": FRIDAY, "start": time(10), "end": time(11), "workers": (worker.pk,)}
    return Wanted(**(said | more))


def weekly(worker: Staff, **more: Any) -> Wanted:
    """On four Fridays: 20 and 27 November, 4 and 11 December."""
    return wanted(worker, repeat=Repeat(1, Unit.WEEK, date(2026, 12, 11)), **more)


def made(by: Actor, want: Wanted, members: list[EpisodeMember]) -> UUID:
    return actions.make_group(form_id=new_id(), wanted=want, members=members, by=by)


def rows(group: UUID) -> list[Appointment]:
    return list(queries.of_group(group))


def each(group: UUID) -> list[tuple[str, str]]:
    return [(row.client.display_name.split()[0], row.state) for row in rows(group) if row.client]


def days() -> list[tuple[date, int]]:
    """Each time of the groups that are there, and for how many."""
    found: dict[date, int] = {}
    for row in Appointment.objects.filter(group__isnull=False).order_by("starts_at"):
        found[row.starts_at.date()] = found.get(row.starts_at.date(), 0) + 1
    return list(found.items())


def test_a_row_for_each_made_once_with_its_own_episode(by: Actor, worker: Staff, members: list[EpisodeMember]) -> None:
    form_id = new_id()
    for _ in range(2):
        assert actions.make_group(form_id=form_id, wanted=wanted(worker), members=members, by=by) == form_id
    assert each(form_id) == [("Anabel", "planned"), ("Bartek", "planned"), ("Chidi", "planned")]
    assert [row.episode for row in rows(form_id)] == [one.episode for one in members]
    assert Event.objects.filter(action="schedule.made").count() == 3
    assert not Entry.objects.filter(kind="appointment").exists()


def test_each_has_the_label_of_their_own_program(by: Actor, worker: Staff) -> None:
    one = enrolled(by, date(2026, 1, 5), RECOVERY, staff=worker)
    two = enrolled(by, date(2026, 1, 5), staff=worker)
    both = list(EpisodeMember.objects.filter(episode__in=[one, two]).select_related("person", "episode"))
    group = made(by, wanted(worker), both)
    assert {row.episode_id: row.labels for row in rows(group)} == {one.pk: int(Label.SUBSTANCE_USE), two.pk: 0}


def test_it_is_one_thing_for_who_books_the_worker(by: Actor, worker: Staff, members: list[EpisodeMember]) -> None:
    group = made(by, wanted(worker), members)
    with pytest.raises(DoubleBooking) as busy:
        made(by, wanted(worker, start=time(10, 30)), members)
    assert [(one.group, one.alike) for one in busy.value.clashes] == [(group, 3)]  # type: ignore[attr-defined]  # set by the query
    assert not queries.beside(rows(group)[0])
    first, second, third = rows(group)
    for row in (first, second):
        actions.attend(appointment=row, state=THEY, reason="ill", by=by)
    with pytest.raises(DoubleBooking):
        made(by, wanted(worker), members)  # the third still comes
    actions.attend(appointment=third, state=WE, reason="only one left", by=by)
    made(by, wanted(worker), members)


def test_a_name_in_what_all_read_is_asked_about(by: Actor, worker: Staff, members: list[EpisodeMember]) -> None:
    for text in ({"title": "Birthday of BARTEK"}, {"place": "At the Quillby house"}):
        with pytest.raises(NamesSomebody):
            made(by, wanted(worker, **text), members)
    assert not Appointment.objects.exists()
    said = wanted(worker, title="Quillby family meeting")
    assert actions.make_group(form_id=new_id(), wanted=said, members=members, by=by, names_are_right=True)
    assert made(by, wanted(worker, start=time(12), end=time(13), title="Art"), members)


def test_fewer_than_two_and_too_many_are_refused(by: Actor, worker: Staff, members: list[EpisodeMember]) -> None:
    with pytest.raises(DomainError, match="at least two"):
        made(by, wanted(worker), members[:1])
    with pytest.raises(DomainError, match="At most 30"):
        made(by, wanted(worker), members * 11)
    daily = Repeat(1, Unit.DAY, FRIDAY + timedelta(days=99))  # 100 times 18: more than 1 500
    with pytest.raises(DomainError, match="planned 83 times"):
        made(by, wanted(worker, repeat=daily), members * 6)


def test_each_ones_attendance_is_their_own(by: Actor, worker: Staff, members: list[EpisodeMember]) -> None:
    group = made(by, wanted(worker, day=TODAY - timedelta(days=1)), members)
    one, two, three = rows(group)
    with pytest.raises(DomainError) as wrong:
        actions.attend_group(group=group, said={one.pk: (KEPT, ""), two.pk: (MISSED, " ")}, by=by)
    assert wrong.value.field == f"m_{two.pk}"
    assert each(group)[0][1] == "planned"  # nothing half-done
    said = {one.pk: (KEPT, ""), two.pk: (MISSED, "no ride"), three.pk: (THEY, "ill")}
    for _ in range(2):
        actions.attend_group(group=group, said=said, by=by)
    assert [state for _name, state in each(group)] == ["kept", "missed_by_client", "cancelled_by_client"]
    told = Entry.objects.filter(kind="appointment", voided=False)
    assert sorted((entry.person_id, entry.text) for entry in told) == sorted(
        zip([row.client_id for row in (one, two, three)], ["", "no ride", "ill"], strict=True)
    )
    with pytest.raises(DomainError, match="written down"):
        actions.change_group(group=group, wanted=wanted(worker), by=by)


def test_one_may_not_be_moved_alone(by: Actor, worker: Staff, members: list[EpisodeMember]) -> None:
    row = rows(made(by, wanted(worker), members))[0]
    with pytest.raises(DomainError, match="time of a group"):
        actions.change(appointment=row, wanted=wanted(worker, start=time(9)), by=by)


def test_all_move_together_and_who_called_it_off_stays_behind(
    by: Actor, worker: Staff, members: list[EpisodeMember]
) -> None:
    colleague = StaffFactory()
    group = made(by, wanted(worker), members)
    _one, two, _three = rows(group)
    actions.attend(appointment=two, state=THEY, reason="ill", by=by)
    want = wanted(worker, start=time(14), end=time(15), workers=(worker.pk, colleague.pk), place="Library")
    actions.change_group(group=group, wanted=want, by=by)
    assert each(group) == [("Anabel", "planned"), ("Chidi", "planned")]
    assert {(row.starts_at.hour, row.place, row.places.count()) for row in rows(group)} == {(19, "Library", 2)}
    two.refresh_from_db()
    assert (two.group, two.starts_at.hour, two.state) == (None, 15, THEY)
    assert Notice.objects.filter(to=colleague, kind="appointment_given", about_person=None).count() == 1
    with pytest.raises(EditConflict):
        actions.change_group(group=group, wanted=want, by=by, version_seen=1)


def test_a_series_moves_grows_and_shrinks_for_everybody(by: Actor, worker: Staff, members: list[EpisodeMember]) -> None:
    group = made(by, weekly(worker), members)
    assert days() == [(FRIDAY + timedelta(days=7 * n), 3) for n in range(4)]
    second = Appointment.objects.filter(starts_at__date=FRIDAY + timedelta(days=7)).values_list("group", flat=True)[0]
    mondays = weekly(worker, day=date(2026, 11, 30))  # 30 November and 7 December; the third is left over
    actions.change_group(group=second, wanted=mondays, which=Which.FOLLOWING, by=by)
    assert days() == [(FRIDAY, 3), (date(2026, 11, 30), 3), (date(2026, 12, 7), 3)]
    longer = replace(mondays, repeat=Repeat(1, Unit.WEEK, date(2026, 12, 14)))
    actions.change_group(group=second, wanted=longer, which=Which.FOLLOWING, by=by)
    assert days()[-1] == (date(2026, 12, 14), 3)
    assert {row.places.count() for row in Appointment.objects.all()} == {1}
    actions.call_off_group(group=second, state=WE, reason="holidays", which=Which.FOLLOWING, by=by)
    assert Appointment.objects.filter(state=WE, reason="holidays").count() == 9
    assert [state for _name, state in each(group)] == ["planned"] * 3


def test_people_come_and_go_once_or_from_a_day_on(by: Actor, worker: Staff, members: list[EpisodeMember]) -> None:
    anabel, bartek, chidi = members
    group = made(by, weekly(worker), [anabel, bartek])
    third = Appointment.objects.filter(starts_at__date=FRIDAY + timedelta(days=14)).values_list("group", flat=True)[0]
    for _ in range(2):
        actions.join_group(group=third, members=[chidi], which=Which.FOLLOWING, by=by)
    assert [many for _day, many in days()] == [2, 2, 3, 3]
    actions.join_group(group=group, members=[chidi], by=by)
    assert [many for _day, many in days()] == [3, 2, 3, 3]
    actions.leave_group(group=third, clients=[bartek.person_id], by=by)
    assert [many for _day, many in days()] == [3, 2, 2, 3]
    actions.leave_group(group=third, clients=[anabel.person_id], which=Which.FOLLOWING, by=by)
    assert [many for _day, many in days()] == [3, 2, 1, 2]
    with pytest.raises(DomainError, match="Nobody would be left"):
        actions.leave_group(group=third, clients=[chidi.person_id], by=by)
    assert {row.places.get().staff_id for row in Appointment.objects.all()} == {worker.pk}


def test_a_long_series_is_called_off_by_as_many_statements_as_a_short_one(
    by: Actor, worker: Staff, members: list[EpisodeMember]
) -> None:
    """Each with its line in the ledger and its event."""
    asked: list[int] = []
    for hour, weeks in ((8, 1), (12, 12)):
        repeat = Repeat(1, Unit.WEEK, FRIDAY + timedelta(weeks=weeks))
        group = made(by, wanted(worker, start=time(hour), end=time(hour + 1), repeat=repeat), members)
        with CaptureQueriesContext(connection) as one:
            actions.call_off_group(group=group, state=WE, reason=f"{weeks}", which=Which.FOLLOWING, by=by)
        asked.append(len(one))
        off = {(row.pk, row.client_id) for row in Appointment.objects.filter(state=WE, reason=f"{weeks}")}
        assert len(off) == 3 * (weeks + 1)
        told = Entry.objects.filter(kind="appointment", text=f"{weeks}", voided=False)
        assert {(entry.source_id, entry.person_id) for entry in told} == off
        events = Event.objects.filter(action="schedule.settled", details={"state": "cancelled_by_us"})
        assert {(str(pk), client) for pk, client in off} <= {(event.object_id, event.client) for event in events}
        assert events.filter(actor=worker.pk, kind="appointment", at=NOW).count() == events.count()
    assert asked[0] == asked[1]
    assert asked[0] <= ASKED_TO_CALL_OFF[connection.vendor]


def test_what_was_called_off_taken_back_and_called_off_again_has_one_line(
    by: Actor, worker: Staff, members: list[EpisodeMember]
) -> None:
    group = made(by, wanted(worker), members)
    actions.call_off_group(group=group, state=WE, reason="holidays", by=by)
    first = dict(Entry.objects.filter(kind="appointment").values_list("source_id", "pk"))
    for row in rows(group):
        actions.attend(appointment=row, state=AppointmentState.PLANNED, by=by)
    assert set(Entry.objects.filter(kind="appointment").values_list("voided", flat=True)) == {True}
    actions.call_off_group(group=group, state=WE, reason="too hot", by=by)
    again = Entry.objects.filter(kind="appointment")
    assert dict(again.values_list("source_id", "pk")) == first
    assert set(again.values_list("text", "voided")) == {("too hot", False)}


def test_one_calls_off_their_own_part_of_the_series(by: Actor, worker: Staff, members: list[EpisodeMember]) -> None:
    group = made(by, weekly(worker), members)
    row = rows(group)[0]
    actions.attend(appointment=row, state=WE, reason="moved away", which=Which.FOLLOWING, by=by)
    assert {one.client_id for one in Appointment.objects.filter(state=WE)} == {row.client_id}
    assert Appointment.objects.filter(state=WE).count() == 4


def test_nobody_is_told_that_it_is_off_while_others_come(
    worker: Staff, by: Actor, members: list[EpisodeMember]
) -> None:
    group = made(by, wanted(worker), members)
    other = replace(by, staff=StaffFactory().pk)
    for number, row in enumerate(rows(group)):
        assert not Notice.objects.filter(to=worker, kind="appointment_off").exists(), number
        actions.attend(appointment=row, state=THEY, reason="ill", by=other)
    assert Notice.objects.filter(to=worker, kind="appointment_off").count() == 1


def test_a_discharge_ends_ones_own_part(by: Actor, worker: Staff, members: list[EpisodeMember]) -> None:
    group = made(by, weekly(worker), members)
    reason = "goals-met"
    actions.discharge(episode=members[0].episode, discharged_on=TODAY, reason=reason, note="", by=by)
    assert each(group) == [("Anabel", "cancelled_by_us"), ("Bartek", "planned"), ("Chidi", "planned")]
    actions.undo_discharge(episode=members[0].episode, by=by)
    assert [state for _name, state in each(group)] == ["planned"] * 3


def test_a_group_goes_with_its_clients_only_when_all_go(by: Actor, worker: Staff, members: list[EpisodeMember]) -> None:
    group = made(by, wanted(worker), members)
    colleague = StaffFactory()
    passed = actions.transfer(episode=members[0].episode, to_staff=colleague, on=FRIDAY, by=by, reason="nearer")
    assert passed.appointments == []
    assert {row.places.get().staff_id for row in rows(group)} == {worker.pk}
    actions.transfer(episode=members[0].episode, to_staff=worker, on=FRIDAY + timedelta(days=1), by=by, reason="back")
    Appointment.objects.all().delete()
    group = made(by, wanted(worker, day=date(2026, 11, 27)), members)
    assert (
        len(
            actions.hand_over(
                from_staff=worker, to_staff=colleague, on=date(2026, 11, 25), by=by, reason="leaves"
            ).appointments
        )
        == 3
    )
    assert {row.places.get().staff_id for row in rows(group)} == {colleague.pk}
