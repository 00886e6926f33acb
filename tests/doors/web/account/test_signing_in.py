"""Sign-in: who comes in, who does not, and what stays behind."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldthread.doors.jobs import worker
from goldthread.foundation.accounts import actions
from goldthread.foundation.accounts.models import Session, User
from goldthread.foundation.audit.models import Event
from tests.doors.web.account.helpers import sign_in
from tests.factories import PASSWORD, AgencyFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agency():
    cache.clear()
    return AgencyFactory()


def noted(action):
    return Event.objects.filter(action=action)


def test_right_email_and_password_open_a_session_under_a_new_key(client):
    staff = StaffFactory()
    client.get("/account/sign-in/")
    answer = sign_in(client, staff)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert client.get("/me/").status_code == 200
    assert noted("accounts.signed_in").get().actor == staff.pk


def test_the_cookie_holds_the_key_only_and_the_row_knows_whose_it_is(client):
    staff = StaffFactory()
    sign_in(client, staff)
    cookie = client.cookies["goldthread"]
    assert Session.objects.get(session_key=cookie.value).user == staff.user.pk
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""  # ends with the browser


def test_capitals_in_the_email_do_not_matter(client):
    staff = StaffFactory()
    client.post("/account/sign-in/", {"login": staff.user.email.upper(), "password": PASSWORD})
    assert client.get("/me/").status_code == 200


def test_a_wrong_password_and_an_unknown_email_answer_alike(client):
    staff = StaffFactory()
    wrong = sign_in(client, staff, "not the right password")
    unknown = client.post("/account/sign-in/", {"login": "nobody@example.org", "password": "whatever it may be"})
    says = "This email and password do not belong together"
    assert says in wrong.content.decode()
    assert says in unknown.content.decode()
    assert noted("accounts.sign_in_failed").count() == 2
    assert "nobody@example.org" not in str(list(Event.objects.values()))


def test_nobody_signed_in_is_asked_to_and_returns_to_where_they_were(client):
    staff = StaffFactory()
    answer = client.get("/me/?a=1")
    assert answer["Location"] == "/account/sign-in/?next=%2Fme%2F%3Fa%3D1"
    assert sign_in(client, staff, next="/me/?a=1")["Location"] == "/me/?a=1"


def test_the_way_back_never_leads_to_another_site(client):
    assert sign_in(client, StaffFactory(), next="https://evil.example/")["Location"] == "/"


def test_there_is_no_sign_up_and_no_route_that_is_not_used(client):
    for path in ("/account/signup/", "/account/login/", "/account/email/", "/account/confirm-email/"):
        assert client.get(path).status_code == 404


def test_signing_out_ends_the_session_and_needs_a_form(client):
    sign_in(client, StaffFactory())
    assert client.get("/account/sign-out/").status_code == 405
    assert client.get("/me/").status_code == 200
    client.post("/account/sign-out/")
    assert client.get("/me/").status_code == 302
    assert Session.objects.filter(user__isnull=False).count() == 0
    assert noted("accounts.signed_out").count() == 1


def test_a_closed_account_is_told_so_only_with_its_password(client, actor):
    staff = StaffFactory()
    actions.disable(user=staff.user, by=actor)
    assert sign_in(client, staff)["Location"] == "/account/closed/"
    assert sign_in(client, staff, "not the right password").status_code == 200


def test_signing_out_everywhere_keeps_this_browser_and_ends_the_others(client):
    staff = StaffFactory()
    other = Client()
    sign_in(client, staff)
    sign_in(other, staff)
    answer = client.post("/me/sign-out-everywhere/", follow=True)
    assert "signed out everywhere else" in answer.content.decode()
    assert client.get("/me/").status_code == 200
    assert "why=elsewhere" in other.get("/me/")["Location"]


def test_a_changed_password_ends_the_other_sessions_and_is_told_by_mail(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    staff = StaffFactory()
    other = Client()
    sign_in(client, staff)
    sign_in(other, staff)
    new = "four other words entirely"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    worker.run_all()
    assert [mail.subject for mail in mailoutbox] == ["Your Goldthread password was changed"]
    assert sign_in(Client(), staff, new).status_code == 302


@pytest.mark.parametrize(
    "weak",
    [
        "fourteen chars",  # 14
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "123456789012345",
        "qwertyuiopasdfgh",
        "passwordpassword1",
        "Riverbend Family Services 1",
        "robin.worker@example.org",
        "RobinFlorez-2026",
    ],
)
def test_weak_passwords_are_refused(client, weak):
    staff = StaffFactory(name="Robin Florez", user__email="robin.worker@example.org")
    sign_in(client, staff)
    answer = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert answer.status_code == 200
    assert User.objects.get(pk=staff.user.pk).check_password(PASSWORD)


def test_passwords_are_kept_with_argon2():
    from goldthread import settings as ours

    assert ours.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_who_looks_costs_four_queries_session_agency_account_with_staff_roles_with_teams(client):
    team = TeamFactory()
    sign_in(client, StaffFactory(team=team))
    client.get("/me/")
    with CaptureQueriesContext(connection) as caught:
        answer = client.get("/me/kept/?from=/in")  # a page that asks for nothing of its own
    assert answer["Location"] == "/in"
    asked = [query["sql"] for query in caught if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SET"))]
    assert len(asked) == 4, asked
    for table, sql in zip(("accounts_session", "agency_agency", "accounts_user", "workforce_role"), asked, strict=True):
        assert table in sql
