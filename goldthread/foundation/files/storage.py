"""The bytes of kept files on disk: encrypted, named by keyed digest, written whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from goldthread.foundation.lib.jobs import current_agency
from goldthread.foundation.lib.vault import the_vault

PURPOSES = ("digest:file",)
"""What the agency's keys are used for here, beside sealing."""


def folder() -> Path:
    """Where this agency's files lie."""
    agency = current_agency()
    root: Path = settings.DATA / "files"
    return root / agency if agency else root


def path_of(digest: str) -> Path:
    """The path of the file named *digest*."""
    return folder() / digest[:2] / digest


def digest_of(data: bytes) -> str:
    """The name of *data*: equal bytes have one name in an agency, and nobody without the key can tell which bytes."""
    return the_vault().digest(data, purpose="file")


def write(data: bytes, digest: str) -> None:
    """Keep *data* under *digest*, on disk when this returns. What is there already is written again: it may be torn."""
    path = path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(the_vault().seal(data, place=_place(digest)))
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _sync(path.parent)


def read(digest: str) -> bytes:
    """The bytes kept under *digest*. Raises FileNotFoundError, or Tampered when they were changed or renamed."""
    return the_vault().open(path_of(digest).read_bytes(), place=_place(digest))


def is_new(digest: str) -> bool:
    """Whether the file *digest* lies under the agency's newest keys. Raises FileNotFoundError."""
    with path_of(digest).open("rb") as file:
        return the_vault().is_new(file.read(1))


def remove(digest: str) -> None:
    """Take the file *digest* away, when it is there."""
    path_of(digest).unlink(missing_ok=True)


def all_files() -> Iterator[Path]:
    """Every file on disk, drafts included."""
    for part in sorted(folder().glob("??")):
        if part.is_dir():
            yield from sorted(part.iterdir())


def _place(digest: str) -> str:
    return f"files:{digest}"


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
