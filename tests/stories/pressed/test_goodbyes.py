"""The way out and the packages, button by button, as ``./test --full`` presses them in Chromium (``told_again.txt``)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from goldthread.casework.discharge.models import Packet, WayOut
from goldthread.casework.packages.models import Package
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.models import Person
from tests.casework.caseload.programs import enrolled, program
from tests.casework.contacts.making import episode_of
from tests.casework.discharge.world import leave_open
from tests.casework.packages.test_packages import Moving
from tests.clock import agency_today
from tests.factories import LONG_AGO, AssignmentFactory, PersonFactory
from tests.stories.telling import Calendar, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = agency_today()


@pytest.fixture
def dana(renee: Worker) -> Person:
    """Renee's client."""
    person: Person = PersonFactory(given="Dana", family="Kim")
    AssignmentFactory(client=person, staff=renee.staff, team=renee.staff.memberships.get().team)
    return person


def settles(worker: Worker, here: str) -> None:
    """All that is left, one by one."""
    while (form := worker.opens(f"{here}settle/").form_if("decision")) is not None:
        offered = list(form.choices["decision"].values())
        button = next(name for name in form.buttons if name.startswith("Decide:"))
        worker.presses(
            button, decision="not_needed" if "not_needed" in offered else offered[0], words="Everybody was told"
        )


def test_given_up_begun_again_sent_back_and_taken_back(
    renee: Worker, andre: Worker, gloria: Worker, dana: Person
) -> None:
    team = renee.staff.memberships.get().team
    by = Actor(at=timezone.now(), today=TODAY, staff=renee.staff.pk)
    program(by, team=team)
    episode = enrolled(by, LONG_AGO, person=dana, staff=renee.staff, team=team)
    leave_open(episode, dana, renee.staff, andre.staff, by)
    home = f"/clients/{dana.pk}/way-out/"

    renee.opens(home)
    renee.presses("Begin the discharge")
    renee.opens(f"{home}{WayOut.objects.get().pk}/")
    renee.presses("Not after all")
    assert WayOut.objects.get().state == "given_up"
    renee.opens(home)
    renee.presses("Begin the discharge")
    here = f"{home}{WayOut.objects.get(state='open').pk}/"
    renee.opens(here)
    renee.presses("Save and go on", last_day=TODAY.isoformat(), reason="goals-reached")
    renee.opens(f"{here}summary/")
    renee.presses("Save", **{"t-why": "Dana has her own door."})
    assert "Dana has her own door." in renee.opens(f"{here}summary/").whole
    renee.opens(f"{here}settle/")
    renee.presses("Decide: Copy the lease", decision="done")
    renee.opens(f"{here}settle/")
    renee.presses("Decide anew: Copy the lease")
    assert any("Decide: Copy the lease" in form.buttons for form in renee.opens(f"{here}settle/").forms)
    settles(renee, here)
    renee.opens(f"{here}sign/")
    renee.presses("Sign")

    gloria.opens(f"{here}read/")
    gloria.presses("Send it back", comment="Say where she lives now")
    renee.opens(here)
    renee.sees("Say where she lives now")
    settles(renee, here)
    renee.opens(f"{here}sign/")
    renee.presses("Sign")
    renee.opens(f"{here}read/")
    renee.presses("Not after all")
    assert set(WayOut.objects.values_list("state", flat=True)) == {"given_up"}
    assert "Begin the discharge" in str(gloria.opens(home).whole)


def test_nobody_found_them_and_the_summary_is_added_to(gloria: Worker, renee: Worker, dana: Person) -> None:
    team = renee.staff.memberships.get().team
    by = Actor(at=timezone.now(), today=TODAY, staff=renee.staff.pk)
    name = program(by, team=team).name
    enrolled(by, LONG_AGO, person=dana, staff=renee.staff, team=team)
    gloria.discharges(dana, name, "Not found any more")
    way = WayOut.objects.get()
    assert way.state == "done"
    here = f"/clients/{dana.pk}/way-out/{way.pk}/"
    gloria.opens(f"{here}read/")
    gloria.presses("Add", text="She called: all is well.")
    gloria.opens(f"{here}read/")
    assert "She called: all is well." in gloria.page.whole
    gloria.opens(f"{here}pdf/?form=person")
    gloria.presses("Make the PDF")
    assert Packet.objects.count() == 1
    Packet.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    gloria.opens(f"{here}pdf/?form=person")
    gloria.sees("It takes longer than usual")
    gloria.presses("Try again")
    assert Packet.objects.count() == 1


def test_a_package_from_its_release_until_it_is_handed_over(on: Calendar, team: Team) -> None:
    on("2026-11-19", "10:00")
    moving = Moving(["identity", "programs"])
    episode_of(moving.dana, moving.ann)
    ann = Worker(moving.ann, on)
    paper = moving.document("release", "Release to Salem")
    home = f"/clients/{moving.dana.pk}/packages/"
    ann.opens(f"{home}release/{paper.pk}/")
    day = {"signed_on": "2026-11-19", "until_on": "2027-01-18"}
    ann.presses("Keep it", recipient="Salem House", purpose="Housing", sections=["identity", "programs"], **day)
    ann.opens(home)
    ann.sees("Salem House", "Housing")

    ann.follows("New package", "Salem House")
    ann.presses("Look at what would go")
    package = Package.objects.get()
    one = f"{home}{package.pk}/"
    ann.opens(one)
    ann.presses("Show it so", sections=["identity"])
    package.refresh_from_db()
    assert package.sections == ["identity"]
    ann.opens(one)
    ann.presses("I looked through it: this goes")
    ann.opens(one)
    ann.presses("Make the file (ZIP)")
    ann.opens(one)
    ann.presses("Back to choosing")
    ann.opens(one)
    ann.presses("I looked through it: this goes")
    ann.opens(one)
    ann.presses("It was handed over", to="Joan Reed, intake", how="secure_mail")
    ann.opens(one)
    ann.sees("Joan Reed, intake")

    ann.opens(home)
    ann.follows("Revoke", "Salem House")
    ann.presses("Revoke", why="She said so on the phone")
    ann.opens(home)
    assert "Revoke: Salem House" not in ann.page.whole
