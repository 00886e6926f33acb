"""``goldthread agency``."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from goldthread.doors.command.management.commands.agency import schema_for


@pytest.mark.sqlite
@pytest.mark.parametrize("action", [["create", "North", "--domain", "north.test"], ["list"]])
def test_on_sqlite_it_refuses_and_says_why(action: list[str]) -> None:
    with pytest.raises(CommandError, match="a data folder holds one agency"):
        call_command("agency", *action)


@pytest.mark.postgresql
def test_create_and_list(transactional_db: None, admin_url: str, settings: Settings) -> None:
    connection.set_schema_to_public()
    settings.GIVEN_DATABASE_URL = admin_url
    said = StringIO()
    call_command("agency", "create", "East & West", "--domain", "east.test", "--domain", "west.test", stdout=said)
    assert "East & West is at east.test, west.test" in said.getvalue()
    listed = StringIO()
    call_command("agency", "list", stdout=listed)
    assert "east_west\tEast & West\teast.test west.test" in listed.getvalue().splitlines()
    with pytest.raises(CommandError, match="exists already"):
        call_command("agency", "create", "East & West", "--domain", "third.test")
    connection.set_schema("test")


@pytest.mark.postgresql
def test_the_application_alone_cannot_make_an_agency(db: None, settings: Settings) -> None:
    settings.GIVEN_DATABASE_URL = ""
    with pytest.raises(CommandError, match="administrator's address"):
        call_command("agency", "create", "Third", "--domain", "third.test")


def test_schema_for() -> None:
    assert schema_for("St. Mary's — North Side") == "st_mary_s_north_side"
    assert schema_for("x" * 50) == "x" * 40
