"""Key files of an installation, kept in the data folder with mode 600."""

import os
import secrets
from pathlib import Path


def secret_key(data: Path) -> str:
    """Django's secret key: read from the data folder, made on first use."""
    return _read_or_make(data / "keys" / "secret_key")


def master_key(data: Path) -> bytes:
    """The 32-byte key under which identifiers and files are encrypted. Lose it and they are lost: see docs/deploying.md."""
    return bytes.fromhex(_read_or_make(data / "keys" / "master_key"))


def _read_or_make(path: Path) -> str:
    """Read a key; make it when absent. Two processes starting together agree on one key: linking is atomic."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
