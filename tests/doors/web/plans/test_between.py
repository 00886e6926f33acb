"""What is done with a plan beside writing it, over HTTP: begun with a copy, goals closed and steps dropped, who took part."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.actions import edit, note_service
from goldthread.casework.plans.models import PlannedService, PlanVersion
from goldthread.casework.plans.rules.editing import SetPart
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.family import add_relationship
from tests.access.world import browser
from tests.casework.plans.making import GOAL, STEP, episode_of, in_force, written
from tests.casework.tasks.making import enrolled, program
from tests.doors.web.plans.test_writing import field, page, url
from tests.factories import AgencyFactory, AssignmentFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def renee() -> Staff:
    AgencyFactory()
    return StaffFactory(role=Role.CASE_MANAGER)


@pytest.fixture
def by(renee: Staff, actor: Actor) -> Actor:
    return replace(actor, staff=renee.pk, name=renee.name)


@pytest.fixture
def episode(renee: Staff, by: Actor) -> Episode:
    return episode_of(renee, by)


@pytest.fixture
def web(renee: Staff) -> Client:
    return browser(renee)


def test_begun_with_a_copy_of_last_years_plan_it_says_so_and_marks_what_nobody_changed(
    web: Client, renee: Staff, by: Actor, episode: Episode
) -> None:
    last_year = in_force(episode, by)
    Episode.objects.filter(pk=episode.pk).update(discharged_on=by.today)
    again = enrolled(program(), by.today, episode.person)
    AssignmentFactory(client=episode.person, episode=again, staff=renee, starts_on=again.enrolled_on)
    offered = page(web, episode)
    assert f'name="copied" value="{last_year.pk}"' in offered
    web.post(url("begin", again), {"episode": str(again.pk), "copied": str(last_year.pk)})
    version = PlanVersion.objects.get(plan__episode=again)
    body = page(web, again, f"?v={version.pk}")
    assert "began as a copy of version 1" in body
    assert "5 places still read as they did then" in body  # the vision, a goal, an objective, a step, a service
    assert body.count("as in the earlier plan") == 5
    edit(version=version, edits=[SetPart("vision", "A garden", "My own door")], by=by)
    body = page(web, again, f"?v={version.pk}")
    assert body.count("as in the earlier plan") == 4


def test_a_first_version_that_was_given_up_can_be_begun_again(web: Client, episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    web.post(url("withdraw", episode, version.pk), {"form_id": new_id(), "reason": "Wrong person"})
    assert f'name="episode" value="{episode.pk}"' in page(web, episode)
    web.post(url("begin", episode), {"episode": str(episode.pk)})
    assert PlanVersion.objects.get(state="draft").number == 2


def test_a_goal_is_closed_and_a_step_dropped_from_the_plan_with_an_undo(
    web: Client, episode: Episode, by: Actor
) -> None:
    in_force(episode, by)
    drop, close = url("step_drop", episode, STEP), url("goal_close", episode, GOAL)
    body = page(web, episode)
    assert drop in body
    assert close in body
    assert web.post(drop, {"form_id": new_id(), "reason": ""}).status_code == 422
    assert web.post(drop, {"form_id": new_id(), "reason": "Office closed"}).status_code == 302
    body = page(web, episode)
    assert "Office closed" in body
    assert web.post(url("step_reopen", episode, STEP)).status_code == 302
    assert web.post(close, {"form_id": new_id(), "state": "stopped", "outcome": ""}).status_code == 422
    assert web.post(close, {"form_id": new_id(), "state": "met", "outcome": "Has the key"}).status_code == 302
    body = page(web, episode)
    assert "Has the key" in body
    assert url("goal_reopen", episode, GOAL) in body
    assert web.post(url("step_reopen", episode, STEP)).status_code == 302  # its goal is closed: a message, no fault
    assert web.post(url("goal_reopen", episode, GOAL)).status_code == 302
    assert drop in page(web, episode)


def test_who_took_part_is_written_down_and_printed(web: Client, episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    new = url("line_new", episode, version.pk, "participants")
    sister = PersonFactory(family="Sisterclient")
    add_relationship(person=episode.person, values={"other": sister, "kind": "sibling"}, by=by)
    form = web.get(new).content.decode()
    assert f'<option value="{episode.person.display_name}">' in form
    assert f'<option value="{sister.display_name}">' in form
    assert [one.client for one in Event.objects.filter(action="client.listed")] == [sister.pk]
    sent = {"form_id": field("form_id", form), "seen": "{}", "words": "Lena Ortiz", "role": "Sister", "meeting": ""}
    assert web.post(new, sent | {"chosen_by": "client", "came": "remote"}).status_code == 302
    body = page(web, episode)
    assert "By phone or video" in body
    paper = web.get(url("print", episode, version.pk)).content.decode()
    row = re.search(r"<td[^>]*>Lena Ortiz, Sister\s*</td><td>The person</td><td>By phone or video</td>", paper)
    assert row


def test_what_two_write_of_a_service_is_never_overwritten_unseen(web: Client, episode: Episode, by: Actor) -> None:
    in_force(episode, by)
    service = PlannedService.objects.get()
    today, earlier, wrong = by.today, by.today - timedelta(days=3), by.today - timedelta(days=9)
    note_service(service=service, started_on=wrong, by=by)
    address = url("service", episode, service.pk)
    opened = web.get(address).content.decode()
    sent = {"form_id": field("form_id", opened), "seen": field("seen", opened), "started_on": wrong.isoformat()}
    note_service(service=service, confirmed_on=wrong, started_on=earlier, by=by)  # a colleague puts the day right
    assert web.post(address, sent | {"ended_on": today.isoformat()}).status_code == 302
    service.refresh_from_db()
    assert (service.confirmed_on, service.started_on, service.ended_on) == (wrong, earlier, today)
    met = web.post(address, sent | {"started_on": today.isoformat()})
    assert met.status_code == 422
    assert "Somebody else wrote here meanwhile" in met.content.decode()
    service.refresh_from_db()
    assert service.started_on == earlier
    again = sent | {"started_on": today.isoformat(), "seen": field("seen", met.content.decode())}
    assert web.post(address, again).status_code == 302
    service.refresh_from_db()
    assert service.started_on == today


def test_what_was_said_of_a_service_by_mistake_can_be_taken_out(web: Client, episode: Episode, by: Actor) -> None:
    in_force(episode, by)
    service = PlannedService.objects.get()
    note_service(service=service, started_on=by.today, ended_on=by.today, helped="no", helped_words="Not it", by=by)
    address = url("service", episode, service.pk)
    opened = web.get(address).content.decode()
    sent = {"form_id": field("form_id", opened), "seen": field("seen", opened), "started_on": by.today.isoformat()}
    assert web.post(address, sent).status_code == 302
    service.refresh_from_db()
    assert (service.started_on, service.ended_on, service.helped, service.helped_words) == (by.today, None, "", "")
