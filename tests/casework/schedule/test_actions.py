"""Making, changing and settling appointments."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from goldthread.casework.record.models import Entry
from goldthread.casework.schedule import actions
from goldthread.casework.schedule.actions import DoubleBooking, Wanted
from goldthread.casework.schedule.enums import AppointmentKind, AppointmentState, Unit, Which
from goldthread.casework.schedule.models import Appointment, CalendarFeed
from goldthread.casework.schedule.queries import feed_of
from goldthread.casework.schedule.rules import Repeat
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.casework.caseload.programs import RECOVERY, enrolled
from tests.factories import LONG_AGO, AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)  # ten in the morning in New York
FRIDAY = date(2026, 11, 20)


@pytest.fixture
def worker() -> Staff:
    AgencyFactory()
    staff: Staff = StaffFactory()
    return staff


@pytest.fixture
def by(worker: Staff) -> Actor:
    return Actor(at=NOW, today=date(2026, 11, 19), staff=worker.pk)


@pytest.fixture
def person() -> Person:
    client: Person = PersonFactory()
    return client


def wanted(worker: Staff, **more: Any) -> Wanted:
    said = {"kind": AppointmentKind.VISIT, "day": FRIDAY, "start": time(10), "end": time(11), "workers": (worker.pk,)}
    return Wanted(**(said | more))


def made(by: Actor, want: Wanted, client: Person | None = None) -> Appointment:
    return actions.make(form_id=new_id(), wanted=want, client=client, by=by)


def test_sent_twice_it_is_made_once(by: Actor, worker: Staff, person: Person) -> None:
    form_id = new_id()
    for _ in range(2):
        row = actions.make(form_id=form_id, wanted=wanted(worker), client=person, by=by)
        assert row.pk == form_id
    assert (row.starts_at, row.ends_at) == (
        datetime(2026, 11, 20, 15, tzinfo=UTC),
        datetime(2026, 11, 20, 16, tzinfo=UTC),
    )
    assert Appointment.objects.count() == 1
    assert Event.objects.filter(action="schedule.made", client=person.pk).count() == 1
    assert not Entry.objects.filter(kind="appointment").exists()


def test_a_busy_worker_is_said_and_booked_twice_only_on_purpose(by: Actor, worker: Staff, person: Person) -> None:
    first = made(by, wanted(worker), person)
    half_past = wanted(worker, start=time(10, 30), end=time(11, 30))
    with pytest.raises(DoubleBooking) as busy:
        made(by, half_past)
    assert busy.value.clashes == [first]
    made(by, wanted(worker, start=time(11), end=time(12)))  # begins as the other ends
    made(by, wanted(StaffFactory(), start=time(10, 30), end=time(11, 30)))  # somebody else
    made(by, replace(half_past, confirmed=True))
    assert Appointment.objects.count() == 4


def test_what_was_cancelled_leaves_the_time_free(by: Actor, worker: Staff, person: Person) -> None:
    row = made(by, wanted(worker), person)
    actions.attend(appointment=row, state=AppointmentState.CANCELLED_BY_CLIENT, reason="ill", by=by)
    made(by, wanted(worker))


def test_a_series_meets_a_busy_hour_in_any_week(by: Actor, worker: Staff) -> None:
    later = made(by, wanted(worker, day=date(2026, 12, 4)))
    weekly = wanted(worker, repeat=Repeat(1, Unit.WEEK, date(2026, 12, 11)))
    with pytest.raises(DoubleBooking) as busy:
        made(by, weekly)
    assert busy.value.clashes == [later]
    assert Appointment.objects.count() == 1


def test_this_and_following_move_and_the_one_before_stays(by: Actor, worker: Staff, person: Person) -> None:
    made(by, wanted(worker, repeat=Repeat(1, Unit.WEEK, date(2026, 12, 11))), person)
    second = Appointment.objects.order_by("starts_at")[1]
    moved = wanted(worker, day=date(2026, 11, 28), start=time(14), end=time(15))  # a Saturday, instead of Friday 27
    actions.change(appointment=second, wanted=moved, which=Which.FOLLOWING, by=by, version_seen=second.version)
    starts = [row.starts_at for row in Appointment.objects.order_by("starts_at")]
    assert starts == [
        datetime(2026, 11, 20, 15, tzinfo=UTC),
        datetime(2026, 11, 28, 19, tzinfo=UTC),
        datetime(2026, 12, 5, 19, tzinfo=UTC),
    ]  # Saturday 12 December would be after the last day


def test_one_of_a_series_is_changed_alone(by: Actor, worker: Staff) -> None:
    made(by, wanted(worker, repeat=Repeat(1, Unit.WEEK, date(2026, 12, 4))))
    second = Appointment.objects.order_by("starts_at")[1]
    actions.change(appointment=second, wanted=wanted(worker, day=date(2026, 11, 26)), by=by)
    days = [row.starts_at.date() for row in Appointment.objects.order_by("starts_at")]
    assert days == [date(2026, 11, 20), date(2026, 11, 26), date(2026, 12, 4)]
    with pytest.raises(EditConflict):
        actions.change(appointment=second, wanted=wanted(worker), by=by, version_seen=1)


def test_attendance_is_in_the_ledger_and_can_be_taken_back(by: Actor, worker: Staff, person: Person) -> None:
    row = made(by, wanted(worker, title="Intake"), person)
    with pytest.raises(DomainError):  # it is tomorrow
        actions.attend(appointment=row, state=AppointmentState.KEPT, by=by)
    after = replace(by, at=NOW + timedelta(days=2), today=date(2026, 11, 21))
    with pytest.raises(DomainError) as refused:
        actions.attend(appointment=row, state=AppointmentState.MISSED, by=after)
    assert refused.value.field == "reason"
    for _ in range(2):
        actions.attend(appointment=row, state=AppointmentState.MISSED, reason="No ride", by=after)
    entry = Entry.objects.get(kind="appointment", person=person)
    assert (entry.title, entry.text, entry.facts["state"]) == ("Intake", "No ride", "missed_by_client")
    assert entry.happened_at == row.starts_at
    actions.attend(appointment=row, state=AppointmentState.PLANNED, by=after)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("planned", "")
    assert Entry.objects.get(pk=entry.pk).voided


def test_a_note_settles_it_once_and_voiding_the_note_opens_it_again(by: Actor, worker: Staff, person: Person) -> None:
    row = made(by, wanted(worker), person)
    note, other = new_id(), new_id()
    assert actions.settle(appointment=row.pk, contact=note, kept=True, by=by)
    assert actions.settle(appointment=row.pk, contact=note, kept=True, by=by)
    assert not actions.settle(appointment=row.pk, contact=other, kept=False, by=by)
    row.refresh_from_db()
    assert (row.state, row.contact) == ("kept", note)
    with pytest.raises(DomainError):
        actions.attend(appointment=row, state=AppointmentState.CANCELLED_BY_US, reason="x", by=by)
    actions.unsettle(contact=note, by=by)
    row.refresh_from_db()
    assert (row.state, row.contact) == ("planned", None)


def test_labels_come_from_the_program(by: Actor, worker: Staff, person: Person) -> None:
    episode = enrolled(by, LONG_AGO, RECOVERY, person=person)
    row = made(by, wanted(worker, episode=episode.pk), person)
    assert row.labels == Label.SUBSTANCE_USE
    with pytest.raises(DomainError) as refused:
        made(by, wanted(worker, episode=episode.pk, start=time(14), end=time(15)), PersonFactory())
    assert refused.value.field == "episode"


def test_nobody_who_left_is_sent(by: Actor, worker: Staff) -> None:
    gone = StaffFactory(ended_on=date(2026, 11, 1))
    for workers in ((), (gone.pk,)):
        with pytest.raises(DomainError) as refused:
            made(by, wanted(worker, workers=workers))
        assert refused.value.field == "workers"


def test_a_new_link_ends_the_old_one_and_only_a_hash_is_kept(by: Actor, worker: Staff) -> None:
    old = actions.renew_feed(staff=worker, by=by)
    new = actions.renew_feed(staff=worker, by=by)
    assert feed_of(actions.hash_of(old)) is None
    found = feed_of(actions.hash_of(new))
    assert found
    assert found.staff == worker
    assert new not in str(CalendarFeed.objects.values_list())
    assert actions.revoke_feed(staff=worker, by=by)
    assert not actions.revoke_feed(staff=worker, by=by)
    assert feed_of(actions.hash_of(new)) is None
