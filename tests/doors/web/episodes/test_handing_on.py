"""Appointments at a transfer, on the hand-over page, under cover and in notices: through the pages."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.casework.caseload.actions import cover
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.schedule.models import Appointment, AppointmentWorker, Series
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.caseload.programs import RECOVERY, enrolled, program
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def system() -> Actor:
    return Actor(at=timezone.now(), today=agency_today())


@pytest.fixture
def boss() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def old(boss: Staff) -> Staff:
    return StaffFactory(name="Ana Ruiz", team=boss.memberships.get().team)


@pytest.fixture
def new(boss: Staff) -> Staff:
    return StaffFactory(name="Ben Cole", team=boss.memberships.get().team)


@pytest.fixture
def person(boss: Staff, old: Staff) -> Person:
    return client_of(old, boss.memberships.get().team, given="Lu", family="Ferreira")


@pytest.fixture
def episode(boss: Staff, old: Staff, person: Person) -> Episode:
    home = program(system(), team=boss.memberships.get().team)
    return enrolled(system(), agency_today() - timedelta(days=40), home.key, person=person, staff=old)


def agreed(
    staff: Staff, person: Person | None, episode: Episode | None = None, days: int = 1, **more: Any
) -> Appointment:
    at = timezone.now()
    start = at + timedelta(days=days)
    said = {"kind": "visit", "place": "Home", "zone": "UTC", "made_at": at, "changed_at": at} | more
    row = Appointment.objects.create(
        client=person, episode=episode, starts_at=start, ends_at=start + timedelta(minutes=30), **said
    )
    AppointmentWorker.objects.create(appointment=row, staff=staff, starts_at=start)
    return row


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def transfer(page: Client, episode: Episode, **said: Any) -> Any:
    values = {"form_id": new_id(), "on": agency_today().isoformat(), "reason": "Leaves", "note": ""} | said
    return page.post(f"/clients/{episode.person_id}/programs/{episode.pk}/transfer/", values)


def test_the_page_asks_which_stay_and_the_hand_over_lists_what_is_ahead(
    boss: Staff, old: Staff, new: Staff, person: Person, episode: Episode
) -> None:
    page = browser(boss)
    goes = agreed(old, person, episode, 2, title="Intake papers")
    stays = agreed(old, person, episode, 3, title="Good-bye")
    weekly = Series.objects.create(every=1, unit="week", until=agency_today() + timedelta(days=60))
    for days in (4, 11, 18):
        agreed(old, person, episode, days, title="Group", series=weekly)
    shown = page.get(f"/clients/{person.pk}/programs/{episode.pk}/transfer/").content.decode()
    assert f'value="{goes.pk}"' in shown
    assert f'value="{stays.pk}"' in shown
    assert shown.count(f'value="{weekly.pk}"') == 1
    assert shown.count("and 2 more of the series") == 1
    answer = transfer(page, episode, to_staff=new.pk, staying=[stays.pk])
    assert answer.status_code == 302
    assert set(goes.workers.all()) == {new}
    assert set(stays.workers.all()) == {old}
    row = Assignment.objects.get(staff=new)
    told = words(browser(new).get(f"/clients/{person.pk}/hand-over/{row.pk}/"))
    ahead = told[told.index("Appointments ahead") :]
    assert re.search(r"Intake papers, Home\s+(?!with)", ahead)
    assert "Good-bye, Home with Ana Ruiz" in ahead
    assert ahead.count("Group") == 1
    assert Appointment.objects.filter(series=weekly, workers=new).count() == 3


def test_a_busy_new_worker_is_shown_and_confirmed(
    boss: Staff, old: Staff, new: Staff, person: Person, episode: Episode
) -> None:
    page = browser(boss)
    row, secret = agreed(old, person, episode), agreed(new, client_of(StaffFactory(), None, given="Secret"))
    answer = transfer(page, episode, to_staff=new.pk)
    assert answer.status_code == 422
    assert "Already in the calendar at that time" in words(answer)
    assert "Busy" in words(answer)
    assert "Secret" not in words(answer)
    assert set(row.workers.all()) == {old}
    assert transfer(page, episode, to_staff=new.pk, asked="1", confirmed="on").status_code == 302
    assert set(row.workers.all()) == {new}
    assert set(secret.workers.all()) == {new}


def test_a_whole_caseload_says_what_went_along_and_what_collides(
    boss: Staff, old: Staff, new: Staff, person: Person, episode: Episode
) -> None:
    agreed(old, person, episode)
    agreed(new, None)
    values = {"from_staff": old.pk, "to_staff": new.pk, "on": agency_today().isoformat(), "reason": "Leaves"}
    answer = browser(boss).post("/settings/hand-over/", {"form_id": new_id(), "everyone": "on", **values}, follow=True)
    assert "1 appointment went along. At one of these times Ben Cole has something else already" in words(answer)


def test_the_cover_sees_them_on_the_days_and_nobody_else_does(
    old: Staff, new: Staff, person: Person, episode: Episode
) -> None:
    row = agreed(old, person, episode, 0, title="Vouchers")
    agreed(old, None, title="Team lunch")
    agreed(old, person, episode, 1, title="Tomorrow")
    today = agency_today()
    assert "Vouchers" not in words(browser(new).get("/calendar/"))
    cover(absent=old, colleague=new, starts_on=today, ends_on=today, by=system())
    page = browser(new)
    for path in ("/calendar/", "/day/"):
        said = words(page.get(path))
        assert "for Ana Ruiz" in said
        assert "Lu Ferreira" in said
        assert "Tomorrow" not in said
        assert "Team lunch" not in said
    assert page.get(f"/clients/{person.pk}/calendar/{row.pk}/").status_code == 200
    assert page.post(f"/clients/{person.pk}/calendar/{row.pk}/settle/", {"state": "kept"}).status_code == 302
    assert "for Ana Ruiz" not in words(browser(StaffFactory()).get("/calendar/"))


def test_days_away_list_what_is_agreed_and_where_the_colleague_is_busy(
    old: Staff, new: Staff, person: Person, episode: Episode
) -> None:
    agreed(old, person, episode)
    agreed(new, None)
    tomorrow = agency_today() + timedelta(days=1)
    cover(absent=old, colleague=new, starts_on=agency_today(), ends_on=tomorrow, by=system())
    said = words(browser(old).get("/cover/"))
    assert "1 appointment on these days" in said
    assert "Ben Cole has something else then" in said


def test_the_notice_leads_to_the_appointment_or_to_the_day_when_it_names_nobody(
    boss: Staff, old: Staff, new: Staff, person: Person, episode: Episode
) -> None:
    day = agency_today() + timedelta(days=2)
    values = {"kind": "visit", "day": day.isoformat(), "start": "10:00", "end": "11:00", "unit": ""}
    page = browser(old)
    said = {"form_id": new_id(), "workers": [old.pk, new.pk], "episode": episode.pk, **values}
    assert page.post(f"/clients/{person.pk}/calendar/new/", said).status_code == 302
    Assignment.objects.create(
        client=person, staff=new, kind="secondary", starts_on=agency_today(), given_at=timezone.now()
    )
    shown = browser(new).get("/notices/").content.decode()
    assert "Ana Ruiz put you on an appointment" in shown
    assert "Lu Ferreira" in shown
    assert f"/clients/{person.pk}/calendar/{said['form_id']}/" in shown

    quiet = enrolled(system(), agency_today() - timedelta(days=9), RECOVERY, person=person, staff=old)
    said |= {"form_id": new_id(), "start": "14:00", "end": "15:00", "episode": quiet.pk}
    Notice.objects.all().delete()
    assert page.post(f"/clients/{person.pk}/calendar/new/", said).status_code == 302
    seat = browser(new)
    shown = seat.get("/notices/").content.decode()
    assert "Ana Ruiz put you on an appointment" in shown
    assert "Ferreira" not in shown
    assert f"/calendar/{said['form_id']}/" in shown
    led = seat.get(f"/calendar/{said['form_id']}/")
    assert led.headers["Location"] == f"/calendar/?day={day.isoformat()}"
    assert "Busy" in words(seat.get(led.headers["Location"]))
    assert browser(StaffFactory()).get(f"/calendar/{said['form_id']}/").status_code == 404
