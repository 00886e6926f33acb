"""Waitlists over HTTP: from the inquiry onto the list, offered, answered, enrolled; the list, its file, who sees what; hand-offs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.models import HandOff, Inquiry, Place
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Task
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
RULES = """template: {key}
title: {key}
labels: [{labels}]
requirements: []
waitlist:
  first: [danger, {{priority: leaving_hospital, when: {{referral: [hospital]}}}}]
  source: judgement
"""


@pytest.fixture(autouse=True)
def thursday() -> Iterator[None]:
    """Nine in the morning where the agency is, of the day that ``actor`` lives in."""
    with time_machine.travel(datetime(2026, 11, 19, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def intake() -> Staff:
    return team_with(Role.INTAKE)


@pytest.fixture
def page(intake: Staff) -> Client:
    return browser(intake)


def a_program(actor: Actor, key: str = "adults", labels: str = "", team: Team | None = None) -> Program:
    template = read_template(RULES.format(key=key, labels=labels))
    return open_program(
        key=key, name=key.title(), template=template, template_key="", team=team, opened_on=date(2026, 1, 1), by=actor
    )


def sent(**more: Any) -> dict[str, Any]:
    return {"version": "0", "given": "Maria", "family": "Ortiz"} | more


def inquiry(page: Client, **more: Any) -> Inquiry:
    pk = uuid4()
    assert page.post(f"/inquiries/{pk}/save/", sent(**more)).status_code == 200
    assert page.post(f"/inquiries/{pk}/", sent(version="9", do="new", **more)).status_code == 302
    return Inquiry.objects.get(pk=pk)


def waits(page: Client, program: Program, **more: Any) -> Place:
    row = inquiry(page, program=program.key, **more)
    form = sent(version="9", do="wait", take=str(program.pk), program=program.key, **more)
    assert page.post(f"/inquiries/{row.pk}/", form).status_code == 302
    return Place.objects.get(inquiry=row)


def test_from_the_inquiry_onto_the_list_offered_accepted_and_enrolled(page: Client, intake: Staff, actor: Actor):
    program = a_program(actor, team=intake.memberships.get().team)
    row = inquiry(page, program="adults")
    shown = page.get(f"/inquiries/{row.pk}/").content.decode()
    assert "Put on the waitlist" in shown
    assert "Leaving a hospital" in shown
    form = sent(
        version="9", do="wait", end="wait", take=str(program.pk), program="adults", wait_told="Two months, about."
    )
    answer = page.post(f"/inquiries/{row.pk}/", form | {"first:danger": "yes"}, follow=True).content.decode()
    assert "Maria Ortiz is number 1 on the waitlist of Adults." in answer
    assert "They were told: Two months, about." in answer
    place = Place.objects.get()
    assert (place.group, place.answers) == ("danger", {"danger": True})
    address = f"/waiting/{place.pk}/"
    assert "Number 1 of 1" in page.get(address).content.decode()
    assert (
        "Saved. The next call is a task."
        in page.post(address, {"do": "touch", "how": "still"}, follow=True).content.decode()
    )
    page.post(address, {"do": "offer", "until": "2026-12-01", "said": "From January"})
    task = Task.objects.get(source_kind="offer", state="open")
    assert page.get(f"/waiting/offers/{task.source_id}/", follow=True).redirect_chain[-1][0] == address
    answer = page.post(address, {"do": "answer", "answer": "accepted"}, follow=True).content.decode()
    assert f"/inquiries/{row.pk}/?take={program.pk}&amp;end=enrol" in answer
    filled = page.get(f"/inquiries/{row.pk}/?take={program.pk}&end=enrol").content.decode()
    assert f'name="take" value="{program.pk}" checked' in filled
    page.post(f"/inquiries/{row.pk}/", sent(version="9", do="enrol", program="adults", take=str(program.pk)))
    assert Episode.objects.get().program == program
    assert "Enrolled" in page.get(address).content.decode()
    told = Entry.objects.filter(kind="waiting").values_list("title", flat=True)
    assert list(told) == []  # nobody was a client while they waited


WRONG = [
    ({"do": "touch"}, "Say how it went."),
    ({"do": "touch", "how": "still", "again_on": "someday", "note": "A long story"}, "A long story"),
    ({"do": "offer", "until": "2020-01-01", "said": "A long story"}, "A long story"),
    ({"do": "answer", "answer": "accepted"}, "There is no offer to answer."),
    ({"do": "order", "version": "x", "first:danger": "yes"}, "Say why"),
    ({"do": "remove"}, "Choose why they no longer wait."),
    ({"do": "remove", "reason": "other"}, "Say why in your own words."),
    ({"do": "undo"}, "There is no answer to take back."),
]


def test_what_cannot_be_is_said_and_everything_stays(page: Client, actor: Actor):
    place = waits(page, a_program(actor))
    for given, said in WRONG:
        answer = page.post(f"/waiting/{place.pk}/", given)
        assert answer.status_code == 422, given
        assert said in answer.content.decode(), given
    place.refresh_from_db()
    assert (place.state, place.version) == ("waiting", 1)


def test_the_list_narrows_pages_prints_and_is_a_file(page: Client, intake: Staff, actor: Actor):
    program = a_program(actor)
    first = waits(page, program)
    rows = [
        Inquiry(
            display_name=f"Person {n:02}", search_text=f" person {n:02} ", received_at="2026-11-19T15:00Z",
            received_on=date(2026, 11, 19), due_on=date(2026, 11, 20), state="done", finished_at="2026-11-19T15:00Z",
            language="es" if n == 3 else "",
        )
        for n in range(55)
    ]  # fmt: skip
    Inquiry.objects.bulk_create(rows)
    Place.objects.bulk_create(
        Place(
            inquiry=row, program=program, since=date(2026, 9, 1) + timedelta(days=n), rank=2, made_at="2026-11-19T15:00Z",
            contact_on=date(2026, 11, 18) if n == 7 else date(2026, 12, 20),
        )
        for n, row in enumerate(rows)
    )  # fmt: skip
    page.get("/waitlists/adults/")
    with CaptureQueriesContext(connection) as asked:
        listed = page.get("/waitlists/adults/").content.decode()
    assert 5 < len(asked) <= 16, len(asked)
    assert listed.count('class="one"') == 50
    assert "<b>56</b>" in listed
    after = listed.split("&amp;after=")[1][:36]
    second = page.get(f"/waitlists/adults/?after={after}").content.decode()
    assert second.count('class="one"') == 6
    assert '<span class="number">56</span>' in second
    assert first.inquiry.display_name in second  # asked last, in no group
    late = page.get("/waitlists/adults/?show=call").content.decode()
    assert (late.count('class="one"'), '<span class="number">8</span>' in late) == (1, True)
    assert page.get("/waitlists/adults/?text=person+12").content.decode().count('class="one"') == 1
    assert "Nobody fits" in page.get("/waitlists/adults/?group=danger").content.decode()
    assert page.get("/waitlists/adults/?print=1").content.decode().count('class="one"') == 56
    assert "1 to call" in page.get("/waitlists/").content.decode()
    assert page.get("/waitlists/adults/file/").status_code == 404  # intake takes no lists out of the house
    boss = team_with(Role.PROGRAM_MANAGER)
    file = b"".join(browser(boss).get("/waitlists/adults/file/")).decode("utf-8-sig").splitlines()
    assert len(file) == 57
    assert file[0].startswith("Number,Name,State,Group")
    assert file[4].startswith("4,Person 03,Waiting,,2026-09-04,76,2026-12-20,Spanish")


def test_an_empty_list_says_what_it_is_for(page: Client, actor: Actor):
    a_program(actor)
    assert "Nobody waits" in page.get("/waitlists/adults/").content.decode()
    assert "nobody waits" in page.get("/waitlists/").content.decode()


def test_who_sees_who_waits(page: Client, intake: Staff, actor: Actor):
    """A protected program's own intake sees its list; of an inquiry for two programs each team sees its own place, and no more."""
    other, third = team_with(Role.INTAKE), team_with(Role.INTAKE)
    hidden = a_program(actor, "recovery", "substance_use", other.memberships.get().team)
    plain = a_program(actor, team=third.memberships.get().team)
    row = inquiry(page, program=["recovery", "adults"])
    for program in (hidden, plain):
        form = sent(version="9", do="wait", take=str(program.pk), program=["recovery", "adults"])
        assert page.post(f"/inquiries/{row.pk}/", form).status_code == 302
    one, two = (Place.objects.get(program=program) for program in (hidden, plain))
    assert browser(other).get("/waitlists/recovery/").status_code == 200
    assert browser(third).get("/waitlists/recovery/").status_code == 404
    assert "Recovery" not in browser(third).get("/waitlists/").content.decode()
    assert browser(third).get(f"/waiting/{one.pk}/").status_code == 404
    assert browser(third).post(f"/waiting/{one.pk}/", {"do": "remove", "reason": "moved"}).status_code == 404
    seen = browser(third).get(f"/waiting/{two.pk}/")
    assert seen.status_code == 200
    assert "To the inquiry" not in seen.content.decode()  # it names the other program
    assert "Maria Ortiz" in browser(third).get("/waitlists/adults/").content.decode()


def test_referred_elsewhere_from_an_inquiry_and_asked_later(page: Client, actor: Actor):
    program = a_program(actor)
    row = inquiry(page, program="adults")
    form = sent(
        version="9", do="refer", end="refer", program="adults", refer_for=str(program.pk), refer_phone="541 555 0199"
    )
    refused = page.post(f"/inquiries/{row.pk}/", form | {"refer_said": "They take walk-ins"})
    assert refused.status_code == 422
    assert "Write where they are referred to." in refused.content.decode()
    assert "They take walk-ins" in refused.content.decode()
    form |= {"refer_organization": "Harbor Clinic", "refer_said": "They take walk-ins", "refer_together": "Maria and I"}
    shown = page.post(f"/inquiries/{row.pk}/", form, follow=True).content.decode()
    assert "Harbor Clinic" in shown
    made = HandOff.objects.get()
    assert (made.ask_on, made.state) == (date(2026, 11, 27), "open")  # five days of work; the 26th is Thanksgiving
    task = Task.objects.get(source_kind="hand_off", state="open")
    assert (task.title, task.due_on) == ("Ask: were they seen where they were referred to?", made.ask_on)
    address = f"/inquiries/{row.pk}/referred/{made.pk}/"
    assert page.get(f"/hand-offs/{made.pk}/").headers["Location"] == address
    assert address in page.get("/hand-offs/").content.decode()
    assert page.post(address, {"do": "answer"}).status_code == 422
    assert page.post(address, {"do": "answer", "answer": "not_taken"}).status_code == 422
    press = {"do": "answer", "answer": "open", "again_on": "2026-12-04", "form_id": str(uuid4())}
    for _press in range(2):
        assert page.post(address, press).status_code == 302
    assert made.answers.count() == 1
    page.post(address, {"do": "answer", "answer": "seen", "note": "First visit on Monday"})
    made.refresh_from_db()
    assert (made.state, Task.objects.filter(source_kind="hand_off", state="open").count()) == ("seen", 0)
    page.post(address, {"do": "again"})
    assert Task.objects.filter(source_kind="hand_off", state="open").count() == 1


def test_referred_elsewhere_from_the_record(actor: Actor):
    worker = team_with(Role.CASE_MANAGER)
    client = client_of(worker, worker.memberships.get().team)
    page = browser(worker)
    address = f"/clients/{client.pk}/refer/"
    assert page.get(address).status_code == 200
    form = {"organization": "Food bank", "said": "Open on Tuesdays", "form_id": str(uuid4()), "ask_on": "2026-12-01"}
    refused = page.post(address, form | {"organization": ""})
    assert refused.status_code == 422
    assert "Open on Tuesdays" in refused.content.decode()
    for _press in range(2):
        answer = page.post(address, form, follow=True)
    assert "Were they seen there?" in answer.content.decode()
    made = HandOff.objects.get()
    assert Entry.objects.get(kind="referred").title == "Food bank"
    task = Task.objects.get(source_kind="hand_off")
    assert (task.client, task.owner, task.due_on) == (client, worker, date(2026, 12, 1))
    assert f"/clients/{client.pk}/referred/{made.pk}/" in page.get("/day/?bucket=later").content.decode()
    assert "Food bank" in page.get(f"/clients/{client.pk}/programs/").content.decode()
    page.post(f"/clients/{client.pk}/referred/{made.pk}/", {"do": "answer", "answer": "did_not_go", "note": "No bus"})
    assert Entry.objects.filter(kind="referred", title="Food bank: Did not go").exists()
    stranger = team_with(Role.CASE_MANAGER)
    assert browser(stranger).get(f"/clients/{client.pk}/referred/{made.pk}/").status_code == 404


def test_free_places_are_told_and_one_more_needs_who_may_and_a_reason(page: Client, intake: Staff, actor: Actor):
    team = intake.memberships.get().team
    template = read_template(RULES.format(key="adults", labels="").replace("waitlist:", "waitlist:\n  places: 1"))
    program = open_program(
        key="adults", name="Adults", template=template, template_key="", team=team, opened_on=date(2026, 1, 1), by=actor
    )
    first, second = waits(page, program), waits(page, program, given="Ana")
    for where in (
        "/waitlists/",
        "/waitlists/adults/",
        f"/waiting/{first.pk}/",
        f"/inquiries/{second.inquiry_id}/",
    ):
        assert "1 of 1 place free" in page.get(where).content.decode(), where
    assert page.post(f"/waiting/{first.pk}/", {"do": "offer", "why_now": "So"}).status_code == 302
    shown = page.get(f"/waiting/{second.pk}/").content.decode()
    assert "0 of 1 place free" in shown
    assert 'name="why_over"' not in shown
    more = {"do": "offer", "why_now": "So", "said": "A long story", "why_over": "A bed was added"}
    refused = page.post(f"/waiting/{second.pk}/", more)
    assert refused.status_code == 422
    assert "No place is free: 1 of 1 are taken" in refused.content.decode()
    assert "A long story" in refused.content.decode()
    boss = browser(StaffFactory(role=Role.SUPERVISOR, team=team))
    assert 'name="why_over"' in boss.get(f"/waiting/{second.pk}/").content.decode()
    assert boss.post(f"/waiting/{second.pk}/", more | {"why_over": ""}).status_code == 422
    told = boss.post(f"/waiting/{second.pk}/", more, follow=True).content.decode()
    assert "A bed was added" in told
    # who comes in by no offer
    third = inquiry(page, given="Luz", program="adults")
    enrol = sent(version="9", do="enrol", given="Luz", program="adults", take=str(program.pk))
    refused = page.post(f"/inquiries/{third.pk}/", enrol)
    assert refused.status_code == 422
    assert "No place is free" in refused.content.decode()
    assert not Episode.objects.exists()
    # who accepted the place that was offered
    page.post(f"/waiting/{first.pk}/", {"do": "answer", "answer": "accepted"})
    shown = page.get(f"/inquiries/{first.inquiry_id}/?take={program.pk}&end=enrol").content.decode()
    assert "may enroll all the same" not in shown
    page.post(f"/inquiries/{first.inquiry_id}/", sent(version="99", do="enrol", program="adults", take=str(program.pk)))
    assert Episode.objects.count() == 1
