"""What the record's forms share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from goldthread.doors.web.forms import OnceForm
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.widgets import DateField


class TypedDateField(forms.CharField):
    """A day, picked in the browser's own field or typed in any common way. What cannot be read stays, with a sentence why.

    With ``widget=forms.TextInput`` it is only typed: for a birth, which nobody wants to look for in a calendar.
    """

    widget = DateField

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        """*past*: a day that is over, such as a birth: then ``'61`` was in 1961."""
        super().__init__(max_length=40, **kwargs)
        self.past = past

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Django's hook: the browser's own date field has no length."""
        return {} if isinstance(widget, DateField) else super().widget_attrs(widget)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_date(text, latest=timezone.localdate() if self.past else None)
        except DomainError as error:
            raise ValidationError(str(error.message)) from error


class RecordForm(OnceForm):
    """A form on a person's record. ``version`` is that of the person."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    says: str = ""
    """What will happen, above the fields, where the title alone does not say it."""

    def renewed(self, version: int) -> "RecordForm":
        """This form with all that was typed, on top of *version* of the person: saving it again replaces the other's words."""
        sent: Any = self.data
        renewed = sent.copy()
        renewed["version"] = str(version)
        self.data = renewed
        return self


def text(label: Any, *, required: bool = False, limit: int = 80, hint: Any = "", **attributes: str) -> forms.CharField:
    """A one-line text field."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=limit,
        help_text=hint,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attributes}),
    )


def choice(label: Any, choices: Any, *, required: bool = False, segments: bool = False) -> forms.ChoiceField:
    """One of several: as segments where there are few, else as a menu."""
    offered = list(choices)
    if segments:
        return forms.ChoiceField(label=label, choices=offered, required=required, widget=forms.RadioSelect)
    empty = [] if required else [("", "—")]
    return forms.ChoiceField(label=label, choices=[*empty, *offered], required=required)


def several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    """Any number of several, as chips."""
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=forms.CheckboxSelectMultiple
    )


def yes_no(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=hint)
