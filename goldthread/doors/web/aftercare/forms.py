"""The forms of aftercare."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, choice, text
from goldthread.foundation.programs.rules.titles import MODES


class ChangeForm(RecordForm):
    """Another day, or another worker."""

    due_on = TypedDateField(label=_("By"), required=True)
    staff = forms.ChoiceField(label=_("Worker"))

    def __init__(self, *args: Any, workers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["staff"]
        who.choices = list(workers)


class AddForm(ChangeForm):
    """One contact more."""

    title = text(_("What for"), limit=120, required=True)
    mode = choice(_("How"), [(str(key), title) for key, title in MODES.items()], required=True)
    field_order = ("title", "mode", "due_on", "staff")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].initial = "phone"


class CloseForm(RecordForm):
    """Why it is not made."""

    reason = text(_("Why it is not made"), limit=300, required=True)
