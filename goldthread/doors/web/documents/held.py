"""Files that were good, of a form that was not: held for its next try, so that nobody has to choose or photograph them again."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from goldthread.foundation.files.actions import held, hold
from goldthread.foundation.files.straining import Clean
from goldthread.foundation.lib.text import tidy

SALT = "documents.held"
HOURS = 20
"""Shorter than the day after which the sweep takes away what nothing leads to."""
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Held:
    """One file. ``token`` brings it back, to the same worker, for the same client."""

    name: str
    clean: Clean
    token: str = ""
    digest: str = ""

    @property
    def icon(self) -> str:
        """As in the list of documents."""
        return "photo" if self.clean.media_type.startswith("image/") else "doc"

    @property
    def kilobytes(self) -> int:
        """How large it is, rounded up."""
        return -(-len(self.clean.data) // 1024)


def named(name: str) -> str:
    """A file's name as it is shown."""
    return tidy(name)[:LONGEST_NAME] or "?"


def laid_by(one: Held, worker: UUID, client: UUID) -> Held:
    """*one*, held, with its token."""
    if one.token:
        return one
    digest = hold(clean=one.clean)
    said = [digest, one.clean.media_type, one.name, str(worker), str(client)]
    return Held(one.name, one.clean, signing.dumps(said, salt=SALT), digest)


def brought_back(token: str, worker: UUID, client: UUID) -> Held | None:
    """What *token* stands for; None when it is of somebody else, too old, or not there any more."""
    try:
        digest, media_type, name, *whose = signing.loads(token, salt=SALT, max_age=HOURS * 3600)
    except (signing.BadSignature, ValueError):
        return None
    clean = held(digest=digest, media_type=media_type) if whose == [str(worker), str(client)] else None
    return Held(name, clean, token, digest) if clean else None
