"""``./test`` over midnight: tests take the day when they begin, so what fails while it changes is asked once more, and nothing else is."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import check
from scripts.check import Check
from scripts.children import Children

ONE_MORE_TIME = """
from pathlib import Path

def test_holds_the_second_time():
    seen = Path(__file__).with_name("seen")
    known = seen.exists()
    seen.touch()
    assert known

def test_holds_always():
    runs = Path(__file__).with_name("runs")
    runs.write_text(runs.read_text() + "x" if runs.exists() else "x")
"""
ALWAYS_WRONG = "def test_never_holds():\n    assert False\n"


@pytest.fixture
def one_run(tmp_path: Path) -> Iterator[Check]:
    """A run of ./test at the moment of a stage, of the tests in ``told``."""
    (tmp_path / "told").mkdir()
    run = Check(quick=False, full=True, passed_on=[str(tmp_path / "told")])
    run.python, run.scratch, run.children = sys.executable, tmp_path, Children({})
    yield run
    run.children.stop_all()


def told(run: Check, words: str) -> None:
    (run.scratch / "told" / "test_told.py").write_text(words)


def days(monkeypatch: pytest.MonkeyPatch, *seen: int) -> None:
    monkeypatch.setattr(check, "_days", iter(seen).__next__)


@pytest.mark.thorough
def test_what_fails_while_the_day_changes_is_asked_once_more(one_run: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    told(one_run, ONE_MORE_TIME)
    days(monkeypatch, 22, 23)
    assert one_run._pytest("stage", "not browser", workers="0")
    assert one_run.counts == {"passed": 2, "failed": 0, "skipped": 0}
    assert (one_run.scratch / "told" / "runs").read_text() == "x"


@pytest.mark.thorough
@pytest.mark.parametrize(("words", "seen"), [(ONE_MORE_TIME, (22, 22)), (ALWAYS_WRONG, (22, 23))])
def test_what_fails_on_one_day_or_both_has_failed(
    one_run: Check, monkeypatch: pytest.MonkeyPatch, words: str, seen: tuple[int, ...]
) -> None:
    told(one_run, words)
    days(monkeypatch, *seen)
    assert not one_run._pytest("stage", "not browser", workers="0")
    assert one_run.counts["failed"] == 1
