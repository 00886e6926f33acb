"""Talking to the person at the terminal."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Stop(Exception):
    """Something that the person can put right. The message is all they see; the exit code is 1."""


def say(text: str = "") -> None:
    """One line, at once, also when the output is a pipe."""
    print(text, flush=True)


def complain(text: str) -> None:
    """One line on standard error."""
    print(text, file=sys.stderr, flush=True)
