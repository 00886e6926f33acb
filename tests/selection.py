"""Which tests run on which database (a pytest plugin, loaded by conftest).

On SQLite everything runs. On PostgreSQL only what could end otherwise there: tests that ask a database, which their
fixtures tell (``django_db`` and all that stands on it; without it pytest-django refuses the connection), and those that
say so by the mark ``both``: they start installations of their own, or look over the apps and settings, which differ. A
rule, a table of dates, a word of a template is the same on both.
"""

import pytest

from tests.databases import ON_POSTGRESQL

QUICK_STORIES = ("test_foster_care.py", "test_caught_visit.py")


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what shows nothing on this database. Stories are thorough but for two: each takes seconds."""
    other = "sqlite" if ON_POSTGRESQL else "postgresql"
    for item in items:
        if item.path.parent.name == "stories" and item.path.name not in QUICK_STORIES:
            item.add_marker(pytest.mark.thorough)
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=f"only on {other}"))
    if ON_POSTGRESQL:
        config.hook.pytest_deselected(items=[item for item in items if not minds_the_database(item)])
        items[:] = [item for item in items if minds_the_database(item)]


def minds_the_database(item: pytest.Item) -> bool:
    """Whether *item* could end otherwise on another database."""
    said = any(item.get_closest_marker(mark) for mark in ("django_db", "both", "postgresql"))
    return said or "django_db_setup" in getattr(item, "fixturenames", ())
