"""Calendar, plans, needs, doubles and instruments, button by button, as ``./test --full`` presses them in Chromium."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from goldthread.casework.merging.actions.looking import look_on
from goldthread.casework.merging.models import Pair
from goldthread.casework.plans.models import Paper, PlanVersion, Step
from goldthread.casework.schedule.models import Appointment
from goldthread.foundation.lib.actor import Actor
from tests.casework.merging.making import BELL, MARIA, client
from tests.casework.plans.making import STEP, episode_of, in_force
from tests.clock import agency_today
from tests.doors.web.schedule.test_groups import NAMES, agreed, client_of
from tests.stories.telling import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def button(worker: Worker, begins: str) -> str:
    """The whole words of the first button that begins so; some are for ears alone."""
    return next(name for form in worker.page.forms for name in form.buttons if name.startswith(begins))


def test_a_group_in_the_calendar(renee: Worker) -> None:
    people = [client_of(renee.staff, name) for name in (*NAMES, "Dora Lind")]
    day = (agency_today() + timedelta(days=1)).isoformat()
    renee.opens("/calendar/groups/new/")
    renee.presses(
        "Put it in the calendar", kind="meeting", day=day, start="10:00", end="11:00", title="Cooking",
        clients=[str(one.pk) for one in people[:3]], workers=[str(renee.staff.pk)],
    )  # fmt: skip
    group = Appointment.objects.values_list("group", flat=True).distinct().get()
    here = f"/calendar/groups/{group}/"
    renee.opens(here)
    renee.presses("Save the change", place="Room 9")
    assert "Room 9" in renee.opens(here).whole
    renee.presses("Take them out of the group", clients=[str(people[0].pk)])
    renee.presses("Write it down", state="Cancelled by us", reason="The kitchen is closed")
    assert set(Appointment.objects.exclude(client=people[0]).values_list("state", flat=True)) == {"cancelled_by_us"}

    begun = agreed(renee.staff, people)
    renee.opens(f"/calendar/groups/{begun}/")
    renee.presses("Everybody came")
    assert set(Appointment.objects.filter(group=begun).values_list("state", flat=True)) == {"kept"}


def test_a_step_is_done_and_a_review_begins(renee: Worker, actor: Actor) -> None:
    by = replace(actor, staff=renee.staff.pk, name=renee.staff.name)
    episode = episode_of(renee.staff, by)
    version = in_force(episode, by)
    home = f"/clients/{episode.person_id}/plan/"
    renee.opens(home)
    renee.presses(button(renee, "Done:"))
    assert Step.objects.get(pk=STEP).state == "done"
    renee.opens(home)
    renee.presses("PDF")
    assert Paper.objects.count() == 1
    Paper.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    renee.opens(f"{home}{version.pk}/pdf/")
    renee.presses("Try again")
    renee.opens(home)
    renee.presses("Start the review")
    assert PlanVersion.objects.get(number=2).kind == "review"


def test_two_that_are_not_one(ines: Worker) -> None:
    by = Actor(at=timezone.now(), today=agency_today(), staff=ines.staff.pk, name=ines.name, request="test")
    born = date(1961, 3, 4)
    maria, bell = client(by, MARIA, birth_date=born), client(by, BELL, birth_date=born)
    while look_on(by=by):
        pass
    assert Pair.objects.count() == 1
    ines.opens("/duplicates/")
    ines.presses("Not the same person")
    assert not Pair.objects.exists()
    ines.opens(f"/clients/{maria.pk}/same-as/")
    ines.sees("Maria Bell")
    other = client(by, {"given": "Maria", "family": "Bellow"}, birth_date=born)
    ines.opens(f"/clients/{bell.pk}/same-as/{other.pk}/")
    ines.presses("Not the same person", why="Twins")
    ines.opens(f"/clients/{other.pk}/same-as/")
    ines.sees("Twins")
