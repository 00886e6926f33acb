"""Runs ``strainer.py`` over one upload: a process with so much memory and time and no more."""

import json
import subprocess  # our own program, with fixed arguments
import sys
from dataclasses import dataclass
from pathlib import Path

from goldthread.foundation.files.papers import MEDIA_TYPES, Sort, refusal, taken

PROGRAM = Path(__file__).with_name("strainer.py")
PATIENCE = 40
"""Seconds by the clock: on a busy machine its 15 of the processor take longer."""


@dataclass(frozen=True, slots=True)
class Clean:
    """What may be kept of an upload."""

    data: bytes
    media_type: str


def strained(data: bytes) -> Clean:
    """What may be kept of *data* as a document: plain text, an image drawn anew, or a PDF in which nothing starts by itself.

    DomainError says why not, and what to do. Takes a quarter of a second: call it outside of transactions.
    """
    paper = taken(data)
    if paper.sort == Sort.TEXT:
        return Clean(paper.data, MEDIA_TYPES[paper.sort])
    return Clean(_run(paper.sort, paper.data), MEDIA_TYPES[paper.sort])


def _run(sort: Sort, data: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  # our own program, with fixed arguments
            [sys.executable, "-I", str(PROGRAM), sort.value],
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("complex") from error
    line, _newline, clean = done.stdout.partition(b"\n")
    if done.returncode or not line:  # it ran out of time or memory
        raise refusal("complex")
    said = json.loads(line)
    if "refused" in said:
        raise refusal(said["refused"])
    if said["kept"] != len(clean):
        raise refusal("complex")
    return clean
