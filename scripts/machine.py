"""What the tests need of the machine beside Python: PostgreSQL's server, Chromium, and a library of Playwright's driver."""

import ctypes
import os
import shutil
import subprocess
from pathlib import Path

from scripts.console import Stop, say

OLDEST_POSTGRESQL = 15
MEMORY = Path("/dev/shm")
ENOUGH = 2 << 30
"""Bytes that a run of the tests may take: three hundred MB of files and as much of PostgreSQL's, and room to spare."""


def quick_disk() -> Path | None:
    """A disk in memory with room for a run, on which the syncs that Goldthread insists on cost nothing. None: there is none."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    return MEMORY if roomy else None


def postgresql_binaries() -> Path | None:
    """The folder of initdb and postgres: Debian keeps them beside the path, by version. The newest wins."""
    folders = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    fitting = [path for path in folders if int(path.parent.name) >= OLDEST_POSTGRESQL]
    if fitting:
        return max(fitting, key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


SHELL = "chromium-headless-shell"
"""Debian's name of Chromium without its windows, which is how Playwright itself drives it: the same pages for a quarter of
the processor's time."""


def chromium() -> str | None:
    """The path of Chromium's shell; where there is none, of Chromium or Chrome."""
    names = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


LIBRARIES = {
    "libatomic1": "libatomic.so.1",
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
"""Debian's package → the library in it. The first is loaded by the program inside Playwright's package, the others by WeasyPrint;
a minimal Debian lacks them."""


def has_library(name: str) -> bool:
    """Whether the library *name* can be loaded."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing_packages() -> list[str]:
    """What has to be installed, by Debian's names."""
    there: dict[str, object] = {"postgresql": postgresql_binaries(), "chromium": chromium()}
    there |= {package: has_library(library) for package, library in LIBRARIES.items()}
    return [package for package, found in there.items() if not found]


def install_what_is_missing() -> None:
    """Install it where this may; else say what to install and stop. Chromium's shell is wanted, not needed."""
    missing, slow = missing_packages(), not shutil.which(SHELL)
    may = os.geteuid() == 0 and bool(shutil.which("apt-get"))
    if missing and not may:
        command = f"apt-get install {' '.join(missing)}"
        raise Stop(
            f"The tests need {' and '.join(missing)}. On Debian, as root: {command}  (or ./test --quick, without)"
        )
    if may and (missing or slow):
        updated = _apt_get("update", "-qq")
        if slow and _done("apt-cache", "show", SHELL):  # Debian offers it, Ubuntu does not
            missing = [SHELL, *(name for name in missing if name != "chromium")]
        if missing and not (updated and _install(missing)) and missing_packages():
            raise Stop(f"Installing failed. By hand: apt-get install {' '.join(missing)}")


def _install(packages: list[str]) -> bool:
    say(f"Installing {' and '.join(packages)} …")
    return _apt_get("install", "-y", "-qq", "--no-install-recommends", *packages)


def _apt_get(*words: str) -> bool:
    return _done("apt-get", *words)


def _done(*command: str) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    nowhere = subprocess.DEVNULL
    return (
        subprocess.run(command, env=quiet, stdin=nowhere, stdout=nowhere, stderr=nowhere, check=False).returncode == 0
    )
