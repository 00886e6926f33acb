"""Killed at the worst moment, or refused: nothing usable, nothing half-done, and the next try succeeds."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goldthread.doors.command.archives import importing
from goldthread.doors.command.archives.container import Manifest
from goldthread.doors.command.archives.errors import ArchiveError
from goldthread.doors.command.archives.exporting import kept_migrations
from goldthread.foundation.lib.jobs import current_agency
from tests.doors.command.archives.scripts import export, fill_a_little
from tests.doors.command.installations import Installation, installation

pytestmark = pytest.mark.both
DIE_EXPORTING = """
import os, signal
from pathlib import Path
from django.utils import timezone
from goldthread.doors.command.archives import exporting, wrapping
from goldthread.foundation.lib.actor import Actor
exporting._write_file = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
now = timezone.now()
schema = "north" if settings.MULTI_AGENCY else ""
exporting.export_agency(schema, Path(FILE), wrapping.from_passphrase("seven quiet herons"), Actor(at=now, today=now.date()))
"""
DIE_IMPORTING = """
import os, signal, sys
from django.core.management import call_command
from goldthread.doors.command.archives import importing
from goldthread.foundation.lib import keys
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if MOMENT == "rows":
    load = importing._load_rows
    def load_one(archive, model, expected):
        load(archive, model, expected)
        if model._meta.label == "workforce.Staff":
            die()
    importing._load_rows = load_one
elif MOMENT == "keys":
    keep = keys.keep_agency_keys
    keys.keep_agency_keys = lambda *given: (keep(*given), die())
else:
    def fail(*_):
        raise ValueError("rows are missing")
    importing._load_rows = fail
if settings.MULTI_AGENCY:
    connection.set_schema_to_public()
call_command("agency", "import", FILE, *ARGUMENTS)
"""
TELL = """
import json
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.accounts.models import User
print(json.dumps([Agency.objects.count(), User.objects.count()]))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("broken") / "home") as place:
        place.set_up()
        fill_a_little(place)
        yield place


@pytest.fixture(scope="module")
def archive(home: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("archives") / "north.zip"
    export(home, file)
    return file


@pytest.mark.slow
def test_an_export_that_is_killed_leaves_no_archive_and_can_be_made_again(home: Installation, tmp_path: Path) -> None:
    file = tmp_path / "north.zip"
    home.script(DIE_EXPORTING.replace("FILE", repr(str(file))), fails=True)
    assert not file.exists()
    assert export(home, file).startswith(b"PK")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["north.zip"]


@pytest.mark.slow
def test_an_import_that_is_killed_or_fails_leaves_nothing_and_can_be_done_again(archive: Path, tmp_path: Path) -> None:
    with installation(tmp_path / "new") as new:
        new.prepare()
        arguments = ["--schema", "later", "--domain", "later.test"] if new.admin_url else []
        for moment in ("rows", "keys", "failure"):
            die = DIE_IMPORTING.replace("FILE", repr(str(archive))).replace("ARGUMENTS", repr(arguments))
            said = new.script(die.replace("MOMENT", repr(moment)), agency="public", fails=True)
            if moment == "failure":
                assert "rows do not fit" in said
                assert not list((new.data / "files").glob("**/??/*"))
                assert not list((new.data / "keys").glob("agency_keys*"))
            assert_nothing_there(new)
        new.run("agency", "import", archive, *arguments)
        assert export(new, tmp_path / "again.zip", "later") == archive.read_bytes()


def assert_nothing_there(place: Installation) -> None:
    if place.admin_url:
        assert place.run("agency", "list") == ""
        assert json.loads(place.script(TELL, agency="later")) == [0, 0]
    else:
        assert json.loads(place.script(TELL)) == [0, 0]


@pytest.mark.slow
def test_a_wrong_passphrase_and_a_missing_agency_are_told(archive: Path, home: Installation, tmp_path: Path) -> None:
    said = home.run("agency", "import", archive, "--key-file", tmp_path / "none", fails=True)
    assert "cannot be read" in said
    if home.admin_url:
        assert "There are: north" in home.run("agency", "export", "nowhere", tmp_path / "x.zip", fails=True)
        return
    assert "have no meaning" in home.run("agency", "import", archive, "--domain", "x.test", fails=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "less", "said"), [(["persons.9999_later"], 0, "newer version"), ([], 1, "older version"), ([], 0, "")]
)
def test_other_tables_are_refused_by_their_migrations(more: list[Any], less: int, said: str) -> None:
    schema = current_agency()
    here = kept_migrations(schema)
    assert here
    manifest = Manifest("0.0.9", "North", here[less:] + more)
    if not said:
        importing._refuse_other_tables(manifest, schema)
        return
    with pytest.raises(ArchiveError, match=said):
        importing._refuse_other_tables(manifest, schema)
