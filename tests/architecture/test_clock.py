"""Below the doors nothing reads the clock: dates come in as arguments, so that every rule can be tested on any day."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import name_of, tracked

READS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("time", "time"),
    ("time", "time_ns"),
}
ALLOWED = {
    "goldthread/foundation/lib/ids.py",  # the time in an id orders rows on disk and means nothing else
    "goldthread/foundation/accounts/sessions.py",  # stands in for Django's own session engine, which reads it, too
}


def below_the_doors() -> list[Path]:
    kept = [path for path in tracked(".py") if name_of(path).startswith("goldthread/")]
    skipped = ("goldthread/doors/", "goldthread/settings.py")
    return [path for path in kept if not name_of(path).startswith(skipped) and "/migrations/" not in str(path)]


def reads_of_the_clock(source: str) -> list[int]:
    """The lines that read the clock, or let Django or the database read it."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and (_last_name(node.value), node.attr) in READS:
            lines.append(node.lineno)
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            lines.append(node.value.lineno)
        if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.functions":
            lines += [node.lineno for alias in node.names if alias.name == "Now"]
        if isinstance(node, ast.ImportFrom) and (node.module, "now") in {
            ("django.utils.timezone", n.name) for n in node.names
        }:
            lines.append(node.lineno)
    return lines


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_nothing_below_the_doors_reads_the_clock() -> None:
    found = {name_of(path): reads_of_the_clock(path.read_text()) for path in below_the_doors()}
    assert {name for name, lines in found.items() if lines} <= ALLOWED, found
    assert len(found) > 300


@pytest.mark.parametrize(
    "source",
    [
        "x = timezone.now()",
        "x = datetime.datetime.now(UTC)",
        "x = date.today()",
        "x = models.DateTimeField(auto_now=True)",
        "x = models.DateTimeField(default=timezone.now)",
        "from django.utils.timezone import now",
        "from django.db.models.functions import Now",
    ],
)
def test_the_test_sees_a_read_of_the_clock(source: str) -> None:
    assert reads_of_the_clock(source) == [1]


DAY_IN_GREENWICH = re.compile(r"timezone\.now\(\)\.date\(\)|timezone\.localdate\(|\bdate\.today\(\)|\btime\.strftime\(")


def test_no_test_takes_the_day_in_greenwich_for_the_agencys() -> None:
    """From midnight there until midnight at the agency they are two: ``tests.clock.agency_today`` is meant."""
    tests = [path for path in tracked(".py") if name_of(path).startswith("tests/") and path != Path(__file__)]
    assert len(tests) > 300
    assert [name_of(path) for path in tests if DAY_IN_GREENWICH.search(path.read_text())] == []
