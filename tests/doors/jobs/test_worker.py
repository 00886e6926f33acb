import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import get_tenant_domain_model

from goldthread.doors.jobs import actions, queries, queue, worker
from goldthread.doors.jobs.schedule import Scheduled
from goldthread.foundation.agency.models import ClosedDay
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.jobs import current_agency
from goldthread.foundation.lib.origin import current_origin, reached_at
from tests.architecture.tree import ROOT
from tests.databases import in_public
from tests.doors.jobs import samples
from tests.factories import AgencyFactory

START = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_a_job_runs_on_the_agencys_day() -> None:
    AgencyFactory(time_zone="America/New_York")
    samples.note_the_day.enqueue("closed")
    with time_machine.travel(datetime(2030, 11, 20, 3, 0, tzinfo=UTC)):  # 22:00 of the 19th in New York
        worker.run_all()
    assert ClosedDay.objects.get().day == date(2030, 11, 19)


@pytest.mark.django_db
def test_a_failing_job_is_tried_again_with_growing_pauses_and_then_given_up() -> None:
    with time_machine.travel(START, tick=False) as clock:
        samples.always_fails.enqueue()
        worker.run_all()
        assert the_row().status == "READY"
        assert the_row().run_after == START + timedelta(seconds=10)
        clock.shift(9)
        worker.run_all()
        assert len(the_row().worker_ids) == 1
        clock.shift(1)
        worker.run_all()
        assert the_row().run_after == START + timedelta(seconds=10 + 40)
        clock.shift(40)
        worker.run_all()
        assert the_row().status == "FAILED"
        assert [row.pk for row in queries.failed_jobs()] == [the_row().pk]


@pytest.mark.django_db
def test_the_queue_keeps_no_words_of_an_error() -> None:
    samples.always_fails.enqueue()
    worker.run_all()
    row = the_row()
    assert row.exception_class_path == "builtins.ValueError"
    assert "samples.py" in row.traceback
    assert "Dana" not in row.traceback


@pytest.mark.django_db
def test_a_failed_job_can_be_started_again_by_a_person(actor: Actor) -> None:
    samples.always_fails.enqueue()
    give_up()
    actions.retry(job=the_row().pk, by=actor)
    assert the_row().status == "READY"
    assert the_row().worker_ids == []
    with pytest.raises(DomainError):
        actions.retry(job=the_row().pk, by=actor)


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_each_time_is_given_up() -> None:
    samples.always_fails.enqueue()
    with in_public():
        DBTaskResult.objects.update(status="RUNNING", started_at=START, worker_ids=["a", "b", "c"])
        queue.reap(START + timedelta(seconds=59))
        assert the_row().status == "RUNNING"
        queue.reap(START + timedelta(seconds=61))
    assert the_row().status == "FAILED"


@pytest.mark.django_db
def test_what_is_scheduled_is_put_in_the_queue_when_its_time_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Scheduled("test", timedelta(minutes=10), samples.always_fails)
    monkeypatch.setattr(worker, "SCHEDULE", [line])
    with time_machine.travel(START, tick=False) as clock:
        with in_public():
            worker.Worker().keep_house()
            worker.Worker().keep_house()
        assert count() == 1
        give_up()
        clock.shift(601)
        with in_public():
            worker.Worker().keep_house()
        assert count() == 2


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_killed_runs_once_more(
    tmp_path: Path, start_worker: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    samples.hang_the_first_time.enqueue(str(tmp_path))
    runs = tmp_path / "runs"
    first = start_worker()
    wait_until(lambda: runs.exists() and runs.read_text().endswith("\n"))
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    second = start_worker()
    wait_until(lambda: the_row().status == "SUCCESSFUL")
    time.sleep(1)
    second.send_signal(signal.SIGTERM)
    assert second.wait(10) == 0
    assert [int(line) for line in runs.read_text().split()] == [first.pid, second.pid]


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_long_job_of_a_living_worker_is_left_alone(
    tmp_path: Path, start_worker: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    """Five seconds, under a lease of two, beside a second worker with nothing else to do."""
    samples.take_a_while.enqueue(str(tmp_path), "long", 5.0)
    start_worker()
    start_worker()
    wait_until(lambda: the_row().status == "SUCCESSFUL")
    assert (tmp_path / "long").read_text() == "run\n"


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_queue_and_run_each_job_once(
    tmp_path: Path, start_worker: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    for number in range(20):
        samples.take_a_while.enqueue(str(tmp_path), f"{number}", 0.02)
    workers = [start_worker(), start_worker()]
    with in_public():
        ours = DBTaskResult.objects.filter(task_path__startswith="tests.")
        wait_until(lambda: ours.successful().count() == 20)
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == ["run\n"] * 20
    for process in workers:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_worker_takes_on_the_agencys_role_for_each_job(
    tmp_path: Path, start_worker: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    samples.write_role.enqueue(str(tmp_path))
    start_worker()
    wait_until(lambda: (tmp_path / "role").exists() and (tmp_path / "role").read_text() != "")
    role, schema, login = (tmp_path / "role").read_text().split()
    assert role == f"{login}_test_app"
    assert schema == "test"


@pytest.fixture
def start_worker() -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Start real worker processes on the test's database; none outlives the test."""
    started = []
    environment = {
        **os.environ,
        "GOLDTHREAD_DATA": str(settings.DATA),
        "GOLDTHREAD_DATABASE": settings.DATABASE_URL,
        "PYTHONPATH": str(ROOT),
    }

    def start() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "goldthread", "worker", "--poll", "0.1", "--lease", "2"]
        started.append(subprocess.Popen(command, env=environment, cwd=ROOT))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def the_row() -> DBTaskResult[Any, Any]:
    with in_public():
        return DBTaskResult.objects.get(task_path__startswith="tests.")  # a worker also does what is scheduled


def count() -> int:
    """Jobs of this agency: on PostgreSQL other tests may have left others."""
    agency = current_agency()
    with in_public():
        return DBTaskResult.objects.filter(args_kwargs__agency=agency).count()


def give_up() -> None:
    with in_public():
        DBTaskResult.objects.update(status="FAILED", finished_at=START)


@pytest.mark.django_db
@pytest.mark.postgresql
def test_links_in_an_agencys_mail_lead_to_its_own_domain(settings: Any) -> None:
    settings.ORIGIN = "https://installation.example:8443"
    agency = current_agency()
    with queue.outside_agencies():
        domain = get_tenant_domain_model().objects.filter(tenant__schema_name=agency).order_by("-is_primary", "domain")
        assert queue.origin_of(agency) == f"https://{domain[0].domain}:8443"
        assert queue.origin_of("nobody") == ""


@pytest.mark.django_db
def test_inside_a_job_links_lead_where_its_agency_is(settings: Any) -> None:
    settings.ORIGIN = "https://installation.example"
    with reached_at("https://agency.example"):
        assert current_origin() == "https://agency.example"
    with reached_at(""):
        assert current_origin() == "https://installation.example"
