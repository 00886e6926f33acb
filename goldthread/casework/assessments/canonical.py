"""When two definitions are the same."""

import hashlib
import json
from typing import Any


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of *content* in one canonical form of JSON: keys in order, no blanks."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
