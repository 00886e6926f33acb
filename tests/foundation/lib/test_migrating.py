"""The quick way of migrating makes what Django's own makes: tables, indexes, constraints, rows."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from goldthread.foundation.lib.migrating import quick_states
from goldthread.foundation.tenancy import setup
from tests.architecture.tree import ROOT
from tests.databases import within_agency

MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+")
BY_DJANGO = """
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), verbosity=0)
"""


def test_django_has_its_own_way_back() -> None:
    own = ProjectState.add_model
    with quick_states():
        assert ProjectState.add_model is not own
    assert ProjectState.add_model is own


@pytest.mark.slow
@pytest.mark.sqlite
def test_on_sqlite_every_table_index_and_trigger_is_the_same(tmp_path: Path) -> None:
    quick, own = tmp_path / "quick", tmp_path / "own"
    _in_process(quick, "-m", "goldthread", "migrate", "--verbosity", "0")
    _in_process(own, "-c", BY_DJANGO)
    assert len(_all_of(own)) > 400
    assert _all_of(quick) == _all_of(own)


def _in_process(data: Path, *arguments: str) -> None:
    data.mkdir()
    environment = os.environ | {
        "GOLDTHREAD_DATA": str(data),
        "GOLDTHREAD_DATABASE": "",
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "goldthread.settings",
    }
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True)


def _all_of(data: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(data / "goldthread.sqlite3")) as database:
        return database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_every_statement_is_the_same(admin_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = _statements("quick", admin_url)
    monkeypatch.setattr("goldthread.foundation.tenancy.executor.quick_states", nullcontext)
    own = _statements("quiet", admin_url)
    assert len(quick) > 1000
    assert quick == own


def _statements(schema: str, admin_url: str) -> list[str]:
    """All that making the tables of an agency says to the database, without what it is called."""
    said: list[str] = []

    def listen(execute: Any, statement: Any, parameters: Any, many: bool, context: Any) -> Any:
        said.append(MOMENT.sub("then", str(statement).replace(schema, "agency")))
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(listen):
        setup.make_agency_schema(schema, admin_url=admin_url)
    within_agency()
    return said
