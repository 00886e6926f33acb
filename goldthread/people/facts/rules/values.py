"""Reading what was typed, and saying it as a line."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.text import tidy
from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.rules.fields import Field, How, fields_of
from goldthread.people.facts.rules.money import monthly

ICD10CM = re.compile(r"[A-TV-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")
"""The shape of a code: letter, digit, letter or digit, then up to four after the point (ICD-10-CM Official Guidelines, I.A.2)."""
MOST = Decimal("9999999.99")
CODED_BY = {
    FactKind.DIAGNOSIS: "code",
    FactKind.COVERAGE: "type",
    FactKind.HOUSING: "setting",
    FactKind.INCOME: "source",
    FactKind.LEGAL: "status",
    FactKind.BENEFIT: "benefit",
    FactKind.PROVIDER: "role",
    FactKind.MILITARY: "served",
}


def read_value(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What *given* says of a fact of *kind*, clean: money as text with cents, days as 2026-03-31, empty fields left out.

    DomainError, at its field, for what is missing, too long, or not of its kind. ValueError: no such kind.
    """
    clean = {}
    for field in fields_of(kind):
        value = _read(field, given.get(field.name))
        if value != "":
            clean[field.name] = value
        elif field.required:
            raise DomainError(_("Fill this in."), field.name)
    _fits(FactKind(kind), clean)
    return clean


def code_of(kind: str, value: Mapping[str, Any]) -> str:
    """What a fact of *kind* is found by."""
    name = CODED_BY.get(FactKind(kind))
    return str(value.get(name, "")) if name else ""


def words_of(kind: str, value: Mapping[str, Any]) -> str:
    """The fact as one line in the reader's language: "Wages, $300.00 a week"."""
    said = [_say(field, value[field.name]) for field in fields_of(kind) if field.name in value]
    return ", ".join(part for part in said if part)


def _read(field: Field, given: Any) -> Any:
    text = tidy(str(given)) if given is not None else ""
    if text == "":
        return ""
    if field.how == How.TEXT:
        return _short(field, text)
    return READERS[field.how](field, text)


def _short(field: Field, text: str) -> str:
    if len(text) > field.longest:
        raise DomainError(_("Say it in at most %(n)s letters.") % {"n": field.longest}, field.name)
    return text


def _choice(field: Field, text: str) -> str:
    if text not in dict(field.choices):
        raise DomainError(_("Choose one from the list."), field.name)
    return text


def _money(field: Field, text: str) -> str:
    try:
        amount = Decimal(text.replace("$", "").replace(",", ""))
    except InvalidOperation:
        raise DomainError(_("Write an amount, for example 943.00."), field.name) from None
    if not amount.is_finite() or not 0 <= amount <= MOST:
        raise DomainError(_("Write an amount between 0 and 9,999,999.99."), field.name)
    return f"{amount:.2f}"


def _number(field: Field, text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:6]) > field.highest or len(text) > 6:
        raise DomainError(_("Write a whole number up to %(n)s.") % {"n": field.highest}, field.name)
    return int(text)


def _day(field: Field, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise DomainError(_("Choose a day."), field.name) from None


def _code(field: Field, text: str) -> str:
    code = text.upper().replace(" ", "")
    if "." not in code and len(code) > 3:
        code = f"{code[:3]}.{code[3:]}"
    if not ICD10CM.fullmatch(code):
        raise DomainError(_("This is not an ICD-10-CM code. One looks like F33.1."), field.name)
    return code


READERS = {How.CHOICE: _choice, How.MONEY: _money, How.NUMBER: _number, How.DAY: _day, How.CODE: _code}


def _fits(kind: FactKind, value: dict[str, Any]) -> None:
    """What the fields of one kind ask of each other."""
    if kind == FactKind.INCOME and value["source"] != "none":
        if "amount" not in value:
            raise DomainError(_("Say how much."), "amount")
        if "every" not in value:
            raise DomainError(_("Say how often."), "every")
    if kind == FactKind.HOUSEHOLD_SIZE:
        if value["people"] < 1:
            raise DomainError(_("At least the client lives there."), "people")
        if value.get("children", 0) > value["people"]:
            raise DomainError(_("There cannot be more children than people."), "children")


def _say(field: Field, value: Any) -> str:
    if field.how == How.CHOICE:
        return str(dict(field.choices).get(value, value))
    if field.how == How.MONEY:
        return f"${Decimal(value):,.2f}"
    if field.how == How.DAY:
        return f"{field.label} {date_format(date.fromisoformat(value), 'j M Y')}"
    if field.how == How.NUMBER:
        return f"{field.label}: {value}"
    return str(value)


def monthly_income(value: Mapping[str, Any]) -> Decimal:
    """The income of one fact by the month; 0 for none."""
    if value.get("source") == "none" or "amount" not in value:
        return Decimal("0.00")
    return monthly(Decimal(value["amount"]), value["every"])
