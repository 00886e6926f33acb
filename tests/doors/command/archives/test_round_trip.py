"""An agency leaves one installation and stands in another, on either database, with nothing lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.doors.command.archives.scripts import EXPECTED, export, fill, fill_a_little, look
from tests.doors.command.installations import Installation, installation

pytestmark = pytest.mark.both
TELL = """
import hashlib
from django.apps import apps
told = hashlib.sha256()
for model in apps.get_models(include_auto_created=True):
    if model._meta.app_label not in ("tenancy", "django_tasks_database"):
        for row in model._base_manager.order_by(model._meta.pk.attname).values_list():
            told.update(repr(row).encode())
for file in sorted((settings.DATA / "files" / "AGENCY").rglob("*")) + [settings.DATA / "keys" / "master_key"]:
    told.update(str(file).encode() + (file.read_bytes() if file.is_file() else b""))
print(told.hexdigest())
"""
GRANTS = """
import json
def grants(schema):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relkind, replace(pg_get_userbyid(relowner), %s, 'X'), replace(relacl::text, %s, 'X')"
            " FROM pg_class WHERE relnamespace = %s::regnamespace ORDER BY relname", [schema, schema, schema])
        return [[str(value) for value in row] for row in cursor.fetchall()]
from django_tenants.utils import schema_context
from goldthread.foundation.tenancy.acting import as_owner
told = []
for schema in ("north", "elsewhere"):
    with schema_context(schema), as_owner():
        told.append(grants(schema))
assert len(told[0]) > 60
print(told[0] == told[1])
"""


@dataclass
class Left:
    """An installation with an agency, and that agency's archive."""

    place: Installation
    file: Path


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """A whole demo agency left."""
    with _leaving(tmp_path_factory.mktemp("archive"), fill) as left:
        yield left


@pytest.fixture(scope="module")
def left_small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """An agency with little in it left."""
    with _leaving(tmp_path_factory.mktemp("small"), fill_a_little) as left:
        yield left


@contextmanager
def _leaving(folder: Path, fill: Callable[[Installation], None]) -> Iterator[Left]:
    with installation(folder / "home") as place:
        place.set_up()
        fill(place)
        export(place, folder / "north.zip")
        yield Left(place, folder / "north.zip")


@pytest.mark.slow
def test_an_archive_is_for_the_owners_eyes_and_says_so(left: Left, tmp_path: Path) -> None:
    assert left.file.stat().st_mode & 0o777 == 0o600
    again = export(left.place, tmp_path / "again.zip")
    assert again != left.file.read_bytes()  # the first export is in the log by now
    assert b'"action":"agency.exported"' in again
    assert b'"action":"agency.exported"' not in left.file.read_bytes()
    master = (left.place.data / "keys" / "master_key").read_text().strip()
    assert master.encode() not in again
    assert bytes.fromhex(master) not in again
    assert "is there already" in left.place.run(
        "agency", "export", *(["north"] if left.place.admin_url else []), left.file, fails=True
    )


@pytest.mark.thorough
@pytest.mark.sqlite
def test_a_small_one_into_an_empty_data_folder_and_out_again(left_small: Left, tmp_path: Path) -> None:
    with installation(tmp_path / "new") as new:
        assert "North is here" in new.run("agency", "import", left_small.file)
        assert "The chain holds" in new.run("audit", "verify")
        assert export(new, tmp_path / "again.zip") == left_small.file.read_bytes()


@pytest.mark.slow
@pytest.mark.sqlite
def test_into_an_empty_data_folder_and_out_again(left: Left, tmp_path: Path) -> None:
    with installation(tmp_path / "new") as new:
        assert "Alderquay Community Services is here" in new.run("agency", "import", left.file)
        assert "The chain holds" in new.run("audit", "verify")
        assert export(new, tmp_path / "again.zip") == left.file.read_bytes()
        assert look(new) == EXPECTED
        assert "An agency is here already" in new.run("agency", "import", left.file, fails=True)
        keys = [place.data / "keys" / "master_key" for place in (left.place, new)]
        assert keys[0].read_text() != keys[1].read_text()


@pytest.mark.slow
@pytest.mark.postgresql
def test_a_small_one_beside_the_other_agencies_and_out_again(left_small: Left, tmp_path: Path) -> None:
    _goes_in_and_comes_out(left_small, tmp_path)


@pytest.mark.slow
@pytest.mark.postgresql
def test_beside_the_other_agencies_of_an_installation_and_out_again(left: Left, tmp_path: Path) -> None:
    _goes_in_and_comes_out(left, tmp_path)
    before = left.place.script(TELL.replace("AGENCY", "north"))
    assert look(left.place, "elsewhere", "elsewhere.test") == EXPECTED  # writes there, too
    assert left.place.script(TELL.replace("AGENCY", "north")) == before


def _goes_in_and_comes_out(left: Left, tmp_path: Path) -> None:
    """Into the very installation it comes from, under another schema: the hardest neighbour to leave alone."""
    tell = TELL.replace("AGENCY", "north")
    before = left.place.script(tell)
    arguments = ["--schema", "elsewhere", "--domain", "elsewhere.test", "--name", "Elsewhere"]
    assert "Elsewhere is at elsewhere.test" in left.place.run("agency", "import", left.file, *arguments)
    assert left.place.script(tell) == before
    assert left.place.script(GRANTS) == "True\n"
    said = left.place.run("audit", "verify", "--agency", "elsewhere")
    assert "elsewhere:" in said
    assert "The chain holds" in said
    assert export(left.place, tmp_path / "again.zip", "Elsewhere") == left.file.read_bytes()
    assert left.place.script(tell) == before
    for taken, why in (
        (arguments, "schema exists already"),
        (["--schema", "third", "--domain", "elsewhere.test"], "has this domain"),
        (["--schema", "third"], "at least one domain"),
    ):
        assert why in left.place.run("agency", "import", left.file, *taken, fails=True)


@pytest.mark.slow
@pytest.mark.postgresql
def test_from_sqlite_to_postgresql_and_back(left: Left, tmp_path: Path) -> None:
    with installation(tmp_path / "small", on_sqlite=True) as small:
        small.set_up()
        fill(small)
        first = export(small, tmp_path / "first.zip")
    left.place.run("agency", "import", tmp_path / "first.zip", "--schema", "large", "--domain", "large.test")
    assert "The chain holds" in left.place.run("audit", "verify", "--agency", "large")
    assert export(left.place, tmp_path / "second.zip", "large") == first
    assert look(left.place, "large", "large.test") == EXPECTED
    with installation(tmp_path / "back", on_sqlite=True) as back:
        back.run("agency", "import", tmp_path / "second.zip")
        assert "The chain holds" in back.run("audit", "verify")
        assert export(back, tmp_path / "third.zip") == first
        assert look(back) == EXPECTED


@pytest.mark.slow
@pytest.mark.postgresql
def test_from_postgresql_to_sqlite_and_back(left: Left, tmp_path: Path) -> None:
    with installation(tmp_path / "small", on_sqlite=True) as small:
        small.run("agency", "import", left.file)
        assert export(small, tmp_path / "second.zip") == left.file.read_bytes()
        assert look(small) == EXPECTED
    left.place.run("agency", "import", tmp_path / "second.zip", "--schema", "home", "--domain", "home.test")
    assert export(left.place, tmp_path / "third.zip", "home") == left.file.read_bytes()
