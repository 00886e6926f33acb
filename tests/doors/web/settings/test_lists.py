"""Lists of the settings cost the same however long they are; what is undone, retried and told there."""

import re
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from goldthread.casework.caseload.models import Assignment
from goldthread.doors.jobs import queue
from goldthread.doors.web.settings.agency import JOBS
from goldthread.foundation.agency.models import ClosedDay
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.notices import tell
from tests.clock import agency_today
from tests.databases import in_public
from tests.doors.jobs import samples
from tests.doors.web.account.helpers import sign_in
from tests.factories import AgencyFactory, AssignmentFactory, PersonFactory, SiteFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agency():
    cache.clear()
    return AgencyFactory(holiday_country="US", holiday_region="MA")


@pytest.fixture
def gloria(client):
    """An administrator, signed in; a second one exists."""
    StaffFactory(role=Role.ADMINISTRATOR)
    staff = StaffFactory(role=Role.ADMINISTRATOR, name="Gloria Nakamura")
    sign_in(client, staff)
    return staff


def cost(client, address):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len([query for query in caught if ' FROM "' in query["sql"]])  # not what issues the agency's role and path


# four find out who looks, one counts the unseen notices; the rest is the list's own
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/settings/", 5),
        ("/settings/sites/", 7),
        ("/settings/teams/", 7),
        ("/settings/staff/", 10),
        ("/settings/days/", 7),
        ("/settings/roles/", 5),
        ("/settings/jobs/", 6),
        ("/notices/", 7),
    ],
)
def test_a_list_costs_the_same_however_long(client, gloria, actor, address, queries):
    def more():
        for _ in range(3):
            team = TeamFactory(site=SiteFactory())
            head = StaffFactory(role=Role.SUPERVISOR, team=team, site=team.site)
            StaffFactory(team=team, site=team.site)
            tell(to=[gloria], kind="staff_left", by=actor, about_staff=head.pk)
            samples.always_fails.enqueue()
        for number in range(3):
            day = agency_today().replace(month=3, day=2 + ClosedDay.objects.count() + number)
            ClosedDay.objects.get_or_create(day=day, defaults={"name": "Ours"})
        with in_public():
            DBTaskResult.objects.update(status="FAILED", finished_at=actor.at)

    more()
    client.get(address)
    first = cost(client, address)
    more()
    assert cost(client, address) == first
    assert first <= queries


def test_a_removed_day_can_be_put_back(client, gloria):
    day = ClosedDay.objects.create(day="2026-06-05", name="Staff picnic")
    answer = client.post(reverse("settings:day_remove", args=[day.pk]), follow=True)
    page = answer.content.decode()
    assert "Staff picnic" in page
    assert not ClosedDay.objects.exists()
    token = re.search(r'name="undo" value="([^"]+)"', page)[1]
    answer = client.post(reverse("settings:day_restore"), {"undo": token})
    assert answer["Location"].endswith("?year=2026")
    assert ClosedDay.objects.get() == day
    client.post(reverse("settings:day_restore"), {"undo": token})  # twice is once
    assert ClosedDay.objects.count() == 1
    assert client.post(reverse("settings:day_restore"), {"undo": token + "x"}).status_code == 302


def test_a_role_and_a_place_with_a_last_day_can_end_sooner(client, gloria, today):
    later = agency_today() + timedelta(days=60)
    sooner = agency_today() + timedelta(days=10)
    worker = StaffFactory(team=TeamFactory())
    role, place = worker.roles.get(), worker.memberships.get()
    for row in (role, place):
        row.ends_on = later
        row.save()
    page = client.get(reverse("settings:staff_page", args=[worker.pk])).content.decode()
    assert "End sooner" in page
    assert "Leave sooner" in page
    for name, row in (("role_end", role), ("team_leave", place)):
        sent = {"form_id": str(new_id()), "last_day": sooner.isoformat()}
        assert client.post(reverse(f"settings:{name}", args=[row.pk]), sent).status_code == 302
        row.refresh_from_db()
        assert row.ends_on == sooner


def test_all_of_more_than_three_hundred_are_handed_over(client):
    team = TeamFactory()
    head = StaffFactory(role=Role.SUPERVISOR, team=team)
    renee, andre = StaffFactory(team=team), StaffFactory(team=team)
    for _ in range(302):
        AssignmentFactory(staff=renee, team=team)
    last = AssignmentFactory(staff=renee, team=team, client=PersonFactory(given="Zuza", family="Zzyzx"))
    sign_in(client, head)
    page = client.get(f"/settings/hand-over/?from={renee.pk}").content.decode()
    assert "The first 300 of 303." in page
    fields = {
        "form_id": str(new_id()),
        "from_staff": str(renee.pk),
        "to_staff": str(andre.pk),
        "on": agency_today().isoformat(),
        "reason": "Leave",
    }
    assert client.post("/settings/hand-over/", fields | {"client": [str(last.client_id)]}).status_code == 302
    assert client.post("/settings/hand-over/", fields | {"everyone": "on"}).status_code == 302
    assert Assignment.objects.filter(staff=andre).count() == 303


def test_every_job_has_words():
    rooms = Path(import_module("goldthread").__file__).parent
    modules = [
        ".".join(("goldthread", *file.relative_to(rooms).with_suffix("").parts)) for file in rooms.rglob("tasks.py")
    ]
    jobs = {
        task.module_path for name in modules for task in vars(import_module(name)).values() if isinstance(task, Task)
    }
    assert jobs
    assert jobs <= set(JOBS)


def test_a_failed_job_is_named_and_tried_again(client, gloria):
    notice = tell(to=[StaffFactory()], kind="one", by=Actor(at=datetime.now(UTC), today=agency_today()))[0]
    from goldthread.foundation.workforce.tasks import mail_notice

    job = mail_notice.enqueue(str(notice.pk)).id
    with in_public():
        DBTaskResult.objects.filter(pk=job).update(
            status="FAILED",
            finished_at=datetime.now(UTC),
            worker_ids=list("12345"),
            exception_class_path="smtplib.SMTPError",
        )
    page = client.get("/settings/jobs/").content.decode()
    assert "Mail that there is a notice" in page
    assert "after 5 tries" in page
    assert str(notice.pk) not in page
    client.post(reverse("settings:job_retry", args=[job]))
    with in_public():
        assert queue.claim("w").pk == DBTaskResult.objects.get(pk=job).pk
    assert "Nothing has failed" in client.get("/settings/jobs/").content.decode()


def test_a_notice_opens_what_it_is_about_for_who_may(client, actor):
    team = TeamFactory()
    head = StaffFactory(role=Role.SUPERVISOR, team=team)
    renee = StaffFactory(name="Renee Baptiste", team=team)
    person = AssignmentFactory(staff=renee, team=team, client=PersonFactory(given="Lucia", family="Marquez")).client
    stranger = PersonFactory(given="Otto", family="Unseen", client_number=None)
    for kind, about in (("glass_broken", person.pk), ("block_tried", stranger.pk), ("staff_left", None)):
        tell(to=[head], kind=kind, by=actor, about_staff=renee.pk, about_person=about)
    tell(to=[head], kind="audit_unsealed", by=actor)
    sign_in(client, head)
    page = client.get("/notices/").content.decode()
    assert "Renee Baptiste broke the glass to open a record" in page
    assert "Lucia" in page
    assert "Unseen" not in page
    for address in (reverse("audit:glass"), reverse("audit:worker", args=[renee.pk]), f"?from={renee.pk}"):
        assert address in page
    assert reverse("settings:jobs") not in page  # a supervisor does not look after jobs
