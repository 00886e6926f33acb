"""The file that an archive is: written in order, whole or not at all; read piece by piece; every part checked."""

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from goldthread.doors.command.archives.errors import ArchiveError, damaged
from goldthread.doors.command.archives.values import canonical

FORMAT = 1
MANIFEST = "manifest.json"
KEYS = "keys.json"
PIECE = 1 << 20
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip can name: every part has it."""
FILE_NAME = re.compile(r"[0-9a-f]{64}")
Write = Callable[[bytes], object]


@dataclass(slots=True)
class Manifest:
    """Everything about an archive but its content."""

    version: str
    """Of Goldthread, which wrote it."""
    agency: str
    """Its name."""
    migrations: list[str]
    """Those that its tables have seen, as app.name."""
    rows: list[dict[str, Any]] = field(default_factory=list)
    """In order: model, how many rows."""
    files: int = 0
    missing: list[str] = field(default_factory=list)
    """Kept files that were not on disk any more."""
    digests: dict[str, str] = field(default_factory=dict)
    """Name of each other part → its SHA-256."""
    format: int = FORMAT


class Writer:
    """Adds part after part."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.digests: dict[str, str] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[Write]:
        """Within it what is written goes into the part *name*."""
        info = zipfile.ZipInfo(name, EPOCH)
        info.external_attr, info.create_system = 0o600 << 16, 3
        digest = hashlib.sha256()
        with self._archive.open(info, "w", force_zip64=True) as part:

            def write(content: bytes) -> None:
                digest.update(content)
                part.write(content)

            yield write
        self.digests[name] = digest.hexdigest()

    def add(self, name: str, content: bytes) -> None:
        """The whole part *name*."""
        with self.part(name) as write:
            write(content)


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """A new archive, which is at *target* when the block has ended, and not before. For the owner's eyes only."""
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as it stands in the archive."""
    return canonical(asdict(manifest))


class Reader:
    """An archive that was opened. ``manifest`` is known to be readable; ``verify`` tells whether the rest holds."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.told = self._whole(MANIFEST)
        self.keys = self._whole(KEYS)
        self.manifest = _read_manifest(self.told)

    def verify(self) -> None:
        """Raise ArchiveError unless every part is there, unchanged, and no other."""
        expected = sorted([*self.manifest.digests, MANIFEST, KEYS])
        if sorted(self._archive.namelist()) != expected:
            raise damaged("a part is missing or was added")
        for name, wanted in self.manifest.digests.items():
            if self._digest(name) != wanted:
                raise damaged(f"{name} was changed")

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of the part *name*."""
        with self._part(name) as part:
            yield from part

    def pieces(self, name: str) -> Iterator[bytes]:
        """The part *name*, piece by piece."""
        with self._part(name) as part:
            while piece := part.read(PIECE):
                yield piece

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        for piece in self.pieces(name):
            digest.update(piece)
        return digest.hexdigest()

    def _whole(self, name: str) -> bytes:
        return b"".join(self.pieces(name))

    @contextmanager
    def _part(self, name: str) -> Iterator[IO[bytes]]:
        try:
            info = self._archive.getinfo(name)
            if info.compress_type != zipfile.ZIP_STORED:
                raise damaged(f"{name} was packed by another program")
            with self._archive.open(info) as part:
                yield part
        except (zipfile.BadZipFile, KeyError, EOFError, OSError, RuntimeError) as error:
            raise damaged(f"{name} cannot be read") from error


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """The archive at *path*. Raises ArchiveError."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise ArchiveError(f"{path} is no archive of an agency, or only part of one. Nothing was imported.") from error
    with archive:
        yield Reader(archive)


def rows_part(model: str) -> str:
    """The part that holds the rows of *model*."""
    return f"rows/{model}.jsonl"


def file_part(digest: str) -> str:
    """The part that holds the kept file named *digest*."""
    return f"files/{digest[:2]}/{digest}"


def _read_manifest(told: bytes) -> Manifest:
    try:
        content = json.loads(told)
        if content["format"] > FORMAT:
            raise ArchiveError(
                f"The archive was made by a newer version of Goldthread ({content.get('version', '?')}). "
                "Import it with that version. Nothing was imported."
            )
        return Manifest(**content)
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(f"{MANIFEST} cannot be read") from error
