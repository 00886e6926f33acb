"""A group's note returned, a colleague invited again, an instrument retired, as ``./test --full`` presses them in Chromium."""

from datetime import date

import pytest
from django.urls import reverse

from goldthread.casework.assessments.models import InstrumentVersion
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.imports.models import Finding
from goldthread.foundation.agency.models import Team
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.create import create_person
from tests.doors.web.contacts.test_cosigning_group import page_of, written
from tests.doors.web.contacts.test_group import NAMES, client_of
from tests.doors.web.imports.test_pages import BY, checked
from tests.doors.web.instruments.test_building import built, draft
from tests.stories.conftest import somebody
from tests.stories.pressed.test_building import presses
from tests.stories.telling import Calendar, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def ada(team: Team, on: Calendar) -> Worker:
    """An administrator."""
    return somebody("Ada Byron", on, Role.ADMINISTRATOR, team)


def button(worker: Worker, begins: str) -> str:
    """The whole words of the first button that begins so; some are for ears alone."""
    return next(name for form in worker.page.forms for name in form.buttons if name.startswith(begins))


def test_one_note_of_a_group_is_returned(renee: Worker, gloria: Worker, team: Team) -> None:
    people = [client_of(renee.staff, name) for name in NAMES]
    Assignment.objects.update(team=team, cosign=True)
    notes = written(renee.staff, people)
    gloria.opens(page_of(notes))
    gloria.presses("Return with this comment", note=[str(notes[1].pk)], comment="Which landlord?")
    notes[1].refresh_from_db()
    assert notes[1].state == "returned"
    assert notes[1].person.display_name not in gloria.opens(page_of(notes)).whole


def test_a_colleague_is_invited_again(ada: Worker) -> None:
    ada.opens(reverse("settings:staff_new"))
    ada.presses(
        button(ada, "Add"), name="Sam Reed", email="sam@example.org", started_on="2026-01-05", roles="case_manager"
    )
    here = reverse("settings:staff_page", args=[Staff.objects.get(name="Sam Reed").pk])
    ada.opens(here)
    ada.presses("Send the invitation again")
    ada.opens(here)
    ada.sees("Sam Reed")


def test_an_instrument_is_retired(ada: Worker) -> None:
    built(ada._browser)
    key = draft().instrument.key
    ada.opens(reverse("instruments:check", args=[draft().pk]))
    ada.presses(button(ada, "Put"))
    ada.opens(reverse("instruments:instrument", args=[key]))
    ada.presses(button(ada, "Retire"))
    assert InstrumentVersion.objects.get().state == "retired"


def test_rows_of_a_file_are_left_and_decided_on(ines: Worker) -> None:
    people = [{"given": "Ana", "family": "Ortiz"}, {"given": "Bo", "family": "Lee"}]
    for name in people:
        values = {"birth_date": date(1961, 3, 4)}
        create_person(by=BY, names_given=[{"kind": "legal", **name}], values=values, client=True)
    file = b"Client,Born,Color\nAna Ortiz,3/4/61,teal\nBo Lee,3/4/61,\nEva Lind,1/1/2090,\nAda May,5/6/70,\nMay Ada,5/6/70,\n"
    run = checked(ines._browser, file)
    here = f"/imports/{run.pk}/"

    def decided() -> list[str]:
        return list(Finding.objects.filter(twin__isnull=False).values_list("decision", flat=True))

    for value, held in (("yes", True), ("no", False)):
        ines.opens(here)
        presses(ines, value)
        run.refresh_from_db()
        assert run.without_refused is held
    for value in ("file:same", "here:same", "every:new"):
        ines.opens(here)
        if any(said[1] == value for form in ines.page.forms for said in form.buttons.values()):
            presses(ines, value)
    assert decided()
