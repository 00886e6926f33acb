"""A note filled from an appointment says what became of it in the signature's own transaction: both, or nothing."""

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

from goldthread.casework.contacts.actions import sign as signing
from goldthread.casework.contacts.actions.afterwards import void
from goldthread.casework.contacts.actions.cosigning import send_back
from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.contacts.enums import ContactState
from goldthread.casework.contacts.models import Contact
from goldthread.casework.record.actions import save_draft
from goldthread.casework.record.models import Draft, Entry
from goldthread.casework.schedule.actions import Wanted, attend, make, settling
from goldthread.casework.schedule.enums import AppointmentKind, AppointmentState
from goldthread.casework.schedule.models import Appointment
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.casework.contacts.making import TODAY, ZONE, actor_of, note
from tests.factories import AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    AgencyFactory()
    staff: Staff = StaffFactory()
    return staff


@pytest.fixture
def person() -> Person:
    client: Person = PersonFactory(birth_date=date(1979, 3, 4))
    return client


@pytest.fixture
def agreed(worker: Staff, person: Person) -> Appointment:
    wanted = Wanted(kind=AppointmentKind.VISIT, day=TODAY, start=time(13, 30), end=time(14, 20), workers=(worker.pk,))
    return make(form_id=new_id(), wanted=wanted, client=person, by=actor_of(worker))


def signed(worker: Staff, person: Person, agreed: Appointment, pk: UUID | None = None, **more: Any) -> Contact:
    written = note(person, **more)
    return sign(pk=pk or new_id(), note=written, zone=ZONE, by=actor_of(worker), appointment=agreed.pk)


def what_became(row: Appointment) -> tuple[str, UUID | None, str]:
    row.refresh_from_db()
    return row.state, row.contact, row.reason


def test_the_signature_settles_it(worker: Staff, person: Person, agreed: Appointment) -> None:
    contact = signed(worker, person, agreed)
    assert what_became(agreed) == ("kept", contact.pk, "")
    signed(worker, person, agreed, pk=contact.pk)  # the same again
    assert Event.objects.filter(action="schedule.settled").count() == 1
    assert not Entry.objects.filter(kind="appointment").exists()  # the note's own entry tells of it


def test_an_attempt_says_that_it_was_missed_and_the_note_counts_more_than_a_click(
    worker: Staff, person: Person, agreed: Appointment
) -> None:
    attend(appointment=agreed, state=AppointmentState.CANCELLED_BY_CLIENT, reason="ill", by=actor_of(worker))
    contact = signed(worker, person, agreed, attempted=True, activities={}, narrative="Nobody was at home.")
    assert what_became(agreed) == ("missed_by_client", contact.pk, "")
    assert Entry.objects.get(kind="appointment").voided


def test_voiding_the_note_opens_it_again_in_the_same_step(worker: Staff, person: Person, agreed: Appointment) -> None:
    contact = signed(worker, person, agreed)
    void(contact=contact, reason="Wrong client", by=actor_of(worker))
    assert what_became(agreed) == ("planned", None, "")


def test_a_new_version_of_a_note_that_came_back_takes_the_appointment_over(
    worker: Staff, person: Person, agreed: Appointment
) -> None:
    first = signed(worker, person, agreed)
    Contact.objects.filter(pk=first.pk).update(state=ContactState.WAITING)
    send_back(contact=first, comment="Say who was there.", by=actor_of(StaffFactory()))
    second = sign(
        pk=new_id(), note=note(person, replaces=first.pk), zone=ZONE, by=actor_of(worker), appointment=agreed.pk
    )
    assert what_became(agreed) == ("kept", second.pk, "")
    void(contact=second, reason="Wrong client", by=actor_of(worker))
    assert what_became(agreed) == ("planned", None, "")


@pytest.mark.parametrize("breaks", [(signing, "settle"), (settling, "_tell"), (signing, "record_together")])
def test_what_breaks_in_between_leaves_nothing_behind(
    worker: Staff, person: Person, agreed: Appointment, breaks: tuple[Any, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    by, row = actor_of(worker), new_id()
    save_draft(
        pk=row,
        kind="contact",
        person=person,
        episode=None,
        labels=0,
        content={"narrative": ["What was typed"]},
        version_seen=0,
        by=by,
    )

    def broken(**_said: Any) -> None:
        raise OSError("the power went")

    def broken_tell(*_said: Any) -> None:
        broken()

    where, name = breaks
    with monkeypatch.context() as patch:
        patch.setattr(where, name, broken if name == "settle" else broken_tell)
        with pytest.raises(OSError, match="power"):
            sign(pk=row, note=note(person), zone=ZONE, by=by, version_seen=1, appointment=agreed.pk)
    assert not Contact.objects.exists()
    assert not Entry.objects.exists()
    assert what_became(agreed) == ("planned", None, "")
    assert Draft.objects.get(pk=row).content == {"narrative": ["What was typed"]}
    contact = sign(pk=row, note=note(person), zone=ZONE, by=by, version_seen=1, appointment=agreed.pk)
    assert what_became(agreed) == ("kept", contact.pk, "")
