"""Which tests run on which database (a pytest plugin, loaded by conftest).

On SQLite everything runs. On PostgreSQL, of pages two tests a module, and else what could end otherwise there: tests that ask a database, which their
fixtures tell (``django_db`` and all that stands on it; without it pytest-django refuses the connection), and those that
say so by the mark ``both``: they start installations of their own, or look over the apps and settings, which differ. A
rule, a table of dates, a word of a template is the same on both.

The mark ``once`` is for more of what another test of the same kind asks on both (a second role, a further label, one more
story): on PostgreSQL it is among the slow ones.

What ``./test`` leaves to ``./test --full`` beside that stands in ``left_to_full.txt``, so that it can be seen in one place, and in
``left_on_postgresql.txt``: what asks PostgreSQL nothing that another test does not ask (ADR 90). What ``--quick`` leaves to ``./test``
beside the tests that say ``thorough`` themselves stands in ``left_to_thorough.txt``.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.databases import ON_POSTGRESQL

LEFT_TO_FULL = Path(__file__).with_name("left_to_full.txt")
LEFT_ON_POSTGRESQL = Path(__file__).with_name("left_on_postgresql.txt")
LEFT_TO_THOROUGH = Path(__file__).with_name("left_to_thorough.txt")

QUICK_STORY = "test_caught_visit.py"
MADE_FIRST = "made"
"""A folder whose tests share something that takes seconds to make. Two processes share out the tests from the front and from the middle,
and later take from each other's end: what stands in front stays together."""
PAGES = "web"
"""The folder of tests that speak HTTP."""
WIDE = {"attack", "demo", "made"}
"""Folders in which every test walks over all there is."""
STORIES_ON_BOTH = (QUICK_STORY, "test_foster_care.py", "test_two_programs.py", "test_family_of_three.py")


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what shows nothing on this database."""
    other = "sqlite" if ON_POSTGRESQL else "postgresql"
    for item in items:
        if item.path.parent.name == "stories":
            _mark_story(item)
        if ON_POSTGRESQL and item.get_closest_marker("once"):
            item.add_marker(pytest.mark.slow)
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=f"only on {other}"))
    _leave_to_full(items)
    _leave_to_thorough(items)
    _leave_pages_to_later(items)
    if not ON_POSTGRESQL and "not thorough" not in config.option.markexpr:
        items[:] = [item for item in items if not item.get_closest_marker("stands_in")]
    items.sort(key=lambda item: item.path.parent.name != MADE_FIRST)
    if ON_POSTGRESQL:
        config.hook.pytest_deselected(items=[item for item in items if not minds_the_database(item)])
        items[:] = [item for item in items if minds_the_database(item)]


def _mark_story(item: pytest.Item) -> None:
    """Each takes seconds: one is told with --quick, four on both databases."""
    if item.path.name != QUICK_STORY:
        item.add_marker(pytest.mark.thorough)
    if item.path.name not in STORIES_ON_BOTH:
        item.add_marker(pytest.mark.once)


def left_to_full() -> list[tuple[str, str]]:
    """Where (``sqlite``, ``postgresql``, ``both``, ``chromium``), and the test, or the file of tests, that is slow there."""
    pairs = [line.partition(" ") for line in _lines(LEFT_TO_FULL)]
    asked_elsewhere = [("postgresql", f"tests/{name}") for name in _lines(LEFT_ON_POSTGRESQL)]
    return [(where, f"tests/{name}") for where, _, name in pairs] + asked_elsewhere


def left_to_thorough() -> list[str]:
    """The tests, and files of tests, that ``--quick`` leaves out."""
    return [f"tests/{name}" for name in _lines(LEFT_TO_THOROUGH)]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _leave_to_full(items: list[pytest.Item]) -> None:
    on_this = ("both", "postgresql" if ON_POSTGRESQL else "sqlite")
    left, walked = ({name for where, name in left_to_full() if where in here} for here in (on_this, ("chromium",)))
    for item in items:
        if names_of(item) & (walked if item.get_closest_marker("browser") else left):
            item.add_marker(pytest.mark.slow)


def _leave_to_thorough(items: list[pytest.Item]) -> None:
    left = set(left_to_thorough())
    for item in items:
        if names_of(item) & left:
            item.add_marker(pytest.mark.thorough)


def names_of(item: pytest.Item) -> set[str]:
    """What a test may be called: with what it is given, without, and as one of its file."""
    return {item.nodeid, item.nodeid.partition("[")[0], item.nodeid.partition("::")[0]}


def _leave_pages_to_later(items: list[pytest.Item]) -> None:
    """What is asked over HTTP takes longest. For ``--quick`` the first test of each module of pages has to do, on PostgreSQL the first
    two: what pages ask of the database is asked by the rooms' own tests, and by those over all addresses, on both. ``--full`` asks all."""
    asked: Counter[Path] = Counter()
    for item in items:
        if item.path.parent.name in WIDE:
            item.add_marker(pytest.mark.thorough)
        if PAGES not in item.path.parts or item.get_closest_marker("thorough") or item.get_closest_marker("slow"):
            continue
        asked[item.path] += 1
        if asked[item.path] > 1:
            item.add_marker(pytest.mark.thorough)
        if asked[item.path] > 2 and ON_POSTGRESQL and not item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.slow)


def minds_the_database(item: pytest.Item) -> bool:
    """Whether *item* could end otherwise on another database."""
    said = any(item.get_closest_marker(mark) for mark in ("django_db", "both", "postgresql"))
    return said or "django_db_setup" in getattr(item, "fixturenames", ())
