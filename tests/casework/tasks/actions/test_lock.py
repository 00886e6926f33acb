"""A lock that had to wait brings what was worked out meanwhile, not what stood there before: else a batch of a run would take
its own, older result for right."""

import threading

import pytest
from django.db import connection, transaction

from goldthread.casework.tasks.actions.recompute import lock
from goldthread.casework.tasks.models import Reckoning
from tests.casework.caseload.programs import within_the_agency
from tests.casework.tasks.making import day, enrolled, program, start
from tests.factories import AgencyFactory

TODAY = day("2026-11-19")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer: nobody waits for a row")
def test_a_lock_that_waited_brings_the_reckoning_of_now() -> None:
    AgencyFactory()
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    before = Reckoning.objects.get(episode=episode).version
    found: list[int] = []

    def wait_and_look() -> None:
        try:
            within_the_agency()
            with transaction.atomic():
                found.extend(one.reckoning.version for one in lock([episode.pk]))
        finally:
            connection.close()

    other = threading.Thread(target=wait_and_look)
    with transaction.atomic():
        lock([episode.pk])
        Reckoning.objects.filter(episode=episode).update(version=before + 1)
        other.start()
        _until_somebody_waits()
    other.join(20)
    assert found == [before + 1]


def _until_somebody_waits() -> None:
    """At most ten seconds."""
    with connection.cursor() as cursor:
        for _ in range(100):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.1)")
    raise AssertionError("nobody waited")
