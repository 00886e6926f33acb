"""Settling what is open over HTTP: what most decide in one press, all of it or nothing; what the pages of the way out ask of the
database; and where a worker finds the way out."""

from datetime import date
from html import unescape
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goldthread.casework.discharge.models import Settlement, WayOut
from goldthread.casework.discharge.queries.ways import told_of
from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.models import Step
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task
from goldthread.doors.web.discharge.printing import html_of
from goldthread.doors.web.discharge.signing import confirmation
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.caseload.programs import enrolled, program
from tests.casework.discharge.world import leave_open
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import LONG_AGO, StaffFactory

pytestmark = pytest.mark.django_db
TODAY = agency_today()


class Before(NamedTuple):
    """Somebody about to leave, with a commitment of every kind open."""

    renee: Staff
    gloria: Staff
    dana: Person
    episode: Episode
    by: Actor

    @property
    def home(self) -> str:
        return f"/clients/{self.dana.pk}/way-out/"


@pytest.fixture
def before() -> Before:
    gloria = team_with(Role.SUPERVISOR)
    team = gloria.memberships.get().team
    renee: Staff = StaffFactory(name="Renee Alvarez", team=team)
    dana = client_of(renee, team, given="Dana", family="Kim")
    by = Actor(at=timezone.now(), today=TODAY, staff=renee.pk)
    program(by, team=team)
    episode = enrolled(by, LONG_AGO, person=dana, staff=renee, team=team)
    leave_open(episode, dana, renee, StaffFactory(name="Andre Okoye", team=team), by)
    return Before(renee, gloria, dana, episode, by)


def begun(before: Before, page: Client) -> str:
    """The address of the way out, with its reason said."""
    page.post(f"{before.home}begin/", {"episode": before.episode.pk})
    way = WayOut.objects.get()
    here = f"{before.home}{way.pk}/"
    page.post(here, {"form_id": way.pk, "version": 1, "last_day": TODAY.isoformat(), "reason": "goals-reached"})
    return here


def test_what_most_decide_is_decided_in_one_press_or_not_at_all(before: Before) -> None:
    mine = browser(before.renee)
    here = begun(before, mine)
    page = unescape(mine.get(f"{here}settle/").content.decode())
    assert "3 tasks, concerns and papers go to a colleague" in page
    assert "1 service goes on without us" in page
    assert "It ends with the discharge." in page
    sent = {
        "take": ["colleague", "goes_on", "cancel", "with_it"],
        "to_staff": before.gloria.pk,
        "words-cancel": "",
        "words-with_it": "Her sister signs with her",
    }
    refused = mine.post(f"{here}settle/together/", sent)
    assert refused.status_code == 422
    again = unescape(refused.content.decode())
    assert "Write who was told, and how." in again
    assert "Her sister signs with her" in again
    assert Settlement.objects.count() == 0, "all of it or nothing"
    assert mine.post(f"{here}settle/together/", {}).status_code == 422

    sent["words-cancel"] = "Told on the phone"
    assert mine.post(f"{here}settle/together/", sent).status_code == 302
    assert Settlement.objects.count() == 6
    assert set(Settlement.objects.filter(decision="colleague").values_list("to_staff__name", flat=True)) == {
        before.gloria.name
    }
    assert Task.objects.filter(state="done").count() == 0, "decided, not done yet"
    left = unescape(mine.get(f"{here}settle/").content.decode())
    assert "4 things are still open" in left
    assert "in one press" not in left, "what is left is looked at one by one"
    # a second press finds nothing to decide, and changes nothing
    assert mine.post(f"{here}settle/together/", sent).status_code == 422
    assert Settlement.objects.count() == 6


def test_a_colleague_who_left_since_takes_nothing_over(before: Before) -> None:
    """Decided on Monday, signed on Friday; whoever was to take the tasks over had their last day between the two."""
    mine = browser(before.renee)
    here = begun(before, mine)
    sent = {"take": ["colleague", "goes_on", "cancel", "with_it"], "to_staff": before.gloria.pk}
    sent |= {"words-cancel": "Told on the phone", "words-with_it": "With it"}
    mine.post(f"{here}settle/together/", sent)
    assert "4 things are still open" in unescape(mine.get(f"{here}settle/").content.decode())
    before.gloria.user.is_active = False
    before.gloria.user.save()
    page = unescape(mine.get(f"{here}settle/").content.decode())
    assert "7 things are still open" in page
    assert page.count("It changed since you decided: decide again.") == 3
    refused = mine.post(f"{here}sign/", {"shown": ""})
    assert refused.status_code == 422
    assert WayOut.objects.get().state == "open"
    assert not Task.objects.filter(owner=before.gloria).exists()


def test_what_was_decided_of_something_labelled_stands_on_no_paper(before: Before) -> None:
    """Who prepares is cleared for it; who reads the confirmation, or finds the packet on a desk, need not be."""
    page = browser(before.renee)
    here = begun(before, page)
    quiet = make_task(
        title="Quiet detox call", client=before.dana, owner=before.renee, labels=int(Label.SUBSTANCE_USE), by=before.by
    )
    decided = {"decision": "not_needed", "words": "quietly said"}
    assert "Quiet detox call" in page.get(f"{here}settle/").content.decode()
    assert page.post(f"{here}settle/task/{quiet.pk}/", decided).status_code == 302
    open_task = Task.objects.filter(client=before.dana, state="open", labels=0, requirement="", source_kind="").first()
    assert open_task
    assert page.post(f"{here}settle/task/{open_task.pk}/", {**decided, "words": "openly said"}).status_code == 302
    way = WayOut.objects.get()
    assert {one.labels for one in way.settlements.all()} == {0, int(Label.SUBSTANCE_USE)}
    told = [one.words for one in told_of(way)]
    assert told == ["openly said"]
    paper = html_of(way, form="full", language="en")
    assert "openly said" in paper
    assert "quiet" not in paper.lower()
    shown = confirmation(way, "")
    assert [one.words for one in shown["decisions"]] == ["openly said"]


def test_what_is_decided_already_stays_as_it_is(before: Before) -> None:
    mine = browser(before.renee)
    here = begun(before, mine)
    step = Step.objects.get()
    mine.post(f"{here}settle/step/{step.pk}/", {"decision": "outside", "words": "Her sister"})
    mine.post(f"{here}settle/together/", {"take": ["with_it", "goes_on"], "words-with_it": "It ends"})
    assert Settlement.objects.get(kind="step").words == "Her sister"
    assert Settlement.objects.get(kind="service").decision == "goes_on"


def test_who_may_prepare_finds_the_way_out_on_the_card_of_the_program(before: Before) -> None:
    door = f"{before.home}?episode={before.episode.pk}"
    page = browser(before.renee).get(f"/clients/{before.dana.pk}/programs/").content.decode()
    assert door in page
    assert "Prepare the discharge" in page
    boss = browser(before.gloria).get(f"/clients/{before.dana.pk}/programs/").content.decode()
    assert boss.count(door) == 1


STATEMENTS = {"ready": 51, "summary": 39, "settle": 35, "sign": 40}
"""At most, on SQLite, of a page that was opened before."""


@pytest.mark.once
def test_what_the_pages_ask_of_the_database_does_not_grow_with_what_is_open(before: Before) -> None:
    mine = browser(before.renee)
    here = begun(before, mine)

    def asked() -> dict[str, int]:
        counts = {}
        for name in STATEMENTS:
            path = before.home if name == "ready" else f"{here}{name}/"
            mine.get(path)
            with CaptureQueriesContext(connection) as caught:
                assert mine.get(path).status_code == 200
            counts[name] = len(caught)
        return counts

    few = asked()
    for number in range(12):
        title, due = f"Task {number}", date(2027, 1, 4)
        make_task(title=title, client=before.dana, episode=before.episode, owner=before.renee, due_on=due, by=before.by)
    assert asked() == few
    assert {name: most for name, most in STATEMENTS.items() if few[name] > most} == {}, few
