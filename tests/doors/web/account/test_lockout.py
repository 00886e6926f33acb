"""Lock-out: five failures for one account from one address, fifty from one address."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from goldthread.foundation.audit.models import Event
from tests.doors.web.account.helpers import sign_in
from tests.factories import PASSWORD, AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db
WRONG = "not the right password"


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    AgencyFactory()
    with time_machine.travel(datetime(2026, 11, 19, 15, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def fail(client, staff, times, **more):
    for _ in range(times):
        answer = sign_in(client, staff, WRONG, **more)
    return answer


def test_four_failures_do_not_lock(client):
    staff = StaffFactory()
    assert fail(client, staff, 4).status_code == 200
    assert sign_in(client, staff).status_code == 302


def test_the_fifth_failure_locks_also_the_right_password_and_says_until_when(client, clock):
    staff = StaffFactory()
    answer = fail(client, staff, 5)
    assert answer.status_code == 429
    assert "locked for 15 minutes" in answer.content.decode()
    assert answer["Retry-After"] == "900"
    clock.shift(timedelta(minutes=10, seconds=1))
    answer = sign_in(client, staff)
    assert answer.status_code == 429
    assert "locked for 5 minutes" in answer.content.decode()
    assert Event.objects.filter(action="accounts.locked_out").count() == 2


def test_fifteen_minutes_later_the_right_password_works_though_one_knocked_meanwhile(client, clock):
    staff = StaffFactory()
    fail(client, staff, 5)
    clock.shift(timedelta(minutes=14))
    assert sign_in(client, staff).status_code == 429
    clock.shift(timedelta(minutes=1, seconds=1))
    assert sign_in(client, staff).status_code == 302


def test_success_sets_the_count_back(client):
    staff = StaffFactory()
    fail(client, staff, 4)
    sign_in(client, staff)
    client.post("/account/sign-out/")
    assert fail(client, staff, 4).status_code == 200


def test_the_same_person_can_sign_in_from_elsewhere(client):
    staff = StaffFactory()
    fail(client, staff, 5)
    answer = client.post(
        "/account/sign-in/", {"login": staff.user.email, "password": PASSWORD}, REMOTE_ADDR="198.51.100.7"
    )
    assert answer.status_code == 302


def test_an_email_without_an_account_locks_alike(client):
    for _ in range(5):
        answer = client.post("/account/sign-in/", {"login": "nobody@example.org", "password": WRONG})
    assert answer.status_code == 429


def test_fifty_failures_from_one_address_lock_the_address(client):
    people = StaffFactory.create_batch(13)
    for staff in people[:12]:
        fail(client, staff, 4)  # 48
    assert fail(client, people[12], 1).status_code == 200  # 49
    assert fail(client, people[12], 1).status_code == 429  # 50
    assert sign_in(client, StaffFactory()).status_code == 429


def test_behind_one_proxy_the_address_is_the_one_the_proxy_wrote(client, settings):
    settings.PROXIES = 1
    staff = StaffFactory()
    for number in range(5):  # the caller invents a new address each time; the proxy adds the true one
        answer = client.post(
            "/account/sign-in/",
            {"login": staff.user.email, "password": WRONG},
            headers={"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.7"},
        )
    assert answer.status_code == 429


def test_without_a_proxy_a_claimed_address_is_not_believed(client):
    staff = StaffFactory()
    for number in range(5):
        answer = client.post(
            "/account/sign-in/",
            {"login": staff.user.email, "password": WRONG},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )
    assert answer.status_code == 429


def test_addresses_of_one_ipv6_network_count_as_one(client):
    staff = StaffFactory()
    for number in range(5):
        answer = client.post(
            "/account/sign-in/", {"login": staff.user.email, "password": WRONG}, REMOTE_ADDR=f"2001:db8::{number + 1}"
        )
    assert answer.status_code == 429


def test_nothing_that_was_typed_stays_in_the_counts(client):
    from axes.models import AccessAttempt

    fail(client, StaffFactory(), 1, next="/clients/0190aaaa/")
    kept = AccessAttempt.objects.get()
    assert WRONG not in kept.post_data
    assert "/clients/" not in kept.post_data
