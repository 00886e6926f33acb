"""The forms of the way out. Each keeps what was typed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.casework.discharge.rules.paths import LONGEST, Asked, asked_of
from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, text, yes_no
from goldthread.doors.web.episodes.forms import long_text
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.rules.template import Template


class ReasonForm(RecordForm):
    """The last day, the reason, and what the way of that reason asks. Without scripts, the second page asks for the rest."""

    last_day = TypedDateField(label=_("Last day"), required=True)
    reason = forms.ChoiceField(label=_("Why"))

    def __init__(self, *args: Any, rules: Template, path: str, workers: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        planned = [(one.key, spoken(one.title)) for one in rules.discharge_reasons if one.planned]
        other = [(one.key, spoken(one.title)) for one in rules.discharge_reasons if not one.planned]
        groups = [(_("Planned"), planned), (_("Not planned"), other)]
        offered["reason"].choices = [("", "—"), *((name, some) for name, some in groups if some)]
        self.asked = asked_of(path)
        for one in self.asked:
            offered[f"said-{one.key}"] = _field(one, workers)
            offered[f"said-{one.key}"].needed = one.needed

    @property
    def said(self) -> dict[str, str]:
        """What the way asked, as text."""
        found: dict[str, str] = {}
        for one in self.asked:
            value = self.cleaned_data.get(f"said-{one.key}")
            if one.kind == "yes":
                found[one.key] = "yes" if value else ""
            else:
                found[one.key] = value.isoformat() if isinstance(value, date) else str(value or "")
        return found


def _field(one: Asked, workers: list[tuple[Any, str]]) -> Any:
    label = one.label
    if one.kind == "day":
        return TypedDateField(past=True, label=label, required=False)
    if one.kind == "long":
        return long_text(label, LONGEST, one.hint)
    if one.kind == "yes":
        return yes_no(one.label, one.hint)
    if one.kind == "choice":
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *one.choices])
    if one.kind == "staff":
        named = [(str(pk), name) for pk, name in workers]
        return forms.ChoiceField(label=label, required=False, choices=[("", _("whoever ends it")), *named])
    return text(label, limit=300, hint=one.hint)


class TakeBackForm(RecordForm):
    """Why a discharge is taken back."""

    reason = text(
        _("Why"), required=True, limit=300, hint=_("for example: the wrong client, they came back the next day")
    )
