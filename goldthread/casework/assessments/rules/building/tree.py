"""The items as a tree: found by linkId, added, moved, copied, removed. Every function gives a new tree."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.bounds import MOST_DEPTH, MOST_ITEMS
from goldthread.casework.assessments.rules.building.elements import NAMING, Row, with_key
from goldthread.casework.assessments.rules.building.items import is_help
from goldthread.casework.assessments.rules.building.types import NOTHING_INSIDE, type_of
from goldthread.casework.assessments.rules.extensions import OURS
from goldthread.casework.assessments.rules.model import ItemType, Json

Path = tuple[int, ...]


class Impossible(ValueError):
    """It cannot be done; the message says why, in words for who builds."""


def walk(holder: Json, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Every item below *holder* with where it stands, in the order of the document; help texts included."""
    for number, item in enumerate(holder.get("item") or []):
        yield (*path, number), item
        yield from walk(item, (*path, number))


def items_of(content: Json) -> dict[str, Json]:
    """Every item by its linkId."""
    return {str(item.get("linkId", "")): item for _path, item in walk(content)}


def path_of(content: Json, link_id: str) -> Path:
    """Where the item stands. Impossible when it is gone."""
    found = next((path for path, item in walk(content) if item.get("linkId") == link_id), None)
    if found is None:
        raise Impossible(_("This item is no longer here. Somebody else has removed it, or given it another code."))
    return found


def at(content: Json, path: Path) -> Json:
    """What stands at *path*: for the empty path the whole."""
    found = content
    for number in path:
        found = found["item"][number]
    return found


def changed_at(content: Json, path: Path, change: Callable[[Json], Row]) -> Row:
    """The tree with what stands at *path* changed."""
    if not path:
        return change(content)
    below = list(content.get("item") or [])
    below[path[0]] = changed_at(below[path[0]], path[1:], change)
    return {**content, "item": below}


def with_item(content: Json, link_id: str, change: Callable[[Json], Row]) -> Row:
    """The tree with one item changed."""
    return changed_at(content, path_of(content, link_id), change)


def insert(content: Json, parent: Path, place: int, item: Json) -> Row:
    """The tree with *item* at *place* among the items of *parent*. Impossible when it grows too large or too deep."""
    if type_of(at(content, parent)) in NOTHING_INSIDE and parent:
        raise Impossible(_("Words to read can have nothing inside."))
    if len(parent) + _depth(item) > MOST_DEPTH:
        raise Impossible(_("Items cannot stand deeper than %(most)s in each other.") % {"most": MOST_DEPTH})
    if sum(1 for _one in walk(content)) + 1 + sum(1 for _one in walk(item)) > MOST_ITEMS:
        raise Impossible(_("An instrument can have at most %(most)s items.") % {"most": MOST_ITEMS})

    def put(holder: Json) -> Row:
        below = list(holder.get("item") or [])
        return {**holder, "item": [*below[:place], dict(item), *below[place:]]}

    return changed_at(content, parent, put)


def without(content: Json, link_id: str) -> Row:
    """The tree without an item and all inside it."""
    *parent, place = path_of(content, link_id)

    def take(holder: Json) -> Row:
        below = list(holder["item"])
        return with_key(holder, "item", [*below[:place], *below[place + 1 :]])

    return changed_at(content, tuple(parent), take)


def new_item(content: Json, kind: ItemType, text: str = "") -> Row:
    """An item with a code that is free."""
    letter = {ItemType.GROUP: "g", ItemType.DISPLAY: "t"}.get(kind, "q")
    made = {"linkId": free_code(items_of(content), letter), "type": str(kind)}
    return with_key(made, "text", text)


def free_code(taken: Any, letter: str = "q") -> str:
    """The first of q1, q2 … that no item has."""
    return next(code for number in range(1, len(taken) + 2) if (code := f"{letter}{number}") not in taken)


def add(content: Json, item: Json, *, after: str = "", inside: str = "") -> Row:
    """The tree with *item* after another, or as the last inside another; without either as the last of all."""
    if inside:
        parent = path_of(content, inside)
        return insert(content, parent, len(at(content, parent).get("item") or []), item)
    if after:
        *above, place = path_of(content, after)
        return insert(content, tuple(above), place + 1, item)
    return insert(content, (), len(content.get("item") or []), item)


def move(content: Json, link_id: str, way: str) -> Row:
    """The tree with an item moved ``up`` or ``down`` among its neighbours, ``in`` (to the end of what stands before it) or
    ``out`` (behind what it stands in). Impossible at the ends.
    """
    *above, place = path_of(content, link_id)
    parent, item = tuple(above), at(content, (*above, place))
    beside = list(at(content, parent)["item"])
    others = [n for n, one in enumerate(beside) if not is_help(one)]
    index = others.index(place) if place in others else 0
    if way in ("up", "down"):
        target = index + (1 if way == "down" else -1)
        if not 0 <= target < len(others):
            raise Impossible(_("It is the first here.") if way == "up" else _("It is the last here."))
        beside[place], beside[others[target]] = beside[others[target]], beside[place]
        return changed_at(content, parent, lambda holder: {**holder, "item": beside})
    if way == "in":
        if index == 0:
            raise Impossible(_("There is nothing before it that it could go into."))
        host = (*parent, others[index - 1])
        if type_of(at(content, host)) in NOTHING_INSIDE:
            raise Impossible(_("Words to read can have nothing inside."))
        return insert(without(content, link_id), host, len(at(content, host).get("item") or []), item)
    if not parent:
        raise Impossible(_("It stands in nothing."))
    return insert(without(content, link_id), parent[:-1], parent[-1] + 1, item)


def copied(content: Json, link_id: str) -> tuple[Row, str]:
    """The tree with a copy of an item, and all inside it, right behind it; and the code of the copy.

    Codes are new; conditions among what was copied name the copies. Scores do not count them.
    """
    *above, place = path_of(content, link_id)
    made = copy.deepcopy(dict(at(content, (*above, place))))
    taken = dict.fromkeys(items_of(content))
    names: dict[str, str] = {}
    for item in [made, *(one for _path, one in walk(made))]:
        new = _copy_code(str(item["linkId"]), taken)
        names[str(item["linkId"])] = new
        taken[new] = None
    for item in [made, *(one for _path, one in walk(made))]:
        item["linkId"] = names[str(item["linkId"])]  # type: ignore[index]  # a deep copy of our own
        for when in item.get("enableWhen") or []:
            when["question"] = names.get(when.get("question"), when.get("question"))
        kept = [_of_copies(one, names) for one in item.get("extension") or [] if one.get("url") != f"{OURS}score"]
        if item.get("extension"):
            item["extension"] = kept  # type: ignore[index]  # a score has one name, once
    return insert(content, tuple(above), place + 1, made), names[link_id]


def _of_copies(extension: Json, names: Mapping[str, str]) -> Row:
    """An extension of a copy: what a fact or a skill took from items that were copied, it takes from the copies."""
    found = dict(extension)
    if found.get("url") in NAMING and found.get("valueString") in names:
        found["valueString"] = names[found["valueString"]]
    if found.get("extension"):
        found["extension"] = [_of_copies(one, names) for one in found["extension"]]
    return found


def _copy_code(code: str, taken: dict[str, None]) -> str:
    if code[:1] in ("q", "g", "t") and code[1:].isdigit():
        return free_code(taken, code[0])
    return next(new for n in range(2, len(taken) + 3) if (new := f"{code[:240]}-{n}") not in taken)


def _depth(item: Json) -> int:
    return 1 + max((len(path) for path, _item in walk(item)), default=0)
