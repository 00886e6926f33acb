"""Whole installations, each with a data folder (and on PostgreSQL a database) of its own, driven by commands."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.architecture.tree import ROOT
from tests.databases import ADMIN_URL, hand_tables

SET_UP = """
import sys, django
django.setup()
from django.conf import settings
from django.db import connection
if settings.MULTI_AGENCY:
    connection.set_schema("{schema}")
"""
PASSPHRASE = "seven quiet herons"


class Installation:
    """Commands and scripts in an installation of their own."""

    def __init__(self, data: Path, admin_url: str) -> None:
        self.data = data
        self.admin_url = admin_url

    def run(self, *arguments: object, fails: bool = False) -> str:
        """``goldthread ARGUMENTS``; what it printed."""
        return self._call([sys.executable, "-m", "goldthread", *map(str, arguments)], fails=fails)

    def script(self, text: str, *, agency: str = "north", fails: bool = False) -> str:
        """Run Python inside the *agency* (SQLite: the only one); what it printed."""
        return self._call([sys.executable, "-c", SET_UP.format(schema=agency) + text], fails=fails)

    def prepare(self) -> None:
        """Tables, and no agency yet."""
        if not self.admin_url:
            hand_tables(self.data)
        self.run("prepare", "--empty")

    def set_up(self) -> None:
        """Tables, and on PostgreSQL the agency ``north``."""
        self.prepare()
        if self.admin_url:
            self.run("agency", "create", "North", "--domain", "localhost")

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        return os.environ | {
            "GOLDTHREAD_DATA": str(self.data),
            "GOLDTHREAD_DATABASE": self.admin_url,
            "GOLDTHREAD_DEBUG": "1",
            "GOLDTHREAD_PASSPHRASE": PASSPHRASE,
            "DJANGO_SETTINGS_MODULE": "goldthread.settings",
            "PYTHONPATH": str(ROOT),
        }

    def _call(self, command: list[str], *, fails: bool) -> str:
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stderr if fails else done.stdout


@contextmanager
def installation(data: Path, *, on_sqlite: bool = False) -> Iterator[Installation]:
    """An installation on the tests' kind of database (or on SQLite in any case), gone afterwards."""
    data.mkdir()
    if on_sqlite or not ADMIN_URL:
        yield Installation(data, "")
        return
    name = f"goldthread_drill_{secrets.token_hex(4)}"
    _as_admin("CREATE DATABASE {name}", name)
    try:
        yield Installation(data, f"{ADMIN_URL.rpartition('/')[0]}/{name}")
    finally:
        _as_admin("DROP DATABASE {name} WITH (FORCE)", name)


def _as_admin(statement: str, name: str) -> None:
    with psycopg.connect(ADMIN_URL, autocommit=True) as admin:
        admin.execute(sql.SQL(statement).format(name=sql.Identifier(name)))
