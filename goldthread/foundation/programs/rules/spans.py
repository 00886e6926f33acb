"""Lengths of time as people write them: ``30 days``, ``10 business days``, ``90 days before``."""

import re

from goldthread.foundation.programs.enums import Unit
from goldthread.foundation.programs.rules.template import Span

MOST: dict[Unit, int] = {
    Unit.HOURS: 24 * 366,
    Unit.DAYS: 366 * 25,
    Unit.BUSINESS_DAYS: 1000,
    Unit.WEEKS: 1300,
    Unit.MONTHS: 300,
    Unit.YEARS: 130,
}
"""The longest that can be meant; more is a slip of the finger."""
_SPAN = re.compile(r"(?P<count>[0-9]{1,6})\s+(?P<unit>(?:business[ _-])?[a-z]+)(?P<before>\s+before)?")


def read_span(text: str) -> Span:
    """The span written as *text*. ValueError when it is none, or longer than ``MOST``."""
    match = _SPAN.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(text)
    unit = _unit(match["unit"])
    count = int(match["count"])
    if count > MOST[unit]:
        raise ValueError(text)
    return Span(count, unit, before=bool(match["before"]))


def _unit(word: str) -> Unit:
    name = word.replace(" ", "_").replace("-", "_")
    return Unit(name if name.endswith("s") else f"{name}s")


def write_span(span: Span) -> str:
    """*span* as ``read_span`` reads it: ``1 month``, ``10 business days``, ``90 days before``."""
    unit = span.unit.replace("_", " ")
    return f"{span.count} {unit[:-1] if span.count == 1 else unit}{' before' if span.before else ''}"
