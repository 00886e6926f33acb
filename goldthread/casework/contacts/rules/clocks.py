"""The clocks of a concern, as data."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parent.parent / "clocks.yaml"


def concern_due(raised_on: date) -> date:
    """By when somebody must have looked after a concern raised on that day."""
    return raised_on + timedelta(days=_clocks()["concern"]["days"])


def grievance_due(filed_on: date) -> date:
    """By when a grievance filed on that day must be answered."""
    return filed_on + timedelta(days=_clocks()["grievance"]["days"])


@cache
def _clocks() -> dict[str, Any]:
    clocks: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return clocks
