"""The newcomer's path: a clean clone in an empty folder, one command, in, to a client and back, out, and again."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.architecture.tree import ROOT
from tests.browser import DEADLINE, DESK, Watch
from tests.serving import free_port, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.alone]
FIRST_START = 300.0
SECOND_START = 5.0
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "PIP_CONFIG_FILE", "PIP_INDEX_URL", "PIP_CERT", "SSL_CERT_FILE")
"""All that a newcomer's shell brings along."""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What ``git clone`` gives: the commit that is checked out, nothing that lies around."""
    folder = tmp_path / "goldthread"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)], check=True)
    return folder


@pytest.fixture
def started() -> Iterator[list["subprocess.Popen[str]"]]:
    """Processes to be ended if the test does not get that far."""
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        if process.stdout:
            process.stdout.close()


def run(clone: Path, port: int) -> "subprocess.Popen[str]":
    """``./run`` with the system's own Python and a newcomer's environment."""
    environment = {name: value for name, value in os.environ.items() if name in KEPT}
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin") or sys.executable
    return subprocess.Popen(
        [python, "./run", "--port", str(port)],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def read_until_ready(process: "subprocess.Popen[str]", seconds: float) -> str:
    """What ./run prints until it says how to stop."""
    assert process.stdout
    deadline = time.monotonic() + seconds
    text = ""
    for line in process.stdout:
        text += line
        if line.startswith("Ctrl-C"):
            return text
        assert time.monotonic() < deadline, text
    raise AssertionError(f"./run ended: {text}")


def wait_to_be_alone() -> None:
    """./test lets all but the second start go on beside other tests, and says when they have ended."""
    said = os.environ.get("GOLDTHREAD_TEST_ALONE")
    while said and not Path(said).exists():
        time.sleep(0.2)


def processes_of(clone: Path) -> list[str]:
    """Command lines of everything that runs out of this clone."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            folder = os.readlink(entry / "cwd")
        except OSError:
            continue
        if folder.startswith(str(clone)) or str(clone) in command:
            found.append(command)
    return found


def sign_ins(text: str) -> dict[str, str]:
    """Role to email, as printed."""
    return dict(re.findall(r"^  (\w[\w ]+?)\s{2,}(\S+@\S+)$", text, re.MULTILINE))


def walk_to_a_client_and_back(page: Page, email: str, password: str) -> None:
    page.goto("/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/day/")
    page.click("nav a:has-text('Clients')")
    page.wait_for_url("**/clients/**")
    link = page.locator("main a[href^='/clients/']").filter(has_not_text="New").first
    name = link.inner_text().splitlines()[0].strip()
    link.click()
    page.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/"))
    assert name in page.locator("main").inner_text()
    page.go_back()
    page.wait_for_url("**/clients/")


def test_from_a_clone_to_a_client_and_back_and_again(
    clone: Path, started: list["subprocess.Popen[str]"], chromium_browser: Browser
) -> None:
    port = free_port()
    started.append(run(clone, port))
    welcome = read_until_ready(started[0], FIRST_START)
    assert f"http://localhost:{port}/" in welcome
    assert len(sign_ins(welcome)) == 8  # one for each role
    password = re.search(r"password: (\S+)", welcome)
    assert password

    watch = Watch()
    context = chromium_browser.new_context(base_url=f"http://localhost:{port}", viewport=DESK)
    context.set_default_timeout(DEADLINE)
    page = context.new_page()
    watch.over(page)
    walk_to_a_client_and_back(page, sign_ins(welcome)["Case manager"], password[1])
    context.close()
    assert watch.unforgiven == []

    started[0].send_signal(signal.SIGINT)
    assert started[0].wait(30) == 0
    assert processes_of(clone) == []
    dirt = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True)
    assert dirt.stdout == ""

    wait_to_be_alone()
    began = time.monotonic()
    started.append(run(clone, port))
    wait_for(f"http://127.0.0.1:{port}", started[1])
    assert time.monotonic() - began < SECOND_START
    assert sign_ins(read_until_ready(started[1], SECOND_START)) == sign_ins(welcome)
    started[1].send_signal(signal.SIGTERM)
    assert started[1].wait(30) == 0
    assert processes_of(clone) == []
