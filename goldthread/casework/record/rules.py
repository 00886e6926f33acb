"""What can be said about drafts without asking the database."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.text import plain

LARGEST = 1_000_000
"""Bytes of one draft as JSON: more than anybody writes by hand, less than what would fill a disk."""


class AlreadySigned(DomainError):
    """A save that came after the signature. What it carried is either in the signed thing or was typed after it."""

    def __init__(self) -> None:
        super().__init__(_("This is already signed. Add what is missing as an addendum."))


class DraftConflict(DomainError):
    """The draft was saved from another page since this one read it. Carries what stands there now; nothing was overwritten."""

    def __init__(self, version: int, content: dict[str, Any]) -> None:
        super().__init__(_("This was changed on another device. Both texts are kept: choose which one goes on."))
        self.version = version
        self.content = content


def check_size(content: dict[str, Any]) -> None:
    """DomainError when *content* is larger than a draft may be."""
    if len(json.dumps(content)) > LARGEST:
        raise DomainError(_("This is too long to keep as one draft. Shorten it, or sign and go on in an addendum."))


def searchable(title: str, text: str) -> str:
    """What a search of the timeline looks through, in plain letters."""
    return plain(f"{title} {text}")
