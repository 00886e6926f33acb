"""What has to be right before Goldthread can serve: tables, translations, static files. Each is done only when it changed."""

import hashlib
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate() -> None:
    """Bring the tables up to date (on PostgreSQL: of the public schema and of every agency)."""
    executor = MigrationExecutor(connection)
    if settings.MULTI_AGENCY or executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def compile_translations() -> None:
    """Turn each catalogue that people edit (.po) into the form that is read at run time (.mo), without gettext's tools."""
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
                continue
            with source.open("rb") as text:
                catalogue = read_po(text)
            draft = compiled.with_suffix(".mo.new")
            with draft.open("wb") as file:
                write_mo(file, catalogue)
            draft.replace(compiled)


def collect_static_files() -> None:
    """Gather, fingerprint and compress what browsers load, when anything of it changed."""
    if settings.DEBUG:
        return
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    wanted = _digest_of_static_files()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(wanted)


def _digest_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            file = Path(storage.path(path)).stat()
            digest.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
    return digest.hexdigest()
