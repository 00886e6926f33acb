"""The environment in ``.venv``: made from a lock whose every file is checked by its hash, and made again when that changes."""

import fcntl
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.console import ROOT, Stop, say

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SHIM = """#!/bin/sh
# The product's command line.
exec "$(dirname "$0")/python" -m goldthread "$@"
"""


def ready(name: str) -> Path:
    """The Python of the environment, with everything of ``requirements/NAME.txt`` in it.

    ``test`` is laid on top of ``run``: its lock holds the same versions and more.
    """
    wanted = _digest(name)
    if _stamp(name) == wanted:
        return PYTHON
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Stop("Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv")
    with _one_at_a_time():
        if _stamp(name) != wanted:  # nobody else has made it while this one waited
            _make(name, wanted)
    return PYTHON


def _make(name: str, wanted: str) -> None:
    say(f"Making the environment for ./{name} in .venv (a minute, the first time) …")
    if not any(_stamp(other) == _digest(other) for other in ("run", "test")):
        _call([sys.executable, "-m", "venv", "--clear", str(VENV)], "The environment could not be made.")
    _stamp_file(name).unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]
    pip.append("--no-compile")  # Python does so itself, when a file is imported, and most never are: half a minute less
    pip += ["--only-binary", ":all:", "--require-hashes", "-r"]
    _call_together(
        [[*pip, str(half)] for half in _halves(name)],
        "The packages could not be installed. Is there a connection to a package index?",
    )
    _link_the_product()
    _stamp_file(name).write_text(wanted)


def _halves(name: str) -> list[Path]:
    """The lock as two files, every other package in each: nothing is looked up beside what stands there, so two can work at once."""
    lock = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    packages = re.split(r"^(?=\w)", lock, flags=re.MULTILINE)[1:]
    halves = [VENV / f".{name}-{number}.txt" for number in (1, 2)]
    for number, half in enumerate(halves):
        half.write_text("".join(packages[number::2]), "utf-8")
    return halves


def _link_the_product() -> None:
    """Make ``import goldthread`` and ``.venv/bin/goldthread`` work from anywhere."""
    packages = next((VENV / "lib").glob("python3.*")) / "site-packages"
    (packages / "goldthread.pth").write_text(f"{ROOT}\n")
    shim = VENV / "bin" / "goldthread"
    shim.write_text(SHIM)
    shim.chmod(0o755)


def _digest(name: str) -> str:
    """Changes with the lock, with the Python, and when the folder is moved (an environment cannot be)."""
    lock = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    return hashlib.sha256(
        b"\0".join([lock, sys.version.encode(), sys.executable.encode(), str(ROOT).encode()])
    ).hexdigest()


def _stamp_file(name: str) -> Path:
    return VENV / f".{name}-lock"


def _stamp(name: str) -> str:
    return _stamp_file(name).read_text() if _stamp_file(name).exists() and PYTHON.exists() else ""


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    try:
        VENV.mkdir(exist_ok=True)
        lock = os.open(VENV.with_name(".venv.lock"), os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise Stop(f"Goldthread makes its environment in {VENV}, which cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _call(command: list[str], complaint: str) -> None:
    _call_together([command], complaint)


def _call_together(commands: list[list[str]], complaint: str) -> None:
    """All at once. None is left behind when one fails or somebody presses Ctrl-C."""
    running = [subprocess.Popen(command, stdin=subprocess.DEVNULL) for command in commands]
    try:
        codes = [one.wait() for one in running]
    finally:
        for one in running:
            if one.poll() is None:
                one.terminate()
                one.wait()
    if any(codes):
        raise Stop(complaint)
