"""Guesses side by side: all are counted, as if they came one after the other."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from goldthread.doors.web.account.backend import StaffBackend
from tests.doors.web.account.helpers import sign_in
from tests.factories import AgencyFactory, StaffFactory


@pytest.mark.django_db(transaction=True)
def test_twelve_guesses_at_once_are_not_more_than_the_five_that_are_allowed(monkeypatch):
    cache.clear()
    AgencyFactory()
    staff = StaffFactory()
    schema = getattr(connection, "schema_name", None)
    checked = []
    check = StaffBackend.authenticate

    def counted(self, request, **credentials):
        checked.append(timezone.now())
        return check(self, request, **credentials)

    monkeypatch.setattr(StaffBackend, "authenticate", counted)
    start = threading.Barrier(12)
    statuses = []

    def guess():
        if schema:
            connection.set_schema(schema)
        start.wait(10)
        statuses.append(sign_in(Client(), staff, "not the right password").status_code)
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(statuses) == 12
    assert len(checked) == 5, checked
    assert statuses.count(429) == 8  # the fifth is told already
    assert max(checked) - min(checked) < timedelta(minutes=1)
