"""A program has one place and it is taken: the client's own page says so, who waits first, and asks whoever may give one more for a reason."""

from dataclasses import replace

import pytest
from django.utils import timezone

from goldthread.casework.discharge.models import WayOut
from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.actions.settling import settle
from goldthread.casework.intake.actions.waiting import put_on_waitlist
from goldthread.casework.intake.actions.writing import keep
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.actions import discharge
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.caseload.programs import MENTAL, enrolled, program
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import LONG_AGO, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
FULL = "No place is free: 1 of 1 are taken. 1 person waits for one. First on the list: Maria Ortiz."


@pytest.fixture
def boss() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def by(boss: Staff) -> Actor:
    return Actor(at=timezone.now(), today=agency_today(), staff=boss.pk)


@pytest.fixture
def full(boss: Staff, by: Actor) -> Program:
    template = shipped()[MENTAL]
    template = replace(template, waitlist=replace(template.waitlist, places=1))
    made = program(by, template=template, team=boss.memberships.get().team)
    enrolled(by, LONG_AGO, person=PersonFactory())
    said = {"given": ["Maria"], "family": ["Ortiz"], "program": [MENTAL]}
    row = settle(inquiry=keep(pk=new_id(), given=said, by=by).inquiry, client=None, by=by)
    put_on_waitlist(inquiry=row, program=made, by=by)
    return made


@pytest.fixture
def lu(boss: Staff) -> Person:
    team = boss.memberships.get().team
    return client_of(StaffFactory(team=team), team, given="Lu", family="Ferreira")


def test_one_more_from_the_clients_page_takes_a_reason(boss: Staff, full: Program, lu: Person) -> None:
    page, path = browser(boss), f"/clients/{lu.pk}/programs/enroll/"
    assert FULL in page.get(f"{path}?program={full.pk}").content.decode()
    assert Event.objects.filter(action="inquiry.read", kind="place").exists(), "who was named was read"
    form = {"form_id": new_id(), "program": full.pk, "enrolled_on": agency_today().isoformat()}
    refused = page.post(path, form)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert FULL in text
    assert "Say why one more all the same." in text
    assert 'name="why_over"' in text
    assert page.post(path, form | {"why_over": "Her twin is here"}).status_code == 302
    assert Entry.objects.get(person=lu, kind="enrolled").text == "Her twin is here"


def test_who_may_not_give_one_more_is_told_who_may(boss: Staff, full: Program, lu: Person) -> None:
    page = browser(StaffFactory(role=Role.INTAKE, team=boss.memberships.get().team))
    path = f"/clients/{lu.pk}/programs/enroll/"
    form = {"form_id": new_id(), "program": full.pk, "enrolled_on": agency_today().isoformat(), "why_over": "I say so"}
    refused = page.post(path, form)
    assert refused.status_code == 422
    assert "A supervisor or program manager may give one more" in refused.content.decode()
    assert Episode.objects.count() == 1


def test_a_discharge_is_taken_back_only_once_that_was_said(boss: Staff, full: Program, lu: Person, by: Actor) -> None:
    page, last = browser(boss), agency_today()
    episode = Episode.objects.get()
    way = WayOut.objects.create(
        episode=episode, person=episode.person, state="done", last_day=last, reason="moved", path="moved",
        begun_by=boss, begun_at=by.at, signed_by=boss, signed_at=by.at, ended_by=boss, ended_at=by.at, digest="d",
    )  # fmt: skip
    Episode.objects.filter(pk=episode.pk).update(discharged_on=last, discharge_reason="moved", discharged_at=by.at)
    path = f"/goodbyes/{way.pk}/undo/"
    assert "No place is free" not in page.get(path).content.decode()
    enrolled(by, last, person=PersonFactory())
    refused = page.post(path, {"form_id": new_id(), "reason": "The wrong client"})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert FULL in text
    assert 'name="full"' in text
    assert page.post(path, {"form_id": new_id(), "reason": "The wrong client", "full": "1"}).status_code == 302
    episode.refresh_from_db()
    assert episode.discharged_on is None
    assert Episode.objects.filter(discharged_on__isnull=True).count() == 2


def left_without_a_goodbye(lu: Person, by: Actor) -> Episode:
    """Lu had the one place, and moved on today."""
    Episode.objects.update(discharged_on=LONG_AGO)
    episode = enrolled(by, agency_today(), person=lu)
    return discharge(episode=episode, discharged_on=agency_today(), reason="moved", goes_on=True, by=by)


def test_an_end_without_a_goodbye_is_taken_back_with_a_reason_too(
    boss: Staff, full: Program, lu: Person, by: Actor
) -> None:
    """Who moved on to another program, and those who left before there were goodbyes."""
    page, last, episode = browser(boss), agency_today(), left_without_a_goodbye(lu, by)
    enrolled(by, last, person=PersonFactory())
    path = f"/clients/{lu.pk}/programs/{episode.pk}/undo/"
    assert page.post(path).headers["Location"] == path
    asked = page.get(path).content.decode()
    assert f"{FULL} Taking it back makes one more than there are: say why all the same." in asked
    refused = page.post(path, {"form_id": new_id(), "reason": " "})
    assert refused.status_code == 422
    episode.refresh_from_db()
    assert episode.discharged_on == last
    assert page.post(path, {"form_id": new_id(), "reason": "The court sends her back"}).status_code == 302
    episode.refresh_from_db()
    assert episode.discharged_on is None
    assert Entry.objects.get(person=lu, kind="enrolled").text == "The court sends her back"
    assert Event.objects.filter(action="intake.one_more", object_id=episode.pk, client=lu.pk).exists()


def test_taken_back_in_one_tab_it_is_not_taken_back_again_in_another(
    boss: Staff, full: Program, lu: Person, by: Actor
) -> None:
    page, episode = browser(boss), left_without_a_goodbye(lu, by)
    enrolled(by, agency_today(), person=PersonFactory())
    path, programs = f"/clients/{lu.pk}/programs/{episode.pk}/undo/", f"/clients/{lu.pk}/programs/"
    assert f"{full.name}, last day" in page.get(path).content.decode()
    assert page.post(path, {"form_id": new_id(), "reason": "The court sends her back"}).headers["Location"] == programs
    assert page.post(path, {"form_id": new_id(), "reason": "Said again"}).headers["Location"] == programs
    assert [row.text for row in Entry.objects.filter(person=lu, kind="enrolled")] == ["The court sends her back"]
    page.get(programs)  # what both tabs were told
    assert page.get(path).headers["Location"] == programs
    assert "somebody did it already" in page.get(programs).content.decode()


def test_an_end_without_a_goodbye_is_taken_back_at_once_while_a_place_is_free(
    boss: Staff, full: Program, lu: Person, by: Actor
) -> None:
    page, episode = browser(boss), left_without_a_goodbye(lu, by)
    path = f"/clients/{lu.pk}/programs/{episode.pk}/undo/"
    assert page.get(path).status_code == 302
    assert page.post(path).status_code == 302
    episode.refresh_from_db()
    assert episode.discharged_on is None
