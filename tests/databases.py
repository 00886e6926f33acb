"""The database under the tests (a pytest plugin, loaded by conftest)."""

import os
from pathlib import Path

import pytest
from django.db import connections

ON_POSTGRESQL = bool(os.environ.get("GOLDTHREAD_DATABASE"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(_own_data_folder: Path, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite a file, as at work: an in-memory database has neither WAL nor a second process."""
    if not ON_POSTGRESQL:
        connections["default"].settings_dict["TEST"]["NAME"] = str(_own_data_folder / "goldthread.sqlite3")
