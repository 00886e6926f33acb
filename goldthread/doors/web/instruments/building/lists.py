"""The lists of a draft: answers that several questions share. All of them, and the one that is open, with its form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.assessments.enums import Built
from goldthread.casework.assessments.rules.building.lists import (
    Held,
    codes_at,
    list_called,
    lists_in,
    new_list,
    read_list,
    title_of,
    users_of,
    with_list,
    write_list,
)
from goldthread.casework.assessments.rules.building.merging import Clash, write_merged
from goldthread.casework.assessments.rules.building.options import read_options
from goldthread.casework.assessments.rules.building.parts import Around
from goldthread.casework.assessments.rules.building.tree import Impossible
from goldthread.casework.assessments.rules.building.types import type_of
from goldthread.doors.web.entry import staff_page
from goldthread.doors.web.instruments.building.answers import Answers, wrong_rows
from goldthread.doors.web.instruments.building.bench import Bench, Content, on_bench, page_of_item, page_of_list
from goldthread.doors.web.instruments.building.differences import Told, told
from goldthread.doors.web.instruments.building.item_form import SHOWN, kept_words, lists_of, name_of, row_kept
from goldthread.doors.web.instruments.building.item_rows import NumberField, call_second, words
from goldthread.doors.web.instruments.building.items import wrong_in
from goldthread.doors.web.instruments.building.lines import CODE
from goldthread.doors.web.instruments.building.rows import RowForm, Typed
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell


class CodeForm(RowForm):
    """One answer of a list."""

    blank = ("was", "code", "system")
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    text = words(gettext_lazy("Answer"))
    text2 = words("")
    weight = NumberField(label=gettext_lazy("Weight"), required=False)
    code = words(gettext_lazy("Code"), 200)
    system = words(gettext_lazy("Code system"), 500)

    @property
    def values(self) -> dict[str, Any]:
        """The row as the builder writes it."""
        return dict(self.cleaned_data)


class ListForm(forms.Form):
    """A list. *was*: as it is; *sent*: what was typed, *judged* when it is to be kept."""

    title = words(gettext_lazy("What it is called"), 200)
    title2 = words("", 200)

    def __init__(self, was: Mapping[str, Any], around: Around, sent: QueryDict | None, *, judged: bool = True) -> None:
        super().__init__(sent, initial={"title": was.get("title"), "title2": was.get("title2")}, prefix="l")
        self.was, self.around, self.judged = was, around, judged
        if not judged:
            self._errors = forms.utils.ErrorDict()
        call_second(self, around.other)
        self.answers = Answers(list(was.get("codes") or []), sent, CODE, self._codes, judged=judged)

    def _codes(self, typed: list[Typed]) -> list[CodeForm]:
        rows = [CodeForm(row, n, "options", judged=self.is_bound and self.judged) for n, row in enumerate(typed)]
        for row in rows:
            call_second(row, self.around.other)
        return rows

    def press(self, do: str, sent: QueryDict) -> None:
        """Change the answers as the button *do* says, and show the form as it was typed."""
        name, _colon, what = do.partition(":")
        if name == "options":
            self.answers.press(what, sent, self._like)

    def _like(self, name: str) -> list[Mapping[str, Any]]:
        if name.startswith("#"):
            return [*codes_at(name, self.around.contained, self.around.other)]
        rows = read_options((self.around.items or {}).get(name, {}), self.around)
        return [{key: row[key] for key in ("text", "text2", "weight", "code")} for row in rows]

    def is_valid(self) -> bool:
        """A name, and answers that differ."""
        read = self.answers.is_valid()
        right = super().is_valid()
        for reason in self.answers.errors[:SHOWN]:
            self.add_error(None, reason)
        return right and read and not self._twice()

    def _twice(self) -> bool:
        seen: set[tuple[str, str]] = set()
        for row in self.answers.rows if not self.answers.as_lines else []:
            if row.is_blank:
                continue
            said = row.cleaned_data
            token = (said.get("system") or "", said.get("code") or said.get("text", "").strip().casefold())
            if token in seen:
                row.add_error("code" if said.get("code") else "text", _("Another answer is called so."))
                return True
            seen.add(token)
        return False

    def clean(self) -> dict[str, Any]:
        """Something has to stand where it is chosen."""
        said = super().clean() or {}
        if not (said.get("title") or "").strip():
            self.add_error("title", _("Say what the list is called."))
        return said

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the builder writes it."""
        said = {name: kept_words(value, self.was.get(name)) for name, value in self.cleaned_data.items()}
        before = list(self.was.get("codes") or [])
        return {**said, "codes": [row_kept(row, before) for row in self.answers.values]}


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_INSTRUMENTS)
@on_bench
def lists(bench: Bench) -> HttpResponse:
    """All of them, and the one that the address names (``?list=``; ``?new=1`` a new one); its form is sent here."""
    name = bench.request.GET.get("list", "")
    held = list_called(bench.content, name) if name else None
    if bench.request.method == "POST":
        return _sent(bench, name, held)
    if name and held is None:
        tell(bench.request, _("This list is no longer here."))
        return redirect(page_of_list(bench.row.pk))
    is_open = held is not None or "new" in bench.request.GET
    return _page(bench, name, ListForm(_was(bench, held), bench.around, None) if is_open else None)


def _was(bench: Bench, held: Held | None) -> dict[str, Any]:
    return read_list(held, bench.content) if held else {"title": "", "title2": "", "codes": []}


def _sent(bench: Bench, name: str, held: Held | None) -> HttpResponse:
    sent = bench.request.POST
    do = sent.get("do", "save")
    if do == "remove":
        return _remove(bench, name)
    form = ListForm(_was(bench, held), bench.around, sent, judged=do == "save")
    if do != "save":
        form.press(do, sent)
        return _page(bench, name, form)
    if not form.is_valid():
        return _page(bench, name, form, status=422)
    try:
        new = _save(bench, name, form)
    except Clash as clash:
        shown = ListForm(clash.merged, bench.around, None)
        return _page(bench, name, shown, differences=told(clash.differences, shown), status=409)
    except DomainError as error:
        form.add_error(None, str(error.message))
        return _page(bench, name, form, status=422)
    tell(bench.request, _("Saved."))
    return redirect(page_of_list(bench.row.pk, new))


def _save(bench: Bench, name: str, form: ListForm) -> str:
    """Write the list; its id."""
    values, made = form.values, [name]

    def change(content: Content, seen: Content | None) -> Content:
        held = list_called(content, name) if name else None
        if held is None and name:
            raise Impossible(_("This list is no longer here. Somebody else has removed it."))
        if held is None:
            row = new_list(content, values["title"])
            made[0] = row["id"]
            fresh = Held(row["id"], row, len(content.get("contained") or []))
            return with_list(content, row["id"], write_list(fresh, values, with_list(content, row["id"], row)))
        base = list_called(seen, name) if seen is not None else None
        row = write_merged(
            held.row,
            base.row if base else None,
            values,
            same=seen is content,
            read=lambda one: read_list(held, content) if one is held.row else read_list(base or held, seen or content),
            write=lambda _one, new: write_list(held, new, content),
        )
        return with_list(content, name, row)

    bench.change(Built.LIST, change, item=name)
    return made[0]


def _remove(bench: Bench, name: str) -> HttpResponse:
    def change(content: Content, seen: Content | None) -> Content:
        now, base = list_called(content, name), list_called(seen, name) if seen is not None else None
        if now is not None and (base is None or base.row != now.row):
            raise Impossible(_("It was changed since you looked. Look at it again before you take it out."))
        users = users_of(content, now) if now is not None else []
        if users:
            said = {"users": ", ".join(users[:5])}
            raise Impossible(_("It is still used by %(users)s. Give them other answers first.") % said)
        return with_list(content, name, None)

    return bench.take_out(Built.LIST_REMOVED, change, name, page_of_list)


def _page(
    bench: Bench, name: str, form: ListForm | None, *, differences: list[Told] | None = None, status: int = 200
) -> HttpResponse:
    held = list_called(bench.content, name) if name else None
    users = users_of(bench.content, held) if held else []
    context = {
        "rows": [_line(bench, one, name) for one in lists_in(bench.content)],
        "form": form,
        "name": name,
        "title": title_of(held) if held else "",
        "edit": bench.row.edit,
        "differences": differences,
        "users": [(page_of_item(bench.row.pk, one), name_of(bench.items[one])) for one in users if one in bench.items],
        "likes": _likes(bench, name),
        "list_url": page_of_list(bench.row.pk, name) if name else f"{page_of_list(bench.row.pk)}?new=1",
        "rows_wrong": wrong_in(wrong_rows(form.answers)) if form else [],
        "who": bench.who(name) if differences else "",
    }
    return bench.show("instruments/building/lists.html", "lists", context, status)


def _line(bench: Bench, one: Held, name: str) -> dict[str, Any]:
    many = len(codes_at(one.address, bench.around.contained, bench.around.other))
    return {
        "url": page_of_list(bench.row.pk, one.id),
        "title": title_of(one),
        "many": ngettext("%(n)s answer", "%(n)s answers", many) % {"n": many},
        "current": one.id == name,
    }


def _likes(bench: Bench, name: str) -> list[tuple[str, str]]:
    """Questions and other lists whose answers can be taken over."""
    asked = [
        (link, name_of(item))
        for link, item in bench.items.items()
        if item.get("answerOption") and type_of(item).is_choice
    ]
    return [*asked, *(one for one in lists_of(bench.around.contained) if one[0] != f"#{name}")]
