"""./test: everything that has to hold, stage by stage, with the time of each."""

import argparse
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scripts import environment, machine
from scripts.children import Children, Stopped, listen_for_signals
from scripts.cluster import Cluster
from scripts.console import ROOT, Stop, complain, say

DESCRIPTION = """Check everything: lint, types, layers, tests on SQLite and PostgreSQL, the screens in Chromium.

Further arguments go to pytest; then only the tests run, not lint and types:
  ./test tests/access -k labels
"""
CORES = "2"
LINT_ALONE = 6.0
"""Seconds after which tests begin beside mypy, which on a clean checkout takes half a minute of one core."""
BROWSERS = "3"
"""One more than there are cores: who drives a browser waits for it a quarter of the time."""
ROOMS_OWN = [f"tests/{storey}" for storey in ("foundation", "people", "casework", "access")]
"""None of these drives a browser (tests/architecture/test_marks.py), and gathering them would take each process seconds."""
ALONE = "tests/newcomer"
"""Where what looks at the clock lies."""
FIRST_START = "the first start"
AGENCY = ZoneInfo("America/New_York")
"""Where the agency of the tests is (tests/clock.py)."""
AGAIN = ["--reruns", "1", "-r", "R"]
"""Three browsers on two cores are now and then late for a deadline: a failed walk is walked once more, and named at the end."""


def main(arguments: list[str]) -> int:
    """Do what the command line asks; 0 when everything holds."""
    parser = argparse.ArgumentParser(
        prog="./test", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="SQLite, no browser, nothing thorough: two minutes")
    size.add_argument("--full", action="store_true", help="also what is slow")
    options, passed_on = parser.parse_known_args(arguments)
    try:
        listen_for_signals()
        return Check(quick=options.quick, full=options.full, passed_on=passed_on).run()
    except Stop as stop:
        complain(str(stop))
        return 1
    except Stopped:
        complain("Stopped.")
        return 130


def _days() -> list[date]:
    """The day of the clock of the world, and of the agency that tests make."""
    return [datetime.now(zone).date() for zone in (UTC, AGENCY)]


@dataclass
class Check:
    """One run of ./test."""

    quick: bool
    full: bool
    passed_on: list[str]
    failed: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"passed": 0, "failed": 0, "skipped": 0})
    began: float = field(default_factory=time.monotonic)
    lint_began: float = 0.0
    linting: list[str] = field(default_factory=list)
    """What is still at it beside the tests."""

    def run(self) -> int:
        """All stages, also those after a failed one: one run tells everything that is wrong."""
        if not self.quick:
            machine.install_what_is_missing()
        self.python = str(environment.ready("test"))
        with tempfile.TemporaryDirectory(prefix="goldthread-test-", dir=machine.quick_disk()) as scratch:
            self.scratch = Path(scratch)
            self.children = Children(self._environment())
            try:
                self._stages()
            finally:
                self.children.stop_all()
        return self._summary()

    def _stages(self) -> None:
        if not self.passed_on:
            self._begin_lint()
        left_out = " and not thorough" if self.quick and not self.passed_on else ""
        with self._counting_branches():
            self._stage("tests on SQLite", lambda: self._pytest("sqlite", f"not browser{left_out}"))
        self._end_lint()
        if self.quick:
            return
        if self.full and not self.passed_on:
            self._stage("branches of rules and actions", self._branches)
        if not self.passed_on:
            self._begin_demo()
            self._begin_first_start()
        self._stage("tests on PostgreSQL", self._on_postgresql)
        self._screens()
        self._stage(FIRST_START, self._first_start)

    def _begin_demo(self) -> None:
        """The demo agency of the screens is made beside the tests before them. Where that fails, they make it, and say why."""
        command = [self.python, "-m", "tests.demo_as_made", self.children.environment["GOLDTHREAD_TEST_DEMO"]]
        self._begin("demo", command, {"DJANGO_SETTINGS_MODULE": "goldthread.settings"})

    def _begin_first_start(self) -> None:
        """Beside the tests on PostgreSQL, since it keeps one core busy half the time. Where it looks at the clock it waits to be alone."""
        waits = {"GOLDTHREAD_TEST_ALONE": str(self.scratch / "alone"), "TMPDIR": tempfile.gettempdir()}
        self._begin(FIRST_START, self._command("alone", "browser and alone", "0", [ALONE]), waits)

    def _begin(self, name: str, command: list[str], more: dict[str, str]) -> None:
        """Something on SQLite that goes on beside the stages, in their environment and *more*."""
        environment = self.children.environment
        self.children.environment = environment | {"GOLDTHREAD_DATABASE": ""} | more
        self.children.start(name, command, into=self._said(name))
        self.children.environment = environment

    def _screens(self) -> None:
        """In Chromium. When all of them ran, no form and no named button of any page may have been forgotten."""
        pressed = self.scratch / "pressed"
        pressed.mkdir()
        self.children.environment["GOLDTHREAD_TEST_PRESSED"] = str(pressed)
        screens = "screens in Chromium"
        elsewhere = [] if self.passed_on else [f"--ignore={rooms}" for rooms in ROOMS_OWN]
        self._stage(screens, lambda: self._pytest("browser", "browser and not alone", workers=BROWSERS, more=elsewhere))
        if self.full and not self.passed_on:
            self._stage("stories pressed in Chromium", self._told_again)
        self.children.environment["GOLDTHREAD_TEST_PRESSED"] = ""
        if screens not in self.failed and not self.passed_on:
            judge = [self.python, "-m", "tests.forms.check", str(pressed), *(["--full"] if self.full else [])]
            self._stage("every form was pressed", lambda: self._code(judge) == 0)

    def _told_again(self) -> bool:
        """Tests that speak to pages over HTTP, with their forms pressed: those that need a long story before they are there."""
        listed = (ROOT / "tests" / "forms" / "told_again.txt").read_text("utf-8").split()
        return self._pytest("told-again", "", workers=BROWSERS, more=["-p", "tests.forms.told_again", *listed])

    def _begin_lint(self) -> None:
        """All at once. Those that take seconds are waited for; the others go on beside the tests: alone none keeps two cores busy."""
        tool = [self.python, "-m"]
        lint_imports = [self.python, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
        checks = {
            "ruff check": [*tool, "ruff", "check", "--quiet", "."],
            "ruff format": [*tool, "ruff", "format", "--quiet", "--check", "."],
            "djlint": [*tool, "djlint", "goldthread", "--lint", "--quiet"],
            "mypy": [*tool, "mypy"],
            "import-linter": lint_imports,
            "migrations": [*tool, "goldthread", "makemigrations", "--check", "--dry-run"],
        }
        say(f"── {', '.join(checks)}")
        self.lint_began = time.monotonic()
        for name, command in checks.items():
            self.children.start(name, command, into=self._said(name))
        self.linting = list(checks)
        while self.linting and time.monotonic() - self.lint_began < LINT_ALONE:
            time.sleep(0.05)
            self._tell_lint()
        say()

    def _end_lint(self) -> None:
        """Wait for those that went on beside the tests."""
        while self.linting:
            time.sleep(0.05)
            self._tell_lint()

    def _tell_lint(self) -> None:
        for name in [name for name in self.linting if self.children.running[name].poll() is not None]:
            self.linting.remove(name)
            held = self.children.running.pop(name).returncode == 0
            if not held:
                say(self._said(name).read_text().rstrip())
            self._ended(name, time.monotonic() - self.lint_began, held=held)

    def _said(self, check: str) -> Path:
        return self.scratch / f"{check}.txt"

    @contextmanager
    def _counting_branches(self) -> Iterator[None]:
        """With ``--full`` the tests on SQLite write down which branches of rules, actions and access they take."""
        if not self.full or self.passed_on:
            yield
            return
        self.children.environment |= {
            "COVERAGE_FILE": str(self.scratch / "branches"),
            "PYTEST_PLUGINS": "tests.branches",
        }
        yield
        del self.children.environment["PYTEST_PLUGINS"]

    def _branches(self) -> bool:
        """How many of them were taken, and those that none takes."""
        coverage = [self.python, "-m", "coverage"]
        return self._code([*coverage, "combine", "--quiet"]) == 0 and self._code([*coverage, "report"]) == 0

    def _on_postgresql(self) -> bool:
        with Cluster(self.scratch) as cluster:
            return self._pytest("postgresql", "not browser and not sqlite", database=cluster.url)

    def _first_start(self) -> bool:
        """On the disk that a newcomer has, since it looks at the clock: what is left of it, now that nothing else runs."""
        if self.passed_on:
            self.children.environment["TMPDIR"] = tempfile.gettempdir()
            return self._pytest("alone", "browser and alone", workers="0")
        (self.scratch / "alone").touch()
        held = self.children.running[FIRST_START].wait() == 0
        self.children.running.pop(FIRST_START)
        say(self._said(FIRST_START).read_text().rstrip())
        self._count(self._report("alone"))
        return held

    def _pytest(
        self, name: str, marks: str, *, workers: str = CORES, database: str = "", more: Sequence[str] = ()
    ) -> bool:
        command = self._command(name, marks, workers, more)
        self.children.environment["GOLDTHREAD_DATABASE"] = database
        began_on = _days()
        code = self._code(command)
        if code == 1 and _days() != began_on:
            say(
                "── Midnight passed while these ran, and they take the day when they begin: what failed is asked once more."
            )
            self._count(self._report(name), but_failed=True)
            code = self._code([*command, "--last-failed"])
        self._count(self._report(name))
        return code == 0 or (code == 5 and bool(self.passed_on))  # 5: pytest found nothing to run here

    def _command(self, name: str, marks: str, workers: str, more: Sequence[str]) -> list[str]:
        """Of pytest, for the stage *name*."""
        marks = marks if self.full else f"({marks}) and not slow"
        cache = f"cache_dir={self.scratch / f'{name}-cache'}"
        again = AGAIN if name in ("browser", "told-again") else []
        examples = [] if self.full else [f"--hypothesis-profile={'quick' if self.quick else 'usual'}"]
        command = [self.python, "-m", "pytest", "-o", cache, "-m", marks, f"--junitxml={self._report(name)}"]
        return [*command, "-n", workers, "--dist", "worksteal", *again, *examples, *more, *self.passed_on]

    def _report(self, name: str) -> Path:
        return self.scratch / f"{name}.xml"

    def _count(self, report: Path, *, but_failed: bool = False) -> None:
        """Add what *report* counts; *but_failed*: those that failed are counted when they are asked again."""
        if not report.exists():
            return
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            self.counts["failed"] += 0 if but_failed else failed
            self.counts["skipped"] += skipped
            self.counts["passed"] += tests - failed - skipped

    def _stage(self, name: str, work: Callable[[], bool]) -> None:
        say(f"── {name}")
        began = time.monotonic()
        self._ended(name, held=work(), seconds=time.monotonic() - began)
        say()

    def _ended(self, name: str, seconds: float, *, held: bool) -> None:
        if not held:
            self.failed.append(name)
        say(f"── {name}: {'ok' if held else 'FAILED'} in {seconds:.1f} s")

    def _code(self, command: list[str]) -> int:
        child = self.children.start("stage", command)
        code = child.wait()
        self.children.running.pop("stage")
        return code

    def _environment(self) -> dict[str, str]:
        data = self.scratch / "data"
        data.mkdir()
        temporary = self.scratch / "tmp"
        temporary.mkdir()
        return {
            "GOLDTHREAD_DATA": str(data),
            "GOLDTHREAD_DATABASE": "",
            "GOLDTHREAD_DEMO": "",
            "PYTHONPATH": str(ROOT),
            "GOLDTHREAD_TEST_TABLES": str(
                self.scratch / "tables.sqlite3"
            ),  # made once, by the first test that needs them
            "TMPDIR": str(temporary),  # databases, browsers' profiles and all that tests keep
            "GOLDTHREAD_TEST_DEMO": str(self.scratch / "demo"),
        }

    def _summary(self) -> int:
        say(
            f"{time.monotonic() - self.began:.0f} s in all. "
            + (f"FAILED: {', '.join(self.failed)}" if self.failed else "All stages hold.")
        )
        if self.quick and not self.passed_on:
            say("Not run, being --quick: PostgreSQL, the screens, and the tests marked thorough. ./test runs them.")
        say("Tests: {passed} passed, {failed} failed, {skipped} skipped".format(**self.counts))
        if not any(self.counts.values()):
            say(f"No test was found: {' '.join(self.passed_on)}")
            return 1
        return 1 if self.failed or self.counts["failed"] else 0
