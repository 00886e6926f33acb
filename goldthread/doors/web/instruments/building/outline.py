"""The items as a list in lists, for the left of the page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goldthread.casework.assessments.rules.building.checking import Finding
from goldthread.casework.assessments.rules.building.items import is_help
from goldthread.casework.assessments.rules.building.types import NAMES, type_of
from goldthread.casework.assessments.rules.extensions import first
from goldthread.casework.assessments.rules.model import ItemType, Json
from goldthread.doors.web.instruments.building.bench import page_of_item
from goldthread.doors.web.instruments.building.item_form import name_of


@dataclass(frozen=True, slots=True)
class Row:
    """One item; or, with ``kind`` ``open`` and ``close``, where a list begins and ends."""

    kind: str
    link_id: str = ""
    url: str = ""
    text: str = ""
    type: Any = ""
    group: bool = False
    current: bool = False
    wrong: bool = False
    conditional: bool = False
    required: bool = False
    hidden: bool = False


def outline(content: Json, pk: UUID, findings: Iterable[Finding], current: str) -> list[Row]:
    """The rows of all items; help texts stand with what they help with."""
    wrong = {one.item for one in findings if one.hard}
    return list(_below(content, pk, wrong, current))


def _below(holder: Json, pk: UUID, wrong: set[str], current: str) -> Iterator[Row]:
    for item in holder.get("item") or []:
        if is_help(item):
            continue
        kind, link = type_of(item), str(item.get("linkId", ""))
        yield Row(
            "item",
            link,
            page_of_item(pk, link),
            name_of(item),
            NAMES[kind],
            kind is ItemType.GROUP,
            link == current,
            link in wrong,
            bool(item.get("enableWhen") or first(item, "enableWhenExpression")),
            bool(item.get("required")),
            bool(first(item, "hidden")),
        )
        if any(not is_help(one) for one in item.get("item") or []):
            yield Row("open")
            yield from _below(item, pk, wrong, current)
            yield Row("close")
        yield Row("end")
