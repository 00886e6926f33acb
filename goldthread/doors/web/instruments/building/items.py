"""The items of a draft: the list of all of them, and the one that is open, with its form."""

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.assessments.enums import Built
from goldthread.casework.assessments.rules.building.front import around
from goldthread.casework.assessments.rules.building.items import read_item, unknown_in, with_type, write_item
from goldthread.casework.assessments.rules.building.lists import codes_at, list_called, title_of
from goldthread.casework.assessments.rules.building.merging import Clash, write_merged
from goldthread.casework.assessments.rules.building.renaming import renamed
from goldthread.casework.assessments.rules.building.tree import items_of, with_item
from goldthread.casework.assessments.rules.building.types import NAMES, type_of
from goldthread.casework.assessments.rules.model import ItemType, Json
from goldthread.doors.web.entry import staff_page
from goldthread.doors.web.instruments.building.answers import wrong_rows
from goldthread.doors.web.instruments.building.bench import (
    Bench,
    Content,
    on_bench,
    page_of_fact,
    page_of_item,
    page_of_list,
)
from goldthread.doors.web.instruments.building.differences import Told, told
from goldthread.doors.web.instruments.building.facts import facts_of
from goldthread.doors.web.instruments.building.item_form import ItemForm, lists_of, name_of
from goldthread.doors.web.instruments.building.outline import outline
from goldthread.doors.web.instruments.building.rows import RowForm
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell

WORDS = 12
"""Answers of a list that a question names."""
EMPTY: Json = {"linkId": "", "type": "display"}
SHOWN = 400
"""Characters of what is kept as it came that a page shows."""


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_INSTRUMENTS)
@on_bench
def items(bench: Bench) -> HttpResponse:
    """The list, and the item that the address names; its form is sent here."""
    link_id = bench.request.GET.get("item", "")
    if bench.request.method == "POST":
        return _sent(bench, link_id)
    if link_id and link_id not in bench.items:
        tell(bench.request, _("This item is no longer here."))
        return redirect(page_of_item(bench.row.pk))
    return _page(bench, link_id)


def _sent(bench: Bench, link_id: str) -> HttpResponse:
    row = bench.items.get(link_id)
    do = bench.request.POST.get("do", "save")
    judged = do == "save"
    held = row or {**EMPTY, "type": bench.request.POST.get("i-type", "display")}
    form = ItemForm(held, bench.around, read_item(held, bench.around), bench.request.POST, judged=judged)
    if not judged:
        form.press(do)
        return _page(bench, link_id, form, status=200)
    if not form.is_valid():
        return _page(bench, link_id, form, status=422)
    try:
        new = _save(bench, link_id, form)
    except Clash as clash:
        typed = {name: form.cleaned_data[name] for name in ("type", "link_id")}
        shown = ItemForm(held, bench.around, clash.merged, None, typed=typed)
        return _page(bench, link_id, shown, differences=told(clash.differences, shown), status=409)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return _page(bench, link_id, form, status=422)
    left = form.shares and bool((row or EMPTY).get("answerOption"))
    tell(bench.request, _("Saved. Its own answers were left out; you can take that back.") if left else _("Saved."))
    return redirect(page_of_item(bench.row.pk, new))


def _save(bench: Bench, link_id: str, form: ItemForm) -> str:
    """Write the item; its code, which may be new."""
    values, kind = form.values, ItemType(form.cleaned_data["type"] or form.kind)
    code = (form.cleaned_data.get("link_id") or "").strip() or link_id

    def change(content: Content, seen: Content | None) -> Content:
        now = around(content)
        base = items_of(seen).get(link_id) if seen is not None else None

        def write(item: Json) -> Content:
            written = write_merged(
                item,
                base,
                values,
                same=seen is content,
                read=lambda one: read_item(one, now),
                write=lambda one, new: write_item(one, new, now),
            )
            return with_type(written, kind)

        changed = with_item(content, link_id, write)
        return renamed(changed, link_id, code) if code != link_id else changed

    bench.change(Built.CHANGED, change, item=link_id)
    return code


def _page(
    bench: Bench,
    link_id: str,
    form: ItemForm | None = None,
    *,
    differences: list[Told] | None = None,
    status: int = 200,
) -> HttpResponse:
    row = bench.items.get(link_id)
    if form is None and row is not None:
        form = ItemForm(row, bench.around, read_item(row, bench.around), None)
    context: dict[str, Any] = {
        "outline": outline(bench.content, bench.row.pk, bench.findings, link_id),
        "many": len(bench.items),
        "types": [(str(kind), words) for kind, words in NAMES.items()],
        "form": form,
        "link_id": link_id,
        "edit": bench.row.edit,
        "differences": differences,
        "item_url": page_of_item(bench.row.pk, link_id),
    }
    if form is not None:
        found = [one for one in bench.findings if one.item == link_id]
        context |= _parts(form) | {
            "kind": str(form.kind),
            "kind_words": NAMES[form.kind],
            "name": name_of(row or EMPTY),
            "findings": found,
            "unknown": [(name, shortened(value)) for name, value in unknown_in(row or EMPTY)],
            "likes": _likes(bench, link_id) if form.answers else [],
            "shared": _shared(bench, form) if form.shares else None,
            "facts": facts_of(bench, link_id),
            "facts_url": page_of_fact(bench.row.pk, link_id) if form.kind is ItemType.GROUP else "",
            "who": bench.who(link_id) if differences else "",
        }
    return bench.show("instruments/building/items.html", "build", context, status)


LOOK: tuple[str, ...] = (
    "control",
    "orientation",
    "repeats",
    "min_occurs",
    "max_occurs",
    "min_value",
    "max_value",
    "max_decimals",
    "slider_step",
    "max_size",
)
LOOK += ("min_length", "max_length", "regex", "entry_format", "prefix", "read_only", "hidden")
STARTS = ("initial", "prefill", "skill", "evidence")
EXPERT = ("link_id", "calculated", "initial_expression", "enable_expression")


def _parts(form: ItemForm) -> dict[str, Any]:
    """The fields of the parts that unfold, and whether they start unfolded: where something is said, or wrong."""
    found: dict[str, Any] = {}
    for name, fields in (("look", LOOK), ("start", STARTS), ("expert", EXPERT)):
        shown = [form[field] for field in fields if field in form.fields]
        filled = [field for field in shown if field.name not in ("link_id", "prefix", "repeats") and field.value()]
        found |= {f"{name}_fields": shown, f"{name}_open": bool(filled) or any(field.errors for field in shown)}
    found["rules_open"] = any(form.rows.get(name) for name in ("variables", "constraints"))
    rows = [*wrong_rows(form.answers), *(row for rows in form.rows.values() for row in rows)]
    found["rows_wrong"] = wrong_in(rows)
    return found


def wrong_in(rows: Iterable[RowForm]) -> list[Any]:
    """The fields of *rows* with a mistake."""
    return [field for row in rows if not row.is_blank for field in row.visible_fields() if field.errors]


def _likes(bench: Bench, link_id: str) -> list[tuple[str, str]]:
    """Other questions whose answers can be taken over."""
    others = [
        (link, name_of(item))
        for link, item in bench.items.items()
        if link != link_id and item.get("answerOption") and type_of(item).is_choice
    ]
    return [*others, *lists_of(bench.around.contained)]


def _shared(bench: Bench, form: ItemForm) -> dict[str, Any]:
    """The list from which the answers come: the way to it, and its answers in words."""
    address = str(form["value_set"].value())
    rows = codes_at(address, bench.around.contained, bench.around.other)
    held = list_called(bench.content, address.removeprefix("#"))
    words = [str(row["text"] or row["code"]) for row in rows]
    return {
        "url": page_of_list(bench.row.pk, held.id) if held else "",
        "title": title_of(held) if held else address,
        "words": words[:WORDS],
        "more": max(0, len(words) - WORDS),
    }


def shortened(value: Any) -> str:
    """JSON as a page shows it."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
