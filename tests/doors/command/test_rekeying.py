"""``goldthread keys rotate``: every key is changed, everything opens and is found, before, in the middle and after."""

import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import BinaryField

from goldthread.doors.command.rekeying import SEALED
from tests.doors.command.installations import Installation, installation

pytestmark = pytest.mark.both
FILL = """
from datetime import UTC, date, datetime
from allauth.mfa.models import Authenticator
from goldthread.foundation.accounts.models import User
from goldthread.foundation.accounts.secrets import lock
from goldthread.foundation.files.actions import keep_image
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.set_up import FirstRun, set_up_agency
from goldthread.people.persons.actions.identifiers import add_identifier
from tests.factories import PersonFactory
from PIL import Image
import io
by = Actor(at=datetime(2026, 11, 19, 15, tzinfo=UTC), today=date(2026, 11, 19))
set_up_agency(said=FirstRun("North", "client", "UTC", "", "Ann", "ann@north.test", "seven quiet herons wade"), by=by)
for number in range(7):
    picture = io.BytesIO()
    Image.new("RGB", (60 + number, 40), "teal").save(picture, "PNG")
    person = PersonFactory(client_number=5000 + number, photo=keep_image(data=picture.getvalue(), by=by))
    add_identifier(person=person, values={"kind": "mrn", "value": f"QX-778 100{number}"}, by=by)
data = {"secret": lock("JBSWY3DPEHPK3PXP"), "spent": 5}
Authenticator.objects.create(user=User.objects.get(), type="totp", data=data)
"""
LOOK = """
import json
from allauth.mfa.models import Authenticator
from goldthread.foundation.accounts.secrets import unlock
from goldthread.foundation.files import storage
from goldthread.foundation.files.actions import read
from goldthread.foundation.lib import keys
from goldthread.people.persons.identifiers import opened
from goldthread.people.persons.models import Identifier, Person
from goldthread.people.persons.queries.keys import Key
rows = list(Identifier.objects.order_by("pk"))
print(json.dumps({
    "opened": [opened(row) for row in rows],
    "found": [sorted(Key(f"qx778100{n}").people().values()) for n in range(7)],
    "last": [len(Key(f"100{n}").people()) for n in range(7)],
    "photos": [read(person.photo)[:3].hex() for person in Person.objects.all()],
    "secret": [(unlock(row.data["secret"]), row.data["spent"]) for row in Authenticator.objects.all()],
    "versions": sorted({bytes(row.sealed)[0] for row in rows}),
    "masters": keys.master_versions(settings.DATA),
    "files": len(list(storage.all_files())),
}))
"""
RIGHT = {
    "opened": [f"QX-778 100{n}" for n in range(7)],
    "found": [["identifier"]] * 7,
    "last": [1] * 7,
    "photos": ["ffd8ff"] * 7,
    "secret": [["JBSWY3DPEHPK3PXP", 5]],
}
KILLED = """
import os, signal
from django.core.management import call_command
from goldthread.doors.command import rekeying
from goldthread.foundation.accounts import codes
from goldthread.foundation.files import actions as files
from goldthread.foundation.lib import keys
from goldthread.people.persons.actions import resealing
def then_die(module, name, times=1):
    real, left = getattr(module, name), [times]
    def wrapped(*given, **named):
        done = real(*given, **named)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    setattr(module, name, wrapped)
resealing.BATCH = 3
then_die(*MOMENT)
if settings.MULTI_AGENCY:
    connection.set_schema_to_public()
call_command("keys", "rotate")
"""
MOMENTS = [
    "keys, 'keep_agency_keys'",
    "keys, 'make_next_master'",
    "keys, 'keep_agency_keys', 2",
    "resealing, '_reseal', 2",
    "files, '_reseal', 2",
    "files.storage, 'write', 2",
    "codes, '_lock_anew'",
    "keys, 'drop_master'",
]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "rekeyed") as there:
        there.set_up()
        there.script(FILL)
        yield there


def look(place: Installation) -> dict[str, object]:
    told: dict[str, object] = json.loads(place.script(LOOK).splitlines()[-1])
    return told


def keys_in(place: Installation) -> dict[str, str]:
    return {path.name: path.read_text() for path in (place.data / "keys").iterdir()}


@pytest.mark.thorough
@pytest.mark.once
def test_everything_opens_under_the_new_keys_and_the_old_ones_are_gone(place: Installation) -> None:
    file = "agency_keys.north" if place.admin_url else "agency_keys"
    assert look(place) == RIGHT | {"versions": [1], "masters": [1], "files": 7}
    old = keys_in(place)
    assert "15 values encrypted anew" in place.run("keys", "rotate")
    assert look(place) == RIGHT | {"versions": [2], "masters": [2], "files": 7}
    new = keys_in(place)
    assert set(new) == {"secret_key", "master_key.2", file}
    assert new["master_key.2"] != old["master_key"]
    assert "The master key is of version 3" in place.run("keys", "rotate")
    assert look(place) == RIGHT | {"versions": [3], "masters": [3], "files": 7}


@pytest.mark.slow
def test_a_backup_under_new_keys_opens_elsewhere_and_takes_them_along(place: Installation, tmp_path: Path) -> None:
    file = "agency_keys.north" if place.admin_url else "agency_keys"
    place.run("keys", "rotate")
    place.run("backup", tmp_path / "backup")
    with installation(tmp_path / "restored") as restored:
        restored.prepare()
        restored.script("from goldthread.foundation.lib import keys; keys.master_key(settings.DATA)", agency="public")
        restored.run("restore", tmp_path / "backup")
        assert look(restored) == RIGHT | {"versions": [2], "masters": [2], "files": 7}
        assert set(keys_in(restored)) == {"secret_key", "master_key.2", file}


@pytest.mark.slow
def test_killed_at_any_moment_everything_opens_and_the_next_run_goes_on(place: Installation) -> None:
    for number, moment in enumerate(MOMENTS, start=2):
        place.script(KILLED.replace("*MOMENT", moment), agency="public", fails=True)
        half = look(place)
        assert {name: half[name] for name in RIGHT} == RIGHT, moment
        place.run("keys", "rotate")
        number += moment == MOMENTS[-1]  # all was done but the last word: this was another change
        after = look(place)
        assert {name: after[name] for name in RIGHT} == RIGHT, moment
        assert (after["masters"], after["versions"]) == ([number], [number]), moment


@pytest.mark.slow
def test_it_is_refused_while_goldthread_runs(place: Installation) -> None:
    lock = os.open(place.data / "running.lock", os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    assert "Stop it first" in place.run("keys", "rotate", fails=True)
    os.close(lock)
    assert set(keys_in(place)) == {"secret_key", "master_key"}


def test_every_sealed_column_is_known() -> None:
    binary = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField)
    }
    assert binary | {"files", "mfa.Authenticator.data"} == set(SEALED)
