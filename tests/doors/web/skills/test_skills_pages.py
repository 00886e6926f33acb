"""Independence over HTTP: what was seen is written down, drawn, taken back; where somebody lived, and the moves."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from goldthread.casework.skills.models import SkillStep
from goldthread.doors.web.skills.drawing import homes_drawn, ladder_drawn
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.facts.models import Fact
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.factories import AT, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def dana(worker: Staff) -> Person:
    return client_of(worker, worker.memberships.get().team, given="Dana", family="Ruiz")


@pytest.fixture
def page(worker: Staff) -> Client:
    return browser(worker)


def form(**given: Any) -> dict[str, Any]:
    told = {"skill": "money", "level": "2", "evidence": "Paid the rent with me", "on": TODAY.isoformat()}
    return {"form_id": str(new_id())} | told | given


def step(dana: Person, worker: Staff, level: int, days: int, **more: Any) -> SkillStep:
    given = {"skill": "money", "evidence": f"Seen {level}", "on": TODAY - timedelta(days=days), "recorded_at": AT}
    return SkillStep.objects.create(person=dana, staff=worker, level=level, **given | more)


def lived(dana: Person, setting: str, first: date | None, last: date | None = None, **more: Any) -> Fact:
    given = {"kind": "housing", "value": {"setting": setting}, "code": setting, "said_by": "client", "said_on": TODAY}
    return Fact.objects.create(person=dana, starts_on=first, ends_on=last, recorded_at=AT, **given | more)


def say(page: Client, dana: Person) -> str:
    return page.get(f"/clients/{dana.pk}/skills/").content.decode()


def test_an_empty_page_says_what_it_is_for_and_offers_every_skill(page: Client, dana: Person) -> None:
    body = say(page, dana)
    assert "Nothing seen yet" in body
    assert f"/clients/{dana.pk}/skills/add/?skill=medicines" in body


def test_what_was_seen_is_written_down_once_and_shown(page: Client, dana: Person) -> None:
    sent = form()
    for _time in range(2):
        assert page.post(f"/clients/{dana.pk}/skills/add/", sent).status_code == 302
    assert SkillStep.objects.count() == 1
    body = say(page, dana)
    assert "Done with them" in body
    assert "Paid the rent with me" in body


def test_an_error_stands_at_its_field_and_everything_typed_stays(page: Client, dana: Person) -> None:
    ahead = (TODAY + timedelta(days=1)).isoformat()
    answer = page.post(f"/clients/{dana.pk}/skills/add/", form(on=ahead))
    assert answer.status_code == 422
    assert "This day has not come yet." in answer.content.decode()
    assert "Paid the rent with me" in answer.content.decode()


def test_steps_are_drawn_over_time_with_the_table_beside(page: Client, dana: Person, worker: Staff) -> None:
    step(dana, worker, 1, 90)
    step(dana, worker, 3, 30)
    body = say(page, dana)
    assert "2 steps up" in body
    assert "2 times seen" in body
    assert "Money: seen 2 times, now: Coached" in body


def test_taken_back_it_is_drawn_no_more(page: Client, dana: Person, worker: Staff) -> None:
    row = step(dana, worker, 4, 1)
    assert page.post(f"/clients/{dana.pk}/skills/{row.pk}/take-back/").status_code == 302
    assert "Seen 4" not in say(page, dana)


def test_what_stands_under_a_label_is_read_by_who_is_cleared(dana: Person, worker: Staff) -> None:
    step(dana, worker, 4, 1, labels=int(Label.DOMESTIC_VIOLENCE), evidence="Hiddenstep")
    lived(dana, "shelter", None, labels=int(Label.DOMESTIC_VIOLENCE), said_words="Hiddenplace")
    colleague = browser(StaffFactory(team=worker.memberships.get().team))
    assert "Hiddenstep" not in say(colleague, dana)
    assert "Shelter" not in say(colleague, dana)
    assert "Hiddenstep" in say(browser(worker), dana)


def test_moves_say_whether_they_led_to_a_freer_setting(page: Client, dana: Person) -> None:
    lived(dana, "psychiatric_hospital", date(2025, 1, 1), date(2025, 6, 1))
    lived(dana, "group_home", date(2025, 6, 1), date(2026, 1, 1))
    lived(dana, "own_home_supported", date(2026, 1, 1))
    body = say(page, dana)
    assert body.count("to a freer setting") == 2
    assert "9 of 10" in body
    assert "3 residences over time" in body


def test_the_drawing_is_to_scale(dana: Person, worker: Staff) -> None:
    today = date(2026, 11, 20)
    rows = [step(dana, worker, 1, 0, on=date(2026, 11, 10)), step(dana, worker, 4, 0, on=date(2026, 11, 15))]
    drawn = ladder_drawn(rows, today)
    assert [(point.x, point.y) for point in drawn.points] == [(6.0, 50.0), (120.0, 6.0)]  # half of ten days; the top
    assert drawn.line == "6.0,50.0 120.0,50.0 120.0,6.0 234.0,6.0"
    homes = homes_drawn(
        [lived(dana, "jail", date(2026, 11, 10), date(2026, 11, 15)), lived(dana, "street", date(2026, 11, 15))],
        ["Jail", "Street"],
        today,
    )
    assert [(home.x, home.width, home.height, home.level) for home in homes] == [
        (6.0, 314.0, 108.0, 10),
        (320.0, 314.0, 4, None),
    ]
