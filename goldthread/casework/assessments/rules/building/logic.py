"""When an item is asked: the rows of enableWhen."""

from collections.abc import Iterable, Mapping
from typing import Any

from goldthread.casework.assessments.rules.building.elements import Row, with_key
from goldthread.casework.assessments.rules.building.options import offered, token_of, value_key
from goldthread.casework.assessments.rules.building.parts import Around, Part, plain
from goldthread.casework.assessments.rules.building.types import CHOICES, VALUE_KEYS, type_of, value_from, words_of
from goldthread.casework.assessments.rules.extensions import first
from goldthread.casework.assessments.rules.model import ItemType, Json, Operator, Option, Text

ANY, ALL = "any", "all"


def read_conditions(item: Json, around: Around) -> list[dict[str, Any]]:
    """The conditions as rows: ``question`` (linkId), ``operator``, ``answer`` as a form shows it, ``was`` (its place)."""
    return [
        {
            "was": number,
            "question": str(when.get("question", "")),
            "operator": str(when.get("operator", "")),
            "answer": _answer_words(when),
        }
        for number, when in enumerate(item.get("enableWhen") or [])
    ]


def write_conditions(item: Json, rows: Iterable[Mapping[str, Any]], around: Around) -> Row:
    """*item* asked under *rows*. An answer that cannot be read as the question gives it is Unreadable."""
    held = list(item.get("enableWhen") or [])
    before = read_conditions(item, around)
    made = []
    for row in rows:
        was = row.get("was")
        base = held[was] if isinstance(was, int) and was < len(held) else {}
        same = isinstance(was, int) and was < len(before) and before[was] == {**row, "was": was}
        made.append(dict(base) if same else _condition(base, row, around))
    found = with_key(item, "enableWhen", made)
    if len(made) < 2:
        return with_key(found, "enableBehavior", None) if not made else found
    return found if found.get("enableBehavior") else {**found, "enableBehavior": ALL}


def _condition(base: Json, row: Mapping[str, Any], around: Around) -> Row:
    kept = {key: value for key, value in base.items() if not key.startswith(("answer", "_answer"))}
    question, operator = str(row.get("question", "")), str(row.get("operator", ""))
    asked = (around.items or {}).get(question, {})
    key, value = answer_to(asked, operator, str(row.get("answer", "")), offered(asked, around.contained))
    return {**kept, "question": question, "operator": operator, f"answer{key}": value}


def answer_to(asked: Json, operator: str, words: str, answers: Iterable[Json]) -> tuple[str, Any]:
    """Under which name, and how, the answer that *words* say to the item *asked*, which offers *answers*, is compared.
    Unreadable when it is none.
    """
    if operator == Operator.EXISTS:
        return "Boolean", words != "false"
    kind = type_of(asked)
    for option in answers:
        if token_of(option) == words:
            return value_key(option).removeprefix("value"), _compared(option)
    if kind in CHOICES:
        system, _bar, code = words.rpartition("|")
        return "Coding", with_key({"code": code}, "system", system)
    if kind is ItemType.QUANTITY:
        return "Quantity", _amount(asked, words)
    name = VALUE_KEYS.get(kind, "String")
    return ("String" if name == "Uri" else name), value_from(kind, words)


def _amount(asked: Json, words: str) -> Row:
    """A quantity is compared in a unit: that of the question."""
    unit = first(asked, "unit") or {}
    said = {"unit": unit.get("display"), "system": unit.get("system"), "code": unit.get("code")}
    return {"value": value_from(ItemType.QUANTITY, words), **{key: text for key, text in said.items() if text}}


def _compared(option: Json) -> Any:
    value = option[value_key(option)]
    if not isinstance(value, Mapping):
        return value
    return {key: value[key] for key in ("system", "code", "display", "reference") if key in value}


def _answer_words(when: Json) -> str:
    value = next((value for key, value in when.items() if key.startswith("answer")), None)
    if not isinstance(value, Mapping):
        return words_of(value)
    if "value" in value:
        return words_of(value["value"])
    return Option({"valueCoding": value}, Text()).token


CONDITIONS = Part("conditions", read_conditions, lambda item, rows, around: write_conditions(item, rows, around))


def _write_behaviour(item: Json, value: str, _around: Around) -> Row:
    """With one condition there is nothing to say."""
    return with_key(item, "enableBehavior", value) if len(item.get("enableWhen") or []) > 1 else dict(item)


BEHAVIOUR = Part("behaviour", plain("behaviour", "enableBehavior").read, _write_behaviour)
