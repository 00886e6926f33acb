import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from tests.doors.jobs import samples


@pytest.mark.django_db
def test_all_is_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert json.loads(answer.content)["well"] is True


@pytest.mark.django_db
def test_a_queue_that_nobody_works_is_not_well(client: Client) -> None:
    long_ago = datetime.now(UTC) - timedelta(minutes=10)
    with time_machine.travel(long_ago, tick=False):
        samples.always_fails.enqueue()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert 600 <= json.loads(answer.content)["queue_seconds"] < 660


@pytest.mark.django_db
def test_it_only_answers_reading(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


@pytest.mark.postgresql
@pytest.mark.django_db
def test_asked_under_no_agencys_address_it_tells_of_the_worst(client: Client) -> None:
    answer = client.get("/healthz", headers={"host": "10.1.2.3"})
    assert json.loads(answer.content)["well"] is True


@pytest.mark.django_db
def test_without_a_database_it_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_arguments: object, **_more: object) -> None:
        raise OperationalError("no")

    monkeypatch.setattr(connection, "ensure_connection", gone)
    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert json.loads(answer.content) == {"well": False, "database": "unreachable"}
    assert "no-store" in answer["Cache-Control"]
