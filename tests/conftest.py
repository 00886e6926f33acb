"""What every test stands on: a data folder of its own, the database that the environment names, no network, one agency.

``GOLDTHREAD_DATABASE`` empty: SQLite, a file for each xdist worker. ``postgresql://…``: a database for each xdist
worker, in it one agency's schema ``test``; every test runs inside that schema, under that agency's role.
"""

import gc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.template.base import Template
from django.test.utils import _TestState
from django.utils import translation

from goldthread.doors.command.preparing import compile_translations
from goldthread.foundation.lib.actor import Actor
from tests.network import forbid_network

NOW = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
TODAY = date(2026, 11, 19)

PATIENT = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
"""A machine that does much else is slow, and no test fails for that."""
for name, examples in {"quick": 10, "usual": 25, "full": 100}.items():
    hypothesis.settings.register_profile(name, max_examples=examples, **PATIENT)
hypothesis.settings.load_profile("full")
pytest_plugins = ["tests.clock", "tests.databases", "tests.forms.recording", "tests.browser", "tests.selection"]


def pytest_collection_finish() -> None:
    """What is there now stays until the end: the collector of garbage need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def _templates_as_at_work(django_test_environment: None) -> None:
    """Django copies the context of every template that a test renders, for asserting on; these tests read the pages."""
    Template._render = _TestState.saved_data.template_render  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _no_language_is_left() -> Iterator[None]:
    """A request leaves the language of who asked with its thread, which is that of the next test too."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    with forbid_network():
        yield


@pytest.fixture(autouse=True, scope="session")
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files, keys and mail of this worker's tests. Session-wide: on SQLite the database lies in it too."""
    folder = tmp_path_factory.mktemp("data")
    settings.DATA = folder
    return folder


def pytest_configure(config: pytest.Config) -> None:
    """In-process tests serve no static files: names are enough, nothing has to be collected first."""
    if not hasattr(config, "workerinput"):
        compile_translations()  # before the first worker starts: a clean clone has none
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> None:
    """Argon2 is slow on purpose. Tests of the hasher set it back with the ``settings`` fixture."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def today() -> date:
    """Thursday 19 November 2026: the day on which tests happen unless they say otherwise."""
    return TODAY


@pytest.fixture
def actor() -> Actor:
    """The system itself, at 15:00 UTC (10:00 in New York) of ``today``."""
    return Actor(at=NOW, today=TODAY, request="test")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Why a walk was walked once more: the second walk forgets what stopped the first."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"the first time: {report.nodeid}")
        terminalreporter.line("\n".join(report.longreprtext.splitlines()[-12:]))
