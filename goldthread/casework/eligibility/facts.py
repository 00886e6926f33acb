"""What criteria ask, out of what is known of somebody: their record and their facts. No query."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.rules import monthly
from goldthread.people.persons.enums import DateKind


class Stated(Protocol):
    """A fact, kept or just said: its kind and what it holds."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> Any: ...


def born_between(born: date | None, kind: str) -> tuple[date, date] | None:
    """The first and the last day of a birth that is known as *kind* says. An estimate may be two years off."""
    if born is None:
        return None
    if kind == DateKind.MONTH:
        return born.replace(day=1), _last_of_month(born)
    if kind == DateKind.YEAR:
        return date(born.year, 1, 1), date(born.year, 12, 31)
    if kind == DateKind.ESTIMATED:
        return date(max(1, born.year - 2), 1, 1), date(min(9999, born.year + 2), 12, 31)
    return born, born


def _last_of_month(day: date) -> date:
    if day.month == 12:
        return date(day.year, 12, 31)
    return date.fromordinal(date(day.year, day.month + 1, 1).toordinal() - 1)


def money_of(facts: Iterable[Stated]) -> Decimal | None:
    """The income of *facts* together, a month. None: nothing is said of income, or an amount is missing."""
    incomes = [one.value for one in facts if one.kind == FactKind.INCOME]
    if not incomes:
        return None
    amounts = [_amount(value) for value in incomes]
    return sum((one for one in amounts if one is not None), Decimal()) if None not in amounts else None


def _amount(value: Mapping[str, Any]) -> Decimal | None:
    if value.get("source") == "none":
        return Decimal()
    if not value.get("amount"):
        return None
    return monthly(Decimal(str(value["amount"])), value.get("every") or "month")


def household_of(facts: Iterable[Stated]) -> int | None:
    """How many people live on it."""
    sizes = [one.value.get("people") for one in facts if one.kind == FactKind.HOUSEHOLD_SIZE]
    return next((int(size) for size in sizes if size), None)


def coverage_of(facts: Iterable[Stated]) -> frozenset[str] | None:
    """The coverage they have. None: nothing is said of it."""
    kinds = frozenset(one.value.get("type", "") for one in facts if one.kind == FactKind.COVERAGE)
    return kinds - {""} or None


def diagnoses_of(facts: Iterable[Stated]) -> frozenset[str]:
    """The codes of diagnoses that are written down."""
    return frozenset(one.value.get("code", "") for one in facts if one.kind == FactKind.DIAGNOSIS) - {""}
