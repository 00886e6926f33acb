"""The public page of a program: asked without an account, not flooded, telling nothing; opened and closed in the settings."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from goldthread.casework.intake.actions.public import FROM_ONE_ADDRESS
from goldthread.casework.intake.models import Inquiry, PublicDoor
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff
from tests.access.world import browser
from tests.doors.web.clients.people import team_with
from tests.doors.web.intake.test_inquiry_pages import a_program
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
FRIDAY = "2026-11-20T21:55:00Z"  # 16:55 in New York


@pytest.fixture
def supervisor() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def program(actor: Actor, supervisor: Staff) -> Program:
    AgencyFactory()
    found = a_program(actor, "recovery", "substance_use", supervisor.memberships.get().team)
    PublicDoor.objects.create(program=found, open=True, words_en="We help.", words_es="Ayudamos.")
    return found


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


def page_of(visitor: Client, language: str = "en") -> dict[str, str]:
    """The form as the page gives it, filled in by somebody."""
    text = visitor.get(f"/ask/recovery/?language={language}").content.decode()
    token = text.split('name="token" value="')[1].split('"')[0]
    return {"token": token, "caller_name": "Ana", "caller_phone": "541 555 0142", "wanted": "I drink too much"}


def test_asked_urgently_on_a_friday_evening(program: Program, supervisor: Staff, clock: Any):
    visitor = Client()
    form = page_of(visitor) | {"urgency": "urgent", "caller": "self"}
    clock.shift(60)
    answer = visitor.post("/ask/recovery/", form, follow=True)
    text = answer.content.decode()
    assert "Monday 23 November" in text
    assert "911" in text
    row = Inquiry.objects.get()
    assert (row.came, row.due_on, row.urgency, row.owner) == ("page", date(2026, 11, 23), "urgent", None)
    assert (row.labels, row.team, row.language) == (Label.SUBSTANCE_USE, program.team, "en")
    task = Task.objects.get()
    assert (task.team, task.due_on, task.labels) == (program.team, date(2026, 11, 23), Label.SUBSTANCE_USE)
    assert [one.to for one in Notice.objects.filter(kind="inquiry_urgent")] == [supervisor]
    assert visitor.post("/ask/recovery/", form).status_code == 302  # sent twice
    assert Inquiry.objects.count() == 1
    assert set(visitor.cookies) <= {"csrftoken"}
    assert browser(supervisor).get(f"/inquiries/{row.pk}/").status_code == 200


def test_gone_back_and_sent_once_more_it_is_the_same_inquiry(program: Program, clock: Any):
    """Back fetches the page anew, and the browser fills in what was typed: another form with the same words."""
    visitor = Client()
    sent = page_of(visitor)
    clock.shift(60)
    visitor.post("/ask/recovery/", sent)
    again = page_of(visitor)
    assert again["token"] != sent["token"]
    clock.shift(120)
    assert visitor.post("/ask/recovery/", again).headers["Location"].startswith("/ask/recovery/sent/")
    assert (Inquiry.objects.count(), Task.objects.count()) == (1, 1)


def test_who_was_answered_and_asks_the_same_again_is_heard(program: Program, clock: Any):
    visitor = Client()
    for many in (1, 2):
        form = page_of(visitor)
        clock.shift(60)
        visitor.post("/ask/recovery/", form)
        assert Inquiry.objects.count() == many
        Inquiry.objects.update(state="done", finished_at=timezone.now())


@pytest.mark.parametrize("form", ["the same", "a new one"])
def test_what_is_urgent_now_or_of_somebody_else_or_an_hour_later_is_told_anew(form: str, program: Program, clock: Any):
    visitor = Client()
    first = page_of(visitor)
    told = [
        (60, {}, 1),
        (60, {"urgency": "urgent"}, 2),
        (60, {"wanted": "My brother drinks too much"}, 3),
        (3700, {}, 4),
    ]
    for wait, more, many in told:
        sent = first if form == "the same" else page_of(visitor)
        clock.shift(wait)
        visitor.post("/ask/recovery/", sent | more)
        assert Inquiry.objects.count() == many


def test_browsers_send_the_form_from_somewhere(program: Program, clock: Any):
    """Told to say no referrer, Chromium says that a form comes from ``null``, and it is refused as forged."""
    assert Client().get("/ask/recovery/").headers["Referrer-Policy"] == "same-origin"


def test_in_spanish_with_the_numbers_in_spanish(program: Program, clock: Any):
    text = Client(headers={"accept-language": "es"}).get("/ask/recovery/").content.decode()
    assert 'lang="es"' in text
    assert "Ayudamos." in text
    assert "En peligro ahora" in text


def test_what_no_person_sends_is_not_kept(program: Program, clock: Any):
    visitor = Client()
    form = page_of(visitor)
    assert visitor.post("/ask/recovery/", form).status_code == 422  # within the second
    clock.shift(60)
    assert visitor.post("/ask/recovery/", form | {"website": "http://x"}).status_code == 302
    assert visitor.post("/ask/recovery/", form | {"token": "made:up:token"}).status_code == 422
    assert visitor.post("/ask/recovery/", {}).status_code == 422
    assert Client(enforce_csrf_checks=True).post("/ask/recovery/", form).status_code == 403
    assert not Inquiry.objects.exists()


WRONG = [
    ({"caller_name": " "}, "what we may call you"),
    ({"caller_phone": "12"}, "so that we can answer"),
    ({"wanted": ""}, "what you need"),
]


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_what_is_missing_is_said_and_the_rest_stays(program: Program, clock: Any, given: dict[str, str], said: str):
    visitor = Client()
    form = page_of(visitor) | {"call_back": "after six"} | given
    clock.shift(60)
    answer = visitor.post("/ask/recovery/", form)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert 'value="after six"' in text
    assert visitor.post("/ask/recovery/", page_of_again(text) | {"wanted": "<script>" * 2000}).status_code == 302
    assert len(Inquiry.objects.get().said["wanted"]) == 4000


def page_of_again(text: str) -> dict[str, str]:
    token = text.split('name="token" value="')[1].split('"')[0]
    return {"token": token, "caller_name": "Ana", "caller_email": "ana@example.org", "wanted": "x"}


def test_one_address_cannot_flood_the_list(program: Program, clock: Any):
    visitor = Client()
    for number in range(FROM_ONE_ADDRESS):
        form = page_of(visitor) | {"wanted": f"Room {number}"}
        clock.shift(10)
        assert visitor.post("/ask/recovery/", form).status_code == 302
    form = page_of(visitor) | {"wanted": "One more"}
    clock.shift(10)
    assert visitor.post("/ask/recovery/", form).status_code == 429
    assert Inquiry.objects.count() == FROM_ONE_ADDRESS
    assert visitor.post("/ask/recovery/", form, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_a_closed_page_looks_like_one_that_never_was(program: Program, clock: Any):
    visitor = Client()
    PublicDoor.objects.update(open=False)
    closed, never = visitor.get("/ask/recovery/"), visitor.get("/ask/nothing/")
    assert (closed.status_code, closed.content) == (404, never.content)
    assert "911" in closed.content.decode()
    assert "recovery" not in visitor.get("/ask/").content.decode()


def test_two_tabs_that_open_the_same_page_for_the_first_time(actor: Actor):
    """The second does not write over the first: it is shown what stands there."""
    program = a_program(actor)
    admin = browser(team_with(Role.ADMINISTRATOR))
    where = f"/settings/intake/{program.pk}/"
    form = {"form_id": str(uuid4()), "version": "0", "open": "on", "words_en": "One", "words_es": "Uno"}
    assert admin.post(where, form).status_code == 302
    late = admin.post(where, form | {"words_en": "Two"})
    assert late.status_code in (409, 422)
    assert "Two" in late.content.decode()
    assert PublicDoor.objects.get(program=program).words_en == "One"


@pytest.mark.parametrize("version", ["-1", "7"])
def test_a_version_that_never_was_is_no_fault(version: str, actor: Actor):
    program = a_program(actor)
    admin = browser(team_with(Role.ADMINISTRATOR))
    form = {"form_id": str(uuid4()), "version": version, "open": "on", "words_en": "One", "words_es": "Uno"}
    assert admin.post(f"/settings/intake/{program.pk}/", form).status_code == 302
    assert PublicDoor.objects.get(program=program).words_en == "One"


def test_opened_and_closed_in_the_settings(program: Program):
    admin = browser(team_with(Role.ADMINISTRATOR))
    where = f"/settings/intake/{program.pk}/"
    form = {
        "form_id": "01a203f5-3a78-7841-aeed-a6738711898e",
        "version": "1",
        "open": "on",
        "words_en": "Come in to us",
    }
    assert admin.post(where, form).status_code == 422
    assert admin.post(where, form | {"words_es": "Hola"}).status_code == 302
    assert Client().get("/ask/recovery/").content.decode().count("Come in to us") == 1
    numbers = {"form_id": form["form_id"], "version": "0", "numbers": "112 | Help | Ayuda"}
    assert admin.post("/settings/intake/answering/", numbers | {"numbers": "112 only"}).status_code == 422
    assert admin.post("/settings/intake/answering/", numbers).status_code == 302
    text = Client().get("/ask/recovery/?language=es").content.decode()
    assert "112" in text
    assert "Ayuda" in text
    assert "/ask/recovery/" in admin.get("/settings/intake/").content.decode()
