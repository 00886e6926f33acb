"""The answers that an item offers, as rows: their words in both languages, their weight, which one it starts with."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

from goldthread.casework.assessments.rules.building.elements import STRUCTURE, Row, with_extension, with_key
from goldthread.casework.assessments.rules.building.parts import Around, Part, extension, plain, read_all, write_all
from goldthread.casework.assessments.rules.building.parts import translated as in_other
from goldthread.casework.assessments.rules.extensions import WEIGHTS, extensions_of, weight_of
from goldthread.casework.assessments.rules.model import Json, Option, Text
from goldthread.casework.assessments.rules.notes import Notes
from goldthread.casework.assessments.rules.options import VALUES, codes_of_set

WEIGHT = f"{STRUCTURE}ordinalValue"
LONGEST_CODE = 40


def token_of(option: Json) -> str:
    """What stands for an option, the same as in the form of the sheet."""
    name = value_key(option)
    return Option({name: option[name]}, Text()).token if name else ""


def offered(item: Json, contained: Mapping[str, Json]) -> list[Json]:
    """The answers that *item* offers, in the shape of ``answerOption``, also where they stand in a list inside the file."""
    address = item.get("answerValueSet")
    if not address:
        return list(item.get("answerOption") or [])
    return [
        {"valueCoding": {name: coding[name] for name in ("system", "code", "display") if coding.get(name)}}
        for coding, _weight in codes_of_set(str(address), contained, Notes())
    ]


def value_key(option: Json) -> str:
    """Under which name its value stands; empty where there is none."""
    return next((name for name in VALUES if name in option), "")


def _coding(option: Json) -> Json:
    found = option.get("valueCoding")
    return found if isinstance(found, Mapping) else {}


def _read_text(option: Json, around: Around) -> str:
    name = value_key(option)
    if name == "valueCoding":
        return str(_coding(option).get("display") or "")
    value = option.get(name, "")
    return str(value.get("display") or value.get("reference") or "") if isinstance(value, Mapping) else str(value)


def _write_text(option: Json, words: str, _around: Around) -> Row:
    if value_key(option) == "valueString":
        return {**option, "valueString": words}
    return {**option, "valueCoding": with_key(_coding(option), "display", words)} if is_coded(option) else dict(option)


def is_coded(option: Json) -> bool:
    """Is it a code with words? Of others (numbers, days) the value is the answer, and stays."""
    return value_key(option) == "valueCoding"


def _of_value(part: Part) -> Part:
    """*part* of the coding within the option; of others of what stands beside their value."""

    def read(option: Json, around: Around) -> Any:
        return part.read(_coding(option), around)

    def write(option: Json, value: Any, around: Around) -> Row:
        return (
            {**option, "valueCoding": part.write(_coding(option), value, around)} if is_coded(option) else dict(option)
        )

    return Part(part.name, read, write)


def _read_weight(option: Json, _around: Around) -> float | int | None:
    name = value_key(option)
    return weight_of(option, option.get(name), option.get(f"_{name}"))


def _write_weight(option: Json, weight: float | int | None, _around: Around) -> Row:
    name = value_key(option)
    found = _without_weight(option)
    for key in (name, f"_{name}"):
        if isinstance(found.get(key), Mapping):
            found[key] = _without_weight(found[key])
    return with_extension(found, WEIGHT, "valueDecimal", weight) if weight is not None else found


def _without_weight(row: Json) -> Row:
    kept = [one for one in extensions_of(row) if one.get("url") not in WEIGHTS]
    return with_key(row, "extension", kept)


def _in_other(option: Json) -> Part:
    """The words in the second language, of whatever has words: a code, or an answer that is its words."""
    if value_key(option) == "valueString":
        return in_other("text2", "valueString")
    return _of_value(in_other("text2", "display"))


PARTS = (
    _of_value(plain("code", "code")),
    Part("text", _read_text, _write_text),
    Part(
        "text2", lambda row, around: _in_other(row).read(row, around), lambda row, *new: _in_other(row).write(row, *new)
    ),
    Part("weight", _read_weight, _write_weight),
    extension("exclusive", f"{STRUCTURE}questionnaire-optionExclusive", "valueBoolean", empty=False),
    plain("initial", "initialSelected", empty=False),
    extension("prefix", f"{STRUCTURE}questionnaire-optionPrefix", "valueString"),
)


def read_options(item: Json, around: Around) -> list[dict[str, Any]]:
    """The options of *item* as rows. ``was``: what stands for the option that the row is made from."""
    rows = item.get("answerOption") or []
    return [{"was": token_of(row), **read_all(PARTS, row, around)} for row in rows]


def write_options(item: Json, rows: Iterable[Mapping[str, Any]], around: Around) -> Row:
    """*item* with *rows* as its options, in their order. A row that ``was`` none before is a new one."""
    held = {token_of(row): row for row in item.get("answerOption") or []}
    made: list[Row] = []
    for row in rows:
        base = held.get(str(row.get("was") or ""), {"valueCoding": {}})
        made.append(write_all(PARTS, base, row, around))
    return with_key(item, "answerOption", _coded(made))


def _coded(options: list[Row]) -> list[Row]:
    """*options*, each new one with a code of its own."""
    taken = {str(_coding(option).get("code") or "") for option in options}
    found = []
    for number, option in enumerate(options, 1):
        if is_coded(option) and not _coding(option).get("code"):
            code = free_code(str(_coding(option).get("display") or ""), number, taken)
            taken.add(code)
            option = {**option, "valueCoding": {"code": code, **_coding(option)}}
        found.append(option)
    return found


def free_code(words: str, number: int, taken: set[str]) -> str:
    """A code for the answer *words*, the *number*th, that is not *taken*."""
    wanted = slugify(words)[:LONGEST_CODE].strip("-") or f"answer-{number}"
    return next(code for n in range(1, len(taken) + 2) if (code := wanted if n == 1 else f"{wanted}-{n}") not in taken)


OPTIONS = Part("options", read_options, lambda item, rows, around: write_options(item, rows, around))
