"""Key files: which master key is the newest, and agencies' own keys wrapped under it."""

from pathlib import Path

import pytest

from goldthread.foundation.lib import keys
from goldthread.foundation.lib.encryption import DrawnKeys, OwnKeys, Tampered, Vault


def test_the_first_agency_of_the_first_master_key_has_drawn_keys_and_no_file(tmp_path: Path) -> None:
    ring = keys.agency_keyring(tmp_path, "north")
    assert ring.versions == {1: DrawnKeys(keys.master_key(tmp_path), "north")}
    assert keys.master_versions(tmp_path) == [1]
    assert (tmp_path / "keys" / "master_key").stat().st_mode & 0o777 == 0o600
    assert not keys.agency_file(tmp_path, "north").exists()


def test_own_keys_come_back_for_their_agency_only(tmp_path: Path) -> None:
    own = OwnKeys(bytes(32), {"seal": bytes(range(32))})
    keys.keep_agency_keys(tmp_path, "north", {1: own})
    assert keys.agency_keyring(tmp_path, "north").versions == {1: own}
    assert keys.agency_file(tmp_path, "north").stat().st_mode & 0o777 == 0o600
    assert bytes(range(32)).hex() not in keys.agency_file(tmp_path, "north").read_text()
    keys.agency_file(tmp_path, "south").write_text(keys.agency_file(tmp_path, "north").read_text())
    with pytest.raises(Tampered):
        keys.agency_keyring(tmp_path, "south")


def test_a_new_master_key_wraps_what_is_kept_from_then_on(tmp_path: Path) -> None:
    own = OwnKeys.new()
    keys.keep_agency_keys(tmp_path, "", {1: own})
    first = keys.master_key(tmp_path)
    assert keys.make_next_master(tmp_path) == 2
    assert keys.master_versions(tmp_path) == [1, 2]
    assert keys.master_key(tmp_path) != first
    assert not keys.is_wrapped_anew(tmp_path, "")
    assert keys.agency_keyring(tmp_path, "").versions == {1: own}
    keys.keep_agency_keys(tmp_path, "", {1: own, 2: OwnKeys.new()})
    assert keys.is_wrapped_anew(tmp_path, "")
    keys.drop_master(tmp_path, 1)
    assert keys.master_versions(tmp_path) == [2]
    assert keys.agency_keyring(tmp_path, "").newest == 2
    assert keys.agency_file(tmp_path, "").name == "agency_keys"


def test_after_a_change_of_keys_a_new_agency_has_its_own(tmp_path: Path) -> None:
    keys.master_key(tmp_path)
    keys.make_next_master(tmp_path)
    keys.drop_master(tmp_path, 1)
    ring = keys.agency_keyring(tmp_path, "late")
    assert isinstance(ring.versions[1], OwnKeys)
    assert keys.agency_keyring(tmp_path, "late") == ring
    assert keys.master_key(tmp_path).hex() not in keys.agency_file(tmp_path, "late").read_text()
    keys.drop_agency_keys(tmp_path, "late")
    assert keys.agency_keyring(tmp_path, "late") != ring


def test_a_lost_master_key_is_told_and_not_made_anew(tmp_path: Path) -> None:
    keys.keep_agency_keys(tmp_path, "", {1: OwnKeys.new()})
    keys.make_next_master(tmp_path)
    keys.drop_master(tmp_path, 1)
    with pytest.raises(Tampered, match="version 1 is not in"):
        keys.agency_keyring(tmp_path, "")
    assert keys.master_versions(tmp_path) == [2]


def test_keys_do_not_show_in_messages() -> None:
    own = OwnKeys(bytes(range(32)), {"seal": bytes(range(32))})
    assert "\\x01" not in repr(own)
    assert "\\x01" not in repr(DrawnKeys(bytes(range(32)), ""))
    assert "\\x01" not in repr(Vault)
