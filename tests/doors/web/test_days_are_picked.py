"""Every day that a form asks for is the browser's own date field, except the few that people know by heart."""

import importlib
import pkgutil
import re

import pytest
from django import forms

import goldthread.doors
from goldthread.doors.web.clients.forms.base import TypedDateField
from goldthread.foundation.ui.widgets import DateField
from tests.architecture.tree import name_of, tracked

BY_HEART = {("AboutForm", "birth_date"), ("NewClientForm", "birth_date"), ("Sample", "born"), ("Sample", "until")}
"""Births, typed as people say them; and the gallery, which shows how else a field can look."""
WRITTEN_BY_HEART = {"birth_date"}
OF_A_DAY = re.compile(r"(^|_)(on|day|date|until|born|from|enrolled|referred)$")
NO_DAYS = {("AppointmentForm", "ride_from"), ("GroupForm", "ride_from")}
"""Names that sound like a day."""


def every_form() -> list[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(goldthread.doors.__path__, "goldthread.doors."):
        if "form" in module.name:
            importlib.import_module(module.name)
    found: list[type[forms.BaseForm]] = []
    wanted = [forms.Form]
    while wanted:
        for form in wanted.pop().__subclasses__():
            wanted.append(form)
            if form.__module__.startswith("goldthread."):
                found.append(form)
    return found


def days_of(form: type[forms.BaseForm]) -> list[tuple[str, forms.Field]]:
    return [
        (name, field)
        for name, field in form.base_fields.items()
        if isinstance(field, TypedDateField | forms.DateField)
        or (OF_A_DAY.search(name) and type(field) is forms.CharField)
    ]


def test_every_day_of_every_form_is_the_browsers_own_field() -> None:
    typed = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in every_form()
        for name, field in days_of(form)
        if not isinstance(field.widget, DateField)
        and (form.__name__, name) not in BY_HEART
        and (form.__name__, name) not in NO_DAYS
        and not field.widget.is_hidden
    ]
    assert typed == []


def test_the_walk_meets_the_forms_that_people_fill_in() -> None:
    asked = {(form.__name__, name) for form in every_form() for name, _field in days_of(form)}
    assert {
        ("AppointmentForm", "day"),
        ("AppointmentForm", "until"),
        ("StartForm", "suspected_on"),
        ("EnrollForm", "enrolled_on"),
        ("ReasonForm", "last_day"),
        ("ElsewhereForm", "done_on"),
        ("ClosedDayForm", "day"),
    } <= asked
    assert len(asked) > 40


INPUT = re.compile(r"<input\b[^>]*>")
TICKED = re.compile(r'type="(hidden|checkbox|radio)"')
NAME = re.compile(r'\bname="(?P<name>[^"{]*)')


def test_every_day_written_in_a_template_is_the_browsers_own_field() -> None:
    typed = [
        f"{name_of(path)}: {control}"
        for path in tracked(".html")
        for control in INPUT.findall(path.read_text())
        if (named := NAME.search(control)) and OF_A_DAY.search(named["name"].rstrip("_"))
        if not TICKED.search(control) and 'type="date"' not in control and named["name"] not in WRITTEN_BY_HEART
    ]
    assert typed == []


class Asking(forms.Form):
    on = TypedDateField(label="On", required=True)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("2026-11-19", 'type="date" name="on" value="2026-11-19"'),
        ("11/19/2026", 'type="date" name="on" value="2026-11-19"'),
        ("19 Nov 2026", 'type="date" name="on" value="2026-11-19"'),
        ("the day after", 'type="text" name="on" value="the day after"'),
    ],
)
def test_what_was_sent_is_shown_again(sent: str, shown: str) -> None:
    """A date field would show words as nothing, and they would be lost."""
    assert shown in str(Asking({"on": sent})["on"])
