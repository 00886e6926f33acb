"""The morning mail: on time, once, to whom it concerns, and with nothing of anybody in it."""

import re
import threading
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client

from goldthread.casework.caseload.actions.covering import cover
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task
from goldthread.doors.jobs import queue, worker
from goldthread.doors.morning import sending
from goldthread.doors.morning.tasks import mail_the_morning
from goldthread.foundation.agency.models import Agency, ClosedDay
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import CANARIES, browser, make_world
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of
from tests.factories import AgencyFactory, AssignmentFactory, StaffFactory, TeamFactory, viewer_of

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 19)
SEVEN = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
"""7:00 in New York, where clocks are five hours behind UTC in November."""


def by_at(at: datetime, day: date = THURSDAY) -> Actor:
    return Actor(at=at, today=day, request="test")


@pytest.fixture
def agency() -> Agency:
    made: Agency = AgencyFactory(time_zone="America/New_York", holiday_country="US")
    return made


@pytest.fixture
def renee(agency: Agency) -> Staff:
    made: Staff = StaffFactory(name="Renée Okafor", team=TeamFactory())
    return made


@pytest.fixture
def marcus(renee: Staff) -> Person:
    return client_of(renee, renee.memberships.get().team, given="Marcus", family="Ellery")


def task(owner: Staff, due: date = THURSDAY, client: Person | None = None, title: str = "Home visit") -> None:
    make_task(title=title, owner=owner, client=client, due_on=due, by=by_at(SEVEN))


def to_whom() -> list[str]:
    return [message.to[0] for message in mail.outbox]


@pytest.mark.parametrize(
    ("at", "zone", "sent"),
    [
        (datetime(2026, 11, 19, 11, 59, tzinfo=UTC), "America/New_York", False),  # 6:59
        (datetime(2026, 11, 19, 12, 0, tzinfo=UTC), "America/New_York", True),  # 7:00
        (datetime(2026, 11, 19, 16, 59, tzinfo=UTC), "America/New_York", True),  # 11:59: the worker was started late
        (datetime(2026, 11, 19, 17, 0, tzinfo=UTC), "America/New_York", False),  # noon
        (datetime(2026, 11, 19, 12, 0, tzinfo=UTC), "America/Los_Angeles", False),  # 4:00
        (datetime(2026, 11, 18, 17, 0, tzinfo=UTC), "Pacific/Guam", False),  # Thursday, 3:00
        (datetime(2026, 11, 18, 21, 0, tzinfo=UTC), "Pacific/Guam", True),  # Thursday, 7:00
        (
            datetime(2026, 3, 9, 11, 0, tzinfo=UTC),
            "America/New_York",
            True,
        ),  # the Monday after clocks went forward: 7:00
        (datetime(2026, 3, 6, 11, 0, tzinfo=UTC), "America/New_York", False),  # the Friday before: 6:00
        (datetime(2026, 11, 2, 11, 0, tzinfo=UTC), "America/New_York", False),  # the Monday after they went back: 6:00
        (datetime(2026, 10, 30, 11, 0, tzinfo=UTC), "America/New_York", True),  # the Friday before: 7:00
        (datetime(2026, 11, 21, 13, 0, tzinfo=UTC), "America/New_York", False),  # Saturday
        (datetime(2026, 11, 26, 13, 0, tzinfo=UTC), "America/New_York", False),  # Thanksgiving
    ],
)
def test_it_is_time_in_the_morning_of_a_worked_day_on_the_agencys_clock(at: datetime, zone: str, sent: bool) -> None:
    assert sending.is_time(AgencyFactory(time_zone=zone, holiday_country="US"), at) is sent


def test_days_on_which_clocks_change_have_their_hour_where_the_agency_works_on_sundays(agency: Agency) -> None:
    for day in (date(2026, 3, 8), date(2026, 11, 1)):
        ClosedDay.objects.create(day=day, name="Open Sunday", open=True)
    assert not sending.is_time(agency, datetime(2026, 3, 8, 10, 59, tzinfo=UTC))
    assert sending.is_time(agency, datetime(2026, 3, 8, 11, 0, tzinfo=UTC))  # already four hours behind
    assert not sending.is_time(agency, datetime(2026, 11, 1, 11, 59, tzinfo=UTC))
    assert sending.is_time(agency, datetime(2026, 11, 1, 12, 0, tzinfo=UTC))  # five again


def test_the_agency_chooses_the_hour_or_none(agency: Agency) -> None:
    agency.mail_hour = 9
    assert not sending.is_time(agency, SEVEN + timedelta(hours=1))
    assert sending.is_time(agency, SEVEN + timedelta(hours=2))
    agency.mail_hour = None
    assert not sending.is_time(agency, SEVEN)


def test_whoever_has_something_due_gets_one_mail_and_only_one(renee: Staff) -> None:
    idle: Staff = StaffFactory()
    task(renee)
    assert sending.send_some(by_at(SEVEN)) is False
    assert to_whom() == [renee.user.email]
    sending.send_some(by_at(SEVEN + timedelta(minutes=5)))
    task(idle)  # given at nine: it stands on My day, not in a mail of the morning
    sending.send_some(by_at(SEVEN + timedelta(hours=2)))
    assert to_whom() == [renee.user.email]
    sending.send_some(by_at(SEVEN + timedelta(days=1), date(2026, 11, 20)))
    assert sorted(to_whom()) == sorted([renee.user.email, renee.user.email, idle.user.email])


def test_before_the_hour_nobodys_turn_is_taken(renee: Staff) -> None:
    task(renee)
    sending.send_some(by_at(SEVEN - timedelta(hours=1)))
    sending.send_some(by_at(SEVEN + timedelta(hours=3)))  # the worker was stopped meanwhile
    assert to_whom() == [renee.user.email]


def test_nobody_is_mailed_who_is_off_switched_it_off_or_left_or_is_away(renee: Staff, marcus: Person) -> None:
    off, left, disabled = StaffFactory(morning_mail_days=0), StaffFactory(ended_on=date(2026, 11, 18)), StaffFactory()
    fridays: Staff = StaffFactory(morning_mail_days=16)
    roleless: Staff = StaffFactory(role=None)
    andre: Staff = StaffFactory()
    for one in (off, left, disabled, fridays, roleless):
        task(one)
    disabled.user.is_active = False
    disabled.user.save()
    task(renee, client=marcus)
    cover(absent=renee, colleague=andre, starts_on=THURSDAY, ends_on=THURSDAY, by=by_at(SEVEN))
    mail.outbox.clear()
    sending.send_some(by_at(SEVEN))
    assert to_whom() == [andre.user.email]  # with what he covers
    assert "1 due today" in str(mail.outbox[0].body)
    sending.send_some(by_at(SEVEN + timedelta(days=1), date(2026, 11, 20)))
    assert set(to_whom()[1:]) == {renee.user.email, fridays.user.email}


def test_work_is_done_in_turns_so_that_other_jobs_get_theirs(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, renee: Staff
) -> None:
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    others: list[Staff] = StaffFactory.create_batch(2)
    for one in (renee, *others):
        task(one)
    assert sending.send_some(by_at(SEVEN)) is True
    assert len(mail.outbox) == 2
    assert sending.send_some(by_at(SEVEN)) is False
    assert len(set(to_whom())) == 3


def test_the_job_queues_what_is_left(monkeypatch: pytest.MonkeyPatch, renee: Staff) -> None:
    monkeypatch.setattr(sending, "AT_ONCE", 1)
    other: Staff = StaffFactory()
    task(renee)
    task(other)
    with time_machine.travel(SEVEN, tick=False):
        mail_the_morning.enqueue()
        worker.run_all()
    assert len(set(to_whom())) == 2


def test_a_server_that_is_away_costs_nobody_their_mail(renee: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: Any) -> None:
        raise ConnectionRefusedError

    task(renee)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", away)
        with pytest.raises(ConnectionRefusedError):
            sending.send_some(by_at(SEVEN))
    sending.send_some(by_at(SEVEN + timedelta(minutes=5)))
    assert to_whom() == [renee.user.email]


def test_a_server_that_says_no_is_asked_again_and_one_address_that_is_wrong_stops_nobody(
    renee: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    task(renee)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", _raises(SMTPSenderRefused(421, b"later", "us")))
        with pytest.raises(SMTPSenderRefused):
            sending.send_some(by_at(SEVEN))
        renee.refresh_from_db()
        assert renee.morning_mail_on is None
        patch.setattr(EmailBackend, "send_messages", _raises(SMTPRecipientsRefused({})))
        assert sending.send_some(by_at(SEVEN)) is False
    sending.send_some(by_at(SEVEN))
    assert mail.outbox == []


def _raises(error: Exception) -> Any:
    def send(*args: Any) -> int:
        raise error

    return send


def test_a_mail_lost_between_its_turn_and_the_server_is_sent_later_that_morning_under_the_same_id(
    renee: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in between, nobody knows whether it went: twenty minutes later it goes (again), as what mail programs know as one."""
    task(renee)
    sent: list[Any] = []

    def killed(server: Any, letters: list[Any]) -> int:
        sent.extend(letters)
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", killed)
        with pytest.raises(SystemExit):
            sending.send_some(by_at(SEVEN))
    sending.send_some(by_at(SEVEN + timedelta(minutes=19)))
    assert mail.outbox == []
    sending.send_some(by_at(SEVEN + timedelta(minutes=20)))
    sending.send_some(by_at(SEVEN + timedelta(minutes=41)))
    assert to_whom() == [renee.user.email]
    first, again = (letter.message()["Message-ID"] for letter in (*sent, *mail.outbox))
    assert first == again


def test_a_server_that_breaks_off_is_asked_again_and_what_stays_until_noon_is_not_sent(
    renee: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    task(renee)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", _raises(SMTPServerDisconnected()))
        with pytest.raises(SMTPServerDisconnected):
            sending.send_some(by_at(SEVEN + timedelta(hours=4, minutes=45)))
    sending.send_some(by_at(SEVEN + timedelta(hours=5, minutes=5)))
    assert mail.outbox == []
    sending.send_some(by_at(SEVEN + timedelta(days=1), date(2026, 11, 20)))
    assert to_whom() == [renee.user.email]


@pytest.mark.django_db(transaction=True)
def test_two_workers_who_race_send_one_mail(renee: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    task(renee)
    both = threading.Barrier(2)
    counted = sending.counts_of

    def together(viewer: Any) -> Any:
        found = counted(viewer)
        both.wait(20)  # both have read that it is her turn
        return found

    monkeypatch.setattr(sending, "counts_of", together)
    schema = getattr(connection, "schema_name", "")
    errors: list[BaseException] = []

    def run() -> None:
        try:
            with queue.within(schema):
                sending.send_some(by_at(SEVEN))
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []
    assert to_whom() == [renee.user.email]


def test_its_words_are_the_readers_and_hold_no_name(renee: Staff, marcus: Person) -> None:
    renee.user.language = "es"
    renee.user.save()
    task(renee, client=marcus, title="Llamar a Marcus")
    task(renee, THURSDAY - timedelta(days=3), marcus)
    sending.send_some(by_at(SEVEN))
    letter: Any = mail.outbox[0]
    text = letter.subject + letter.body + letter.alternatives[0][0]
    assert "1 atrasada" in letter.body
    assert '<html lang="es">' in letter.alternatives[0][0]
    for name in ("Marcus", "Ellery", "Okafor", "Renée", "Home visit", "Llamar"):
        assert name not in text
    assert not re.search(r"\d", letter.subject)


def test_the_numbers_are_those_of_my_day(renee: Staff, marcus: Person) -> None:
    today = agency_today()
    for days in (-40, -3, -1, 0, 0, 2, 7, 8):
        make_task(title="x", owner=renee, client=marcus, due_on=today + timedelta(days=days), by=by_at(SEVEN, today))
    AssignmentFactory(client=client_of(renee, renee.memberships.get().team), staff=renee, kind="secondary")
    viewer = viewer_of(renee, today, datetime.now(UTC))
    counts = sending.counts_of(viewer)
    page: Client = browser(renee)
    context = page.get("/day/").content.decode()
    assert (counts.overdue, counts.today, counts.week) == (3, 2, 2)
    assert "3 overdue" in context
    assert "2 due today" in context
    assert re.search(r'id="week"[^>]*>.*?<span class="count">2</span>', context, re.S)


def test_a_supervisor_is_told_how_many_are_late_in_the_team(agency: Agency, renee: Staff, marcus: Person) -> None:
    boss: Staff = StaffFactory(role=Role.SUPERVISOR, team=renee.memberships.get().team)
    task(renee, THURSDAY - timedelta(days=3), marcus)
    Task.objects.update(escalate_on=THURSDAY - timedelta(days=1))
    sending.send_some(by_at(SEVEN))
    letter = next(message for message in mail.outbox if message.to == [boss.user.email])
    assert "1 late in your team" in str(letter.body)


def test_of_a_world_full_of_names_none_is_in_any_mail() -> None:
    world = make_world()
    yesterday = agency_today() - timedelta(days=1)
    Task.objects.update(owner=world.worker, due_on=yesterday, escalate_on=yesterday)
    everybody: list[Staff] = [world.worker, *(world.staff(role, "supervisor_of") for role in (Role.SUPERVISOR,))]
    names = {
        *CANARIES.values(),
        world.team.name,
        world.rows["program"].name,
        "Dana",
        *Staff.objects.values_list("name", flat=True),
    }
    for one in everybody:
        viewer = viewer_of(one, agency_today(), world.now)
        counts = sending.counts_of(viewer)
        assert counts
        letter = sending.letter_to(viewer, counts)
        told = f"{letter.subject} {letter.body} {letter.alternatives[0][0]}"
        assert [name for name in names if name and name.lower() in told.lower()] == []
