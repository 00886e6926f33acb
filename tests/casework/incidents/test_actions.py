"""The steps of a report, and that they are the reporter's alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import ProtectedError

from goldthread.casework.incidents.actions import log_oral, log_receipt, send_written, start_report, write_report
from goldthread.casework.incidents.actions.reporting import NotYours, WrittenElsewhere
from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff
from goldthread.people.persons.models import Person
from tests.casework.caseload.programs import RECOVERY, enrolled
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
ZONE = "America/New_York"


@pytest.fixture
def boss() -> Staff:
    return StaffFactory(role=Role.SUPERVISOR, team=TeamFactory())


@pytest.fixture
def worker(boss: Staff) -> Staff:
    return StaffFactory(team=boss.memberships.get().team)


@pytest.fixture
def client() -> Person:
    return PersonFactory()


def actor(staff: Staff, later: timedelta = timedelta()) -> Actor:
    return Actor(at=AT + later, today=date(2026, 11, 19), staff=staff.pk, name=staff.name)


def started(worker: Staff, client: Person, **more: Any) -> MandatedReport:
    said: dict[str, Any] = {
        "population": "child",
        "state": "CA",
        "seen": "Bruises on both arms.",
        "suspected_at": AT - timedelta(hours=1),
        "agency": AgencyFactory(time_zone=ZONE),
        "by": actor(worker),
    }
    return start_report(client=client, **said | more)


def open_tasks(report: MandatedReport) -> dict[str, Task]:
    return {one.source_kind: one for one in Task.objects.filter(source_id=report.pk, state="open")}


def test_starting_puts_both_clocks_on_the_reporters_list(worker: Staff, client: Person) -> None:
    report = started(worker, client)
    tasks = open_tasks(report)
    assert set(tasks) == {"report_oral", "report_written"}
    assert {one.owner for one in tasks.values()} == {worker}
    assert {one.weight for one in tasks.values()} == {0}
    assert tasks["report_oral"].due_at == AT - timedelta(hours=1)
    assert tasks["report_written"].due_at == AT + timedelta(hours=35)
    assert tasks["report_written"].due_on == date(2026, 11, 20)  # 21 Nov, 2:00 in UTC
    assert {one.client_id for one in tasks.values()} == {None}  # a client's page would tell colleagues who reports


def test_the_supervisor_is_told_that_there_is_one_and_not_by_whom(worker: Staff, boss: Staff, client: Person) -> None:
    report = started(worker, client)
    notice = Notice.objects.get(kind="report_started")
    assert (notice.to, notice.about_person, notice.about_staff) == (boss, client.pk, None)
    assert report.told_at == AT


def test_without_a_supervisor_quality_is_told_and_without_anybody_the_clock_runs(client: Person) -> None:
    alone = StaffFactory(team=TeamFactory())
    report = started(alone, client)
    assert report.told_at is None
    quality = StaffFactory(role=Role.QUALITY)
    again = started(alone, client)
    assert (again.told_at, Notice.objects.get().to) == (AT, quality)


def test_the_ledger_the_log_and_the_evidence(worker: Staff, client: Person) -> None:
    by = actor(worker)
    episode = enrolled(by, date(2026, 11, 2), RECOVERY, client)
    report = started(worker, client, episode=episode)
    label = Label.CHILD_WELFARE_REPORTER
    assert report.labels == Label.SUBSTANCE_USE
    assert report.reporter_labels == Label.SUBSTANCE_USE | label
    assert Entry.objects.get(kind="report").labels == report.reporter_labels
    evidence = Evidence.objects.get(kind="incident")
    assert (evidence.source_id, evidence.labels, evidence.happened_on) == (report.pk, report.reporter_labels, by.today)
    event = Event.objects.get(action="reports.started")
    assert (event.client, event.object_id) == (client.pk, str(report.pk))
    assert "Bruises" not in str(event.details)


def test_the_same_form_makes_one_report(worker: Staff, client: Person) -> None:
    form = new_id()
    first = started(worker, client, form_id=form)
    assert started(worker, client, form_id=form, seen="Again") == first
    assert MandatedReport.objects.count() == 1
    assert Task.objects.count() == 2
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"suspected_at": AT + timedelta(minutes=1)}, "suspected_on"),
        ({"seen": "  "}, "seen"),
        ({"seen": "x" * 40_001}, "seen"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(
    worker: Staff, client: Person, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as caught:
        started(worker, client, **more)
    assert caught.value.field == field
    assert not MandatedReport.objects.exists()
    assert not Task.objects.exists()


def test_from_suspicion_to_receipt(worker: Staff, client: Person) -> None:
    report, by = started(worker, client), actor(worker)
    assert report.stage == "to_call"
    report = log_oral(
        report=report, at=AT - timedelta(minutes=20), to="Ms Ortiz, county hotline", reference="R-77", by=by
    )
    assert report.stage == "to_write"
    assert set(open_tasks(report)) == {"report_written"}
    report = write_report(report=report, text="Line 1\n\nשורה 😀", version_seen=report.version, by=by)
    report = send_written(report=report, at=AT, how="fax", to="County", zone=ZONE, by=by)
    assert report.stage == "sent"
    assert {kind: one.due_on for kind, one in open_tasks(report).items()} == {"report_receipt": date(2026, 11, 22)}
    report = log_receipt(report=report, at=AT, receipt="F-1", by=by)
    assert report.stage == "received"
    assert not open_tasks(report)
    report.refresh_from_db()
    assert report.written_text == "Line 1\n\nשורה 😀"
    done = set(Event.objects.filter(kind="report").values_list("action", flat=True))
    assert done == {f"reports.{word}" for word in ("started", "called", "written", "sent", "received")}


def test_a_written_report_that_went_first_does_not_make_up_for_the_call(worker: Staff, client: Person) -> None:
    report, by = started(worker, client), actor(worker)
    report = write_report(report=report, text="All of it", version_seen=report.version, by=by)
    report = send_written(report=report, at=AT, how="online", to="", zone=ZONE, by=by)
    assert report.stage == "to_call"
    assert set(open_tasks(report)) == {"report_oral", "report_receipt"}


def test_twice_is_once(worker: Staff, client: Person) -> None:
    report, by = started(worker, client), actor(worker)
    log_oral(report=report, at=AT, to="First", reference="1", by=by)
    assert log_oral(report=report, at=AT, to="Second", reference="2", by=by).oral_to == "First"
    write_report(report=report, text="Text", version_seen=2, by=by)
    write_report(report=report, text="Text", version_seen=2, by=by)
    send_written(report=report, at=AT, how="fax", to="A", zone=ZONE, by=by)
    assert send_written(report=report, at=AT, how="mail", to="B", zone=ZONE, by=by).sent_to == "A"
    assert Task.objects.filter(source_kind="report_receipt").count() == 1
    assert Event.objects.filter(kind="report").count() == 4


def test_two_pages_never_overwrite_each_other(worker: Staff, client: Person) -> None:
    report, by = started(worker, client), actor(worker)
    write_report(report=report, text="From the desk", version_seen=1, by=by)
    with pytest.raises(WrittenElsewhere):
        write_report(report=report, text="From the phone", version_seen=1, by=by)
    report.refresh_from_db()
    assert report.written_text == "From the desk"


def test_what_was_sent_stays_as_it_was_sent(worker: Staff, client: Person) -> None:
    report, by = started(worker, client), actor(worker)
    write_report(report=report, text="As sent", version_seen=1, by=by)
    sent = send_written(report=report, at=AT, how="fax", to="", zone=ZONE, by=by)
    with pytest.raises(DomainError):
        write_report(report=report, text="Other", version_seen=sent.version, by=by)


def test_steps_in_the_wrong_order_or_time(worker: Staff, client: Person) -> None:
    report, by = started(worker, client), actor(worker)
    with pytest.raises(DomainError):
        send_written(report=report, at=AT, how="fax", to="", zone=ZONE, by=by)
    with pytest.raises(DomainError):
        log_receipt(report=report, at=AT, receipt="1", by=by)
    with pytest.raises(DomainError):
        log_oral(report=report, at=AT + timedelta(hours=1), to="A", reference="", by=by)
    with pytest.raises(DomainError):
        log_oral(report=report, at=AT - timedelta(hours=2), to="A", reference="", by=by)
    with pytest.raises(DomainError):
        log_oral(report=report, at=AT, to=" ", reference="", by=by)


def test_nobody_but_the_reporter_goes_on_with_it(worker: Staff, boss: Staff, client: Person) -> None:
    report = started(worker, client)
    for by in (actor(boss), actor(StaffFactory()), replace(actor(boss), staff=None)):
        with pytest.raises(NotYours):
            log_oral(report=report, at=AT, to="A", reference="", by=by)
        with pytest.raises(NotYours):
            write_report(report=report, text="Mine now", version_seen=1, by=by)
        with pytest.raises(NotYours):
            send_written(report=report, at=AT, how="fax", to="", zone=ZONE, by=by)
        with pytest.raises(NotYours):
            log_receipt(report=report, at=AT, receipt="1", by=by)
    report.refresh_from_db()
    assert (report.version, report.stage) == (1, "to_call")


def test_nothing_deletes_a_report(worker: Staff, client: Person) -> None:
    report = started(worker, client)
    with pytest.raises(TypeError):
        report.delete()
    with pytest.raises(TypeError):
        MandatedReport.objects.all().delete()
    with pytest.raises(ProtectedError):
        client.delete()
