"""What a backup consists of, and whether it still does."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

NAME = "manifest.json"
FORMAT = 1


class BackupError(Exception):
    """A backup cannot be made or restored. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything about a backup but its content. *digests*: path inside the backup → SHA-256."""

    made_at: str
    version: str
    database: str
    """sqlite or postgresql."""
    migrations: dict[str, list[str]]
    """Schema (on SQLite: empty) → the migrations its tables have seen, as app.name."""
    tables: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """PostgreSQL: schema → table → its columns in the order of its file."""
    sequences: dict[str, dict[str, int | None]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def write(folder: Path, manifest: Manifest) -> None:
    """Complete the backup: digest every file in it, and write the manifest."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    manifest.digests.update({path.relative_to(folder).as_posix(): digest(path) for path in paths})
    write_file(folder / NAME, json.dumps(asdict(manifest), indent=1).encode())


def read(folder: Path) -> Manifest:
    """The manifest of the backup in *folder*. Raises BackupError when there is none that this version can read."""
    try:
        content: dict[str, Any] = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError) as error:
        raise BackupError(f"{folder} holds no complete backup: its {NAME} is missing or broken.") from error
    if content.get("format") != FORMAT:
        raise BackupError("This backup was made by a newer version of Goldthread. Restore it with that version.")
    return Manifest(**content)


def verify(folder: Path, manifest: Manifest, *, elsewhere: set[str]) -> None:
    """Raise BackupError unless every file is there and unchanged. *elsewhere*: files that are kept apart."""
    for name, wanted in manifest.digests.items():
        path = folder / name
        if name in elsewhere:
            continue
        if not path.is_file() or digest(path) != wanted:
            raise BackupError(f"The backup is damaged: {name} is missing or changed. Nothing was restored.")


def digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_file(path: Path, content: bytes) -> None:
    """Write a file for the owner's eyes only; it is whole or not there, also after a power cut."""
    write_pieces(path, [content])


def write_pieces(path: Path, content: Iterable[bytes]) -> None:
    """Likewise, piece by piece."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.writelines(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def digest_if_there(path: Path) -> str:
    """SHA-256 of a file; empty when there is none."""
    return digest(path) if path.is_file() else ""
