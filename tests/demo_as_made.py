"""The demo agency for tests in Chromium, made once for all processes of a run. ``python -m tests.demo_as_made FOLDER`` makes it
beforehand: ``./test`` does so beside the tests on PostgreSQL, since three browsers would wait for it.
"""

import fcntl
import shutil
import sys
from pathlib import Path

from tests.databases import hand_tables
from tests.serving import prepare


def make_once(made: Path) -> Path:
    """The data folder *made*, with the demo agency in it. Whoever comes while somebody makes it waits."""
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            half = made.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)  # of one that was broken off
            half.mkdir()
            hand_tables(half)
            prepare(half)
            half.rename(made)
    return made


if __name__ == "__main__":
    make_once(Path(sys.argv[1]))
