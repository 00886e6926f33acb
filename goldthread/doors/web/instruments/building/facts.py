"""What groups of questions write as facts about the client: each group with its facts, and the fact that is open, with its form."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.assessments.enums import Built
from goldthread.casework.assessments.rules.building.elements import with_key
from goldthread.casework.assessments.rules.building.facts import (
    ITEM,
    NEW,
    Held,
    fact_called,
    facts_in,
    is_repeated,
    made_for,
    read_fact,
    slots_of,
    why_not,
    with_fact,
    write_fact,
)
from goldthread.casework.assessments.rules.building.merging import Clash, Difference, write_merged
from goldthread.casework.assessments.rules.building.parts import Values
from goldthread.casework.assessments.rules.building.tree import Impossible, add, with_item
from goldthread.casework.assessments.rules.building.types import type_of
from goldthread.casework.assessments.rules.model import ItemType
from goldthread.doors.web.entry import staff_page
from goldthread.doors.web.instruments.building.bench import Bench, Content, on_bench, page_of_fact, page_of_item
from goldthread.doors.web.instruments.building.differences import Told, told
from goldthread.doors.web.instruments.building.fact_form import FactForm, lines_of, values_of_new
from goldthread.doors.web.instruments.building.item_form import name_of
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell
from goldthread.people.facts.enums import FactKind


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_INSTRUMENTS)
@on_bench
def facts(bench: Bench) -> HttpResponse:
    """The groups, and the fact that the address names (``?group=&kind=``); its form is sent here."""
    group, kind = bench.request.GET.get("group", ""), bench.request.GET.get("kind", "")
    if bench.request.method == "POST":
        return _sent(bench, group, kind)
    if group and group not in bench.items:
        tell(bench.request, _("This group is no longer here."))
        return redirect(page_of_fact(bench.row.pk))
    held = fact_called(bench.content, group, kind) if kind else None
    if kind and (not group or (held is None and kind not in FactKind.values)):
        return redirect(page_of_fact(bench.row.pk, group))
    return _page(bench, group, kind, _form(bench, group, kind, held) if kind else None)


def _form(bench: Bench, group: str, kind: str, held: Held | None, values: Values | None = None) -> FactForm:
    asked_again = {"repeats": is_repeated(bench.content, group)}
    was = values or ({**asked_again, **read_fact(held)} if held else values_of_new(bench.content, group, kind))
    return FactForm(bench.content, group, kind, was, None, held.row if held else None)


def _sent(bench: Bench, group: str, kind: str) -> HttpResponse:
    held = fact_called(bench.content, group, kind)
    if bench.request.POST.get("do") == "remove":
        return _remove(bench, group, kind)
    if kind not in FactKind.values:
        return _page(bench, "", "", None, status=422)
    form = FactForm(
        bench.content, group, kind, read_fact(held) if held else {}, bench.request.POST, held.row if held else None
    )
    if group not in bench.items:
        form.add_error(None, _("This group is no longer here. Somebody else has removed it, or given it another code."))
    if not form.is_valid():
        return _page(bench, group, kind, form, status=422)
    try:
        _save(bench, group, kind, dict(form.cleaned_data))
    except Clash as clash:
        typed = {**clash.merged, "repeats": form.cleaned_data["repeats"]}
        shown = _form(bench, group, kind, fact_called(bench.content, group, kind), typed)
        return _page(bench, group, kind, shown, differences=_told(clash, shown), status=409)
    except DomainError as error:
        form.add_error(None, str(error.message))
        return _page(bench, group, kind, form, status=422)
    tell(bench.request, _("Saved."))
    return redirect(page_of_fact(bench.row.pk, group, kind))


def _told(clash: Clash, form: FactForm) -> list[Told]:
    """The differences, with what is chosen in the words of the form."""
    words: dict[str, str] = {}
    for field in form.fields.values():
        for value, said in getattr(field, "choices", ()):
            words |= dict(said) if isinstance(said, list) else {value: said}
    rows = [Difference(one.name, words.get(one.mine, ""), words.get(one.theirs, "")) for one in clash.differences]
    return told(rows, form)


def _save(bench: Bench, group: str, kind: str, chosen: Values) -> None:
    """Write the fact, with the questions that are made for it."""

    def change(content: Content, seen: Content | None) -> Content:
        held = fact_called(content, group, kind)
        base = fact_called(seen, group, kind) if seen is not None else None
        grown = [content]
        values = dict(chosen)
        repeats = bool(values.pop("repeats", False))

        def write(row: Any, merged: Values) -> Any:
            grown[0], filled = _with_new(content, group, kind, merged)
            return write_fact(row, kind, filled)

        if held is None:
            row = write(None, values)
        else:
            row = write_merged(
                held.row,
                base.row if base else None,
                values,
                same=seen is content,
                read=lambda one: read_fact(Held(group, kind, one)),
                write=write,
            )
        if repeats != is_repeated(seen or content, group):
            grown[0] = with_item(grown[0], group, lambda item: with_key(item, "repeats", repeats))
        return with_fact(grown[0], group, kind, row)

    bench.change(Built.FACT, change, item=group)


def _with_new(content: Content, group: str, kind: str, values: Values) -> tuple[Content, Values]:
    """*content* with the questions that are asked for anew, last in the group; *values* naming them."""
    found = dict(values)
    for slot in slots_of(kind):
        if found.get(slot.name) == NEW:
            made = made_for(content, slot)
            content = add(content, made, inside=group)
            found[slot.name] = f"{ITEM}{made['linkId']}"
        elif reason := why_not(slot, found.get(slot.name, ""), group, content):
            raise Impossible(f"{slot.label}: {reason}")
    return content, found


def _remove(bench: Bench, group: str, kind: str) -> HttpResponse:
    def change(content: Content, seen: Content | None) -> Content:
        now = fact_called(content, group, kind)
        base = fact_called(seen, group, kind) if seen is not None else None
        if now is not None and (base is None or base.row != now.row):
            raise Impossible(_("It was changed since you looked. Look at it again before you take it out."))
        return with_fact(content, group, kind, None)

    return bench.take_out(Built.FACT_REMOVED, change, group, lambda pk, _name: page_of_fact(pk, group))


def _page(
    bench: Bench,
    group: str,
    kind: str,
    form: FactForm | None,
    *,
    differences: list[Told] | None = None,
    status: int = 200,
) -> HttpResponse:
    pk, every = bench.row.pk, facts_in(bench.content)
    item = bench.items.get(group, {})
    mine = [one for one in every if one.group == group]
    context = {
        "rows": _groups(bench, every, group),
        "form": form,
        "group": group,
        "group_name": name_of(item) if item else group,
        "repeats": bool(item.get("repeats")),
        "group_url": page_of_item(pk, group) if group in bench.items else "",
        "kind": kind,
        "kind_words": _kind_words(kind),
        "held": fact_called(bench.content, group, kind) is not None,
        "others": [_shown(bench, one) for one in mine if one.kind != kind or form is None],
        "kinds": _kinds_left(bench, group, kind, mine) if item and type_of(item) is ItemType.GROUP else [],
        "edit": bench.row.edit,
        "differences": differences,
        "findings": [one for one in bench.findings if group and one.item in _below(bench, group)],
        "fact_url": page_of_fact(pk, group, kind),
        "who": bench.who(group) if differences else "",
        "gone": status == 422 and form is None,
    }
    return bench.show("instruments/building/facts.html", "facts", context, status)


def _groups(bench: Bench, every: list[Held], current: str) -> list[dict[str, Any]]:
    """All groups; and what is none, where it says that it writes a fact."""
    writers = {one.group for one in every}
    return [
        {
            "name": name_of(item),
            "url": page_of_fact(bench.row.pk, link),
            "writes": ", ".join(str(_kind_words(one.kind)) for one in every if one.group == link),
            "current": link == current,
        }
        for link, item in bench.items.items()
        if type_of(item) is ItemType.GROUP or link in writers
    ]


def _shown(bench: Bench, held: Held) -> dict[str, Any]:
    return {
        "kind": _kind_words(held.kind),
        "known": held.kind in FactKind.values,
        "code": held.kind,
        "url": page_of_fact(bench.row.pk, held.group, held.kind),
        "lines": lines_of(held, bench.content),
    }


def _kinds_left(bench: Bench, group: str, kind: str, mine: list[Held]) -> list[tuple[str, Any]]:
    taken = {kind, *(one.kind for one in mine)}
    return [(page_of_fact(bench.row.pk, group, one.value), one.label) for one in FactKind if one.value not in taken]


def _kind_words(kind: str) -> Any:
    return FactKind(kind).label if kind in FactKind.values else kind


def _below(bench: Bench, group: str) -> set[str]:
    """The group and all inside it."""
    item = bench.items.get(group, {})
    found, rows = {group}, list(item.get("item") or [])
    while rows:
        one = rows.pop()
        found.add(str(one.get("linkId", "")))
        rows += one.get("item") or []
    return found


def facts_of(bench: Bench, link_id: str) -> list[tuple[str, str]]:
    """What the item *link_id* writes, or fills, as the page of the item says it: the way to the fact, and its words."""
    found = []
    for held in facts_in(bench.content):
        values = read_fact(held) if held.kind in FactKind.values else {}
        labels = {slot.name: slot.label for slot in slots_of(held.kind, held.row)}
        fills = [str(labels[name]) for name, filling in values.items() if filling == f"{ITEM}{link_id}"]
        if held.group == link_id or fills:
            words = ": ".join([str(_kind_words(held.kind)), *([", ".join(fills)] if fills else [])])
            found.append((page_of_fact(bench.row.pk, held.group, held.kind), words))
    return found
