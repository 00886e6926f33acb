"""The settings as an administrator, a supervisor and a worker meet them, over HTTP."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from goldthread.casework.caseload.models import Assignment
from goldthread.foundation.agency.models import Agency, ClosedDay, Site, Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff
from tests.doors.web.account.helpers import sign_in
from tests.factories import (
    AgencyFactory,
    AssignmentFactory,
    PersonFactory,
    SiteFactory,
    StaffFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agency():
    cache.clear()
    return AgencyFactory()


@pytest.fixture
def gloria(client):
    """An administrator, signed in; a second one exists."""
    StaffFactory(role=Role.ADMINISTRATOR)
    staff = StaffFactory(role=Role.ADMINISTRATOR, name="Gloria Nakamura")
    sign_in(client, staff)
    return staff


def send(client, page, /, *args, **fields):
    return client.post(reverse(f"settings:{page}", args=args), {"form_id": str(new_id())} | fields)


def profile(agency, **changed):
    values = {
        name: getattr(agency, name) for name in ("name", "client_word", "time_zone", "holiday_country", "version")
    }
    return values | {"languages": ["en", "es"], "default_language": "en"} | changed


def test_every_page_opens_for_an_administrator(client, gloria):
    TeamFactory()
    for name in ("overview", "profile", "days", "security", "sites", "teams", "staff", "roles", "jobs", "staff_new"):
        answer = client.get(reverse(f"settings:{name}"))
        assert answer.status_code == 200, name
        assert answer.content.count(b"btn primary") <= 1, name
    assert client.get(reverse("settings:hand_over")).status_code == 404


def test_the_profile_is_saved_and_read_back(client, gloria, agency):
    answer = send(client, "profile", **profile(agency, name="Riverbend House", client_word="participant"))
    assert answer.status_code == 302
    assert b"Riverbend House" in client.get(answer["Location"]).content
    assert Agency.objects.get().client_word == "participant"


def test_two_tabs_on_the_profile(client, gloria, agency):
    send(client, "profile", **profile(agency, name="First"))
    answer = send(client, "profile", **profile(agency, name="Second"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "First" in page
    assert 'value="Second"' in page
    assert Agency.objects.get().name == "First"
    send(client, "profile", **profile(agency, name="Second", version=2))
    assert Agency.objects.get().name == "Second"


def test_errors_keep_what_was_typed(client, gloria, agency):
    answer = send(client, "profile", **profile(agency, name="Kept words", default_language="es", languages=["en"]))
    assert answer.status_code == 422
    assert b"Kept words" in answer.content
    answer = send(client, "security", idle_minutes="3", session_hours="8", version="1")
    assert answer.status_code == 422
    assert b"Between 5 and 240" in answer.content


def test_a_closed_day_is_added_once_shown_and_removed(client, gloria):
    fields = {"form_id": str(new_id()), "day": "2027-11-26", "name": "Staff day"}
    for _twice in range(2):
        assert client.post(reverse("settings:days"), fields).status_code == 302
    row = ClosedDay.objects.get()
    assert b"Staff day" in client.get("/settings/days/?year=2027").content
    client.post(reverse("settings:day_remove", args=[row.pk]))
    assert not ClosedDay.objects.exists()


def test_sites_and_teams_from_new_to_closed_and_open_again(client, gloria):
    send(client, "site_new", name="Quay Street")
    site = Site.objects.get(name="Quay Street")
    send(client, "team_new", name="Harbor", site=str(site.pk))
    team = Team.objects.get()
    assert send(client, "site_close", site.pk, closed_on="2026-12-01").status_code == 422
    send(client, "team", team.pk, name="Harbor East", site=str(site.pk), version="1")
    send(client, "team_close", team.pk, closed_on="2026-12-01")
    send(client, "site_close", site.pk, closed_on="2026-12-01")
    assert Site.objects.get().closed_on == date(2026, 12, 1)
    send(client, "site_reopen", site.pk)
    send(client, "team_reopen", team.pk)
    assert Team.objects.get(name="Harbor East").closed_on is None
    send(client, "site", site.pk, name="Quay", version="3")
    assert b"Quay" in client.get(reverse("settings:sites")).content


def test_a_colleague_from_invitation_to_last_day(client, gloria):
    team = TeamFactory(name="Harbor")
    answer = send(
        client, "staff_new", name="Renee Baptiste", email="renee@example.org", started_on="2026-01-05",
        roles=["case_manager"], team=str(team.pk),
    )  # fmt: skip
    assert answer.status_code == 302
    renee = Staff.objects.get(name="Renee Baptiste")
    page = client.get(answer["Location"]).content.decode()
    assert "Case manager" in page
    assert "Harbor" in page
    assert send(client, "role_give", renee.pk, role="intake", starts_on="2026-01-05").status_code == 302
    assert send(client, "role_give", renee.pk, role="intake", starts_on="2026-01-05").status_code == 422
    send(client, "role_end", renee.roles.get(role="intake").pk, last_day="2026-02-01")
    send(client, "team_leave", renee.memberships.get().pk, last_day="2026-02-01")
    other = TeamFactory()
    send(client, "team_join", renee.pk, team=str(other.pk), starts_on="2026-02-02")
    send(client, "staff_edit", renee.pk, name="Renée Baptiste", version="1")
    send(client, "staff_invite", renee.pk)
    assert "→ Renée Baptiste" in client.get(reverse("settings:staff_page", args=[renee.pk])).content.decode()
    send(client, "staff_disable", renee.pk, last_day="2026-03-01")
    assert not Staff.objects.get(pk=renee.pk).user.is_active
    send(client, "staff_enable", renee.pk)
    assert Staff.objects.get(pk=renee.pk).user.is_active


def test_nobody_gives_themselves_a_role_or_switches_themselves_off(client, gloria):
    assert send(client, "role_give", gloria.pk, role="quality", starts_on="2026-01-05").status_code == 422
    assert send(client, "staff_disable", gloria.pk, last_day="2030-01-05").status_code == 422


def test_who_leaves_with_open_work_the_supervisor_is_told_and_no_client_is_named(client, gloria):
    team = TeamFactory()
    head, renee = StaffFactory(role=Role.SUPERVISOR, team=team), StaffFactory(team=team)
    AssignmentFactory(staff=renee, team=team, client=PersonFactory(given="Lucia", family="Marquez"))
    page = client.get(reverse("settings:staff_disable", args=[renee.pk])).content.decode()
    assert "Assigned to them: 1" in page
    assert "Marquez" not in page
    send(client, "staff_disable", renee.pk, last_day="2026-11-19")
    assert Notice.objects.get(to=head).about_staff == renee.pk
    assert Assignment.objects.get().ends_on is None


def test_a_supervisor_hands_over_all_or_chosen(client):
    team = TeamFactory()
    head = StaffFactory(role=Role.SUPERVISOR, team=team)
    renee, andre = StaffFactory(team=team), StaffFactory(team=team)
    one, two, three = (AssignmentFactory(staff=renee, team=team).client for _number in range(3))
    sign_in(client, head)
    assert "chip" in client.get(f"/settings/hand-over/?from={renee.pk}").content.decode()
    fields = {"from_staff": str(renee.pk), "to_staff": str(andre.pk), "on": "2026-11-19", "reason": "Leave"}
    assert send(client, "hand_over", **fields).status_code == 422
    assert send(client, "hand_over", **fields, client=[str(one.pk)]).status_code == 302
    assert {row.client for row in Assignment.objects.filter(staff=andre)} == {one}
    assert send(client, "hand_over", **fields, everyone="on").status_code == 302
    assert {row.client for row in Assignment.objects.filter(staff=andre)} == {one, two, three}


def test_a_supervisor_cannot_hand_over_another_teams_worker(client):
    head, stranger = StaffFactory(role=Role.SUPERVISOR, team=TeamFactory()), StaffFactory(team=TeamFactory())
    AssignmentFactory(staff=stranger)
    sign_in(client, head)
    fields = {
        "from_staff": str(stranger.pk),
        "to_staff": str(head.pk),
        "on": "2026-11-19",
        "reason": "x",
        "everyone": "on",
    }
    assert send(client, "hand_over", **fields).status_code == 422
    assert Assignment.objects.get().staff == stranger


def test_the_staff_list_is_found_by_its_address_and_paged(client, gloria):
    for number in range(55):
        StaffFactory(name=f"Worker {number:03}", site=SiteFactory() if number == 3 else None)
    first = client.get("/settings/staff/").content.decode()
    assert "Worker 000" in first
    assert "after=" in first
    assert "Worker 054" in client.get("/settings/staff/?q=054").content.decode()
    assert "Nobody matches" in client.get("/settings/staff/?q=zzz&role=billing&team=nonsense").content.decode()


def test_a_worker_sees_colleagues_and_changes_nothing(client):
    renee, andre = StaffFactory(), StaffFactory()
    sign_in(client, renee)
    page = client.get(reverse("settings:staff_page", args=[andre.pk])).content.decode()
    assert "Give a role" not in page
    assert client.get("/settings/profile/").status_code == 404
    assert send(client, "role_give", renee.pk, role="administrator", starts_on="2026-01-05").status_code == 404
    assert not renee.roles.filter(role="administrator").exists()
