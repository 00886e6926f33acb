"""The file itself: whole or not there; nothing changed, missing or added goes unseen."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from goldthread.doors.command.archives import container, wrapping
from goldthread.doors.command.archives.container import Manifest, reading, writing
from goldthread.doors.command.archives.errors import ArchiveError
from goldthread.doors.command.archives.wrapping import from_key_file, from_passphrase, unwrap, wrap
from goldthread.foundation.lib.encryption import OwnKeys

SECRET = from_passphrase("seven quiet herons")
OWN = {1: OwnKeys(bytes(32), {"seal": bytes(range(32))}), 2: OwnKeys(b"x" * 32)}
PART = "rows/persons.Person.jsonl"


def make(path: Path, **changed: Any) -> Path:
    with writing(path) as archive:
        archive.add(PART, b'{"a":1}\n{"a":2}\n')
        manifest = Manifest("0.1.0", "North", ["persons.0001_initial"], digests=archive.digests.copy())
        for name, value in changed.items():
            setattr(manifest, name, value)
        told = container.manifest_bytes(manifest)
        archive.add(container.MANIFEST, told)
        archive.add(container.KEYS, wrap(OWN, SECRET, told))
    return path


def with_part(source: Path, target: Path, name: str, content: bytes) -> Path:
    """*source* with the part *name* put in the place of the old one."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return target


def test_equal_content_has_equal_bytes_and_keys_come_back(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one.zip"), make(tmp_path / "two.zip")
    assert one.read_bytes() == two.read_bytes()
    assert one.stat().st_mode & 0o777 == 0o600
    with reading(one) as archive:
        archive.verify()
        assert list(archive.lines(PART)) == [b'{"a":1}\n', b'{"a":2}\n']
        assert unwrap(archive.keys, SECRET, archive.told) == OWN
    assert bytes(range(32)).hex().encode() not in one.read_bytes()


def test_what_breaks_off_leaves_nothing_at_the_place(tmp_path: Path) -> None:
    with pytest.raises(TypeError), writing(tmp_path / "one.zip") as archive:
        archive.add(PART, None)
    assert list(tmp_path.iterdir()) == []


def test_any_cut_and_any_changed_byte_is_noticed(tmp_path: Path) -> None:
    whole = make(tmp_path / "one.zip").read_bytes()
    for length in range(0, len(whole), 97):
        spoilt(tmp_path, whole[:length])
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        content = [info.header_offset + 30 + len(info.filename) + 20 + 2 for info in archive.infolist()]
    for at in content:
        spoilt(tmp_path, whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])


def spoilt(folder: Path, content: bytes) -> None:
    path = folder / "spoilt.zip"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="Nothing was imported"):
        checked(path)


def checked(path: Path) -> None:
    with reading(path) as archive:
        archive.verify()
        unwrap(archive.keys, SECRET, archive.told)


def test_a_part_added_taken_or_put_in_place_is_noticed(tmp_path: Path) -> None:
    whole = make(tmp_path / "one.zip")
    with (
        reading(with_part(whole, tmp_path / "more.zip", "files/ab/ab", b"x")) as archive,
        pytest.raises(ArchiveError, match="missing or was added"),
    ):
        archive.verify()
    with (
        reading(with_part(whole, tmp_path / "other.zip", PART, b'{"a":3}\n')) as archive,
        pytest.raises(ArchiveError, match=f"{PART} was changed"),
    ):
        archive.verify()


def test_who_lacks_the_passphrase_cannot_change_it_unseen(tmp_path: Path) -> None:
    """Also when the digest in the manifest is made to fit."""
    whole = make(tmp_path / "one.zip")
    other = make(tmp_path / "evil.zip", agency="South")
    with reading(whole) as right, reading(other) as wrong:
        with pytest.raises(ArchiveError, match="or it was changed"):
            unwrap(right.keys, SECRET, wrong.told)
        with pytest.raises(ArchiveError, match="not its passphrase"):
            unwrap(right.keys, from_passphrase("seven quiet heron!"), right.told)


def test_a_newer_format_is_told(tmp_path: Path) -> None:
    newer = make(tmp_path / "one.zip", format=2, version="9.0.0")
    with pytest.raises(ArchiveError, match=r"newer version of Goldthread \(9\.0\.0\)"), reading(newer):
        pass


@pytest.mark.parametrize("told", [b"[]", b"{}", b"nonsense", json.dumps({"format": 1, "odd": 1}).encode()])
def test_a_manifest_that_is_none_is_told(tmp_path: Path, told: bytes) -> None:
    whole = make(tmp_path / "one.zip")
    with (
        pytest.raises(ArchiveError, match="damaged"),
        reading(with_part(whole, tmp_path / "two.zip", container.MANIFEST, told)),
    ):
        pass


def test_a_key_file_is_made_once_and_opens(tmp_path: Path) -> None:
    secret = from_key_file(tmp_path / "key", make=True)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert from_key_file(tmp_path / "key", make=True) == secret
    told = wrap(OWN, secret, b"manifest")
    assert unwrap(told, from_key_file(tmp_path / "key", make=False), b"manifest") == OWN
    with pytest.raises(ArchiveError, match="opens with a key file"):
        unwrap(told, SECRET, b"manifest")
    with pytest.raises(ArchiveError, match="opens with a passphrase"):
        unwrap(wrap(OWN, SECRET, b"manifest"), secret, b"manifest")
    with pytest.raises(ArchiveError, match="damaged"):
        unwrap(b"{}", secret, b"manifest")


def test_weak_and_missing_secrets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="at least 15"):
        from_passphrase("too short")
    with pytest.raises(ArchiveError, match="cannot be read"):
        from_key_file(tmp_path / "none", make=False)
    (tmp_path / "short").write_text("abc")
    with pytest.raises(ArchiveError, match="too short"):
        from_key_file(tmp_path / "short", make=True)
    assert "herons" not in repr(wrapping.from_passphrase("seven quiet herons"))
