"""The gallery: every part of the look in every state, in both themes. For development and for the demo."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.doors.web.entry import anyone
from goldthread.doors.web.shell import errors
from goldthread.doors.web.shell.places import Place
from goldthread.foundation.ui.icons import ICONS, OURS
from goldthread.foundation.ui.widgets import DateField, TimeField

SWATCHES = (
    ("paper", "page"),
    ("sheet", "lists, cards"),
    ("sunk", "rail, tracks"),
    ("ink", "words"),
    ("pine", "primary, chosen"),
    ("gold", "the thread only"),
    ("red", "overdue, danger"),
    ("amber", "due"),
    ("blue", "information"),
)
PLACES = (("Clients", "people"), ("Notices", "bell"), ("Help", "help"), ("Settings", "gear"))

WRONG = {"wrong-born": "31 Feb 1979", "wrong-done": ["went", "no such"], "wrong-how": "carrier"}


class Sample(forms.Form):
    """One field of every kind that a form here can have."""

    name = forms.CharField(label="Preferred name", help_text="what she wants to be called", initial="Lucía")
    born = forms.CharField(label="Date of birth", required=False)
    seen = forms.DateField(label="Last seen", widget=DateField, required=False)
    at = forms.TimeField(label="Time", widget=TimeField, required=False)
    email = forms.EmailField(label="Email", required=False, disabled=True, initial="lucia@example.org")
    language = forms.ChoiceField(label="Language", choices=[("es", "Spanish"), ("so", "Somali")], required=False)
    done = forms.MultipleChoiceField(
        label="What was done",
        choices=[("went", "Went along"), ("health", "Health education"), ("family", "Family education")],
        widget=forms.CheckboxSelectMultiple,
        initial=["went"],
        required=False,
    )
    how = forms.ChoiceField(
        label="How",
        choices=[("visit", "Home visit"), ("call", "Call"), ("text", "Text")],
        widget=forms.RadioSelect,
        required=False,
    )
    went = forms.ChoiceField(
        label="How it went",
        choices=[("slipped", "Slipped"), ("stuck", "Stuck"), ("little", "A little"), ("well", "Well")],
        widget=forms.RadioSelect,
        initial="little",
        required=False,
    )
    words = forms.CharField(label="What happened", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    until = forms.DateField(label="Until", widget=forms.SelectDateWidget(years=[2026, 2027]), required=False)
    sites = forms.MultipleChoiceField(label="Sites", choices=[("n", "North"), ("s", "South")], required=False)
    photo = forms.FileField(label="Photo", help_text="at most 5 MB", required=False)
    interpreter = forms.BooleanField(label="Needs an interpreter", required=False)

    def clean_born(self) -> str:
        if self.cleaned_data["born"]:
            raise forms.ValidationError("February 1979 has 28 days. What you typed is kept.")
        return ""


def _shown() -> None:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404


def _sent(request: HttpRequest, prefix: str) -> Any:
    """What was typed into the form with that *prefix*, if it was sent: nothing of it is kept."""
    return request.GET if any(name.startswith(f"{prefix}-") for name in request.GET) else None


@require_GET
@anyone
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part, on one page. ``?theme=light`` or ``dark`` shows it in that theme whatever the device says."""
    _shown()
    places = tuple(Place("", f"#{icon}", label, icon) for label, icon in PLACES)
    context: dict[str, Any] = {
        "swatches": SWATCHES,
        "icons": sorted({**ICONS, **OURS}),
        "form": Sample(_sent(request, "fresh"), prefix="fresh"),
        "wrong": Sample(_sent(request, "wrong") or WRONG, prefix="wrong"),
        "statuses": errors.STATUSES,
        "tabs": [
            {"label": "Brief", "url": "#tabs", "current": True},
            {"label": "Details", "url": "#tabs"},
            {"label": "Circle", "url": "#tabs", "count": 4},
            {"label": "History", "url": "#tabs"},
        ],
    }
    if getattr(request, "viewer", None) is None:
        context["navigation"] = places
        context["phone_navigation"] = (*places[:2], Place("", "#new", "New", "plus", new=True), *places[2:])
    return render(request, "gallery/page.html", context)


@require_GET
@anyone
def error(request: HttpRequest, status: int) -> HttpResponse:
    """The page of an error, to be looked at."""
    _shown()
    if status not in errors.STATUSES:
        raise Http404
    return errors.page(request, status)
