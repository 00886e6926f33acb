"""Fields of the programs' forms that Django lacks: a length of time, a file of text."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.foundation.programs.enums import Unit
from goldthread.foundation.programs.rules.nodes import MOST_CHARACTERS
from goldthread.foundation.programs.rules.spans import MOST, write_span
from goldthread.foundation.programs.rules.template import Span
from goldthread.foundation.programs.rules.titles import UNITS, choices


class SpanInput(forms.MultiWidget):
    """A number and a unit, each with a name of its own for who hears the page."""

    def __init__(self, label: StrOrPromise, units: list[tuple[str, StrOrPromise]]) -> None:
        number = forms.NumberInput(attrs={"aria-label": label, "min": 0, "inputmode": "numeric"})
        super().__init__({"count": number, "unit": forms.Select(attrs={"aria-label": _("unit")}, choices=units)})

    def decompress(self, value: Any) -> list[Any]:
        """A span, in its two parts."""
        return [value.count, str(value.unit)] if isinstance(value, Span) else [None, str(Unit.DAYS)]


class SpanField(forms.MultiValueField):
    """A length of time; cleaned it is the text that a template has (``30 days``), empty when there is no number."""

    def __init__(self, label: StrOrPromise, *, required: bool = False) -> None:
        units = choices(UNITS)
        count = forms.IntegerField(min_value=0, max_value=max(MOST.values()), required=False)
        fields = (count, forms.ChoiceField(choices=units, required=False))
        super().__init__(
            fields, label=label, required=required, require_all_fields=False, widget=SpanInput(label, units)
        )

    def compress(self, data_list: Any) -> str:
        """The two parts as text."""
        if not data_list or data_list[0] is None:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return ""
        return write_span(Span(data_list[0], Unit(data_list[1] or Unit.DAYS)))


class TextFileField(forms.FileField):
    """A file of text in UTF-8; cleaned it is its text."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The text. ValidationError when it is too long or no text."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return ""
        if file.size and file.size > MOST_CHARACTERS * 4:
            raise forms.ValidationError(_("This file is too large to be a template."))
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This is not a file of text.")) from error
