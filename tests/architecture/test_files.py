"""What holds for every file that git keeps."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, name_of, tracked

LONGEST = 400
NOT_OURS = ("/migrations/", "/vendor/")
DEPENDENCY = re.compile(r"^[A-Za-z0-9_.-]+(\[[^]]*\])?\s*([<>=!~].*?)?(?P<why>\s+# \S.*)?$")
ELSEWHERE = re.compile(
    r"https?://[^\s\"')>]*(pypi|npmjs|registry|artifact|mirror|simple/)|(?<![\w.])/(home|root|Users)/\w|/work/", re.I
)


def test_no_file_is_longer_than_400_lines() -> None:
    ours = [
        path for path in tracked(".py", ".html", ".css", ".js") if not any(f in f"/{name_of(path)}" for f in NOT_OURS)
    ]
    lines = {name_of(path): len(path.read_text().splitlines()) for path in ours}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}
    assert len(lines) > 1000


@pytest.mark.parametrize("name", ["run.in", "test.in"])
def test_every_dependency_says_why(name: str) -> None:
    for line in (ROOT / "requirements" / name).read_text().splitlines():
        if line and not line.startswith(("#", "-r")):
            match = DEPENDENCY.match(line)
            assert match is not None, line
            assert match["why"], f"{line}: why?"


def test_what_runs_is_tested_in_the_same_versions() -> None:
    """test.txt is laid over run.txt in one environment."""

    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text()
        return {match.lower() for match in re.findall(r"^([A-Za-z0-9_.\[\]-]+==\S+)", text, re.MULTILINE)}

    assert pins("run.txt") - pins("test.txt") == set()


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--index-url" not in text


def test_no_file_names_this_machine_or_a_package_host() -> None:
    """A checkout must work anywhere; nothing of where it was written may be in it."""
    found = []
    for path in tracked():
        if path == Path(__file__):
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {match[0]}" for match in ELSEWHERE.finditer(text)]
    assert found == []
