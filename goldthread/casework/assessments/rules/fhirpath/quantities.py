"""Amounts with a unit. Durations of the calendar, and the units that questionnaires use; others compare only with themselves."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.problems import ExpressionError

UCUM = "http://unitsofmeasure.org"
CALENDAR = ("year", "month", "week", "day", "hour", "minute", "second", "millisecond")
SECONDS = {"week": 604800.0, "day": 86400.0, "hour": 3600.0, "minute": 60.0, "second": 1.0, "millisecond": 0.001}
CODES = {"wk": "week", "d": "day", "h": "hour", "min": "minute", "s": "second", "ms": "millisecond"}
METRIC = {
    **{code: ("time", SECONDS[word]) for code, word in CODES.items()},
    **{word: ("time", SECONDS[word]) for word in SECONDS},
    "a": ("time", 31557600.0),
    "mo": ("time", 2629800.0),
    "kg": ("mass", 1000.0),
    "g": ("mass", 1.0),
    "mg": ("mass", 0.001),
    "ug": ("mass", 0.000001),
    "[lb_av]": ("mass", 453.59237),
    "[oz_av]": ("mass", 28.349523125),
    "m": ("length", 1.0),
    "km": ("length", 1000.0),
    "cm": ("length", 0.01),
    "mm": ("length", 0.001),
    "[in_i]": ("length", 0.0254),
    "[ft_i]": ("length", 0.3048),
    "[mi_i]": ("length", 1609.344),
    "L": ("volume", 1.0),
    "l": ("volume", 1.0),
    "dL": ("volume", 0.1),
    "mL": ("volume", 0.001),
    "1": ("number", 1.0),
    "%": ("number", 0.01),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """*unit* is a word of the calendar (``days``), or a code of UCUM in quotes (``'mg'``)."""

    value: float | int
    unit: str = "'1'"

    def __str__(self) -> str:
        return f"{self.value:g} {self.unit}"

    def calendar(self) -> str:
        """The word of the calendar for its unit, in the singular; empty when it has none."""
        word = self.unit.removesuffix("s") if self.unit[:1] != "'" else CODES.get(self.unit.strip("'"), "")
        return word if word in CALENDAR else ""

    def base(self) -> tuple[str, float]:
        """Its kind (mass, length, months …) and how much of the basic unit it is."""
        if self.unit.rstrip("s") in ("year", "month"):
            return "months", self.value * (12 if self.unit.startswith("year") else 1)
        code = self.unit.strip("'") if self.unit[:1] == "'" else self.unit.removesuffix("s")
        kind, factor = METRIC.get(code, (code, 1.0))
        return kind, self.value * factor

    def compare(self, other: "Quantity") -> int | None:
        """-1, 0, 1, or None when the two cannot be compared."""
        (kind, mine), (its_kind, theirs) = self.base(), other.base()
        if kind != its_kind:
            return None
        return 0 if same_number(mine, theirs) else (mine > theirs) - (mine < theirs)

    def into(self, unit: str) -> "Quantity | None":
        """The same amount in another unit, or None."""
        (kind, mine), (its_kind, one) = self.base(), Quantity(1, unit).base()
        return Quantity(mine / one, unit) if kind == its_kind and one else None


def same_number(one: float | int, other: float | int) -> bool:
    """Equal to eight decimal places, as the reference engine takes it."""
    return one == other or abs(one - other) < 5e-9


def as_quantity(value: Any) -> Quantity:
    """A number counts as an amount of one."""
    return value if isinstance(value, Quantity) else Quantity(value)


def added(one: Quantity, other: Quantity, sign: int) -> Quantity:
    """Their sum or difference, in the unit of the first. ExpressionError when the units do not fit."""
    converted = other if other.unit == one.unit else other.into(one.unit)
    if converted is None:
        raise ExpressionError(_("%(one)s and %(other)s cannot be added") % {"one": one, "other": other})
    return Quantity(one.value + sign * converted.value, one.unit)
