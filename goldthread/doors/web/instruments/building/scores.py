"""The scores of a draft: the list, and the one that is open, with its form."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.assessments.enums import Built
from goldthread.casework.assessments.rules.building.checking import scorable
from goldthread.casework.assessments.rules.building.front import around
from goldthread.casework.assessments.rules.building.merging import Clash, write_merged
from goldthread.casework.assessments.rules.building.scores import (
    NEW,
    Held,
    read_score,
    score_called,
    scores_in,
    with_score,
    write_score,
)
from goldthread.casework.assessments.rules.building.tree import Impossible
from goldthread.doors.web.entry import staff_page
from goldthread.doors.web.instruments.building.bench import Bench, Content, on_bench, page_of_item, page_of_score
from goldthread.doors.web.instruments.building.differences import Told, told
from goldthread.doors.web.instruments.building.items import wrong_in
from goldthread.doors.web.instruments.building.score_form import ScoreForm
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_INSTRUMENTS)
@on_bench
def scores(bench: Bench) -> HttpResponse:
    """The list, and the score that the address names (``?score=``; ``?new=1`` a new one); its form is sent here."""
    name = bench.request.GET.get("score", "")
    held = score_called(bench.content, name) if name else None
    if bench.request.method == "POST":
        return _sent(bench, name, held)
    if name and held is None:
        tell(bench.request, _("This score is no longer here."))
        return redirect(page_of_score(bench.row.pk))
    is_open = held is not None or "new" in bench.request.GET or not scores_in(bench.content)
    return _page(bench, name, _form(bench, held) if is_open else None)


def _form(bench: Bench, held: Held | None, *, sent: bool = False, judged: bool = True, values: Any = None) -> ScoreForm:
    shown = values or (read_score(held.row, bench.around) if held else dict(NEW))
    own = held.name if held else ""
    others = {one.name for one in scores_in(bench.content)} - {own}
    taken = others | (set(bench.items) - {held.on_item if held else ""})
    said = {**shown, "on_item": held.on_item if held else "", "name": shown.get("name") or own}
    return ScoreForm(
        said,
        scorable(bench.content),
        taken,
        bench.request.POST if sent else None,
        other=bench.around.other,
        judged=judged,
    )


def _sent(bench: Bench, name: str, held: Held | None) -> HttpResponse:
    do = bench.request.POST.get("do", "save")
    if do == "remove":
        return _remove(bench, name)
    form = _form(bench, held, sent=True, judged=do == "save")
    if do != "save":
        form.press(do)
        return _page(bench, name, form)
    if not form.is_valid():
        return _page(bench, name, form, status=422)
    try:
        new = _save(bench, name, form)
    except Clash as clash:
        shown = _form(bench, held, values=clash.merged)
        return _page(bench, name, shown, differences=told(clash.differences, shown), status=409)
    except DomainError as error:
        form.add_error(None, str(error.message))
        return _page(bench, name, form, status=422)
    tell(bench.request, _("Saved."))
    return redirect(page_of_score(bench.row.pk, new))


def _save(bench: Bench, name: str, form: ScoreForm) -> str:
    values = form.values

    def change(content: Content, seen: Content | None) -> Content:
        now = around(content)
        held = score_called(content, name) if name else None
        if held is None:
            if name:
                raise Impossible(_("This score is no longer here. Somebody else has removed it, or renamed it."))
            return with_score(content, "", write_score(None, values, now))
        base = score_called(seen, name) if seen is not None else None
        row = write_merged(
            held.row,
            base.row if base else None,
            {**values, "name": values["name"] if values["name"] != held.name else read_score(held.row, now)["name"]},
            same=seen is content,
            read=lambda one: read_score(one, now),
            write=lambda one, new: write_score(one, new, now),
        )
        return with_score(content, name, row)

    bench.change(Built.SCORE, change, item=name or values["name"])
    return str(values["name"])


def _remove(bench: Bench, name: str) -> HttpResponse:
    def change(content: Content, seen: Content | None) -> Content:
        now, base = score_called(content, name), score_called(seen, name) if seen is not None else None
        if now is not None and (base is None or base.row != now.row):
            raise Impossible(_("It was changed since you looked. Look at it again before you take it out."))
        return with_score(content, name, None)

    return bench.take_out(Built.SCORE_REMOVED, change, name, page_of_score)


def _page(
    bench: Bench, name: str, form: ScoreForm | None, *, differences: list[Told] | None = None, status: int = 200
) -> HttpResponse:
    rows = [
        {
            "name": one.name,
            "title": read_score(one.row, bench.around)["title"] or one.name,
            "url": page_of_score(bench.row.pk, one.name),
            "current": one.name == name,
            "wrong": any(found.hard and found.score == one.name for found in bench.findings),
        }
        for one in scores_in(bench.content)
    ]
    context = {
        "rows": rows,
        "form": form,
        "name": name,
        "edit": bench.row.edit,
        "differences": differences,
        "findings": [one for one in bench.findings if name and (one.score == name or one.item == name)],
        "score_url": page_of_score(bench.row.pk, name) if name else f"{page_of_score(bench.row.pk)}?new=1",
        "items_url": page_of_item(bench.row.pk),
        "rows_wrong": wrong_in(form.bands) if form else [],
        "who": bench.who(name) if differences else "",
    }
    return bench.show("instruments/building/scores.html", "scores", context, status)
