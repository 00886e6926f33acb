"""The worker takes on the role of the agency that a job is for, and lets go of it."""

import pytest
from django.db import connection
from django_tenants.utils import schema_context

from goldthread.doors.jobs.worker import run_all
from goldthread.foundation.tenancy.roles import app_role
from tests.foundation.tenancy.conftest import ask
from tests.foundation.tenancy.peek import peek, seen

pytestmark = [pytest.mark.postgresql, pytest.mark.usefixtures("two_agencies")]


def test_a_job_sees_its_own_agency_only() -> None:
    seen.clear()
    with schema_context("north"):
        peek.enqueue("south")
    with schema_context("south"):
        peek.enqueue("north")
    connection.set_schema_to_public()
    run_all()
    login = connection.settings_dict["USER"]
    assert [role for role, _, _ in seen] == [app_role(login, "north"), app_role(login, "south")]
    assert [mine for _, mine, _ in seen] == [["ann@north.test"], ["ann@south.test"]]
    assert all("permission denied for schema" in theirs for _, _, theirs in seen)
    assert ask("SELECT current_user::text") == [login]
    assert ask("SELECT DISTINCT status FROM django_tasks_database_dbtaskresult") == ["SUCCESSFUL"]
