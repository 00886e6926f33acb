"""The way in, button by button, as ``./test --full`` presses it in Chromium (``told_again.txt``)."""

from datetime import date

import pytest

from goldthread.casework.intake.models import HandOff, Inquiry, Place
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.people.persons.actions.keys import key_in_bulk
from goldthread.people.persons.models import Person
from tests.doors.web.clients.people import client_of
from tests.doors.web.intake.test_inquiry_pages import RULES, inquiry
from tests.doors.web.intake.test_waitlist_pages import a_program, waits
from tests.factories import AssignmentFactory, PersonFactory
from tests.stories.telling import Calendar, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def thursday(on: Calendar) -> None:
    """Ten in the morning where the agency is, of the day that ``actor`` lives in."""
    on("2026-11-19", "10:00")


def test_a_place_on_the_waitlist(ines: Worker, renee: Worker, actor: Actor) -> None:
    team = ines.staff.memberships.get().team
    place = waits(ines._browser, a_program(actor, team=team))
    here = f"/waiting/{place.pk}/"
    ines.opens(here)
    ines.presses("Offer the place", said="From January", until="2026-12-01")
    ines.opens(here)
    ines.presses("Save the answer", answer="declined", stays="yes")
    ines.opens(here)
    ines.presses("Take the last answer back")
    place.refresh_from_db()
    assert place.state == "offered"
    ines.opens(here)
    ines.presses("Save the answer", answer="declined", stays="yes", note="She waits for spring")
    ines.opens(here)
    ines.sees("She waits for spring")
    ines.presses("Save", **{"first:danger": "yes"}, why="She told us on the phone")
    ines.opens(here)
    ines.sees("She told us on the phone")
    form = ines.page.form_with("owner")
    form.fill(owner=str(renee.staff.pk))
    ines._post(form, here, "Save")
    place.refresh_from_db()
    assert (place.owner, place.answers) == (renee.staff, {"danger": True})
    ines.opens(here)
    ines.presses("Take off the list", reason="moved", end_note="To her sister")
    ines.opens(here)
    ines.sees("To her sister")
    ines.presses("Put back on the list")
    assert Place.objects.get().state == "waiting"


def test_who_called_is_known_and_referred_elsewhere(ines: Worker, renee: Worker, actor: Actor) -> None:
    team = ines.staff.memberships.get().team
    rules = RULES.replace("requirements: []", "serves: household\nrequirements: []").format(key="families", labels="")
    program = open_program(
        key="families", name="Families", template=read_template(rules), template_key="", team=team,
        opened_on=date(2026, 1, 1), by=actor,
    )  # fmt: skip
    known = client_of(ines.staff, team, given="Maria", family="Ortiz", birth_date=date(1991, 3, 4))
    luis = client_of(ines.staff, team, given="Luis", family="Ortiz", birth_date=date(2015, 5, 6))
    key_in_bulk([known, luis])
    others = {"member:1:given": "Luis", "member:1:family": "Ortiz", "member:1:birth_date": "5/6/2015"}
    row = inquiry(ines._browser, program="families", take=str(program.pk), **others)
    Inquiry.objects.update(owner=renee.staff)
    here = f"/inquiries/{row.pk}/"

    def presses(button: str, **said: str) -> None:
        ines.opens(here)
        ines.presses(next(name for form in ines.page.forms for name in form.buttons if name.startswith(button)), **said)
        row.refresh_from_db()

    presses("I see to it")
    assert row.owner == ines.staff
    presses("This is who Maria")
    assert row.client == known
    presses("Somebody else after all")
    assert row.client is None
    presses("Somebody new")
    assert row.new_person
    presses("Look again")
    assert not row.new_person
    presses("This is who Maria")
    presses("This is who Luis")
    assert "member:1:" in ines.opens(here).whole
    presses("Look again Luis")
    presses("Somebody new: Luis")
    ines.opens(here)
    ines.sees("Luis Ortiz", "Somebody new")
    presses(
        "Refer elsewhere",
        end="refer",
        refer_for=str(program.pk),
        refer_organization="Harbor Clinic",
        refer_said="They take walk-ins",
    )
    made = HandOff.objects.get()
    there = f"{here}referred/{made.pk}/"
    ines.opens(there)
    ines.presses("Save", answer="seen", note="First visit on Monday")
    ines.opens(there)
    ines.sees("First visit on Monday")
    ines.presses("Ask again")
    made.refresh_from_db()
    assert made.state == "open"


def test_on_the_list_closed_and_referred_from_the_record(ines: Worker, renee: Worker, actor: Actor) -> None:
    team = ines.staff.memberships.get().team
    program = a_program(actor, team=team)
    row = inquiry(ines._browser, program="adults")
    here = f"/inquiries/{row.pk}/"
    ines.opens(here)
    ines.presses("Somebody new")
    ines.opens(here)
    ines.presses("Put on the waitlist", end="wait", take=str(program.pk), wait_told="Two months, about.")
    assert Place.objects.get().inquiry == row
    second = inquiry(ines._browser, given="Adam", family="Berg", program="adults")
    ines.opens(f"/inquiries/{second.pk}/")
    ines.presses("Close the inquiry", end="close", reason="answered", told="Where the office is")
    second.refresh_from_db()
    assert second.state == "done"

    dana: Person = PersonFactory(given="Dana", family="Kim")
    AssignmentFactory(client=dana, staff=renee.staff, team=team)
    renee.opens(f"/clients/{dana.pk}/refer/")
    renee.presses("Refer elsewhere", organization="Food bank", said="Open on Tuesdays")
    renee.opens(f"/clients/{dana.pk}/programs/")
    renee.sees("Food bank")
