"""Secrets of the second step, encrypted at rest under a key of their own drawn from the installation's master key."""

import base64
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from goldthread.foundation.lib import keys

NONCE = 12
PURPOSE = b"goldthread second step 1"


def lock(text: str) -> str:
    """Encrypt *text* (AES-256-GCM, RFC 5116)."""
    nonce = os.urandom(NONCE)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), PURPOSE)).decode()


def unlock(locked: str) -> str:
    """Decrypt what ``lock`` made. Raises cryptography's InvalidTag when it was changed or the key is another."""
    raw = base64.b64decode(locked)
    return _cipher().decrypt(raw[:NONCE], raw[NONCE:], PURPOSE).decode()


def _cipher() -> AESGCM:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(keys.master_key(settings.DATA))
    return AESGCM(key)
