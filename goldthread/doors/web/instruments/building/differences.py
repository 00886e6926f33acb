"""What two people changed in the same place, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.casework.assessments.rules.building.merging import Difference
from goldthread.doors.web.assessments.outcome import NOTHING

LABELS = {
    "options": gettext_lazy("Answers"),
    "units": gettext_lazy("Units"),
    "conditions": gettext_lazy("Conditions"),
    "codes": gettext_lazy("Answers"),
    "variables": gettext_lazy("Named values"),
    "constraints": gettext_lazy("Rules"),
    "bands": gettext_lazy("Bands"),
    "item": gettext_lazy("What counts"),
    "reverse": gettext_lazy("Counts in reverse"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One difference: what the part is called, what both say of it."""

    label: Any
    theirs: str
    mine: str


def told(differences: Iterable[Difference], form: forms.Form) -> list[Told]:
    """The differences with the labels of *form*."""
    return [Told(_label(one.name, form), _words(one.theirs), _words(one.mine)) for one in differences]


def _label(name: str, form: forms.Form) -> Any:
    return LABELS.get(name) or (form.fields[name].label if name in form.fields else name)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "; ".join(_row(one) for one in value) or NOTHING
    return str(value) if value not in (None, "") else NOTHING


def _row(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return " ".join(
        str(part) for name, part in value.items() if name not in ("was", "code") and part not in (None, "", False)
    )
