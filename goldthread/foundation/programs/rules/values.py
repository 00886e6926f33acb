"""What many parts of a template hold: a length of time, and where a rule comes from."""

from dataclasses import dataclass
from datetime import date

from goldthread.foundation.programs.enums import Unit


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: ``Span(30, Unit.DAYS)``. ``before``: counted backwards from the trigger."""

    count: int
    unit: Unit
    before: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from. ``judgement``: of the product, loosened without ceremony. ``verified``: read in the source itself."""

    text: str
    effective: date | None = None
    verified: bool = False
    judgement: bool = False


JUDGEMENT = Source("product judgement", judgement=True)
"""The source of what no rule of the field asks for."""
