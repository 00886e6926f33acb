"""Aftercare over HTTP: the worker sees what is planned, opens the note ready for it, closes the rest; who comes back is taken in
from the page of programs. Thursday, 19 November 2026, and the days after."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from goldthread.casework.aftercare.models import AftercareContact
from goldthread.casework.episodes.models import Episode
from goldthread.casework.schedule.actions import discharge
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.contacts.making import actor_of, episode_of
from tests.factories import PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 20, 0, tzinfo=UTC)
Left = tuple[Staff, Person, Episode]


@pytest.fixture
def later() -> Callable[[int], AbstractContextManager[Any]]:
    """So many days after the discharge."""
    return lambda days: time_machine.travel(THURSDAY + timedelta(days=days), tick=False)


@pytest.fixture
def left() -> Left:
    ann = StaffFactory(team=TeamFactory())
    dana = PersonFactory(given="Dana", family="Ruiz")
    episode = episode_of(dana, ann)
    discharge(episode=episode, discharged_on=date(2026, 11, 19), reason="goals-reached", by=actor_of(ann))
    return ann, dana, episode


def shown(web: Client, url: str, status: int = 200, **sent: Any) -> str:
    answer = web.post(url, sent) if sent else web.get(url)
    assert answer.status_code == status, answer.content.decode()[-300:]
    return unescape(answer.content.decode())


def ticked(page: str, name: str) -> list[str]:
    boxes = re.findall(rf'<input[^>]* name="{name}"[^>]*>', page)
    assert boxes
    return [re.findall(r'value="(\w+)"', box)[0] for box in boxes if " checked" in box]


def test_a_call_is_on_my_day_its_note_arrives_ticked_and_the_rest_is_closed(
    left: Left, later: Callable[[int], AbstractContextManager[Any]]
) -> None:
    ann, dana, episode = left
    with later(8):
        web = browser(ann)
        assert "Aftercare: How is it going?" in shown(web, "/day/")
        page = f"/clients/{dana.pk}/aftercare/"
        assert f"/clients/{dana.pk}/note/?episode={episode.pk}" in shown(web, page)
        note = web.get(f"/clients/{dana.pk}/note/?episode={episode.pk}&how=phone", follow=True).content.decode()
        assert 'name="aftercare" value="1" checked' in note
        assert ticked(note, "activity") == []  # a call afterwards asks how they are: no service is checked on
        assert browser(StaffFactory()).get(page).status_code == 404
        first = AftercareContact.objects.order_by("due_on")[0]
        shown(web, f"{page}{first.pk}/close/", 422, reason="  ")
        change = {"due_on": "2026-11-01", "staff": str(ann.pk), "version": "1", "form_id": str(new_id())}
        wrong = shown(web, f"{page}{first.pk}/change/", 422, **change)
        assert "This day is over" in wrong
        assert "2026-11-01" in wrong
        for line in AftercareContact.objects.order_by("due_on"):
            assert (
                web.post(f"{page}{line.pk}/close/", {"reason": "They moved", "form_id": str(new_id())}).status_code
                == 302
            )
        assert (
            web.post(f"{page}{first.pk}/close/", {"reason": "They moved", "form_id": str(new_id())}).status_code == 302
        )
    with later(16):
        assert browser(ann).get(page).status_code == 404, "it is over, and so is the way to the client"


def test_a_worker_cannot_let_a_colleague_in_by_naming_them(
    left: Left, later: Callable[[int], AbstractContextManager[Any]]
) -> None:
    ann, dana, _episode = left
    ben = StaffFactory()
    with later(1):
        first = AftercareContact.objects.order_by("due_on")[0]
        sent = {"due_on": str(first.due_on), "staff": str(ben.pk), "version": "1", "form_id": str(new_id())}
        shown(browser(ann), f"/clients/{dana.pk}/aftercare/{first.pk}/change/", 422, **sent)
        assert AftercareContact.objects.get(pk=first.pk).staff == ann


def test_who_comes_back_in_time_is_offered_what_there_was(
    left: Left, later: Callable[[int], AbstractContextManager[Any]]
) -> None:
    ann, dana, episode = left
    with later(30):
        intake = browser(StaffFactory(role=Role.INTAKE))
        programs = shown(intake, f"/clients/{dana.pk}/programs/")
        assert f"?program={episode.program_id}" in programs
        form = shown(intake, f"/clients/{dana.pk}/programs/enroll/?program={episode.program_id}")
        assert "that goes on" in form
        assert f'value="{ann.pk}" selected' in form, "the worker of before is suggested"
        sent = {"program": str(episode.program_id), "enrolled_on": "2026-12-19", "staff": str(ann.pk)}
        answer = intake.post(f"/clients/{dana.pk}/programs/enroll/", sent | {"form_id": str(new_id())})
        assert answer.status_code == 302
        again = Episode.objects.get(continues=episode)
        offered = shown(browser(ann), f"/clients/{dana.pk}/programs/{again.pk}/back/")
        assert "nothing is taken over unless you choose it" in offered
