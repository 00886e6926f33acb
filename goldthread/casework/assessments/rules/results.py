"""Rows that an expression came to, made into answers of an item."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.fhirpath import value_of
from goldthread.casework.assessments.rules.fhirpath.compare import describe, is_number
from goldthread.casework.assessments.rules.fhirpath.moments import Clock, Day, Moment, day_of
from goldthread.casework.assessments.rules.fhirpath.on_values import written
from goldthread.casework.assessments.rules.fhirpath.quantities import UCUM, Quantity
from goldthread.casework.assessments.rules.model import Item, ItemType
from goldthread.casework.assessments.rules.places import Answer, same_value
from goldthread.casework.assessments.rules.places import value_of as value_of_answer
from goldthread.casework.assessments.rules.problems import ExpressionError


def answers_of_rows(item: Item, rows: list[Any]) -> list[Answer]:
    """The answers of *item* that *rows* are. ExpressionError when they do not fit its type, or are several for one answer."""
    values = [value for row in rows if (value := value_of(row)) is not None]
    if len(values) > 1 and not item.repeats:
        raise ExpressionError(_("it came to several values, but there is one answer"))
    return [_answer(item, value) for value in values]


def _answer(item: Item, value: Any) -> Answer:
    if item.options or item.type.is_choice:
        return _chosen(item, value)
    found = SHAPES[item.type](item, value) if item.type in SHAPES else None
    if found is None:
        said = {"found": describe(value), "type": item.type.value}
        raise ExpressionError(_("it came to %(found)s, which is no answer of the type %(type)s") % said)
    return found


def _chosen(item: Item, value: Any) -> Answer:
    """The option that a coding, a code or a value is; an open choice takes words as well."""
    for option in item.options:
        own = value_of_answer(option.answer)
        if same_value(own, value) or (isinstance(own, Mapping) and isinstance(value, str) and own.get("code") == value):
            return dict(option.answer)
    if isinstance(value, Mapping) and not item.options:
        return {"valueCoding": dict(value)}
    if isinstance(value, str) and item.type is ItemType.OPEN_CHOICE:
        return {"valueString": value}
    raise ExpressionError(_("it came to an answer that is not among the options"))


def _boolean(_item: Item, value: Any) -> Answer | None:
    return {"valueBoolean": value} if isinstance(value, bool) else None


def _integer(_item: Item, value: Any) -> Answer | None:
    return {"valueInteger": int(value)} if is_number(value) and value == int(value) else None


def _decimal(_item: Item, value: Any) -> Answer | None:
    return {"valueDecimal": tidy(value)} if is_number(value) else None


def tidy(number: float | int) -> float | int:
    """A number without the dust of binary fractions: 0.30000000000000004 is 0.3."""
    rounded = float(f"{number:.15g}") if isinstance(number, float) else number
    return int(rounded) if isinstance(rounded, float) and rounded.is_integer() else rounded


def number_of(value: Any) -> float | int | None:
    """The number a value (or a row, or an amount) is; None when it is none."""
    plain = value_of(value)
    found = plain.value if isinstance(plain, Quantity) else plain
    return found if is_number(found) else None


def _text(_item: Item, value: Any) -> Answer | None:
    words = written(value)
    return None if words is None else {"valueString": words}


def _address(_item: Item, value: Any) -> Answer | None:
    return {"valueUri": value} if isinstance(value, str) else None


def _date(_item: Item, value: Any) -> Answer | None:
    if isinstance(value, Moment):
        return {"valueDate": value.text.partition("T")[0]}
    found = day_of(value) if isinstance(value, str) else value
    return {"valueDate": found.text} if isinstance(found, Day) else None


def _date_time(_item: Item, value: Any) -> Answer | None:
    return {"valueDateTime": value.text} if isinstance(value, Day | Moment) else None


def _time(_item: Item, value: Any) -> Answer | None:
    return {"valueTime": value.text} if isinstance(value, Clock) else None


def _quantity(item: Item, value: Any) -> Answer | None:
    if isinstance(value, Mapping):
        return {"valueQuantity": dict(value)} if "value" in value else None
    if isinstance(value, Quantity):
        code = value.unit.strip("'")
        return {"valueQuantity": {"value": tidy(value.value), "unit": code, "system": UCUM, "code": code}}
    if not is_number(value):
        return None
    unit = {"unit": item.unit.text, "system": item.unit.system, "code": item.unit.code} if item.unit else {}
    return {"valueQuantity": {"value": tidy(value), **{key: words for key, words in unit.items() if words}}}


def _reference(_item: Item, value: Any) -> Answer | None:
    return {"valueReference": dict(value)} if isinstance(value, Mapping) and "reference" in value else None


SHAPES = {
    ItemType.BOOLEAN: _boolean,
    ItemType.INTEGER: _integer,
    ItemType.DECIMAL: _decimal,
    ItemType.STRING: _text,
    ItemType.TEXT: _text,
    ItemType.URL: _address,
    ItemType.DATE: _date,
    ItemType.DATE_TIME: _date_time,
    ItemType.TIME: _time,
    ItemType.QUANTITY: _quantity,
    ItemType.REFERENCE: _reference,
}
