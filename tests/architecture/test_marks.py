"""Where the stages of ``./test`` look for what they run, there it is: a test that lies elsewhere would never be run."""

import re

from scripts.check import ALONE, ROOMS_OWN
from tests.architecture.tree import name_of, tracked

BROWSER = re.compile(r"mark\.browser\b|from tests\.browser import|\bpage: Page\b")
LOOKS_AT_THE_CLOCK = re.compile(r"mark\.alone\b")


def files_with(pattern: re.Pattern[str]) -> set[str]:
    """Test modules that hold *pattern*."""
    modules = [path for path in tracked(".py") if path.name.startswith("test_")]
    return {name_of(path) for path in modules if pattern.search(path.read_text("utf-8"))}


def test_no_room_drives_a_browser_by_itself() -> None:
    found = files_with(BROWSER)
    assert found
    assert not {path for path in found if path.startswith(tuple(f"{rooms}/" for rooms in ROOMS_OWN))}


def test_what_runs_alone_lies_together() -> None:
    found = files_with(LOOKS_AT_THE_CLOCK) - {"tests/architecture/test_marks.py"}
    assert found
    assert {path for path in found if not path.startswith(f"{ALONE}/")} == set()
