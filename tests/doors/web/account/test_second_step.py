"""The second step: set up, asked for, recovered, and required by the agency."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from goldthread.foundation.audit.models import Event
from tests.doors.web.account.helpers import sign_in
from tests.factories import PASSWORD, AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db
SET_UP = "/account/second-step/set-up/"


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 19, 15, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up(client):
    page = client.get(SET_UP, follow=True)
    if "once more" in page.content.decode():
        page = client.post(page.request["PATH_INFO"], {"password": PASSWORD, "next": SET_UP}, follow=True)
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page.content.decode())[1].replace(" ", "")
    return secret, client.post(SET_UP, {"code": code_of(secret)})


def test_where_the_agency_asks_for_it_nothing_else_can_be_reached_until_it_is_set_up(client):
    AgencyFactory(mfa_required=True)
    sign_in(client, StaffFactory())
    assert client.get("/me/")["Location"] == SET_UP
    htmx = client.get("/me/", headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx["HX-Redirect"]) == (204, SET_UP)
    _secret, answer = set_up(client)
    assert answer["Location"] == "/account/second-step/codes/"
    assert client.get("/me/").status_code == 200
    assert Event.objects.filter(action="accounts.second_step_added").count() == 1


def test_one_can_sign_out_before_setting_it_up(client):
    AgencyFactory(mfa_required=True)
    sign_in(client, StaffFactory())
    assert client.post("/account/sign-out/")["Location"] == "/account/sign-in/"


def test_after_the_password_the_code_is_asked_and_opens_the_way_back(client, clock):
    AgencyFactory()
    staff = StaffFactory()
    sign_in(client, staff)
    secret, _answer = set_up(client)
    clock.shift(timedelta(minutes=2))
    other = Client()
    assert sign_in(other, staff, next="/me/?a=1")["Location"].startswith("/account/code/")
    assert other.get("/me/").status_code == 302
    assert other.post("/account/code/", {"code": "000000"}).status_code == 200
    answer = other.post("/account/code/", {"code": code_of(secret)})
    assert answer["Location"] == "/me/?a=1"
    assert other.get("/me/").status_code == 200


def test_a_code_works_once(client, clock):
    AgencyFactory()
    staff = StaffFactory()
    sign_in(client, staff)
    secret, _answer = set_up(client)
    clock.shift(timedelta(minutes=2))
    first, second = Client(), Client()
    for one in (first, second):
        sign_in(one, staff)
    assert first.post("/account/code/", {"code": code_of(secret)}).status_code == 302
    assert second.post("/account/code/", {"code": code_of(secret)}).status_code == 200


def test_wrong_codes_count_towards_the_lock(client, clock):
    AgencyFactory()
    staff = StaffFactory()
    sign_in(client, staff)
    secret, _answer = set_up(client)
    clock.shift(timedelta(minutes=2))
    other = Client()
    sign_in(other, staff)
    for _ in range(5):
        answer = other.post("/account/code/", {"code": "000000"})
    assert answer.status_code == 429
    assert other.post("/account/code/", {"code": code_of(secret)}).status_code == 429


def test_a_recovery_code_opens_once(client, clock):
    AgencyFactory()
    staff = StaffFactory()
    sign_in(client, staff)
    set_up(client)
    codes = re.findall(r"<code>(\d{8})</code>", client.get("/account/second-step/codes/").content.decode())
    assert len(codes) == 10
    for status in (302, 200):
        other = Client()
        sign_in(other, staff)
        assert other.post("/account/code/", {"code": codes[0]}).status_code == status
    left = re.findall(r"<code>(\d{8})</code>", client.get("/account/second-step/codes/").content.decode())
    assert left == codes[1:]


def test_new_recovery_codes_replace_the_old(client):
    AgencyFactory()
    sign_in(client, StaffFactory())
    set_up(client)
    before = client.get("/account/second-step/codes/").content
    client.post("/account/second-step/codes/new/")
    assert re.findall(rb"<code>(\d{8})</code>", client.get("/account/second-step/codes/").content) != re.findall(
        rb"<code>(\d{8})</code>", before
    )


def test_it_can_be_removed_where_the_agency_does_not_ask_for_it(client):
    AgencyFactory()
    sign_in(client, StaffFactory())
    set_up(client)
    assert client.post("/account/second-step/remove/")["Location"] == "/me/"
    assert Authenticator.objects.count() == 0
    assert Event.objects.filter(action="accounts.second_step_removed").count() == 1


def test_it_cannot_be_removed_where_the_agency_asks_for_it(client):
    AgencyFactory(mfa_required=True)
    sign_in(client, StaffFactory())
    set_up(client)
    page = client.post("/account/second-step/remove/")
    assert "cannot be removed" in page.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_the_secret_lies_encrypted(client):
    AgencyFactory()
    sign_in(client, StaffFactory())
    secret, _answer = set_up(client)
    assert secret not in str(list(Authenticator.objects.values()))


def test_a_long_session_must_give_the_password_once_more(client, clock):
    AgencyFactory()
    sign_in(client, StaffFactory())
    clock.shift(timedelta(minutes=11))
    assert client.get(SET_UP)["Location"].startswith("/account/confirm/")
    assert client.post("/account/confirm/", {"password": "not the right password"}).status_code == 200
    answer = client.post("/account/confirm/", {"password": PASSWORD, "next": SET_UP})
    assert answer["Location"] == SET_UP


def test_a_code_works_once_also_when_another_process_is_asked(client, clock):
    AgencyFactory()
    staff = StaffFactory()
    sign_in(client, staff)
    secret, _answer = set_up(client)
    clock.shift(timedelta(minutes=2))
    for expected in (302, 200):
        cache.clear()  # each process has a cache of its own
        other = Client()
        sign_in(other, staff)
        assert other.post("/account/code/", {"code": code_of(secret)}).status_code == expected


def test_the_code_that_set_it_up_opens_nothing_else(client):
    AgencyFactory()
    staff = StaffFactory()
    sign_in(client, staff)
    secret, _answer = set_up(client)
    cache.clear()
    other = Client()
    sign_in(other, staff)
    assert other.post("/account/code/", {"code": code_of(secret)}).status_code == 200
