"""The forms of a report. Each keeps what was typed; days and times are read on the agency's clock."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goldthread.casework.incidents.enums import Population, SentHow
from goldthread.casework.incidents.rules.checks import LONGEST
from goldthread.casework.incidents.rules.jurisdictions import table
from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, choice, text


def day_field(label: Any) -> TypedDateField:
    return TypedDateField(label=label, required=True)


def time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def long_text(label: Any, rows: int, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        strip=False,
        max_length=LONGEST,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off", "dir": "auto"}),
    )


class WhenForm(RecordForm):
    """A form that asks for a day and a time: ``<part>_on`` and ``<part>_time``."""

    part = ""

    @property
    def at(self) -> datetime:
        """The instant that was typed, in the agency's zone (the middleware put it in force)."""
        day, moment = self.cleaned_data[f"{self.part}_on"], self.cleaned_data[f"{self.part}_time"]
        return datetime.combine(day, moment, tzinfo=timezone.get_current_timezone())


def now_as(part: str, at: datetime) -> dict[str, Any]:
    """The first values of a day and a time: now, on the agency's clock."""
    local = at.astimezone(timezone.get_current_timezone())
    return {f"{part}_on": local.date(), f"{part}_time": time(local.hour, local.minute)}


class StartForm(WhenForm):
    part = "suspected"
    population = choice(_("Whom is it about?"), Population.choices, required=True, segments=True)
    state = forms.ChoiceField(label=_("State where they are"))
    about = text(
        _("Name, if it is somebody else than the client"), limit=200, hint=_("for example a child in the home")
    )
    about_staff = forms.ChoiceField(
        label=_("Is it about somebody who works here?"),
        required=False,
        help_text=_("They are not told, and cannot read it. Whoever stands above them is told instead."),
    )
    seen = long_text(
        _("What you saw or were told"), 5, _("Plain facts, in their words where you can. No proof is needed.")
    )
    suspected_on = day_field(_("When did you first suspect it?"))
    suspected_time = time_field(_("Time"))
    note = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, staff: Iterable[tuple[Any, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        offered["about_staff"].choices = [("", _("No")), *((str(pk), name) for pk, name in staff)]
        offered["state"].choices = [("", "—"), *table().states.items()]


class OralForm(WhenForm):
    part = "oral"
    oral_on = day_field(_("When you called"))
    oral_time = time_field(_("Time"))
    oral_to = text(_("Whom you spoke to"), limit=200, required=True, hint=_("name, or the office"))
    oral_reference = text(_("Reference number"), hint=_("ask for it"))


class WrittenForm(RecordForm):
    text = long_text(_("Written report"), 12, required=False)


class SentForm(WhenForm):
    part = "sent"
    sent_on = day_field(_("When you sent it"))
    sent_time = time_field(_("Time"))
    sent_how = choice(_("How"), SentHow.choices, required=True, segments=True)
    sent_to = text(_("To whom"), limit=200)


class ReceiptForm(WhenForm):
    part = "receipt"
    receipt_on = day_field(_("When the receipt came"))
    receipt_time = time_field(_("Time"))
    receipt = text(_("Number or name on it"), limit=200, required=True)


class MistakeForm(RecordForm):
    reason = long_text(_("Why it was a mistake"), 3, _("For example: the wrong client, or started twice."))


class AgainForm(RecordForm):
    """Nothing but the press of a button."""
