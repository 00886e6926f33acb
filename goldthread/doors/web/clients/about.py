"""The person's own fields as a section: how they read, what their form starts with, how it saves."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from goldthread.people.persons import rules
from goldthread.people.persons.actions import about
from goldthread.people.persons.enums import DateKind, RaceEthnicity
from goldthread.people.persons.models import Person


def pairs(client: Person) -> list[tuple[Any, Any]]:
    """The fields by their labels, in words."""
    races = dict(RaceEthnicity.choices)
    return [
        (_("Date of birth"), _birth_words(client)),
        (_("Pronouns"), client.pronouns),
        (_("Sex on records"), client.get_sex_display()),
        (_("Gender"), client.gender_words or client.get_gender_display()),
        (_("Race and ethnicity"), ", ".join(str(races[one]) for one in client.race_ethnicity if one in races)),
        (_("Language"), rules.language_name(client.language)),
        (_("Other languages"), ", ".join(rules.language_name(code) for code in client.other_languages)),
        (_("Interpreter"), client.get_interpreter_display()),
        *([(_("Has died"), client.died_on or _("date not known"))] if client.deceased else []),
    ]


def _birth_words(client: Person) -> str:
    """The date as far as it is known: day, month or year; and that it is a guess where it is one."""
    if client.birth_date is None:
        return ""
    formats = {DateKind.MONTH: "YEAR_MONTH_FORMAT", DateKind.YEAR: "Y"}
    words = date_format(client.birth_date, formats.get(DateKind(client.birth_date_kind), "DATE_FORMAT"))
    if client.birth_date_kind == DateKind.EXACT:
        return words
    return f"{words} ({client.get_birth_date_kind_display().lower()})"


def initial(client: Person, row: Any) -> dict[str, Any]:
    """The fields as they are."""
    return {field: getattr(client, field) for field in about.FIELDS}


def save(*, request: Any, client: Person, row: Any, form: Any) -> Any:
    """Change what was changed in the form."""
    return about.edit_about(person=client, version_seen=form.version_seen, values=form.values, by=request.viewer.actor)
