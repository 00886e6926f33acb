"""The environment in ``.venv``: made from a lock whose every file is checked by its hash, and made again when that changes."""

import fcntl
import hashlib
import importlib.util
import os
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
    lock = ROOT / "requirements" / f"{name}.txt"
    _call(
        [*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(lock)],
        "The packages could not be installed. Is there a connection to a package index?",
    )
    _link_the_product()
    _stamp_file(name).write_text(wanted)


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
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode != 0:
        raise Stop(complaint)
