"""Secrets of the second step under the agency's keys, and those that were locked before it had any."""

import base64
from importlib import import_module
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from pytest_django import Settings

from goldthread.foundation.accounts.secrets import lock, locked_anew, unlock
from goldthread.foundation.lib import keys
from goldthread.foundation.lib.encryption import OwnKeys, Tampered
from tests.factories import UserFactory

pytestmark = pytest.mark.both  # an agency's keys go by its schema
PURPOSE = b"goldthread second step 1"


def locked_as_it_was(text: str, master: bytes) -> str:
    """What the version of the first landing wrote."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(master)
    return base64.b64encode(bytes(12) + AESGCM(key).encrypt(bytes(12), text.encode(), PURPOSE)).decode()


def test_a_secret_comes_back_and_does_not_when_it_was_changed(tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path
    locked = lock("JBSWY3DPEHPK3PXP")
    assert unlock(locked) == "JBSWY3DPEHPK3PXP"
    assert locked != lock("JBSWY3DPEHPK3PXP")
    with pytest.raises(Tampered):
        unlock(locked[:-8] + "AAAAAAA=")


def test_secrets_are_locked_anew_when_the_keys_change(tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path
    old = OwnKeys.new()
    keys.keep_agency_keys(tmp_path, keys_of_agency(), {1: old})
    data = {"secret": lock("one"), "migrated_codes": [lock("two")], "spent": 7}
    assert locked_anew(data) == data
    keys.keep_agency_keys(tmp_path, keys_of_agency(), {1: old, 2: OwnKeys.new()})
    fresh = locked_anew(data)
    assert fresh["secret"] != data["secret"]
    assert (unlock(fresh["secret"]), unlock(fresh["migrated_codes"][0]), fresh["spent"]) == ("one", "two", 7)


def keys_of_agency() -> str:
    from goldthread.foundation.lib.jobs import current_agency

    return current_agency()


@pytest.mark.django_db
def test_the_update_locks_old_secrets_with_the_agencys_keys_and_leaves_lost_ones(
    tmp_path: Path, settings: Settings
) -> None:
    settings.DATA = tmp_path
    master = keys.master_key(tmp_path)
    totp = Authenticator.objects.create(
        user=UserFactory(), type="totp", data={"secret": locked_as_it_was("JBSW", master), "spent": 3}
    )
    codes = Authenticator.objects.create(
        user=UserFactory(), type="recovery_codes", data={"seed": locked_as_it_was("ab", master), "used_mask": 5}
    )
    lost = Authenticator.objects.create(
        user=UserFactory(), type="totp", data={"secret": locked_as_it_was("JBSW", bytes(32))}
    )
    before = lost.data["secret"]
    migration = import_module("goldthread.foundation.accounts.migrations.0002_second_step_under_own_keys")
    migration.lock_anew(apps, None)
    for row in (totp, codes, lost):
        row.refresh_from_db()
    assert totp.data["secret"].startswith("2:")
    assert (unlock(totp.data["secret"]), totp.data["spent"]) == ("JBSW", 3)
    assert (unlock(codes.data["seed"]), codes.data["used_mask"]) == ("ab", 5)
    assert lost.data["secret"] == before
