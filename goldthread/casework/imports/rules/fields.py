"""What a column may hold, of clients, of enrollments or of past contacts. The keys stand in map files: add, never rename."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goldthread.casework.imports.enums import What

KEEP = "keep"
"""Kept as additional information, under its caption."""
LEAVE = "leave"
"""Not brought at all."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column may hold. The words that agencies write above it are in words.yaml."""

    title: str | Promise
    group: str | Promise
    several: bool = False
    """May several columns hold it?"""


_NAMES, _ABOUT, _REACH, _WHERE, _NUMBERS, _HERE = (
    _("Names"),
    _("About"),
    _("Phone and email"),
    _("Address"),
    _("Numbers"),
    _("Here"),
)


FIELDS: dict[str, Field] = {
    "name": Field(
        _("Whole name"),
        _NAMES,
    ),
    "given": Field(
        _("First name"),
        _NAMES,
    ),
    "middle": Field(
        _("Middle name"),
        _NAMES,
    ),
    "family": Field(
        _("Last name"),
        _NAMES,
    ),
    "suffix": Field(_("Suffix"), _NAMES),
    "preferred": Field(
        _("Name they go by"),
        _NAMES,
    ),
    "former": Field(
        _("Former last name"),
        _NAMES,
    ),
    "birth_date": Field(
        _("Date of birth"),
        _ABOUT,
    ),
    "pronouns": Field(_("Pronouns"), _ABOUT),
    "sex": Field(_("Sex"), _ABOUT),
    "gender": Field(_("Gender"), _ABOUT),
    "race_ethnicity": Field(
        _("Race and ethnicity"),
        _ABOUT,
        several=True,
    ),
    "language": Field(
        _("Language"),
        _ABOUT,
    ),
    "interpreter": Field(
        _("Interpreter"),
        _ABOUT,
    ),
    "died_on": Field(
        _("Date of death"),
        _ABOUT,
    ),
    "phone": Field(
        _("Phone"),
        _REACH,
        several=True,
    ),
    "mobile": Field(
        _("Mobile"),
        _REACH,
        several=True,
    ),
    "home_phone": Field(
        _("Home phone"),
        _REACH,
        several=True,
    ),
    "work_phone": Field(
        _("Work phone"),
        _REACH,
        several=True,
    ),
    "email": Field(_("Email"), _REACH, several=True),
    "address": Field(
        _("Whole address in one cell"),
        _WHERE,
    ),
    "line1": Field(
        _("Street"),
        _WHERE,
    ),
    "line2": Field(
        _("Apartment, unit"),
        _WHERE,
    ),
    "city": Field(_("City"), _WHERE),
    "region": Field(_("State"), _WHERE),
    "postal_code": Field(_("ZIP code"), _WHERE),
    "ssn": Field(
        _("Social Security number"),
        _NUMBERS,
    ),
    "medicaid": Field(
        _("Medicaid number"),
        _NUMBERS,
    ),
    "mrn": Field(
        _("Medical record number"),
        _NUMBERS,
    ),
    "school_number": Field(_("School number"), _NUMBERS),
    "hmis": Field(_("HMIS number"), _NUMBERS),
    "old_number": Field(
        _("Number in your old system"),
        _HERE,
    ),
    "client_since": Field(
        _("Client since"),
        _HERE,
    ),
    "household_number": Field(_("Household number"), _HERE),
    "household_role": Field(_("Relationship to the head"), _HERE),
    "worker": Field(
        _("Worker"),
        _HERE,
    ),
}
"""Of clients, by key, in the order in which they are offered."""
_WHO, _STAY, _CONTACT = _("Who it is"), _("Enrollment"), pgettext_lazy("columns", "Contact")
WHO: dict[str, Field] = {
    "old_number": Field(_("Number in your old system"), _WHO),
    "client_number": Field(_("Client number here"), _WHO),
    **{
        key: Field(FIELDS[key].title, _WHO)
        for key in ("name", "given", "family", "birth_date", "ssn", "medicaid", "mrn", "school_number", "hmis")
    },
}
"""By what the client of a row is found."""
EPISODES: dict[str, Field] = WHO | {
    "household_number": Field(_("Household number"), _WHO),
    "program": Field(_("Program"), _STAY),
    "opened": Field(_("First day"), _STAY),
    "closed": Field(_("Last day"), _STAY),
    "reason": Field(_("Why it ended"), _STAY),
    "referred": Field(_("Referred on"), _STAY),
    "worker": Field(_("Worker"), _STAY),
    "assigned_from": Field(_("Worker from"), _STAY),
    "assigned_to": Field(_("Worker until"), _STAY),
}
CONTACTS: dict[str, Field] = WHO | {
    "day": Field(_("Day, or day and time"), _CONTACT),
    "time": Field(_("Time"), _CONTACT),
    "kind": Field(_("Kind of contact"), _CONTACT),
    "mode": Field(_("How: in person, phone …"), _CONTACT),
    "place": Field(_("Where"), _CONTACT),
    "minutes": Field(_("How long"), _CONTACT),
    "outcome": Field(_("Reached or not"), _CONTACT),
    "author": Field(_("Who wrote it"), _CONTACT),
    "words": Field(_("What happened"), _CONTACT, several=True),
    "program": Field(_("Program"), _CONTACT),
}
_OF = {What.CLIENTS: FIELDS, What.EPISODES: EPISODES, What.CONTACTS: CONTACTS}


def fields_of(what: str) -> dict[str, Field]:
    """What a column may hold in a file whose rows are *what* (a What)."""
    return _OF[What(what)]


SHORTCUTS = {
    "first_name": "given",
    "last_name": "family",
    "middle_name": "middle",
    "full_name": "name",
    "preferred_name": "preferred",
    "dob": "birth_date",
    "date_of_birth": "birth_date",
    "street": "line1",
    "zip": "postal_code",
    "zip_code": "postal_code",
    "state": "region",
    "start": "opened",
    "end": "closed",
    "note": "words",
    "date": "day",
    "staff": "author",
    "household": "household_number",
    "relationship": "household_role",
    "additional": KEEP,
    "skip": LEAVE,
    "ignore": LEAVE,
    "": LEAVE,
}
"""Other words for a field that map files may use, beside the captions of each."""
