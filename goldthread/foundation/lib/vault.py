"""The vault of the agency that this connection works for."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from goldthread.foundation.lib.encryption import Vault
from goldthread.foundation.lib.keys import master_key


def the_vault() -> Vault:
    """Keys of the current agency: its schema on PostgreSQL; on SQLite there is one agency."""
    return _vault(settings.DATA, getattr(connection, "schema_name", "") or "")


@cache
def _vault(data: Path, agency: str) -> Vault:
    return Vault(master_key(data), agency)
