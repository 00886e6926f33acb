"""Home, and the gallery of parts."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.ui.icons import ICONS

COLOURS = (
    ("paper", _("page")),
    ("sheet", _("lists, cards")),
    ("sunk", _("rail, tracks")),
    ("ink", _("words")),
    ("pine", _("primary, chosen")),
    ("gold", _("the thread only")),
    ("red", _("overdue, danger")),
    ("amber", _("due")),
    ("blue", _("information")),
)


@require_GET
@staff_page()
def home(request: StaffRequest) -> HttpResponse:
    """Where this person's work starts: their clients; the settings for who has none."""
    if gate.may(request.viewer, Act.FIND):
        return redirect("clients:list")
    return redirect("settings:overview")


class GalleryForm(forms.Form):
    """Every kind of field there is."""

    name = forms.CharField(label=_("Preferred name"), help_text=_("what she wants to be called"))
    born = forms.CharField(label=_("Date of birth"), initial="31 Feb 1979")
    language = forms.ChoiceField(label=_("Language"), choices=[("es", _("Spanish")), ("so", _("Somali"))])
    how = forms.ChoiceField(
        label=_("How it went"),
        choices=[("slipped", _("Slipped")), ("stuck", _("Stuck")), ("little", _("A little")), ("well", _("Well"))],
        widget=forms.RadioSelect,
        initial="little",
    )
    done = forms.MultipleChoiceField(
        label=_("What was done"),
        choices=[("went", _("Went along")), ("health", _("Health education")), ("family", _("Family education"))],
        widget=forms.CheckboxSelectMultiple,
        initial=["went"],
        required=False,
    )
    text = forms.CharField(label=_("What happened"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    safe = forms.BooleanField(label=_("Safe to leave a message"), required=False)
    photo = forms.FileField(label=_("Photo"), required=False)


@require_GET
@staff_page()
def gallery(request: StaffRequest) -> HttpResponse:
    """Every part in every state. Only where the house is built or shown."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    wrong = GalleryForm({"name": "Lucía", "born": "31 Feb 1979", "language": "es", "how": "little", "done": ["went"]})
    wrong.add_error("born", str(_("February 1979 has 28 days. What you typed is kept.")))
    context: dict[str, Any] = {"form": wrong, "colours": COLOURS, "icons": sorted(ICONS)}
    return render(request, "shell/gallery.html", context)
