"""The restore drill: an installation is lost, and stands again in another place with the same rows and files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.doors.command.installations import Installation, installation

pytestmark = [pytest.mark.thorough, pytest.mark.both, pytest.mark.once]
TELL = """
import json, sys
from django.apps import apps
def rows():
    told = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in ("tenancy", "django_tasks_database"):
            continue
        found = model._base_manager.order_by(model._meta.pk.attname).values()
        told[model._meta.label] = [str(sorted(row.items())) for row in found]
    return told
def tell(**more):
    folder = settings.DATA / "files"
    files = {str(f.relative_to(folder)): f.read_bytes().hex() for f in folder.rglob("*") if f.is_file()}
    print(json.dumps({"rows": rows(), "files": files} | more))
"""
FILL = (
    TELL
    + """
from datetime import UTC, date, datetime
from goldthread.foundation.audit.actions import record
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.lib import keys
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.set_up import FirstRun, set_up_agency
keys.master_key(settings.DATA)
by = Actor(at=datetime(2026, 11, 19, 15, tzinfo=UTC), today=date(2026, 11, 19))
set_up_agency(said=FirstRun("North", "client", "UTC", "", "Ann Ó Briain", "ann@north.test", "seven quiet herons wade"), by=by)
record(by=by, action="persons.read", kind="person", details={"odd": "tab\\t newline\\n backslash\\\\ null"})
StoredFile.objects.create(digest="ab12", media_type="image/png", size=5, kept_at=by.at)
file = settings.DATA / "files" / "ab" / "ab12"
file.parent.mkdir(parents=True)
file.write_bytes(bytes(range(256)) * 300)
tell()
"""
)
MISUSE = (
    TELL
    + """
from django.core.management import CommandError, call_command
from goldthread.foundation.accounts.models import User
from goldthread.foundation.files.models import StoredFile
User.objects.update(email="changed@north.test")
StoredFile.objects.create(digest="cd34", media_type="image/png", size=5, kept_at="2026-11-20T00:00:00Z")
(settings.DATA / "files" / "cd34").write_bytes(b"later")
def refusal(*arguments):
    try:
        call_command("restore", FOLDER, *arguments)
    except CommandError as error:
        return str(error)
before = rows()
in_use = refusal()
whole = open(FOLDER + "/files/ab/ab12", "rb").read()
open(FOLDER + "/files/ab/ab12", "ab").write(b"!")
damaged = refusal("--replace")
open(FOLDER + "/files/ab/ab12", "wb").write(whole)
tell(refusals=[in_use, damaged], untouched=before == rows())
"""
)
KILLED = """
import os, signal
from django.core.management import call_command
from goldthread.doors.command.backups import postgresql, sqlite
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
sqlite.PAGES, sqlite._step = 20, die
load = postgresql._load_table
def load_one(file, schema, table, columns):
    load(file, schema, table, columns)
    if schema == "north" and table == "audit_event":
        die()
postgresql._load_table = load_one
call_command("restore", FOLDER, replace=True)
"""
SIGN_IN = (
    TELL
    + """
from django.test import Client
from goldthread.foundation.audit.models import Event
before = rows()
client = Client(HTTP_HOST="localhost")
answer = client.post("/account/sign-in/", {"login": "ann@north.test", "password": "seven quiet herons wade"})
tell(rows=before, signed_in=[answer.status_code, "_auth_user_id" in client.session])
Event(at="2026-11-20T00:00:00Z", action="after", kind="restore").save()
"""
)


@dataclass
class Lost:
    """An installation with an account, an audit event and a kept file; its backup; what it told of itself then."""

    place: Installation
    backup: Path
    told: dict[str, Any]

    def script(self, text: str, *, fails: bool = False) -> str:
        """Run Python in it; FOLDER is its backup."""
        return self.place.script(text.replace("FOLDER", repr(str(self.backup))), fails=fails)


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lost]:
    folder = tmp_path_factory.mktemp("drill")
    with installation(folder / "lost") as place:
        place.set_up()
        told = json.loads(place.script(FILL))
        assert "KEEP THIS FILE APART" in place.run("backup", str(folder / "backup"))
        yield Lost(place, folder / "backup", told)


def test_rows_and_files_are_equal_and_people_can_sign_in(lost: Lost, tmp_path: Path) -> None:
    """Into a new installation, with the keys kept apart."""
    apart = (lost.backup / "keys.json").rename(tmp_path / "apart.json")
    with installation(tmp_path / "new") as new:
        new.prepare()
        assert "--keys FILE" in new.run("restore", str(lost.backup), fails=True)
        new.run("restore", str(lost.backup), "--keys", str(apart))
        told = json.loads(new.script(SIGN_IN))
    apart.rename(lost.backup / "keys.json")
    assert told["signed_in"] == [302, True]
    assert told["rows"] == lost.told["rows"]
    assert told["rows"]["accounts.User"]
    assert told["rows"]["audit.Event"]
    assert told["files"] == lost.told["files"] != {}
    for key in ("master_key", "secret_key"):
        assert (new.data / "keys" / key).read_text().strip() == (lost.place.data / "keys" / key).read_text().strip()


@pytest.mark.slow
def test_refused_when_damaged_or_not_told_to_replace_and_whole_when_killed_half_way(lost: Lost) -> None:
    spoilt = json.loads(lost.script(MISUSE))
    assert "--replace" in spoilt["refusals"][0]
    assert "files/ab/ab12 is missing or changed" in spoilt["refusals"][1]
    assert spoilt["untouched"]
    lost.script(KILLED, fails=True)
    after = json.loads(lost.script(TELL + "tell()"))
    assert after["rows"] == spoilt["rows"]
    assert after["files"] == spoilt["files"]
    lost.place.run("restore", str(lost.backup), "--replace")
    again = json.loads(lost.script(TELL + "tell()"))
    assert again["rows"] == lost.told["rows"]
    assert again["files"] == lost.told["files"]


@pytest.mark.slow
def test_a_backup_from_before_a_change_of_keys_is_not_put_over_what_has_the_new_ones(
    lost: Lost, tmp_path: Path
) -> None:
    with installation(tmp_path / "new") as new:
        new.prepare()
        new.run("restore", str(lost.backup))
        keep_own_keys = "from goldthread.foundation.lib import keys\nkeys.keep_agency_keys(settings.DATA, SCHEMA, "
        keep_own_keys += "keys.own_keys(settings.DATA, SCHEMA, ['seal']))"
        new.script(keep_own_keys.replace("SCHEMA", repr("north" if new.admin_url else "")))
        assert "other keys than the backup" in new.run("restore", str(lost.backup), "--replace", fails=True)
