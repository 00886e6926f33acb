"""Enrolling and what follows, through the pages, without JavaScript."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.casework.caseload.actions import enrol
from goldthread.casework.caseload.models import Assignment, Cover
from goldthread.casework.episodes.models import Episode, Pause
from goldthread.casework.schedule import actions as schedule
from goldthread.casework.tasks.models import Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff
from goldthread.people.persons.models import Household, HouseholdMember, Person
from tests.access.world import browser
from tests.casework.caseload.programs import FAMILIES, enrolled, program
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import LONG_AGO, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


def system() -> Actor:
    now = timezone.now()
    return Actor(at=now, today=agency_today())


@pytest.fixture
def boss() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def worker(boss: Staff) -> Staff:
    return StaffFactory(name="Ana Ruiz", team=boss.memberships.get().team)


@pytest.fixture
def client_record(boss: Staff, worker: Staff) -> Person:
    return client_of(worker, boss.memberships.get().team, given="Lu", family="Ferreira")


@pytest.fixture
def home(boss: Staff) -> Program:
    return program(system(), team=boss.memberships.get().team)


@pytest.fixture
def page(boss: Staff) -> Client:
    return browser(boss)


def send(page: Client, path: str, **values: Any) -> Any:
    return page.post(path, {"form_id": str(new_id()), **values})


def words(page: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.get(path).content.decode()))


def test_enroll_on_one_page(page: Client, client_record: Person, home: Program, worker: Staff) -> None:
    path = f"/clients/{client_record.pk}/programs/enroll/"
    fields = re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page.get(path).content.decode())
    own = [name for name in dict.fromkeys(fields) if name not in ("csrfmiddlewaretoken", "form_id", "version", "q")]
    assert len(own) <= 6
    form_id = new_id()
    values = {"program": home.pk, "enrolled_on": "2026-01-12", "referred_on": "", "staff": worker.pk}
    for _ in range(2):
        answer = page.post(path, {"form_id": form_id, **values})
        assert answer.headers["Location"] == f"/clients/{client_record.pk}/programs/"
    episode = Episode.objects.get()
    assert (episode.pk, episode.enrolled_on) == (form_id, date(2026, 1, 12))
    assert Assignment.objects.get(episode=episode).team == home.team
    shown = words(page, f"/clients/{client_record.pk}/programs/")
    assert f"{home.name} open" in shown
    assert "Ana Ruiz" in shown


def test_what_is_wrong_is_said_at_its_field_and_everything_typed_stays(
    page: Client, client_record: Person, home: Program
) -> None:
    path = f"/clients/{client_record.pk}/programs/enroll/"
    ahead = (agency_today() + timedelta(days=40)).isoformat()
    answer = send(page, path, program=home.pk, enrolled_on=ahead, referred_on="3/3/2026")
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "cannot be in the future" in body
    assert ahead in body
    assert "2026-03-03" in body, "as the browser's own date field wants it"
    assert not Episode.objects.exists()


def test_a_family_is_enrolled_together(page: Client, boss: Staff, client_record: Person, worker: Staff) -> None:
    families = program(system(), FAMILIES)
    house = Household.objects.create(name="Ferreira")
    child = client_of(worker, boss.memberships.get().team, given="Noor", family="Ferreira", birth_date=date(2019, 2, 1))
    elsewhere = PersonFactory(given="Far", family="Away")
    for one in (client_record, child, elsewhere):
        HouseholdMember.objects.create(household=house, person=one)
    path = f"/clients/{client_record.pk}/programs/enroll/"
    body = page.get(path).content.decode()
    assert "Noor Ferreira" in body
    assert "Far Away" not in body  # not this supervisor's
    send(page, path, program=families.pk, members=[client_record.pk, child.pk], enrolled_on="2026-01-12", staff="")
    episode = Episode.objects.get()
    assert episode.household == house
    assert {one.person: one.child for one in episode.members.all()} == {client_record: False, child: True}
    assert "together with Noor Ferreira" in words(page, f"/clients/{client_record.pk}/programs/").replace(" :", ":")
    assert Event.objects.filter(client=child.pk, action="client.listed").exists()


def test_pause_and_go_on(page: Client, client_record: Person, home: Program) -> None:
    episode = enrolled(system(), LONG_AGO, person=client_record)
    path = f"/clients/{client_record.pk}/programs/"
    assert send(page, f"{path}{episode.pk}/pause/", starts_on="2026-02-02", reason="").status_code == 422
    send(page, f"{path}{episode.pk}/pause/", starts_on="2026-02-02", reason="In hospital")
    assert "In hospital" in words(page, path)
    assert "(paused)" in words(page, f"/clients/{client_record.pk}/").replace(" )", ")").replace("( ", "(")
    send(page, f"{path}{episode.pk}/resume/", on="2026-02-10")
    assert Pause.objects.get().ends_on == date(2026, 2, 9)


def test_a_discharge_is_taken_back(page: Client, client_record: Person, home: Program) -> None:
    episode = enrolled(system(), LONG_AGO, person=client_record)
    path = f"/clients/{client_record.pk}/programs/"
    schedule.discharge(
        episode=episode, discharged_on=agency_today(), reason="goals-reached", note="Well done", by=system()
    )
    shown = words(page, path)
    assert "Goals reached" in shown
    assert "Well done" in shown
    page.post(f"{path}{episode.pk}/undo/")
    episode.refresh_from_db()
    assert episode.discharged_on is None


def test_a_transfer_and_the_page_the_new_worker_reads(
    page: Client, boss: Staff, client_record: Person, home: Program, worker: Staff
) -> None:
    episode = enrolled(system(), LONG_AGO, person=client_record, staff=worker)
    new = StaffFactory(name="Bo Lindqvist", team=boss.memberships.get().team)
    path = f"/clients/{client_record.pk}/programs/"
    today = agency_today().isoformat()
    send(page, f"{path}{episode.pk}/transfer/", to_staff=new.pk, on=today, reason="Leaves", note="Ring twice")
    row = Assignment.objects.get(staff=new)
    theirs = browser(new)
    assert "Ana Ruiz handed" in words(theirs, path)
    hand_over = f"/clients/{client_record.pk}/hand-over/{row.pk}/"
    shown = words(theirs, hand_over)
    assert "Ring twice" in shown
    task = Task.objects.filter(episode=episode, state="open").order_by("due_on").first()
    assert task
    assert task.title in shown
    assert f'href="{hand_over}"' in theirs.get("/notices/").content.decode()
    assert "has not read this yet" in words(page, hand_over)
    page.post(f"{hand_over}read/")
    row.refresh_from_db()
    assert row.read_at is None
    theirs.post(f"{hand_over}read/")
    row.refresh_from_db()
    assert row.read_at
    assert "read this" in words(page, hand_over)


def test_someone_elses_hand_over_is_not_there(page: Client, client_record: Person) -> None:
    row = Assignment.objects.get(client=client_record)  # nobody handed it over
    assert page.get(f"/clients/{client_record.pk}/hand-over/{row.pk}/").status_code == 404


def test_the_tab_asks_no_more_often_however_many_programs_there_have_been(
    page: Client, client_record: Person, home: Program, django_assert_max_num_queries: Any
) -> None:
    by = system()
    for number in range(6):
        start = date(2026, 1 + number, 1)
        made = enrol(program=home, person=client_record, enrolled_on=start, staff=StaffFactory(), by=by)
        Pause.objects.create(episode=made, starts_on=start, ends_on=start, reason="Away", made_at=by.at)
        end = start + timedelta(days=20)
        Episode.objects.filter(pk=made.pk).update(
            discharged_on=end, discharge_reason="moved", discharged_at=by.at - timedelta(days=30)
        )
    with django_assert_max_num_queries(24):
        assert page.get(f"/clients/{client_record.pk}/programs/").status_code == 200


def test_cover_arranged_by_the_worker_and_by_the_supervisor(page: Client, boss: Staff, worker: Staff) -> None:
    mate = StaffFactory(name="Bo Lindqvist", team=boss.memberships.get().team)
    stranger = StaffFactory(name="Far Away")
    mine, today = browser(worker), agency_today()
    body = mine.get("/cover/").content.decode()
    assert "Bo Lindqvist" in body
    assert "Far Away" not in body
    days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=2)).isoformat()}
    assert send(mine, "/cover/", colleague=stranger.pk, **days).status_code == 422
    assert send(mine, "/cover/", colleague=mate.pk, note="Call Lu first", **days).headers["Location"] == "/cover/"
    assert "Call Lu first" in words(browser(mate), "/cover/")
    assert set(Notice.objects.filter(kind="cover_arranged").values_list("to", flat=True)) == {boss.pk, mate.pk}
    assert "Ana Ruiz is away" in words(browser(mate), "/notices/")
    path = f"/cover/{worker.pk}/"
    assert "Far Away" in page.get(path).content.decode()  # a supervisor may ask somebody of another team
    page.post(f"{path}end/{Cover.objects.get().pk}/")
    assert Cover.objects.get().ends_on == today
    assert page.post(f"{path}end/{new_id()}/").status_code == 404
    assert browser(mate).get(path).status_code == 404
