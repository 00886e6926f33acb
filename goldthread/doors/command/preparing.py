"""What has to be right before Goldthread can serve: tables, translations, static files. Each is done only when it changed."""

import fcntl
import hashlib
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import cast

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tenants.utils import schema_context

from goldthread.casework.assessments.shipped import install_shipped
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.databases import UnsafeDatabase, refuse_unsafe_database
from goldthread.foundation.tenancy import setup
from goldthread.foundation.tenancy.installation import SetupError, prepare_installation

DEMO = "demo"
DEMO_HOSTS = ["localhost", "127.0.0.1"]


def set_up_database() -> None:
    """On PostgreSQL, with the administrator's address: make the application's own role, and go on as that role.

    Goes on in place of this process when the settings were read without it: at the first start.
    """
    if not settings.GIVEN_DATABASE_URL:
        return
    try:
        url = prepare_installation(settings.GIVEN_DATABASE_URL, settings.DATA)
    except SetupError as error:
        raise CommandError(str(error)) from error
    if url != settings.DATABASE_URL:
        os.execv(sys.executable, [sys.executable, "-m", "goldthread", *sys.argv[1:]])  # noqa: S606  this very command again


def migrate() -> None:
    """Bring the tables up to date (on PostgreSQL: of the public schema and of every agency)."""
    executor = MigrationExecutor(connection)
    if settings.MULTI_AGENCY or executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def refuse_unsafe() -> None:
    """End with a plain sentence when the database would lose what it acknowledges."""
    try:
        refuse_unsafe_database()
    except UnsafeDatabase as error:
        raise CommandError(str(error)) from error


def demo_agency() -> AbstractContextManager[object]:
    """Within it the connection works for the agency that the demo lives in; on PostgreSQL it is made where there is none."""
    if not settings.MULTI_AGENCY:
        return nullcontext()
    if not setup.agencies():
        setup.create_agency("Demo", DEMO, DEMO_HOSTS, admin_url=settings.GIVEN_DATABASE_URL or settings.DATABASE_URL)
    return cast(AbstractContextManager[object], schema_context(DEMO))


def may_have_demo() -> bool:
    """Whether this installation is new, or has the demo already: nobody's agency gets invented clients."""
    if not settings.MULTI_AGENCY:
        return not Agency.objects.exists()
    return {place.schema for place in setup.agencies()} <= {DEMO}


def install_instruments() -> None:
    """Give every agency that is set up the instruments that are shipped, and newer versions of them. Else its first run does."""
    now = timezone.now()
    by = Actor(at=now, today=now.date(), request="prepare")
    for place in _agencies():
        with place:
            if Agency.objects.exists():
                install_shipped(by=by)


def _agencies() -> list[AbstractContextManager[object]]:
    if not settings.MULTI_AGENCY:
        return [nullcontext()]
    return [cast(AbstractContextManager[object], schema_context(place.schema)) for place in setup.agencies()]


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
    """Gather, fingerprint and compress what browsers load, when anything of it changed.

    One process at a time: two that start together must not clear away each other's files.
    """
    if settings.DEBUG or _is_collected():
        return
    with Path(settings.STATIC_ROOT).with_name(".static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_collected():
            return
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        _stamp().write_text(_digest_of_static_files())


def _is_collected() -> bool:
    return _stamp().exists() and _stamp().read_text() == _digest_of_static_files()


def _stamp() -> Path:
    return Path(settings.STATIC_ROOT) / ".collected"


def _digest_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            file = Path(storage.path(path)).stat()
            digest.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
    return digest.hexdigest()
