"""The vault of the agency that this connection works for."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from goldthread.foundation.lib.encryption import Vault
from goldthread.foundation.lib.jobs import current_agency
from goldthread.foundation.lib.keys import agency_file, agency_keyring


def the_vault() -> Vault:
    """Keys of the current agency: its schema on PostgreSQL; on SQLite there is one agency."""
    agency = current_agency()
    return _vault(settings.DATA, agency, _stamp(agency_file(settings.DATA, agency)))


@lru_cache(maxsize=1_000)
def _vault(data: Path, agency: str, stamp: tuple[int, int] | None) -> Vault:
    return Vault(agency_keyring(data, agency))


def _stamp(file: Path) -> tuple[int, int] | None:
    """Changes when the file does: keys that were changed by a command are seen by every process at once."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return None
    return state.st_ino, state.st_mtime_ns
