"""What is left out on PostgreSQL asks no database and starts none."""

import re

import pytest
from django.db import connection

from tests.architecture.tree import ROOT, name_of, tracked
from tests.databases import ON_POSTGRESQL
from tests.selection import left_to_full, left_to_thorough, minds_the_database

DIFFERS = re.compile(
    r"^from (tests\.doors\.command\.installations|django\.apps|tests\.databases) import .*\b"
    r"(installation|apps|ADMIN_URL|ON_POSTGRESQL)\b",
    re.MULTILINE,
)
"""How a module comes by what differs from database to database without a fixture of pytest-django's."""
OF_THE_TESTS = {
    "tests/selection.py",
    "tests/test_selection.py",
    "tests/conftest.py",
    "tests/doors/command/installations.py",
}


@pytest.fixture(scope="module")
def stands_on_the_database(kept: None) -> None:
    """As the worlds and demos of other modules do."""


def test_what_takes_neither_is_left_out(request: pytest.FixtureRequest) -> None:
    assert not minds_the_database(request.node)


def test_what_is_left_out_is_refused_the_database() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


@pytest.mark.django_db
def test_a_mark_tells(request: pytest.FixtureRequest) -> None:
    assert minds_the_database(request.node)


def test_a_fixture_tells(db: None, request: pytest.FixtureRequest) -> None:
    assert minds_the_database(request.node)


def test_a_fixture_behind_a_fixture_tells(stands_on_the_database: None, request: pytest.FixtureRequest) -> None:
    assert minds_the_database(request.node)


def test_a_fixture_that_commits_tells(transactional_db: None, request: pytest.FixtureRequest) -> None:
    assert minds_the_database(request.node)


@pytest.mark.both
def test_who_minds_without_asking_says_so(request: pytest.FixtureRequest) -> None:
    assert minds_the_database(request.node)


@pytest.mark.once
@pytest.mark.both
def test_more_of_the_same_is_slow_on_postgresql(request: pytest.FixtureRequest) -> None:
    assert bool(request.node.get_closest_marker("slow")) == ON_POSTGRESQL


def test_every_module_that_starts_installations_or_looks_over_the_apps_says_so() -> None:
    silent = [
        name_of(path)
        for path in tracked(".py")
        if path.is_relative_to(ROOT / "tests") and name_of(path) not in OF_THE_TESTS
        if DIFFERS.search(text := path.read_text("utf-8"))
        if not re.search(r"mark\.(both|django_db|postgresql)\b", text)
    ]
    assert silent == []


def test_what_is_left_to_full_is_there() -> None:
    """Else a test that got another name would come back unseen, or a new one of the old name be left out."""
    for where, name in left_to_full():
        assert where in {"sqlite", "postgresql", "both", "chromium"}, (where, name)
        assert _is_there(name), name


def test_what_is_left_to_thorough_is_there() -> None:
    for name in left_to_thorough():
        assert _is_there(name), name


def _is_there(name: str) -> bool:
    """Whether there is that file of tests, and in it that test."""
    file, _, test = name.partition("::")
    if not (ROOT / file).is_file():
        return False
    function = test.partition("[")[0].rpartition("::")[2]
    return not test or re.search(rf"^ *def {function}\(", (ROOT / file).read_text("utf-8"), re.M) is not None
