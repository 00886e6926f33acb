"""Which tests put statements to PostgreSQL that no other puts: how ``left_on_postgresql.txt`` was chosen, and is chosen again.

Empty the list, and let ``GOLDTHREAD_TEST_STATEMENTS=FOLDER ./test -p tests.statements tests`` run: as a pytest plugin this writes a
line of JSON for each test on PostgreSQL into FOLDER. Then ``python -m tests.statements FOLDER`` prints the tests that may be left to
``./test --full``: each takes ``WORTH`` seconds or more, and whatever it asks is asked by a test that stays.
"""

import json
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from scripts.console import say

WORTH = 0.12
ALWAYS = ("tests/attack/", "tests/access/test_urls.py", "tests/people/persons/test_search.py")
"""What is asked there is the same for many, and how it ends hangs on what is looked for."""
MARKS = {"postgresql", "both"}
DIFFERS = [
    (r"\bs\d+_x\d+\b", "savepoint"),
    (r"(%s)(, ?%s)+", "%s"),
    (r"\(%s\)(, ?\(%s\))+", "(%s)"),
    (r"'[^']*'", "''"),
    (r"\b\d+\b", "0"),
]
"""What differs in one statement from test to test, and what stands for it."""


def plain(statement: str) -> str:
    """The same for the same question about other rows, and about more of them."""
    for pattern, word in DIFFERS:
        statement = re.sub(pattern, word, statement)
    return sha256(statement.encode()).hexdigest()[:16]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Writes down what is asked from the test's first fixture to its last."""
    from django.db import connection  # here: pytest loads plugins before Django

    if connection.vendor != "postgresql":
        yield
        return
    asked: set[str] = set()

    def watch(execute: Any, statement: Any, parameters: Any, many: bool, context: Any) -> Any:
        asked.add(plain(str(statement)))
        return execute(statement, parameters, many, context)

    began = time.perf_counter()
    with connection.execute_wrapper(watch):
        yield
    mark = item.get_closest_marker("django_db")
    commits = "transactional_db" in getattr(item, "fixturenames", ()) or bool(mark and mark.kwargs.get("transaction"))
    stays = commits or item.nodeid.startswith(ALWAYS) or any(item.get_closest_marker(name) for name in MARKS)
    told = {"test": item.nodeid, "seconds": time.perf_counter() - began, "asked": sorted(asked), "stays": stays}
    with (Path(os.environ["GOLDTHREAD_TEST_STATEMENTS"]) / f"{os.getpid()}.jsonl").open("a") as file:
        file.write(f"{json.dumps(told)}\n")


@dataclass
class Told:
    """A test with all that it is given."""

    seconds: float = 0.0
    asked: set[str] = field(default_factory=set)
    stays: bool = False


def read(folder: Path) -> dict[str, Told]:
    """By the name of the test, without what it is given."""
    tests: dict[str, Told] = defaultdict(Told)
    for path in folder.glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            told = json.loads(line)
            test = tests[told["test"].partition("[")[0]]
            test.seconds += told["seconds"]
            test.asked |= set(told["asked"])
            test.stays |= told["stays"]
    return dict(tests)


def left(tests: dict[str, Told]) -> list[str]:
    """Those that ask nothing new, once those stay that ask most in the least time."""
    asked = set[str]().union(*(test.asked for test in tests.values() if test.stays or test.seconds < WORTH))
    waiting = {name: test for name, test in tests.items() if not test.stays and test.seconds >= WORTH}
    while waiting:
        name = max(waiting, key=lambda name: (len(waiting[name].asked - asked) / waiting[name].seconds, name))
        if waiting[name].asked <= asked:
            break
        asked |= waiting.pop(name).asked
    return sorted(waiting)


if __name__ == "__main__":
    for name in left(read(Path(sys.argv[1]))):
        say(name.removeprefix("tests/"))
