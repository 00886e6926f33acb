"""What the database counts: lists by team stay quick on SQLite, too."""

import re
from datetime import date

import pytest
from django.db import connection

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.stock import take_stock
from goldthread.foundation.workforce.enums import Role
from tests.doors.web.clients.people import team_with
from tests.factories import AssignmentFactory, PersonFactory, TeamFactory, viewer_of


@pytest.mark.django_db
@pytest.mark.sqlite
def test_clients_of_a_team_are_found_without_reading_the_assignments_of_all(today: date) -> None:
    viewer = viewer_of(team_with(Role.CASE_MANAGER), today)
    teams = [TeamFactory() for _ in range(4)]
    for number in range(200):
        AssignmentFactory(client=PersonFactory(), team=teams[number % 4])
    take_stock()
    plan = gate.clients(viewer, Act.FIND).order_by("sort_key").explain()
    assert "SCAN caseload_assignment" not in plan, plan
    assert re.search("caseload_(by_team|assignment_team_id)", plan), plan
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'persons_person'")
        assert cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.postgresql
def test_postgresql_counts_within_a_transaction() -> None:
    take_stock()
