"""How large a definition may be, looked at before anything else is, without recursion: a hostile file stops here."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.problems import DefinitionError, Problem

MOST_ITEMS = 2_000
"""The longest published panels have about 1 000."""
MOST_DEPTH = 24
"""How deep items may stand in items."""
MOST_JSON_DEPTH = 120
MOST_CHARACTERS = 6_000_000
"""Of the whole file, about."""
MOST_TEXT = 40_000
"""Characters of one text."""
MOST_OPTIONS = 2_000
"""Of one item."""


def check_bounds(data: Any) -> None:
    """Whether *data* is JSON of a size that is read at all. DefinitionError names the item at fault."""
    if not isinstance(data, Mapping):
        raise DefinitionError([Problem("", _("is not a JSON object"))])
    problems = list(_too_many_items(data)) or list(_too_large(data))
    if problems:
        raise DefinitionError(problems)


def read_json(text: str) -> Any:
    """JSON, with its depth looked at first. DefinitionError when it is none, or too large, or says a name twice."""
    if len(text) > MOST_CHARACTERS:
        raise DefinitionError([Problem("", _("is longer than %(most)s characters") % {"most": MOST_CHARACTERS})])
    try:
        return json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except RecursionError:
        raise DefinitionError([Problem("", _("is nested too deep"))]) from None
    except ValueError as error:
        raise DefinitionError([Problem("", _("is not JSON: %(why)s") % {"why": error})]) from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(_("a name stands twice in one object"))
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(_("%(name)s is not a number of JSON") % {"name": name})


def _too_large(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Depth, length of texts and the whole, by the item they stand in."""
    total = 0
    waiting: list[tuple[Any, int, str]] = [(data, 0, "")]
    while waiting:
        value, depth, item = waiting.pop()
        if depth > MOST_JSON_DEPTH:
            yield Problem(item, _("is nested deeper than %(most)s") % {"most": MOST_JSON_DEPTH})
            return
        if isinstance(value, str):
            total += len(value)
            if len(value) > MOST_TEXT:
                yield Problem(item, _("has a text longer than %(most)s characters") % {"most": MOST_TEXT})
        elif isinstance(value, Mapping):
            own = value.get("linkId")
            item = own[:255] if isinstance(own, str) else item
            total += sum(len(str(key)) + 4 for key in value)
            waiting += [(inner, depth + 1, item) for inner in value.values()]
        elif isinstance(value, list):
            total += 2 * len(value)
            waiting += [(inner, depth + 1, item) for inner in value]
        if total > MOST_CHARACTERS:
            yield Problem("", _("is longer than %(most)s characters") % {"most": MOST_CHARACTERS})
            return


def _too_many_items(data: Mapping[str, Any]) -> Iterator[Problem]:
    count = 0
    seen: set[str] = set()
    waiting = [(item, 1) for item in reversed(_items_of(data))]
    while waiting:
        item, depth = waiting.pop()
        link_id = str(item.get("linkId", ""))
        count += 1
        if count > MOST_ITEMS:
            yield Problem(link_id, _("more than %(most)s items") % {"most": MOST_ITEMS})
            return
        if depth > MOST_DEPTH:
            yield Problem(link_id, _("stands deeper than %(most)s items in items") % {"most": MOST_DEPTH})
            return
        if link_id and link_id in seen:
            yield Problem(link_id, _("another item has the same linkId"))
        seen.add(link_id)
        options = item.get("answerOption")
        if isinstance(options, list) and len(options) > MOST_OPTIONS:
            yield Problem(link_id, _("more than %(most)s options") % {"most": MOST_OPTIONS})
        waiting += [(inner, depth + 1) for inner in reversed(_items_of(item))]


def _items_of(holder: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    items = holder.get("item")
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
