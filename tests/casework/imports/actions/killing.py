"""A worker that is killed while a file comes in."""

from collections.abc import Callable
from typing import Any

import pytest

from goldthread.casework.imports.actions import bringing


def killed_after_the_first_turn(monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """From now on whoever writes the rows of a second turn dies. Returns what writes a turn, to be put back."""
    whole, turns = bringing._write, []

    def killed(*args: Any) -> bool:
        if turns:
            raise KeyboardInterrupt
        turns.append(1)
        return whole(*args)

    monkeypatch.setattr(bringing, "_write", killed)
    return whole
