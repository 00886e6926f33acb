"""One item, as the builder shows it: every part of it that is known, without the items inside."""

from collections.abc import Mapping
from typing import Any

from goldthread.casework.assessments.rules.building.elements import SDC, STRUCTURE, Row, with_extension, with_key
from goldthread.casework.assessments.rules.building.logic import BEHAVIOUR, CONDITIONS
from goldthread.casework.assessments.rules.building.options import OPTIONS
from goldthread.casework.assessments.rules.building.parts import (
    Around,
    Part,
    Values,
    extension,
    formula,
    number,
    plain,
    read_all,
    said,
    said_in_other,
    translated,
    write_all,
)
from goldthread.casework.assessments.rules.building.shared import CONSTRAINTS, VARIABLES
from goldthread.casework.assessments.rules.building.types import (
    CHOICES,
    MOMENTS,
    NUMBERS,
    STARTS,
    VALUE_KEYS,
    WORDS,
    type_of,
    value_from,
    words_of,
)
from goldthread.casework.assessments.rules.extensions import OURS, code_of, every, extensions_of, first, name_of, named
from goldthread.casework.assessments.rules.model import ItemType, Json
from goldthread.casework.assessments.rules.places import value_of
from goldthread.casework.assessments.rules.writes import FACT

UCUM = "http://unitsofmeasure.org"
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
SAFETY, SKILL = f"{OURS}safety", f"{OURS}skill"
UNIT, UNIT_OPTION = f"{STRUCTURE}questionnaire-unit", f"{STRUCTURE}questionnaire-unitOption"


def is_help(item: Json) -> bool:
    """Is it the help text of the item it stands in?"""
    return item.get("type") == "display" and code_of(first(item, "itemControl")) == "help"


def _help_of(row: Json) -> Row:
    return next((dict(one) for one in row.get("item") or [] if is_help(one)), {})


def _help(part: Part) -> Part:
    """*part* of the help text, which is an item inside."""

    def write(row: Json, value: Any, around: Around) -> Row:
        held, below = _help_of(row), list(row.get("item") or [])
        made = part.write(held or _new_help(row), value, around)
        without = [one for one in below if not is_help(one)]
        others = [one for one in below if is_help(one)][1:]
        place = next((n for n, one in enumerate(below) if is_help(one)), 0)
        kept = [*without[:place], *([made] if made.get("text") else []), *others, *without[place:]]
        return with_key(row, "item", kept)

    return Part(part.name, lambda row, around: part.read(_help_of(row), around), write)


def _new_help(row: Json) -> Row:
    control = {"coding": [{"system": CONTROLS, "code": "help"}]}
    extension = {"url": f"{STRUCTURE}questionnaire-itemControl", "valueCodeableConcept": control}
    return {"linkId": f"{row.get('linkId', '')}-help", "extension": [extension], "type": "display"}


def _end(name: str, key: str) -> Part:
    """The least or the most: a value of the type of the item, as words."""

    def read(row: Json, _around: Around) -> str:
        value = first(row, key)
        return words_of(value.get("value") if isinstance(value, Mapping) else value)

    def write(row: Json, words: str, _around: Around) -> Row:
        kind = type_of(row)
        url = next((str(one["url"]) for one in named(dict(row), key)), f"{STRUCTURE}{key}")
        if not words or kind not in VALUE_KEYS:
            return with_extension(row, url, "valueString", None)
        return with_extension(row, url, f"value{VALUE_KEYS[kind]}", value_from(kind, words))

    return Part(name, read, write)


def _read_initial(row: Json, _around: Around) -> list[str]:
    """Choices, files and people start with what the list of answers, or nobody, says: theirs stay as they came."""
    if type_of(row) not in STARTS:
        return []
    values = [value_of(one) for one in row.get("initial") or []]
    return [words_of(value.get("value") if isinstance(value, Mapping) else value) for value in values]


def _write_initial(row: Json, said_words: list[str], _around: Around) -> Row:
    kind = type_of(row)
    if kind not in STARTS:
        return dict(row)
    return with_key(row, "initial", [_initial(kind, words, row) for words in said_words if words])


def _initial(kind: ItemType, words: str, row: Json) -> Row:
    value = value_from(kind, words)
    if kind is not ItemType.QUANTITY:
        return {f"value{VALUE_KEYS[kind]}": value}
    unit = first(row, "unit") or {}
    named_unit = {"unit": unit.get("display"), "system": unit.get("system"), "code": unit.get("code")}
    return {"valueQuantity": {"value": value, **{key: text for key, text in named_unit.items() if text}}}


def _read_units(row: Json, _around: Around) -> list[dict[str, str]]:
    """The units, the usual one first."""
    usual, others = first(row, "unit"), every(row, "unitOption")
    rows = [*([usual] if usual else []), *(one for one in others if not usual or _name(one) != _name(usual))]
    return [
        {"was": _name(one), "text": str(one.get("display") or ""), "code": str(one.get("code") or "")} for one in rows
    ]


def _name(unit: Json) -> str:
    return str(unit.get("code") or unit.get("display") or "")


def _write_units(row: Json, rows: list[dict[str, str]], _around: Around) -> Row:
    held = {_name(one): one for one in [*every(row, "unitOption"), *every(row, "unit")]}
    made = [_unit(held.get(str(one.get("was") or ""), {}), one) for one in rows]
    found = with_extension(with_extension(row, UNIT_OPTION, "valueCoding", None), UNIT, "valueCoding", None)
    if not made:
        return found
    extensions = [{"url": UNIT, "valueCoding": made[0]}]
    if len(made) > 1:
        extensions += [{"url": UNIT_OPTION, "valueCoding": one} for one in made]
    return with_key(found, "extension", [*extensions_of(found), *extensions])


def _unit(held: Json, said_of: Mapping[str, str]) -> Row:
    code = said_of.get("code", "")
    system = held.get("system") or UCUM if code else None
    made = with_key(with_key({**held}, "system", system), "code", code)
    return with_key(made, "display", said_of.get("text", "") or code)


def _read_control(row: Json, _around: Around) -> str:
    return code_of(first(row, "itemControl"))


def _write_control(row: Json, code: str, _around: Around) -> Row:
    concept = {"coding": [{"system": CONTROLS, "code": code}]} if code else None
    return with_extension(row, f"{STRUCTURE}questionnaire-itemControl", "valueCodeableConcept", concept)


def _inside(url: str, part: Part) -> Part:
    """*part* of a compound extension of the item; of one that is not there nothing is written."""

    def write(row: Json, value: Any, around: Around) -> Row:
        rows = [part.write(one, value, around) if one.get("url") == url else one for one in extensions_of(dict(row))]
        return with_key(row, "extension", rows)

    return Part(part.name, lambda row, around: part.read(next(named(dict(row), url), {}), around), write)


def _switch(name: str, url: str, parts: Row) -> Part:
    """Whether a compound extension is there. *parts*: what it starts with."""

    def write(row: Json, on: bool, _around: Around) -> Row:
        held = [one for one in extensions_of(dict(row)) if one.get("url") != url]
        return with_key(row, "extension", [*held, {"url": url, "extension": [parts]}] if on else held)

    return Part(name, lambda row, _a: any(named(dict(row), url)), write)


def _write_skill(row: Json, skill: str, _around: Around) -> Row:
    held = [one for one in extensions_of(dict(row)) if one.get("url") != SKILL]
    mine = next(named(dict(row), SKILL), {"url": SKILL})
    made = [with_extension(mine, "skill", "valueCode", skill)] if skill else []
    return with_key(row, "extension", [*held, *made])


PARTS: tuple[Part, ...] = (
    plain("text", "text"),
    translated("text2", "text"),
    plain("prefix", "prefix"),
    _help(plain("help", "text")),
    _help(translated("help2", "text")),
    extension("support_link", f"{STRUCTURE}questionnaire-supportLink", "valueUri"),
    plain("required", "required", empty=False),
    plain("repeats", "repeats", empty=False),
    plain("read_only", "readOnly", empty=False),
    extension("hidden", f"{STRUCTURE}questionnaire-hidden", "valueBoolean", empty=False),
    OPTIONS,
    plain("value_set", "answerValueSet"),
    Part("control", _read_control, _write_control),
    extension("orientation", f"{STRUCTURE}questionnaire-choiceOrientation", "valueCode"),
    Part("units", _read_units, _write_units),
    _end("min_value", "minValue"),
    _end("max_value", "maxValue"),
    extension("max_decimals", f"{STRUCTURE}maxDecimalPlaces", "valueInteger", empty=None),
    extension("min_length", f"{STRUCTURE}minLength", "valueInteger", empty=None),
    plain("max_length", "maxLength", empty=None),
    extension("regex", f"{STRUCTURE}regex", "valueString"),
    extension("entry_format", f"{STRUCTURE}entryFormat", "valueString"),
    extension("min_occurs", f"{STRUCTURE}questionnaire-minOccurs", "valueInteger", empty=None),
    extension("max_occurs", f"{STRUCTURE}questionnaire-maxOccurs", "valueInteger", empty=None),
    Part("initial", _read_initial, _write_initial),
    formula("initial_expression", f"{SDC}initialExpression"),
    formula("calculated", f"{SDC}calculatedExpression"),
    extension("slider_step", f"{STRUCTURE}questionnaire-sliderStepValue", "valueInteger", empty=None),
    number("max_size", f"{STRUCTURE}maxSize", decimal=True),
    VARIABLES,
    CONSTRAINTS,
    CONDITIONS,
    BEHAVIOUR,
    formula("enable_expression", f"{SDC}enableWhenExpression"),
    _switch("safety", SAFETY, {"url": "above", "valueInteger": 0}),
    _inside(SAFETY, number("safety_above", "above")),
    _inside(SAFETY, said("safety_says", "says")),
    _inside(SAFETY, said_in_other("safety_says2", "says")),
    Part("skill", lambda row, _a: str(first(next(named(dict(row), SKILL), {}), "skill") or ""), _write_skill),
    _inside(SKILL, extension("evidence", "evidence", "valueString")),
)
NAMES = frozenset(part.name for part in PARTS)

_CONDITIONAL = frozenset(("text", "text2", "prefix", "conditions", "behaviour", "enable_expression", "hidden"))
_SEVERAL = frozenset(
    ("help", "help2", "support_link", "required", "repeats", "min_occurs", "max_occurs", "variables", "constraints")
)
_SAFE = frozenset(("safety", "safety_above", "safety_says", "safety_says2"))
_ONLY = (
    (frozenset(ItemType) - {ItemType.GROUP}, frozenset(("read_only", "calculated", "initial_expression"))),
    (CHOICES, frozenset(("options", "value_set", "control", "orientation", "skill", "evidence"))),
    (NUMBERS | MOMENTS, frozenset(("min_value", "max_value"))),
    (frozenset((ItemType.DECIMAL, ItemType.QUANTITY)), frozenset(("max_decimals",))),
    (frozenset((ItemType.QUANTITY,)), frozenset(("units",))),
    (frozenset((ItemType.INTEGER,)), frozenset(("control", "slider_step"))),
    (frozenset((ItemType.ATTACHMENT,)), frozenset(("max_size",))),
    (WORDS | {ItemType.OPEN_CHOICE}, frozenset(("min_length", "max_length", "regex", "entry_format"))),
    (STARTS, frozenset(("initial",))),
    (CHOICES | NUMBERS | {ItemType.BOOLEAN}, _SAFE),
)


def names_for(kind: ItemType) -> frozenset[str]:
    """The parts that an item of this type can have."""
    if kind is ItemType.DISPLAY:
        return _CONDITIONAL | {"support_link"}
    return _CONDITIONAL.union(_SEVERAL, *(names for kinds, names in _ONLY if kind in kinds))


def read_item(row: Json, around: Around) -> Values:
    """What the builder shows of *row*."""
    return read_all(PARTS, row, around)


def write_item(row: Json, values: Mapping[str, Any], around: Around) -> Row:
    """*row* with *values*. Unreadable when a word is no value of its type."""
    return write_all(PARTS, row, values, around)


def with_type(row: Json, kind: ItemType) -> Row:
    """*row* as an item of another type: what that type cannot have is taken away."""
    if type_of(row) is kind:
        return dict(row)
    found = with_key({**row, "type": str(kind)}, "initial", None)
    allowed = names_for(kind)
    gone = {
        part.name: _empty(part, row)
        for part in PARTS
        if part.name not in allowed or part.name in ("min_value", "max_value", "control")
    }
    found = write_all(PARTS, found, gone, Around())
    return found if "options" in allowed else with_key(found, "answerOption", None)


def _empty(part: Part, row: Json) -> Any:
    if part.name in ROWS:
        return []
    return False if isinstance(part.read(row, Around()), bool) else None if part.name in NUMERIC else ""


NUMERIC = frozenset(
    (
        *("max_decimals", "min_length", "max_length", "min_occurs", "max_occurs", "safety_above"),
        *("slider_step", "max_size"),
    )
)
ROWS = ("options", "units", "initial", "conditions", "variables", "constraints")
KNOWN_KEYS = frozenset(
    (
        *("linkId", "type", "text", "_text", "prefix", "required", "repeats", "readOnly", "maxLength"),
        *("answerOption", "answerValueSet", "initial", "enableWhen", "enableBehavior", "item", "extension"),
    )
)
KNOWN_EXTENSIONS = frozenset(
    (
        *("supportLink", "hidden", "itemControl", "choiceOrientation", "unit", "unitOption", "minValue", "maxValue"),
        *("maxDecimalPlaces", "minLength", "regex", "entryFormat", "minOccurs", "maxOccurs", "initialExpression"),
        *(
            "calculatedExpression",
            "enableWhenExpression",
            "variable",
            "constraint",
            "sliderStepValue",
            "maxSize",
            SAFETY,
            SKILL,
            f"{OURS}score",
        ),
    )
)


def unknown_in(row: Json) -> list[tuple[str, Any]]:
    """What *row* holds that the builder does not know: its name and its value. It stays as it is."""
    found = [(key, value) for key, value in row.items() if key not in KNOWN_KEYS]
    if row.get("initial") and type_of(row) not in STARTS:
        found.append(("initial", row["initial"]))
    known = KNOWN_EXTENSIONS | {FACT} if type_of(row) is ItemType.GROUP else KNOWN_EXTENSIONS
    found += [
        (name, {key: value for key, value in one.items() if key != "url"})
        for one in extensions_of(dict(row))
        if (name := name_of(str(one.get("url", "")))) not in known
    ]
    return found
