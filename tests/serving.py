"""The product, served as ./run serves it, for tests that need the whole of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.architecture.tree import ROOT

PATIENCE = 60.0


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment_of(data: Path, *, demo: bool) -> dict[str, str]:
    """That of the product's processes on *data*."""
    own = {"GOLDTHREAD_DATA": str(data), "GOLDTHREAD_DATABASE": "", "GOLDTHREAD_DEMO": "1" if demo else ""}
    return os.environ | own | {"PYTHONPATH": str(ROOT)}


def prepare(data: Path, *, demo: bool = True) -> None:
    """Make the demo agency (or none yet) on SQLite in *data*."""
    command = [sys.executable, "-m", "goldthread", "prepare", *([] if demo else ["--empty"])]
    environment = environment_of(data, demo=demo)
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def served(data: Path, *, demo: bool = True) -> Iterator[str]:
    """What was prepared in *data*, behind gunicorn; yields its address. Ends with the block."""
    environment = environment_of(data, demo=demo)
    if os.environ.get("GOLDTHREAD_TEST_PRESSED"):  # what is pressed is recorded: see tests/forms
        environment |= {"DJANGO_SETTINGS_MODULE": "tests.forms.settings"}
    port = free_port()
    settings = ["--config", "scripts/gunicorn_settings.py", "--bind", f"127.0.0.1:{port}"]
    with (data / "web.log").open("w") as log:
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "goldthread.wsgi", *settings], cwd=ROOT, env=environment, stderr=log
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, web)
            yield address
        finally:
            web.terminate()
            web.wait(20)


@contextmanager
def working(data: Path, *, demo: bool = True) -> Iterator[None]:
    """A worker does the jobs of what was prepared in *data*. Ends with the block."""
    command = [sys.executable, "-m", "goldthread", "worker", "--poll", "0.2"]
    with (data / "worker.log").open("w") as log:
        worker = subprocess.Popen(command, cwd=ROOT, env=environment_of(data, demo=demo), stdout=log, stderr=log)
        try:
            yield
        finally:
            worker.terminate()
            worker.wait(20)


def wait_for(address: str, process: "subprocess.Popen[bytes] | subprocess.Popen[str] | None" = None) -> None:
    """Wait until *address* answers anything; fail when *process* ends instead."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process is None or process.poll() is None, f"the server ended with {process.returncode}"
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
            return
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer within {PATIENCE:.0f} seconds")
