"""Where the bench keeps what is slow to make: data folders and one PostgreSQL cluster. Delete ``.data/bench`` at any time."""

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = "goldthread/doors/demo"
MADE_BY = (
    "bench/data.py",
    *(f"{DEMO}/{name}.py" for name in ("size", "staff_at_size", "rows", "bulk", "courses", "work_at_size")),
    "goldthread/**/migrations/*.py",
)
WOVEN_BY = (f"{DEMO}/threads_at_size.py", f"{DEMO}/living.py", f"{DEMO}/printing.py", "bench/instrument.py")
"""What lays threads over a data set that is there: a step of its own, so that a change of it does not undo the rest unseen."""

ASKED_BY = (f"{DEMO}/asking_at_size.py",)
"""The same of inquiries and waitlists."""


def home() -> Path:
    """The bench's folder inside the data folder."""
    folder = Path(os.environ.get("GOLDTHREAD_DATA", ROOT / ".data")).resolve() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def cluster_folder() -> Path:
    """Where the PostgreSQL cluster lies. As root it must be where an account without rights can go."""
    if os.geteuid() != 0:
        return home() / "postgresql"
    name = hashlib.sha256(str(home()).encode()).hexdigest()[:8]
    return Path(tempfile.gettempdir()) / f"goldthread-bench-{name}"


def fingerprint(made_by: tuple[str, ...] = MADE_BY) -> str:
    """Changes when the tables or the generator change: a data set made before is then not used again."""
    files = sorted({file for pattern in made_by for file in ROOT.glob(pattern)})
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]
