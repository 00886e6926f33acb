"""A new instrument, and an existing one copied so that it can be changed."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.assessments.actions import begin_instrument, edit_anew
from goldthread.casework.assessments.enums import MadeBy
from goldthread.casework.assessments.models import InstrumentVersion
from goldthread.casework.assessments.queries.instruments import questionnaire_of, version
from goldthread.casework.assessments.rules.building.licences import Leave, leave_to_change
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.forms import OnceForm
from goldthread.doors.web.instruments.building.item_rows import words
from goldthread.foundation.lib.errors import DomainError


class NewForm(OnceForm):
    """What a new instrument starts with."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    key = forms.SlugField(
        label=gettext_lazy("Key"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Short, as housing-check. Rules and files call it so. Empty: made from the name."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Written in"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Each text can be written in the other language, too."),
    )
    description = forms.CharField(
        label=gettext_lazy("What it is for"), required=False, max_length=10_000, widget=forms.Textarea({"rows": 2})
    )
    licence = words(gettext_lazy("Licence"), 1000)
    source = words(gettext_lazy("Source"), 1000)
    attribution = words(gettext_lazy("Attribution"), 1000)


class CopyForm(OnceForm):
    """What a copy is called, and that it may be made."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    key = forms.SlugField(label=gettext_lazy("Key"), max_length=60)
    allowed = forms.BooleanField(label=gettext_lazy("Our agency may change it under this licence"), required=False)

    def __init__(self, *args: object, copies: bool, asks: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, wanted in (("title", copies), ("key", copies), ("allowed", asks)):
            if not wanted:
                del self.fields[name]


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_INSTRUMENTS)
def new(request: StaffRequest) -> HttpResponse:
    """Begin an instrument."""
    form = NewForm(request.POST if request.method == "POST" else None, initial={"language": _language()})
    if form.is_bound and form.is_valid():
        said = form.values
        values = {
            name: said[name].replace("\r\n", "\n").strip()
            for name in ("title", "description", "licence", "source", "attribution")
        }
        try:
            made = begin_instrument(
                values=values, key=said["key"], language=said["language"], by=request.viewer.actor, form_id=form.own_id
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect("instruments:build", pk=made.pk)
    return render(request, "instruments/building/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_INSTRUMENTS)
def anew(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Edit a version as a new one; of a shipped instrument as an instrument of one's own."""
    row = version(pk)
    if row is None:
        raise Http404
    copies, licence = row.instrument.made_by == MadeBy.SHIPPED, questionnaire_of(row).licence
    leave = Leave.GIVEN if row.instrument.made_by == MadeBy.BUILT else leave_to_change(licence)
    initial = {"title": _("%(name)s (ours)") % {"name": row.instrument.title}, "key": f"{row.instrument.key[:55]}-own"}
    form = CopyForm(
        request.POST if request.method == "POST" else None, initial=initial, copies=copies, asks=leave is Leave.ASK
    )
    if form.is_bound and form.is_valid():
        try:
            return redirect("instruments:build", pk=_copied(request, row, form).pk)
        except DomainError as error:
            form.refuse(error)
    context = {"form": form, "version": row, "copies": copies, "licence": licence, "refused": leave is Leave.REFUSED}
    return render(request, "instruments/building/anew.html", context, status=422 if form.is_bound else 200)


def _copied(request: StaffRequest, row: InstrumentVersion, form: CopyForm) -> InstrumentVersion:
    said = form.values
    return edit_anew(
        version=row,
        by=request.viewer.actor,
        form_id=form.own_id,
        title=said.get("title", ""),
        key=said.get("key", ""),
        allowed=said.get("allowed", False),
    )


def _language() -> str:
    known = [code for code, _name in settings.LANGUAGES]
    return next((code for code in known if code == get_language()), known[0])
