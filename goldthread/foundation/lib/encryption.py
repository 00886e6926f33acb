"""What is kept encrypted (identifiers, files), and keyed digests by which it is found.

AES-256-GCM (NIST SP 800-38D). The place (table, column, row) is authenticated with the text: a value copied to another row
does not open. Each agency has keys of its own, and of them each purpose one, derived by HKDF-SHA256 (RFC 5869). A sealed
value starts with the number of its keys' version, so that keys can be changed and old values still be read.
"""

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
FIRST_VERSION = 1
LAST_VERSION = 255
SEAL = "seal"


class Tampered(Exception):
    """A sealed value does not open: another key, another place, or changed bytes."""


class Keys(Protocol):
    """One version of an agency's keys."""

    def key(self, purpose: str) -> bytes:
        """The 32-byte key of *purpose*."""

    def taken_out(self, purposes: Iterable[str]) -> "OwnKeys":
        """The same keys, free of any master key."""


@dataclass(frozen=True, slots=True)
class DrawnKeys:
    """Keys drawn from the installation's first master key: those of an agency that has no keys of its own yet."""

    master: bytes = field(repr=False)
    agency: str
    """Its schema ("" where there is one agency)."""

    def __post_init__(self) -> None:
        if len(self.master) != 32:
            raise ValueError("The master key has 32 bytes.")

    def key(self, purpose: str) -> bytes:
        """The 32-byte key of *purpose*."""
        return derived(self.master, f"goldthread:{FIRST_VERSION}:{self.agency}:{purpose}")

    def taken_out(self, purposes: Iterable[str]) -> "OwnKeys":
        """The same keys without the master key: those of *purposes*, in which nothing differs, and a root for later ones."""
        return OwnKeys(self.key("root"), {purpose: self.key(purpose) for purpose in purposes})


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """Keys of one agency, which know nothing of an installation: they go where the agency goes."""

    root: bytes = field(repr=False)
    listed: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Purposes whose keys were not derived from the root."""

    @classmethod
    def new(cls) -> "OwnKeys":
        """Fresh keys."""
        return cls(secrets.token_bytes(32))

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "OwnKeys":
        """What ``told`` wrote. Raises ValueError or KeyError."""
        return cls(
            bytes.fromhex(told["root"]), {purpose: bytes.fromhex(key) for purpose, key in told["listed"].items()}
        )

    def told(self) -> dict[str, Any]:
        """The keys in a form for JSON."""
        return {"root": self.root.hex(), "listed": {purpose: key.hex() for purpose, key in sorted(self.listed.items())}}

    def key(self, purpose: str) -> bytes:
        """The 32-byte key of *purpose*."""
        return self.listed.get(purpose) or derived(self.root, f"goldthread agency:{purpose}")

    def taken_out(self, purposes: Iterable[str]) -> "OwnKeys":
        """Themselves."""
        return self


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every version of an agency's keys that may still be in use. New values are sealed with the newest."""

    versions: Mapping[int, Keys]

    @property
    def newest(self) -> int:
        """The number of the version in use."""
        return max(self.versions)


class Vault:
    """Seals and digests with the keys of one agency."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self._newest = keyring.newest

    def seal(self, plain: bytes, *, place: str) -> bytes:
        """Encrypt *plain* for *place* only (see ``place_of``)."""
        return sealed(self._key(SEAL, self._newest), plain, place=place, version=self._newest)

    def open(self, text: bytes, *, place: str) -> bytes:
        """Decrypt what was sealed for *place*, under any version of the keys. Raises Tampered."""
        if not text or text[0] not in self.keyring.versions:
            raise Tampered("This value was not sealed with a known key.")
        return opened(self._key(SEAL, text[0]), text, place=place)

    def is_new(self, text: bytes) -> bool:
        """Whether the sealed *text* was sealed with the newest keys."""
        return text[:1] == bytes([self._newest])

    def digest(self, value: bytes, *, purpose: str) -> str:
        """HMAC-SHA256 of *value* as 64 hex digits. Equal values of one *purpose* have equal digests; of others not."""
        return self._digest(value, purpose, self._newest)

    def digests(self, value: bytes, *, purpose: str) -> list[str]:
        """The digest of *value* under each version of the keys, newest first: by one of them it is found, also while keys
        are being changed."""
        return [self._digest(value, purpose, version) for version in sorted(self.keyring.versions, reverse=True)]

    def _digest(self, value: bytes, purpose: str, version: int) -> str:
        return hmac.new(self._key(f"digest:{purpose}", version), value, sha256).hexdigest()

    def _key(self, purpose: str, version: int) -> bytes:
        return self.keyring.versions[version].key(purpose)


def sealed(key: bytes, plain: bytes, *, place: str, version: int) -> bytes:
    """*plain* under *key*, bound to *place*, with the number of the key's version before it."""
    nonce = secrets.token_bytes(NONCE)
    return bytes([version]) + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def opened(key: bytes, text: bytes, *, place: str) -> bytes:
    """What ``sealed`` sealed. Raises Tampered."""
    nonce, body = text[1 : 1 + NONCE], text[1 + NONCE :]
    if not body:
        raise Tampered("This value was cut off.")
    try:
        return AESGCM(key).decrypt(nonce, body, place.encode())
    except InvalidTag as error:
        raise Tampered("This value was changed, moved, or sealed with another key.") from error


@cache
def derived(secret: bytes, info: str) -> bytes:
    """The 32-byte key of *info*, derived from *secret* by HKDF-SHA256."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info.encode()).derive(secret)


def place_of(table: str, column: str, row: UUID) -> str:
    """The place to which a sealed value is bound."""
    return f"{table}:{column}:{row}"
