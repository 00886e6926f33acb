"""What ./run says when it cannot start, and how it ends. The whole of it is driven by tests/newcomer."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import environment, start
from scripts.children import Children
from scripts.console import Stop
from tests.architecture.tree import ROOT
from tests.serving import free_port


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "./run", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run("--port", str(port), "--data", str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr == f"Port {port} is taken. Choose another: ./run --port {port + 1}\n"


def test_a_data_folder_that_cannot_be_written_is_named() -> None:
    ended = run("--data", "/proc/goldthread")
    assert ended.returncode == 1
    assert ended.stderr.startswith("The data folder /proc/goldthread cannot be written: ")
    assert "--data" in ended.stderr


@pytest.mark.parametrize("port", ["0", "70000", "http"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    ended = run("--port", port)
    assert ended.returncode == 2
    assert "a port is a number from 1 to 65535" in ended.stderr


@pytest.mark.parametrize("command", ["run", "test"])
def test_an_old_python_is_told_which_one_is_needed(command: str) -> None:
    pretend = f"import sys, runpy; sys.version_info = (3, 10, 4); runpy.run_path({command!r}, run_name='__main__')"
    ended = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr == "Goldthread needs Python 3.11 or newer; this is 3.10.\n"


def test_a_python_without_venv_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_stamp", lambda name: "")
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Stop, match="apt-get install python3-venv"):
        environment.ready("run")


@pytest.mark.parametrize("name", ["run", "test"])
def test_two_at_once_put_in_place_what_the_lock_names_and_with_its_hashes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path)
    lock = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    halves = [path.read_text("utf-8") for path in environment._halves(name)]
    assert sorted("".join(halves).splitlines()) == sorted(lock.splitlines())
    first, second = (len(re.findall(r"^\w", half, re.MULTILINE)) for half in halves)
    assert first - second in (0, 1)
    assert all(re.match(r"[\w.-]+==", half) for half in halves)


def test_the_environment_is_made_again_when_the_lock_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    (tmp_path / "requirements").mkdir()
    lock = tmp_path / "requirements" / "run.txt"
    lock.write_text("a==1\n")
    before = environment._digest("run")
    lock.write_text("a==2\n")
    assert environment._digest("run") != before


def test_a_second_goldthread_on_the_same_data_is_refused(tmp_path: Path) -> None:
    start._take(tmp_path)
    ended = run("--data", str(tmp_path), "--port", str(free_port()))
    assert ended.returncode == 1
    assert "is running on" in ended.stderr


def test_a_child_keeps_what_it_compiles_also_where_that_was_switched_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "imported.py").write_text("")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    children = Children({"PYTHONPATH": str(tmp_path)})
    assert children.start("worker", [sys.executable, "-c", "import imported"]).wait() == 0
    children.stop_all()
    assert list((tmp_path / "__pycache__").glob("imported.*.pyc"))


def test_a_child_that_ends_is_said() -> None:
    children = Children({})
    children.start("worker", [sys.executable, "-c", "raise SystemExit(3)"]).wait()
    assert children.someone_ended() == "The worker ended by itself (exit code 3)."
    children.stop_all()


@pytest.mark.parametrize(("hang_up", "said"), [(signal.SIG_IGN, "still here"), (signal.SIG_DFL, "stopped")])
def test_under_nohup_it_goes_on_when_the_terminal_closes(hang_up: signal.Handlers, said: str) -> None:
    script = (
        "import os, signal\nfrom scripts.children import Stopped, listen_for_signals\nlisten_for_signals()\n"
        "try:\n    os.kill(os.getpid(), signal.SIGHUP)\n    print('still here')\nexcept Stopped:\n    print('stopped')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, hang_up),
    )
    assert ended.stdout == f"{said}\n"


def test_stopping_leaves_no_grandchild() -> None:
    """A web server has workers of its own."""
    children = Children({})
    parent = children.start("web", ["sh", "-c", "sleep 600 & echo $!; wait"], keep_output=True)
    assert parent.stdout
    grandchild = int(parent.stdout.readline())
    children.stop_all()
    parent.stdout.close()
    for _ in range(100):
        if not Path(f"/proc/{grandchild}/cmdline").exists() or not Path(f"/proc/{grandchild}/cmdline").read_bytes():
            return
        time.sleep(0.05)
    os.kill(grandchild, signal.SIGKILL)
    pytest.fail("the grandchild lives on")
