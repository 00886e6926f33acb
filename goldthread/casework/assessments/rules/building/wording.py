"""Every text of an instrument and what stands for it in another language. One walk reads them, and the same walk writes them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goldthread.casework.assessments.rules.building.elements import TRANSLATION, Row, own_language
from goldthread.casework.assessments.rules.building.front import PARTS as FRONT
from goldthread.casework.assessments.rules.building.items import PARTS as OF_ITEM
from goldthread.casework.assessments.rules.building.lists import lists_in, read_list, with_list, write_list
from goldthread.casework.assessments.rules.building.parts import Around, Part
from goldthread.casework.assessments.rules.building.scores import PARTS as OF_SCORE
from goldthread.casework.assessments.rules.building.scores import scores_in, with_score
from goldthread.casework.assessments.rules.building.shared import CONSTRAINTS
from goldthread.casework.assessments.rules.extensions import parts
from goldthread.casework.assessments.rules.model import Json

Say = Callable[[str, str, str], str]
"""What stands for a text in the other language: the text, what stands for it now, and the code of the item that it is on."""


@dataclass(frozen=True, slots=True)
class Word:
    """A text, and what stands for it (empty: nothing). ``item``: the code of the first item that has it; ``times``: at how many places."""

    plain: str
    said: str
    item: str
    times: int


def words_of(content: Json, language: str) -> list[Word]:
    """The texts of *content* in the order of the document. One that stands at several places, with the same words for it, stands once."""
    found: dict[tuple[str, str], Word] = {}
    for plain, said, item in _places(content, language):
        held = found.get((plain, said))
        found[plain, said] = Word(plain, said, held.item if held else item, held.times + 1 if held else 1)
    return list(found.values())


def outdated(content: Json, before: Json, language: str) -> frozenset[tuple[str, str]]:
    """The texts of *content* that said something else *before*, on the same item with the same words for them: each with these
    words, which may no longer fit."""
    old = set(_places(before, language))
    pairs = {(plain, said) for plain, said, _item in old}
    kept = {(said, item) for _plain, said, item in old}
    return frozenset(
        (plain, said)
        for plain, said, item in _places(content, language)
        if said and (plain, said) not in pairs and (said, item) in kept
    )


def _places(content: Json, language: str) -> list[tuple[str, str, str]]:
    """Each text at each of its places: what it says, what stands for it, the code of the item."""
    found: list[tuple[str, str, str]] = []

    def note(plain: str, said: str, item: str) -> str:
        found.append((plain, said, item))
        return said

    translated(content, language, note)
    return found


def languages_in(content: Json) -> list[str]:
    """The languages to which something is translated, without regions (``pt`` of ``pt-BR``), and without its own."""
    own = _base(own_language(content))
    return [code for code in dict.fromkeys(_base(one) for one in _told(content)) if code and code != own]


def _base(language: str) -> str:
    return language.partition("-")[0]


def _told(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _told(one)
    if not isinstance(value, Mapping):
        return
    if value.get("url") == TRANSLATION:
        yield str(parts(dict(value)).get("lang", [""])[0] or "")
    for key, inner in value.items():
        if key == "designation" and isinstance(inner, list):
            yield from (str(one.get("language") or "") for one in inner if isinstance(one, Mapping))
        elif isinstance(inner, list | Mapping):
            yield from _told(inner)


def translated(content: Json, language: str, say: Say) -> Row:
    """*content* with what *say* says of each of its texts."""
    around = Around(own_language(content), language)
    found = _pairs(FRONT, content, around, lambda plain, said: say(plain, said, ""))
    found = _rules(found, around, lambda plain, said: say(plain, said, ""))
    found = _items(found, around, say)
    for held in scores_in(found):
        row = _score(held.row, around, lambda plain, said, on=held.on_item: say(plain, said, on))  # type: ignore[misc]
        found = found if row == held.row else with_score(found, held.name, row)
    for one in lists_in(found):
        values = read_list(one, found, language)
        rows = _rows(values["codes"], "text", lambda plain, said: say(plain, said, ""))
        title = say(values["title"], values["title2"], "") if values["title"] else values["title2"]
        row = write_list(one, {**values, "title2": title, "codes": rows}, found, language)
        found = found if row == one.row else with_list(found, one.id, row)
    return found


def _items(holder: Row, around: Around, say: Say) -> Row:
    below = [_items(_item(item, around, say), around, say) for item in holder.get("item") or []]
    return {**holder, "item": below} if below else holder


def _item(item: Json, around: Around, say: Say) -> Row:
    link = str(item.get("linkId", ""))

    def here(plain: str, said: str) -> str:
        return say(plain, said, link)

    found = _pairs(ON_ITEM, item, around, here)
    found = _rules(found, around, here)
    options = BY_NAME["options"]
    rows = options.read(found, around)
    changed = _rows(rows, "text", here)
    return found if changed == rows else options.write(found, changed, around)


def _score(row: Json, around: Around, say: Callable[[str, str], str]) -> Row:
    found = _pairs(OF_SCORE, row, around, say)
    bands = next(part for part in OF_SCORE if part.name == "bands")
    rows = bands.read(found, around)
    changed = _rows(rows, "label", say)
    return found if changed == rows else bands.write(found, changed, around)


def _rules(row: Json, around: Around, say: Callable[[str, str], str]) -> Row:
    rows = CONSTRAINTS.read(row, around)
    changed = _rows(rows, "says", say)
    return dict(row) if changed == rows else CONSTRAINTS.write(row, changed, around)


def _rows(rows: list[dict[str, Any]], name: str, say: Callable[[str, str], str]) -> list[dict[str, Any]]:
    """Rows of texts (*name*) and what stands for them (*name* and 2)."""
    return [{**row, f"{name}2": say(row[name], row[f"{name}2"]) if row[name] else row[f"{name}2"]} for row in rows]


def _pairs(known: tuple[Part, ...], row: Json, around: Around, say: Callable[[str, str], str]) -> Row:
    """*row* with what *say* says of each part that has a second one, called the same and 2."""
    by_name = {part.name: part for part in known}
    found = dict(row)
    for name, part in by_name.items():
        second = by_name.get(f"{name}2")
        plain = str(part.read(found, around)) if second else ""
        if second is None or not plain.strip():
            continue
        said = second.read(found, around)
        new = say(plain, said)
        if new != said:
            found = second.write(found, new, around)
    return found


BY_NAME = {part.name: part for part in OF_ITEM}
ON_ITEM = tuple(part for part in OF_ITEM if not part.name.startswith("help"))
"""A help text is an item of its own, which the walk comes to."""
