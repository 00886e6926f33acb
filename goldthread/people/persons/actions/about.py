"""Who somebody is: birth, sex and gender, race and ethnicity, languages, death."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.text import tidy
from goldthread.people.persons import rules
from goldthread.people.persons.actions.common import Edit, chosen, fits, only
from goldthread.people.persons.enums import DateKind, Gender, Interpreter, RaceEthnicity, Sex
from goldthread.people.persons.models import ContactPoint, Person

FIELDS = (
    "pronouns",
    "birth_date",
    "birth_date_kind",
    "sex",
    "gender",
    "gender_words",
    "race_ethnicity",
    "language",
    "other_languages",
    "interpreter",
    "deceased",
    "died_on",
)
CHOICES: dict[str, tuple[type[models.TextChoices], bool]] = {
    "birth_date_kind": (DateKind, False),
    "sex": (Sex, True),
    "gender": (Gender, True),
    "interpreter": (Interpreter, False),
}


@transaction.atomic
def edit_about(*, person: Person, version_seen: int, values: Mapping[str, Any], by: Actor) -> Person:
    """Change some of FIELDS. *version_seen*: the person's version when the form was opened.

    Raises DomainError for what cannot be, EditConflict when somebody else changed the same field meanwhile.
    """
    clean = read_about(only(values, FIELDS))
    edit = Edit(person.pk, by, "about")
    mine = edit.check_conflicts(edit.person, clean, version_seen, row=None)
    was_deceased = edit.person.deceased
    edit.apply(edit.person, mine)
    check_about(edit.person, by)
    if edit.person.deceased and not was_deceased:
        _close_contact(edit)
    edit.done("about_changed")
    return edit.person


def read_about(values: dict[str, Any]) -> dict[str, Any]:
    """*values* tidied and checked one by one."""
    clean: dict[str, Any] = {field: tidy(value) if isinstance(value, str) else value for field, value in values.items()}
    fits(Person, clean)
    for field, (choices, blank) in CHOICES.items():
        if field in clean:
            chosen(clean[field], choices, field, blank=blank)
    if "race_ethnicity" in clean:
        clean["race_ethnicity"] = _races(clean["race_ethnicity"])
    if "other_languages" in clean:
        clean["other_languages"] = sorted(set(clean["other_languages"]))
    return clean


def check_about(person: Person, by: Actor) -> None:
    """Raises DomainError when the fields do not go together."""
    rules.check_birth_date(person.birth_date, by.today)
    rules.check_death(person.deceased, person.died_on, person.birth_date, by.today)
    if person.gender == Gender.OTHER and not person.gender_words:
        raise DomainError(_("Write their own words for it."), "gender_words")


def _races(chosen_races: list[str]) -> list[str]:
    for race in chosen_races:
        chosen(race, RaceEthnicity, "race_ethnicity")
    if RaceEthnicity.NOT_SAID in chosen_races and len(set(chosen_races)) > 1:
        raise DomainError(_("“Prefers not to say” goes with no other answer."), "race_ethnicity")
    return sorted(set(chosen_races))


def _close_contact(edit: Edit) -> None:
    """Nobody calls, texts or writes to somebody who has died; the numbers stay on record for who needs to look them up."""
    unsafe = {"safe_to_call": False, "safe_to_text": False, "safe_to_leave_message": False}
    for point in ContactPoint.objects.filter(person=edit.person):
        edit.section = "reach"
        if edit.apply(point, unsafe, row=point.pk):
            point.version += 1
            point.save()
    edit.section = "about"
