"""What a form sends (texts by key) made into answers, and answers made into what a form shows.

A field is called by the key of its place. A choice sends the token of its option (``Option.token``); an open choice also
its own words; a quantity its number, and its unit as ``KEY::unit``; a boolean ``true`` or ``false``. What cannot be read
as the type asks is kept as ``{"valueString": words}`` and told of by ``check_answers``: nothing typed is lost.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from goldthread.casework.assessments.rules.model import Item, ItemType, Option
from goldthread.casework.assessments.rules.places import Answer, value_of

UNIT = "::unit"
NUMBER = re.compile(r"[+-]?[0-9]{1,25}(\.[0-9]{1,25})?")
TEXTS = {
    ItemType.STRING: "valueString",
    ItemType.TEXT: "valueString",
    ItemType.DATE: "valueDate",
    ItemType.DATE_TIME: "valueDateTime",
    ItemType.TIME: "valueTime",
    ItemType.URL: "valueUri",
}


def from_form(item: Item, sent: Sequence[str], unit: str = "") -> list[Answer]:
    """The answers to *item* of which the form sent the texts *sent*; *unit*: the code chosen beside a quantity.

    Attachments and references are no texts: their screens make the answer themselves.
    """
    return [_answer(item, words.strip(), unit) for words in sent if words.strip()]


def to_form(item: Item, answers: Sequence[Mapping[str, Any]]) -> list[str]:
    """The texts that show *answers* in a form: tokens of options, numbers, words."""
    return [_words(item, answer) for answer in answers]


def _answer(item: Item, words: str, unit: str) -> Answer:
    option = option_of_token(item, words)
    if option:
        return dict(option.answer)
    if item.type in READERS:
        return READERS[item.type](item, words, unit)
    return {TEXTS.get(item.type, "valueString"): words}


def option_of_token(item: Item, token: str) -> Option | None:
    """The option of *item* that *token* stands for."""
    return next((option for option in item.options if option.token == token), None)


def _boolean(_item: Item, words: str, _unit: str) -> Answer:
    return {"valueBoolean": words == "true"} if words in ("true", "false") else {"valueString": words}


def _integer(_item: Item, words: str, _unit: str) -> Answer:
    value = _number(words)
    return {"valueInteger": value} if isinstance(value, int) else {"valueString": words}


def _decimal(_item: Item, words: str, _unit: str) -> Answer:
    value = _number(words)
    return {"valueString": words} if value is None else {"valueDecimal": value}


def _quantity(item: Item, words: str, unit: str) -> Answer:
    value = _number(words)
    if value is None:
        return {"valueString": words}
    found = next((one for one in (*item.units, *([item.unit] if item.unit else [])) if one.code == unit), item.unit)
    kept = {
        "value": value,
        **({"unit": found.text, "system": found.system, "code": found.code} if found else {"unit": unit}),
    }
    return {"valueQuantity": {key: value for key, value in kept.items() if value != ""}}


READERS: dict[ItemType, Callable[[Item, str, str], Answer]] = {
    ItemType.BOOLEAN: _boolean,
    ItemType.INTEGER: _integer,
    ItemType.DECIMAL: _decimal,
    ItemType.QUANTITY: _quantity,
}


def _number(words: str) -> int | float | None:
    """A number as it is written: ``12``, ``-3``, ``12.50``; None for anything else."""
    found = NUMBER.fullmatch(words.replace("\N{MINUS SIGN}", "-"))
    if not found:
        return None
    return float(found.group()) if found.group(1) else int(found.group())


def _words(item: Item, answer: Mapping[str, Any]) -> str:
    value = value_of(answer)
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, Mapping):
        return "" if value is None else str(value)
    if "valueQuantity" in answer:
        return str(value.get("value", ""))
    return Option(answer, item.text).token
