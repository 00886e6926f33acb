"""A report started by mistake, and one about somebody who works here: what cannot be abused, and who is told."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from goldthread.casework.incidents.actions import close_as_mistake, log_oral, take_up_again, write_report
from goldthread.casework.incidents.actions.reporting import NotYours
from goldthread.casework.incidents.enums import Stage
from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff, TeamMembership
from goldthread.people.persons.models import Person
from tests.casework.caseload.programs import RECOVERY, enrolled
from tests.casework.incidents.test_actions import AT, ZONE, actor, boss, client, open_tasks, started, worker
from tests.factories import LONG_AGO, StaffFactory, TeamFactory

__all__ = ["boss", "client", "worker"]
pytestmark = pytest.mark.django_db
WHY = "I pressed it on the wrong client."


def told(kind: str) -> set[Staff]:
    return {notice.to for notice in Notice.objects.filter(kind=kind)}


class TestMistakes:
    def test_its_tasks_and_evidence_fall_the_row_stays_and_both_eyes_are_told(
        self, worker: Staff, boss: Staff, client: Person
    ) -> None:
        quality = StaffFactory(role=Role.QUALITY)
        episode = enrolled(actor(worker), date(2026, 11, 2), RECOVERY, client)
        report = started(worker, client, episode=episode)
        for _again in range(2):
            closed = close_as_mistake(report=report, reason=f" {WHY} ", by=actor(worker, timedelta(minutes=5)))
        assert (closed.stage, closed.closed_reason, closed.next_due_at) == (Stage.CLOSED, WHY, None)
        assert open_tasks(report) == {}
        assert set(Task.objects.filter(source_id=report.pk).values_list("state", flat=True)) == {"cancelled"}
        assert not Evidence.objects.filter(kind="incident", voided=False).exists()
        assert Entry.objects.get(kind="report").facts == {"state": "closed"}
        assert told("report_closed") == {boss, quality}
        assert Notice.objects.filter(kind="report_closed", about_staff__isnull=False).count() == 0
        assert Event.objects.filter(action="reports.closed").count() == 1
        assert WHY not in str(list(Event.objects.values_list("details", flat=True)))

    def test_only_by_its_reporter_with_a_reason_and_before_the_call(
        self, worker: Staff, boss: Staff, client: Person
    ) -> None:
        report = started(worker, client)
        with pytest.raises(NotYours):
            close_as_mistake(report=report, reason=WHY, by=actor(boss))
        with pytest.raises(DomainError) as error:
            close_as_mistake(report=report, reason=" ", by=actor(worker))
        assert error.value.field == "reason"
        log_oral(report=report, at=AT, to="Ms. Ortiz", reference="", by=actor(worker))
        with pytest.raises(DomainError):
            close_as_mistake(report=report, reason=WHY, by=actor(worker))
        row = MandatedReport.objects.get()
        assert row.closed_at is None
        row.closed_at, row.closed_reason = AT, WHY
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    def test_closed_it_cannot_go_on_until_it_is_taken_up_and_its_clocks_never_stopped(
        self, worker: Staff, boss: Staff, client: Person
    ) -> None:
        report = started(worker, client)
        due = {kind: task.due_at for kind, task in open_tasks(report).items()}
        close_as_mistake(report=report, reason=WHY, by=actor(worker))
        with pytest.raises(DomainError):
            write_report(report=report, text="x", version_seen=2, by=actor(worker))
        with pytest.raises(NotYours):
            take_up_again(report=report, zone=ZONE, by=actor(boss))
        for _again in range(2):
            again = take_up_again(report=report, zone=ZONE, by=actor(worker, timedelta(days=1)))
        assert (again.stage, again.closed_reason) == (Stage.TO_CALL, "")
        assert {kind: task.due_at for kind, task in open_tasks(report).items()} == due
        assert told("report_taken_up") == {boss}
        with pytest.raises(TypeError):
            again.delete()


class TestAboutColleagues:
    def test_ones_own_supervisor_is_not_told_who_stands_above_is(
        self, worker: Staff, boss: Staff, client: Person
    ) -> None:
        manager, quality = StaffFactory(role=Role.PROGRAM_MANAGER), StaffFactory(role=Role.QUALITY)
        started(worker, client, about_staff=boss)
        assert told("report_started") == {manager, quality}

    def test_who_supervises_the_supervisor_comes_before_the_managers(
        self, worker: Staff, boss: Staff, client: Person
    ) -> None:
        StaffFactory(role=Role.PROGRAM_MANAGER)
        higher = TeamFactory()
        head = StaffFactory(role=Role.SUPERVISOR, team=higher)
        TeamMembership.objects.create(staff=boss, team=higher, starts_on=LONG_AGO, supervises=False)
        started(worker, client, about_staff=boss)
        assert told("report_started") == {head}

    def test_another_supervisor_of_the_team_is_told_too(self, worker: Staff, boss: Staff, client: Person) -> None:
        second = StaffFactory(role=Role.SUPERVISOR, team=boss.memberships.get().team)
        manager = StaffFactory(role=Role.PROGRAM_MANAGER)
        started(worker, client, about_staff=boss)
        assert told("report_started") == {second, manager}

    def test_about_a_colleague_the_supervisor_and_quality_are_told(
        self, worker: Staff, boss: Staff, client: Person
    ) -> None:
        quality, colleague = StaffFactory(role=Role.QUALITY), StaffFactory()
        started(worker, client, about_staff=colleague)
        assert told("report_started") == {boss, quality}

    def test_nobody_else_there_nobody_is_told_and_the_clock_runs(
        self, worker: Staff, boss: Staff, client: Person
    ) -> None:
        report = started(worker, client, about_staff=boss)
        assert (report.told_at, told("report_started")) == (None, set())

    def test_its_traces_are_sealed_and_nobody_reports_themselves(
        self, worker: Staff, boss: Staff, client: Person
    ) -> None:
        report = started(worker, client, about_staff=boss)
        assert report.reporter_labels & Label.SEALED
        assert Entry.objects.get(kind="report").labels & Label.SEALED
        assert not report.labels & Label.SEALED
        with pytest.raises(DomainError):
            started(worker, client, about_staff=worker)
