"""The agency's keys under a passphrase or a key file, never under the installation's master key.

Wrapped with AES-SIV (RFC 5297), which needs no chance: equal keys under an equal secret give equal bytes. The manifest's
digest is authenticated with them, and by it every row and file: who lacks the secret cannot change the archive unseen.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from goldthread.doors.command.archives.errors import ArchiveError, damaged
from goldthread.doors.command.archives.values import canonical
from goldthread.doors.command.backups.manifest import write_file
from goldthread.foundation.lib.encryption import OwnKeys

SHORTEST = 15
"""Characters of a passphrase, as of a password."""
SHORTEST_FILE = 32
BY_PASSPHRASE = "argon2id t=3 m=65536 p=4"  # noqa: S105  how, not what
"""RFC 9106, the second recommended choice."""
BY_FILE = "hkdf-sha256"
LENGTH = 64
SALT = 16
Versions = Mapping[int, OwnKeys]


@dataclass(frozen=True, slots=True)
class Secret:
    """What opens an archive."""

    kind: str
    text: bytes = field(repr=False)

    def key(self, salt: bytes) -> bytes:
        """The key that wraps."""
        if self.kind == BY_FILE:
            return HKDF(SHA256(), LENGTH, salt, b"goldthread archive").derive(self.text)
        return hash_secret_raw(
            self.text, salt, time_cost=3, memory_cost=65_536, parallelism=4, hash_len=LENGTH, type=Type.ID
        )


def from_passphrase(typed: str) -> Secret:
    """Raises ArchiveError when it is too short to keep anything."""
    if len(typed) < SHORTEST:
        raise ArchiveError(f"Give a passphrase of at least {SHORTEST} characters, or a key file: --key-file FILE")
    return Secret(BY_PASSPHRASE, typed.encode())


def from_key_file(path: Path, *, make: bool) -> Secret:
    """The secret in the file *path*; *make* it with a fresh one when it is not there. Raises ArchiveError."""
    if make and not path.exists():
        write_file(path, secrets.token_hex(32).encode())
    try:
        text = path.read_bytes().strip()
    except OSError as error:
        raise ArchiveError(f"The key file {path} cannot be read: {error.strerror}.") from error
    if len(text) < SHORTEST_FILE:
        raise ArchiveError(f"The key file {path} is too short: it needs {SHORTEST_FILE} bytes.")
    return Secret(BY_FILE, text)


def wrap(versions: Versions, secret: Secret, manifest: bytes) -> bytes:
    """The keys, to be opened with *secret* and beside *manifest* only."""
    plain = canonical({str(version): own.told() for version, own in versions.items()})
    salt = hashlib.sha256(b"goldthread archive salt" + plain).digest()[:SALT]
    wrapped = AESSIV(secret.key(salt)).encrypt(plain, _bound_to(manifest))
    return canonical({"by": secret.kind, "salt": salt.hex(), "wrapped": base64.b64encode(wrapped).decode()})


def unwrap(told: bytes, secret: Secret, manifest: bytes) -> dict[int, OwnKeys]:
    """What ``wrap`` wrapped. Raises ArchiveError."""
    try:
        read: dict[str, Any] = json.loads(told)
        kind, salt, wrapped = read["by"], bytes.fromhex(read["salt"]), base64.b64decode(read["wrapped"])
    except (ValueError, KeyError, TypeError) as error:
        raise damaged("keys.json cannot be read") from error
    if kind != secret.kind:
        wanted = "key file: --key-file FILE" if kind == BY_FILE else "passphrase"
        raise ArchiveError(f"This archive opens with a {wanted}. Nothing was imported.")
    try:
        plain = AESSIV(secret.key(salt)).decrypt(wrapped, _bound_to(manifest))
    except InvalidTag as error:
        raise ArchiveError(
            "The archive does not open: this is not its passphrase or key file, or it was changed. Nothing was imported."
        ) from error
    return {int(version): OwnKeys.read(own) for version, own in json.loads(plain).items()}


def _bound_to(manifest: bytes) -> list[bytes]:
    return [hashlib.sha256(manifest).digest()]
