"""Starts what is measured: gunicorn as at work, with two workers, and the job worker beside it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

from bench.build import FILES
from bench.places import ROOT

START_SECONDS = 60.0
FLOOR_WORKERS = ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--preload", "--log-level", "warning"]


class Server:
    """A running gunicorn (and job worker) on ``port``."""

    def __init__(self, port: int, processes: list["subprocess.Popen[bytes]"]) -> None:
        self.port = port
        self.processes = processes

    def memory_mb(self) -> float:
        """What the processes and their children occupy, shared pages counted once (proportional set size)."""
        return sum(_memory_kb(pid) for process in self.processes for pid in family(process.pid)) / 1024


@contextmanager
def goldthread(environment: dict[str, str], log: Path) -> Iterator[Server]:
    """Goldthread's web server and worker on a free port."""
    subprocess.run([sys.executable, "-m", "bench.build", FILES], cwd=ROOT, env=environment, check=True)
    port = free_port()
    web = ["gunicorn", "goldthread.wsgi", "--config", str(ROOT / "scripts" / "gunicorn_settings.py")]
    environment = environment | {"DJANGO_SETTINGS_MODULE": "bench.settings"}
    with _running(log, environment, [*web, "--bind", f"127.0.0.1:{port}"], ["goldthread", "worker"]) as processes:
        wait_for(port, processes[0])
        yield Server(port, processes)


@contextmanager
def floor(address: str, log: Path) -> Iterator[Server]:
    """The floor on a free port."""
    port = free_port()
    environment = os.environ | {"FLOOR_DATABASE": address, "PYTHONPATH": str(ROOT)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = ["gunicorn", "bench.floor_app:application", *FLOOR_WORKERS, "--bind", f"127.0.0.1:{port}"]
    with _running(log, environment, command) as processes:
        wait_for(port, processes[0])
        yield Server(port, processes)


@contextmanager
def _running(log: Path, environment: dict[str, str], *commands: list[str]) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Run ``python -m COMMAND …`` of each; stopped when the block ends, however it ends."""
    with ExitStack() as stack:
        output: IO[bytes] = stack.enter_context(log.open("ab"))
        processes = []
        for command in commands:
            process = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
            stack.callback(_stop, process)
            processes.append(process)
        yield processes


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start: see the log in the bench's folder.")


def family(pid: int) -> list[int]:
    """The process and all its children."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(grandchild for child in children for grandchild in family(child))]


def _memory_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
