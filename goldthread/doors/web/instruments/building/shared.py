"""The rules and the named values of the whole instrument."""

from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.assessments.enums import Built
from goldthread.casework.assessments.rules.building.front import around
from goldthread.casework.assessments.rules.building.merging import Clash, write_merged
from goldthread.casework.assessments.rules.building.parts import Around
from goldthread.casework.assessments.rules.building.shared import read_shared, write_shared
from goldthread.doors.web.entry import staff_page
from goldthread.doors.web.instruments.building.bench import Bench, Content, on_bench
from goldthread.doors.web.instruments.building.differences import Told, told
from goldthread.doors.web.instruments.building.item_form import row_kept
from goldthread.doors.web.instruments.building.item_rows import values_of
from goldthread.doors.web.instruments.building.items import wrong_in
from goldthread.doors.web.instruments.building.rows import after_button, said_of, typed_rows
from goldthread.doors.web.instruments.building.shared_rows import NAMES, shared_rows, told_twice, with_own_keys
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell


class SharedForm(forms.Form):
    """Rules and named values. *was*: as they are; *sent*: what was typed, *judged* when it is to be kept."""

    def __init__(self, was: dict[str, Any], around: Around, sent: QueryDict | None, *, judged: bool = True) -> None:
        super().__init__(sent)
        self.was, self.around, self.judged = was, around, judged
        if not judged:
            self._errors = forms.utils.ErrorDict()
        typed = {name: typed_rows(sent, name) if sent is not None else said_of(was[name]) for name in NAMES}
        self.rows: dict[str, list[Any]] = {name: self._made(name, rows) for name, rows in typed.items()}

    def _made(self, name: str, typed: Any) -> list[Any]:
        return shared_rows(name, typed, self.around.other, judged=self.is_bound and self.judged)

    def press(self, do: str, sent: QueryDict) -> None:
        """Change the rows as the button *do* says, and show the form as it was typed."""
        name, _colon, what = do.partition(":")
        if name in self.rows:
            self.rows[name] = self._made(name, after_button(typed_rows(sent, name), what))

    def is_valid(self) -> bool:
        """Every row that is not blank."""
        rows = [row.is_valid() for name in NAMES for row in self.rows[name] if not row.is_blank]
        return super().is_valid() and all(rows) and not told_twice(self.rows)

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the builder writes it."""
        return with_own_keys(
            {name: [row_kept(row, self.was[name]) for row in values_of(self.rows[name])] for name in NAMES}
        )


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_INSTRUMENTS)
@on_bench
def shared(bench: Bench) -> HttpResponse:
    """The page, and its form."""
    sent = bench.request.POST if bench.request.method == "POST" else None
    do = sent.get("do", "save") if sent is not None else "save"
    was = read_shared(bench.content, bench.around)
    form = SharedForm(was, bench.around, sent, judged=do == "save")
    if sent is None:
        return _page(bench, form)
    if do != "save":
        form.press(do, sent)
        return _page(bench, form)
    if not form.is_valid():
        return _page(bench, form, status=422)
    values = form.values

    def change(content: Content, seen: Content | None) -> Content:
        now = around(content)
        return write_merged(
            content,
            seen,
            values,
            same=seen is content,
            read=lambda one: read_shared(one, now),
            write=lambda one, new: write_shared(one, new, now),
        )

    try:
        bench.change(Built.SHARED, change)
    except Clash as clash:
        return _page(bench, SharedForm(clash.merged, bench.around, None), told(clash.differences, form), status=409)
    except DomainError as error:
        form.add_error(None, str(error.message))
        return _page(bench, form, status=422)
    tell(bench.request, _("Saved."))
    return redirect("instruments:rules", pk=bench.row.pk)


def _page(bench: Bench, form: SharedForm, differences: list[Told] | None = None, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "edit": bench.row.edit,
        "differences": differences,
        "findings": [one for one in bench.findings if one.shared],
        "rows_wrong": wrong_in(row for rows in form.rows.values() for row in rows),
        "who": bench.who("") if differences else "",
    }
    return bench.show("instruments/building/rules.html", "rules", context, status)
