"""Looking changes nothing: a GET of any address writes the access log and the session's last use, and no other row."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.foundation.workforce.enums import Role
from tests.access.seats import seats_in
from tests.access.test_urls import EVERY, ROWS, address, body
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WRITES = re.compile(r"""^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)""", re.IGNORECASE)
LOGS = {"audit_event", "accounts_session", "django_session", "axes_accessattempt"}
"""The last counts who guesses links."""


def test_a_get_writes_nothing_but_the_access_log(world: World) -> None:
    written: dict[str, set[str]] = {}
    seats = seats_in(world, [(Role.SUPERVISOR, EVERY), (Role.ADMINISTRATOR, EVERY)])
    for seat in seats.values():
        for row in ROWS:
            if row["method"] != "GET":
                continue
            with CaptureQueriesContext(connection) as asked:
                body(seat.browser().get(address(row, world, seat.staff)))
            tables = {found[1] for one in asked.captured_queries if (found := WRITES.match(one["sql"]))} - LOGS
            if tables:
                written.setdefault(row["name"], set()).update(tables)
    assert written == {}
