"""What a column of clients may hold. The keys stand in map files: add, never rename."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
    "worker": Field(
        _("Worker"),
        _HERE,
    ),
}
"""By key, in the order in which they are offered."""
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
    "additional": KEEP,
    "skip": LEAVE,
    "ignore": LEAVE,
    "": LEAVE,
}
"""Other words for a field that map files may use, beside the captions of each."""
