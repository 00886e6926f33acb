"""What the plan's page calls things."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from goldthread.casework.plans.enums import OwnerKind
from goldthread.casework.plans.rules.shape import KINDS, PARTS, Field, How
from goldthread.foundation.lib.written import written_day
from goldthread.foundation.programs.enums import Domain
from goldthread.foundation.programs.rules.titles import DOMAINS

ANSWERS: dict[str, StrOrPromise] = {
    "met": gettext_lazy("Met"),
    "progress": gettext_lazy("Getting there"),
    "keep": gettext_lazy("Keep as it is"),
    "change": gettext_lazy("Change it"),
    "stop": gettext_lazy("Stop"),
}
ADD: dict[str, StrOrPromise] = {
    "goals": gettext_lazy("Add a goal"),
    "objectives": gettext_lazy("Add an objective"),
    "steps": gettext_lazy("Add a step"),
    "services": gettext_lazy("Add a service"),
    "risks": gettext_lazy("Add a risk"),
    "rights": gettext_lazy("Add a limit on a right"),
    "supports": gettext_lazy("Add somebody"),
    "meetings": gettext_lazy("Add a meeting"),
    "participants": gettext_lazy("Add who took part"),
    "copies": gettext_lazy("Add a copy"),
}

CHOICES: dict[str, dict[str, StrOrPromise]] = {
    "chosen_by": {
        "client": gettext_lazy("The person"),
        "guardian": gettext_lazy("Guardian"),
        "team": gettext_lazy("The team"),
        "law": gettext_lazy("Has to be there by law"),
    },
    "came": {
        "yes": gettext_lazy("Came"),
        "remote": gettext_lazy("By phone or video"),
        "word": gettext_lazy("Sent word"),
        "no": gettext_lazy("Did not come"),
    },
}
"""What the choices of a field are called."""


def value_words(field: Field, value: Any) -> str:
    """The value of a field of a line, as people read it; empty for nothing."""
    if not value:
        return ""
    if field.how == How.DAY:
        return written_day(date.fromisoformat(str(value)), "j M Y")
    if field.how == How.FLAG:
        return _("yes")
    if field.how == How.CHOICE:
        return choice_words(field, str(value))
    if field.how in (How.ID, How.IDS):
        return ""
    return str(value)


def choice_words(field: Field, value: str) -> str:
    """What a choice of a field is called."""
    if field.name in CHOICES:
        return str(CHOICES[field.name].get(value, value))
    if value in OwnerKind.values and field.name == "owner_kind":
        return str(OwnerKind(value).label)
    if value in set(Domain):
        return str(DOMAINS[Domain(value)])
    return value


def field_label(kind: str, name: str) -> StrOrPromise:
    """What the field *name* of *kind* (or the part *name*) is called."""
    if name in PARTS:
        return PARTS[name].title
    if name == "answer":
        return _("What became of it")
    if name == "why":
        return _("Why")
    return next((one.label for one in KINDS[kind].fields if one.name == name), name) if kind in KINDS else name
