"""Key files of an installation, kept in the data folder with mode 600.

``secret_key``: sessions and links. ``master_key``, and after a change of keys ``master_key.2`` and so on: under the newest
the agencies' own keys are wrapped, each agency's in a file ``agency_keys.SCHEMA`` (on SQLite ``agency_keys``). An agency
without that file has keys drawn from the first master key.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from goldthread.foundation.lib.encryption import (
    FIRST_VERSION,
    LAST_VERSION,
    DrawnKeys,
    Keyring,
    OwnKeys,
    Tampered,
    derived,
    opened,
    sealed,
)

MASTER = "master_key"
AGENCY = "agency_keys"


def secret_key(data: Path) -> str:
    """Django's secret key: read from the data folder, made on first use."""
    return _read_or_make(folder(data) / "secret_key", lambda: secrets.token_hex(32))


def folder(data: Path) -> Path:
    """Where the keys of the data folder *data* lie."""
    return data / "keys"


def master_key(data: Path) -> bytes:
    """The newest 32-byte master key, made on first use. Lose it and identifiers and files are lost: see docs/deploying.md."""
    versions = master_versions(data)
    return _master(data, versions[-1] if versions else FIRST_VERSION)


def master_versions(data: Path) -> list[int]:
    """The versions of the master key that are there, oldest first. More than one: keys are being changed."""
    tails = [path.name.removeprefix(MASTER) for path in folder(data).glob(f"{MASTER}*")]
    numbers = [int(tail.removeprefix(".")) for tail in tails if tail.removeprefix(".").isdigit()]
    return sorted([FIRST_VERSION] * ("" in tails) + numbers)


def make_next_master(data: Path) -> int:
    """Make the next version of the master key. Returns its number. Raises OverflowError after 255 of them."""
    version = max(master_versions(data), default=0) + 1
    if version > LAST_VERSION:
        raise OverflowError(f"Keys can be changed {LAST_VERSION - 1} times.")
    _master(data, version)
    return version


def drop_master(data: Path, version: int) -> None:
    """Remove a master key under which nothing is wrapped any more."""
    _master_file(data, version).unlink(missing_ok=True)


def agency_file(data: Path, agency: str) -> Path:
    """The file of the wrapped keys of *agency*: its schema, empty on SQLite."""
    return folder(data) / (f"{AGENCY}.{agency}" if agency else AGENCY)


def agency_keyring(data: Path, agency: str) -> Keyring:
    """The keys of *agency*. Those of a new agency are made, unless they can still be drawn from the first master key.

    Raises Tampered when its file was changed, is another agency's, or the master key is another.
    """
    file = agency_file(data, agency)
    if not file.exists() and master_versions(data) in ([], [FIRST_VERSION]):
        return Keyring({FIRST_VERSION: DrawnKeys(_master(data, FIRST_VERSION), agency)})
    fresh = {FIRST_VERSION: OwnKeys.new()}
    return _unwrapped(data, agency, bytes.fromhex(_read_or_make(file, lambda: _wrapped(data, agency, fresh).hex())))


def keep_agency_keys(data: Path, agency: str, versions: Mapping[int, OwnKeys]) -> None:
    """Keep these as the keys of *agency*, wrapped under the newest master key; what was kept before is replaced."""
    file = agency_file(data, agency)
    draft = _draft(file, _wrapped(data, agency, versions).hex())
    draft.replace(file)
    _sync(file.parent)


def own_keys(data: Path, agency: str, purposes: Iterable[str]) -> dict[int, OwnKeys]:
    """The keys of *agency* by version, without the master key even where they were drawn from it (for *purposes*)."""
    versions = agency_keyring(data, agency).versions
    return {number: each.taken_out(purposes) for number, each in versions.items()}


def drop_agency_keys(data: Path, agency: str) -> None:
    """Remove the keys of an agency that never came to be."""
    agency_file(data, agency).unlink(missing_ok=True)


def is_wrapped_anew(data: Path, agency: str) -> bool:
    """Whether the keys of *agency* are kept, and wrapped under the newest master key."""
    file = agency_file(data, agency)
    return file.exists() and bytes.fromhex(file.read_text())[0] == master_versions(data)[-1]


def first_master_key(data: Path) -> bytes:
    """The first master key, for what was locked before agencies had keys of their own. Raises FileNotFoundError."""
    return bytes.fromhex(_master_file(data, FIRST_VERSION).read_text())


def _wrapped(data: Path, agency: str, versions: Mapping[int, OwnKeys]) -> bytes:
    master = master_key(data)
    plain = json.dumps({str(version): own.told() for version, own in versions.items()}).encode()
    return sealed(_wrapping(master), plain, place=_place(agency), version=master_versions(data)[-1])


def _unwrapped(data: Path, agency: str, text: bytes) -> Keyring:
    if text[0] not in master_versions(data):
        raise Tampered(f"The master key of version {text[0]} is not in {folder(data)}.")
    plain = opened(_wrapping(_master(data, text[0])), text, place=_place(agency))
    return Keyring({int(version): OwnKeys.read(told) for version, told in json.loads(plain).items()})


def _wrapping(master: bytes) -> bytes:
    return derived(master, "goldthread wrapped keys")


def _place(agency: str) -> str:
    return f"agency keys:{agency}"


def _master(data: Path, version: int) -> bytes:
    return bytes.fromhex(_read_or_make(_master_file(data, version), lambda: secrets.token_hex(32)))


def _master_file(data: Path, version: int) -> Path:
    return folder(data) / (MASTER if version == FIRST_VERSION else f"{MASTER}.{version}")


def _read_or_make(path: Path, make: Callable[[], str]) -> str:
    """Read a key; make it when absent. Two processes starting together agree on one key: linking is atomic."""
    if not path.exists():
        draft = _draft(path, make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _draft(path: Path, text: str) -> Path:
    """*text*, on disk, beside the *path* that it is for."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
