"""Kept files and keys, in a backup and in an installation."""

import json
import shutil
from pathlib import Path

from goldthread.doors.command.backups.manifest import BackupError, write_file

FILES = "files"
KEYS = "keys.json"
WARNING = (
    "KEEP THIS FILE APART FROM THE REST OF THE BACKUP. Whoever has both can read every identifier and every file; "
    "without it they cannot be read, not even by you."
)


def add_files(source: Path, target: Path) -> None:
    """Copy what *target* does not have yet. Kept files are named by their content: they never change, only come and go."""
    for path in _files_in(source):
        copy = target / path.relative_to(source)
        if not copy.exists():
            _copy(path, copy)


def drop_others(folder: Path, kept: Path) -> None:
    """Remove from *folder* what *kept* does not have."""
    for path in _files_in(folder):
        if not (kept / path.relative_to(folder)).exists():
            path.unlink()


def keys_of(data: Path) -> dict[str, str]:
    """The keys of an installation, by name."""
    return {path.name: path.read_text().strip() for path in _files_in(data / "keys") if not path.name.startswith(".")}


def write_keys(file: Path, keys: dict[str, str]) -> None:
    """Write the keys with their warning."""
    write_file(file, json.dumps({"warning": WARNING, "keys": keys}, indent=1).encode())


def read_keys(file: Path) -> dict[str, str]:
    """The keys in *file*. Raises BackupError when it is not there or not such a file."""
    try:
        keys = json.loads(file.read_bytes())["keys"]
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(
            f"The keys are not at {file}. Say where they are: --keys FILE. Nothing was restored."
        ) from error
    return {str(name): str(key) for name, key in keys.items()}


def put_keys(data: Path, keys: dict[str, str]) -> None:
    """Give an installation these keys."""
    for name, key in keys.items():
        write_file(data / "keys" / Path(name).name, key.encode())


def drop_other_keys(data: Path, keys: dict[str, str]) -> None:
    """Remove what keys an installation has beside these: they opened nothing that is here now."""
    for path in _files_in(data / "keys"):
        if path.name not in keys:
            path.unlink()


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".part"))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(source, draft)
    except FileNotFoundError:  # swept as an orphan in this moment
        draft.unlink(missing_ok=True)
        return
    draft.chmod(0o600)
    draft.replace(target)
