"""What an instrument says of itself, and what the builder leaves as it came; and the check before it is put in use."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.assessments.enums import Built
from goldthread.casework.assessments.rules.building.checking import Finding, is_usable
from goldthread.casework.assessments.rules.building.front import read_front, unknown_in_front, write_front
from goldthread.casework.assessments.rules.building.merging import Clash, write_merged
from goldthread.doors.web.entry import staff_page
from goldthread.doors.web.instruments.building.bench import Bench, Content, on_bench, page_of_item, page_of_score
from goldthread.doors.web.instruments.building.differences import Told, told
from goldthread.doors.web.instruments.building.item_form import kept_words, name_of
from goldthread.doors.web.instruments.building.item_rows import call_second, words
from goldthread.doors.web.instruments.building.items import shortened
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell


def _area(label: Any, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea({"rows": 2, "dir": "auto"})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=10_000, strip=False, widget=widget)


class FrontForm(forms.Form):
    """Name, purpose, licence, source."""

    title = words(gettext_lazy("Name"), 200)
    title2 = words("", 200)
    description = _area(gettext_lazy("What it is for"))
    description2 = _area("")
    licence = _area(gettext_lazy("Licence"), gettext_lazy("Under what terms it may be used. Your own: say so."))
    source = _area(gettext_lazy("Source"), gettext_lazy("Where questions and scores were published."))
    attribution = _area(gettext_lazy("Attribution"), gettext_lazy("What has to be said wherever it is shown."))
    version = words(gettext_lazy("What this version calls itself"), 60)

    def clean_title(self) -> str:
        """Something has to stand in the list."""
        said: str = self.cleaned_data["title"]
        if not said.strip():
            raise forms.ValidationError(_("Give it a name."))
        return said

    def values(self, was: dict[str, Any]) -> dict[str, Any]:
        """What the form says, as the builder writes it."""
        return {name: kept_words(value, was.get(name)) for name, value in self.cleaned_data.items()}


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_INSTRUMENTS)
@on_bench
def about(bench: Bench) -> HttpResponse:
    """The head of the instrument."""
    was = read_front(bench.content)
    if bench.request.method != "POST":
        return _page(bench, FrontForm(initial=was))
    form = FrontForm(bench.request.POST)
    if not form.is_valid():
        return _page(bench, form, status=422)
    values = form.values(was)

    def change(content: Content, seen: Content | None) -> Content:
        return write_merged(content, seen, values, same=seen is content, read=read_front, write=write_front)

    try:
        bench.change(Built.ABOUT, change)
    except Clash as clash:
        shown = FrontForm(initial=clash.merged)
        return _page(bench, shown, told(clash.differences, shown), status=409)
    except DomainError as error:
        form.add_error(None, str(error.message))
        return _page(bench, form, status=422)
    tell(bench.request, _("Saved."))
    return redirect("instruments:about", pk=bench.row.pk)


def _page(bench: Bench, form: FrontForm, differences: list[Told] | None = None, status: int = 200) -> HttpResponse:
    call_second(form, bench.around.other)
    context = {
        "form": form,
        "edit": bench.row.edit,
        "differences": differences,
        "unknown": [(name, shortened(value)) for name, value in unknown_in_front(bench.content)],
        "url": bench.content.get("url", ""),
        "origin": ", ".join(str(one) for one in bench.content.get("derivedFrom") or []),
        "who": bench.who("") if differences else "",
    }
    return bench.show("instruments/building/about.html", "about", context, status)


@require_GET
@staff_page(Act.MANAGE_INSTRUMENTS)
@on_bench
def checked(bench: Bench) -> HttpResponse:
    """Everything that is wrong, each with the way to it; and, when nothing is, the button that puts it in use."""
    rows = [_line(bench, one) for one in bench.findings]
    context = {"rows": rows, "usable": is_usable(bench.findings), "edit": bench.row.edit}
    return bench.show("instruments/building/check.html", "check", context)


def _line(bench: Bench, one: Finding) -> dict[str, Any]:
    pk = bench.row.pk
    if one.item:
        return {
            "url": page_of_item(pk, one.item),
            "name": name_of(bench.items[one.item]),
            "code": one.item,
            "found": one,
        }
    if one.score:
        return {"url": page_of_score(pk, one.score), "name": one.score, "code": one.score, "found": one}
    if one.language:
        address = f"{reverse('instruments:words', args=[pk])}?in={one.language}&show=missing"
        return {"url": address, "name": _("Languages"), "code": "", "found": one}
    if one.shared:
        return {"url": reverse("instruments:rules", args=[pk]), "name": _("Rules"), "code": "", "found": one}
    return {"url": "", "name": "", "code": "", "found": one}
