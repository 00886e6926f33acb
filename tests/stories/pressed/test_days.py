"""An appointment, a draft, a sheet, a plan's signers, a program's rule, a colleague: buttons that ``./test --full`` presses in Chromium."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from goldthread.casework.assessments.models import Assessment
from goldthread.casework.record.models import Draft
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.queries import latest
from goldthread.foundation.workforce.enums import Role
from tests.access.planned import instrument
from tests.casework.caseload.programs import enrolled, program
from tests.casework.discharge.world import appointment
from tests.casework.plans.making import episode_of, written
from tests.clock import agency_today
from tests.doors.web.intake.test_inquiry_pages import a_program
from tests.factories import LONG_AGO, PersonFactory
from tests.stories.conftest import somebody
from tests.stories.telling import Calendar, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def button(worker: Worker, begins: str) -> str:
    """The whole words of the first button that begins so; some are for ears alone."""
    return next(name for form in worker.page.forms for name in form.buttons if name.startswith(begins))


def test_kept_taken_back_and_missed_after_all(renee: Worker, team: Team) -> None:
    now = timezone.now()
    by = Actor(at=now, today=agency_today(), staff=renee.staff.pk)
    program(by, team=team)
    dana = PersonFactory(given="Dana", family="Kim")
    episode = enrolled(by, LONG_AGO, person=dana, staff=renee.staff, team=team)
    row = appointment(dana, episode, renee.staff, now - timedelta(days=2), by, "Bank")
    here = f"/clients/{dana.pk}/calendar/{row.pk}/"
    for what, said, state in (
        ("It was kept", {}, "kept"),
        ("Take this back", {}, "planned"),
        ("Write it down", {"state": "missed_by_client", "reason": "No ride"}, "missed_by_client"),
    ):
        renee.opens(here)
        renee.presses(what, **said)
        row.refresh_from_db()
        assert row.state == state

    Draft.objects.create(
        id=new_id(), kind="contact", staff=renee.staff, person=dana, episode=episode, started_at=now, saved_at=now
    )
    renee.opens(reverse("contacts:drafts"))
    renee.presses(button(renee, "Throw away"))
    assert not Draft.objects.exists()

    instrument(now)
    renee.opens(f"/clients/{dana.pk}/assessments/")
    renee.presses(button(renee, "Begin"))
    begun = Assessment.objects.get()
    renee.opens(f"/clients/{dana.pk}/assessments/{begun.pk}/")
    renee.presses("Throw this away")
    assert not Assessment.objects.exists()


def test_one_more_is_asked_to_sign(renee: Worker, actor: Actor) -> None:
    by = replace(actor, staff=renee.staff.pk, name=renee.staff.name)
    episode = episode_of(renee.staff, by)
    version = written(episode, by)
    renee.opens(reverse("plans:ask", args=[episode.person_id, version.pk]))
    lines = renee.page.whole.count('name="other-') + renee.page.whole.count("<input")
    renee.presses("One more")
    assert renee.page.whole.count('name="other-') + renee.page.whole.count("<input") > lines


def test_who_a_program_is_for(team: Team, on: Calendar, actor: Actor) -> None:
    ada = somebody("Ada Byron", on, Role.ADMINISTRATOR, team)
    row = a_program(actor, team=team)
    here = f"/settings/programs/{row.pk}/who/"
    said = {
        "text": "any:\n- age: {from: 21}\n- coverage: [medicaid]\nsource: judgement\n",
        "in_force_from": (agency_today() + timedelta(days=9)).isoformat(),
    }
    for what, number in (("Look", 1), ("Save", 2)):
        ada.opens(here)
        ada.presses(what, **said)
        assert latest(row).number == number


def test_a_colleague_is_back(team: Team, on: Calendar, renee: Worker) -> None:
    ada = somebody("Ada Byron", on, Role.ADMINISTRATOR, team)
    here = reverse("settings:staff_page", args=[renee.staff.pk])
    ada.opens(reverse("settings:staff_disable", args=[renee.staff.pk]))
    form = ada.page.form_with("last_day")
    form.fill(last_day=agency_today().isoformat())
    ada._post(form, ada.page.address)
    ada.opens(here)
    ada.presses("They work here again")
    ada.opens(here)
    assert "They work here again" not in ada.page.whole
