"""Rows of rules over answers and of named values, in the form of an item and in that of the whole."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldthread.casework.assessments.rules.building.front import OF_RECORD
from goldthread.casework.assessments.rules.building.shared import STOPS, WARNS, with_keys
from goldthread.casework.assessments.rules.rehearsal import ALWAYS
from goldthread.doors.web.instruments.building.expressions import check_expression
from goldthread.doors.web.instruments.building.item_rows import call_second, words
from goldthread.doors.web.instruments.building.rows import RowForm, Typed

NAMES = ("constraints", "variables")
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
KEY = re.compile(r"[A-Za-z0-9.\-]{1,64}")


def code(label: Any) -> forms.CharField:
    """An expression, which may have several lines."""
    widget = forms.Textarea({"rows": 2, "class": "in code", "spellcheck": "false"})
    return forms.CharField(label=label, required=False, strip=False, max_length=20_000, widget=widget)


class _ExpressionRow(RowForm):
    @property
    def values(self) -> dict[str, Any]:
        """The row as the builder writes it."""
        found = dict(self.cleaned_data)
        was = found.pop("was")
        return {"was": int(was), **found} if was.isdecimal() and len(was) < 6 else found


class ConstraintForm(_ExpressionRow):
    """A rule: true when all is well."""

    blank = ("was", "severity")
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    expression = code(_("Has to be true (FHIRPath)"))
    says = words(_("What is said when it is not"))
    says2 = words("")
    severity = forms.ChoiceField(
        label=_("Then"),
        required=False,
        choices=[(STOPS, _("it cannot be signed")), (WARNS, _("it is only pointed out"))],
    )
    key = words(_("Key"), 64)

    def clean(self) -> dict[str, Any]:
        """Words, an expression, and a key as FHIR has them."""
        said = super().clean() or {}
        if self.is_blank:
            return said
        if not (said.get("says") or "").strip():
            self.add_error("says", gettext("Say what is wrong then, and what to do."))
        if said.get("key") and not KEY.fullmatch(said["key"].strip()):
            self.add_error("key", gettext("A key is of letters, digits, dots and dashes."))
        check_expression(self, "expression", said.get("expression") or "", needed=True)
        said["severity"] = said.get("severity") or STOPS
        return said


class VariableForm(_ExpressionRow):
    """A named value."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)
    name = words(_("Name"), 60)
    expression = code(_("Is what this comes to (FHIRPath)"))

    def clean(self) -> dict[str, Any]:
        """A name that expressions can say, and an expression."""
        said = super().clean() or {}
        if self.is_blank:
            return said
        name = (said.get("name") or "").strip().removeprefix("%")
        if not IDENTIFIER.fullmatch(name) and not (said.get("was") and KEY.fullmatch(name)):
            self.add_error("name", gettext("A name starts with a letter and is of letters, digits and _."))
        elif name in ALWAYS or name in OF_RECORD:
            self.add_error("name", gettext("Expressions know another thing by this name. Choose another one."))
        said["name"] = name
        check_expression(self, "expression", said.get("expression") or "", needed=True)
        return said


def shared_rows(name: str, typed: list[Typed], other: str, *, judged: bool) -> list[RowForm]:
    """The rows *name* as they were typed."""
    kind = ConstraintForm if name == "constraints" else VariableForm
    rows: list[RowForm] = [kind(row, n, name, judged=judged) for n, row in enumerate(typed)]
    for row in rows:
        call_second(row, other)
    return rows


def told_twice(rows: Mapping[str, Iterable[Any]]) -> bool:
    """Mark what is called like another; whether anything is."""
    found = False
    for name, field in (("constraints", "key"), ("variables", "name")):
        seen: set[str] = set()
        for row in rows.get(name, ()):
            if row.is_blank or not row.is_valid():
                continue
            said = (row.cleaned_data.get(field) or "").strip()
            if said and said in seen:
                row.add_error(field, gettext("Another one is called so."))
                found = True
            seen.add(said)
    return found


def with_own_keys(values: dict[str, Any]) -> dict[str, Any]:
    """*values* of a form, each rule with a key."""
    if "constraints" in values:
        values["constraints"] = with_keys(values["constraints"])
    return values
