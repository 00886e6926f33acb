"""What is kept encrypted (identifiers, files), and keyed digests by which it is found.

AES-256-GCM (NIST SP 800-38D). The place (table, column, row) is authenticated with the text: a value copied to another row
does not open. Each agency (schema) and each purpose has its own key, derived by HKDF-SHA256 (RFC 5869) from the master key.
A sealed value starts with the number of the key's version, so that keys can be changed and old values still be read.
"""

import hmac
import secrets
from functools import cache
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
_NONCE = 12


class Tampered(Exception):
    """A sealed value does not open: another key, another place, or changed bytes."""


class Vault:
    """Seals and digests with the keys of one agency."""

    def __init__(self, master: bytes, agency: str) -> None:
        """*master*: the installation's 32-byte key; *agency*: its schema ("" where there is one agency)."""
        if len(master) != 32:
            raise ValueError("The master key has 32 bytes.")
        self._master = master
        self._agency = agency

    def seal(self, plain: bytes, *, place: str) -> bytes:
        """Encrypt *plain* for *place* only (see ``place_of``)."""
        nonce = secrets.token_bytes(_NONCE)
        return bytes([VERSION]) + nonce + AESGCM(self._key("seal", VERSION)).encrypt(nonce, plain, place.encode())

    def open(self, sealed: bytes, *, place: str) -> bytes:
        """Decrypt what was sealed for *place*. Raises Tampered."""
        if len(sealed) <= 1 + _NONCE or sealed[0] != VERSION:
            raise Tampered("This value was not sealed with a known key.")
        nonce, text = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return AESGCM(self._key("seal", sealed[0])).decrypt(nonce, text, place.encode())
        except InvalidTag as error:
            raise Tampered("This value was changed, moved, or sealed with another key.") from error

    def digest(self, value: bytes, *, purpose: str) -> str:
        """HMAC-SHA256 of *value* as 64 hex digits. Equal values of one *purpose* have equal digests; of others not."""
        return hmac.new(self._key(f"digest:{purpose}", VERSION), value, sha256).hexdigest()

    def _key(self, purpose: str, version: int) -> bytes:
        return _derived(self._master, f"goldthread:{version}:{self._agency}:{purpose}")


@cache
def _derived(master: bytes, info: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info.encode()).derive(master)


def place_of(table: str, column: str, row: UUID) -> str:
    """The place to which a sealed value is bound."""
    return f"{table}:{column}:{row}"
