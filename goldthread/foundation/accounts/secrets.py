"""Secrets of the second step, encrypted at rest with the agency's keys."""

import base64
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from goldthread.foundation.lib import keys
from goldthread.foundation.lib.vault import the_vault

PLACE = "second step"
MARK = "2:"
"""Before what is locked with the agency's keys. What has no mark was locked before there were any."""
LOCKED = ("secret", "seed", "migrated_codes")
"""What of an authenticator's data is locked."""
OLD_NONCE = 12
OLD_PURPOSE = b"goldthread second step 1"


def lock(text: str) -> str:
    """Encrypt *text*."""
    return MARK + base64.b64encode(the_vault().seal(text.encode(), place=PLACE)).decode()


def unlock(locked: str) -> str:
    """Decrypt what ``lock`` made, now or in an older version. Raises Tampered, or cryptography's InvalidTag."""
    if not locked.startswith(MARK):
        return _unlock_old(locked)
    return the_vault().open(base64.b64decode(locked.removeprefix(MARK)), place=PLACE).decode()


def locked_anew(data: dict[str, Any]) -> dict[str, Any]:
    """An authenticator's *data*, with what is not locked with the agency's newest keys locked with them."""
    return data | {name: _anew(data[name]) for name in LOCKED if name in data}


def _anew(value: Any) -> Any:
    if isinstance(value, list):
        return [_anew(each) for each in value]
    if value.startswith(MARK) and the_vault().is_new(base64.b64decode(value.removeprefix(MARK))):
        return value
    return lock(unlock(value))


def _unlock_old(locked: str) -> str:
    raw = base64.b64decode(locked)
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=OLD_PURPOSE).derive(keys.first_master_key(settings.DATA))
    return AESGCM(key).decrypt(raw[:OLD_NONCE], raw[OLD_NONCE:], OLD_PURPOSE).decode()
