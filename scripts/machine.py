"""What the tests need of the machine beside Python: PostgreSQL's server and Chromium."""

import os
import shutil
import subprocess
from pathlib import Path

from scripts.console import Stop, say

OLDEST_POSTGRESQL = 15


def postgresql_binaries() -> Path | None:
    """The folder of initdb and postgres: Debian keeps them beside the path, by version. The newest wins."""
    folders = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    fitting = [path for path in folders if int(path.parent.name) >= OLDEST_POSTGRESQL]
    if fitting:
        return max(fitting, key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def chromium() -> str | None:
    """The path of Chromium or Chrome."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


def install_what_is_missing() -> None:
    """Install PostgreSQL and Chromium where this may; else say what to install and stop."""
    missing = [] if postgresql_binaries() else ["postgresql"]
    missing += [] if chromium() else ["chromium"]
    if not missing:
        return
    command = f"apt-get install {' '.join(missing)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stop(
            f"The tests need {' and '.join(missing)}. On Debian, as root: {command}  (or ./test --quick, without)"
        )
    say(f"Installing {' and '.join(missing)} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
        done = subprocess.run(
            ["apt-get", *step], env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode != 0:
            raise Stop(f"apt-get {step[0]} failed. Install by hand: {command}")
    if not postgresql_binaries() or not chromium():
        raise Stop(f"{command} ran, but the programs are not there.")
