"""Who is closed out while they work: no request that began after the commit may succeed. Real threads, real connections."""

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from goldthread.foundation.accounts import actions
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff
from tests.clock import agency_today
from tests.doors.web.account.helpers import sign_in
from tests.factories import AgencyFactory, StaffFactory

PAGE = "/me/kept/?from=/in"
BEGAN_LONG_AGO = date(2020, 1, 6)


def by() -> Actor:
    return Actor(at=datetime.now(UTC), today=agency_today(), request="race")


def close_account(staff: Staff) -> None:
    actions.disable(user=staff.user, by=by())


def end_work(staff: Staff) -> None:
    Staff.objects.filter(pk=staff.pk).update(ended_on=BEGAN_LONG_AGO)


def end_role(staff: Staff) -> None:
    staff.roles.update(ends_on=BEGAN_LONG_AGO)


def undo(staff: Staff) -> None:
    actions.enable(user=staff.user, by=by())
    Staff.objects.filter(pk=staff.pk).update(ended_on=None)
    staff.roles.update(ends_on=None)


def race(staff: Staff, shut: Callable[[Staff], None]) -> tuple[int, int]:
    """One race: successes that began before the commit, and successes that began after it."""
    client = Client()
    assert sign_in(client, staff).status_code == 302
    schema = getattr(connection, "schema_name", None)
    committed: list[int] = []
    answered: list[tuple[int, bool]] = []

    def work() -> None:
        after = 0
        while after < 2:
            after += bool(committed)
            began = time.monotonic_ns()
            answer = client.get(PAGE)
            answered.append((began, answer.get("Location") == "/in"))
        connection.close()

    def close() -> None:
        if schema:
            connection.set_schema(schema)
        time.sleep(random.uniform(0, 0.01))
        shut(staff)
        committed.append(time.monotonic_ns())
        connection.close()

    threads = [threading.Thread(target=work), threading.Thread(target=close)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    early = sum(ok for began, ok in answered if began <= committed[0])
    late = sum(ok for began, ok in answered if began > committed[0])
    assert any(began > committed[0] for began, _ok in answered)
    return early, late


def run(races: int) -> None:
    AgencyFactory()
    staff = StaffFactory()
    kinds = (close_account, end_work, end_role)
    early = late = 0
    for number in range(races):
        cache.clear()  # allauth stops floods of sign-ins
        undo(staff)
        before, after = race(staff, kinds[number % len(kinds)])
        early, late = early + before, late + after
    assert late == 0
    assert early > 0  # otherwise nothing was raced


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_nobody_comes_in_after_the_door_was_shut():
    run(33)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nobody_comes_in_after_the_door_was_shut_a_thousand_times():
    run(1_000)
