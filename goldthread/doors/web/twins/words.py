"""What a merge touches, in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.merging.queries.preview import Choice, SameWords
from goldthread.people.persons import enums
from goldthread.people.persons.rules import language_name

COUNTED = {
    "contacts.Contact": lambda n: ngettext("%(n)d note", "%(n)d notes", n),
    "contacts.ContactPerson": lambda n: ngettext("present at %(n)d contact", "present at %(n)d contacts", n),
    "contacts.Concern": lambda n: ngettext("%(n)d safety concern", "%(n)d safety concerns", n),
    "contacts.Addendum": lambda n: ngettext("%(n)d addendum", "%(n)d addenda", n),
    "tasks.Task": lambda n: ngettext("%(n)d task", "%(n)d tasks", n),
    "episodes.Episode": lambda n: ngettext("%(n)d enrollment", "%(n)d enrollments", n),
    "caseload.Assignment": lambda n: ngettext("%(n)d assignment", "%(n)d assignments", n),
    "schedule.Appointment": lambda n: ngettext("%(n)d appointment", "%(n)d appointments", n),
    "assessments.Assessment": lambda n: ngettext("%(n)d assessment", "%(n)d assessments", n),
    "plans.Plan": lambda n: ngettext("%(n)d plan", "%(n)d plans", n),
    "plans.Goal": lambda n: ngettext("%(n)d goal", "%(n)d goals", n),
    "needs.Need": lambda n: ngettext("%(n)d need", "%(n)d needs", n),
    "facts.Fact": lambda n: ngettext("%(n)d fact", "%(n)d facts", n),
    "record.Draft": lambda n: ngettext("%(n)d draft", "%(n)d drafts", n),
    "incidents.MandatedReport": lambda n: ngettext("%(n)d safety report", "%(n)d safety reports", n),
    "intake.Inquiry": lambda n: ngettext("%(n)d inquiry", "%(n)d inquiries", n),
    "persons.PersonName": lambda n: ngettext("%(n)d name", "%(n)d names", n),
    "persons.ContactPoint": lambda n: ngettext("%(n)d phone or email", "%(n)d phones or emails", n),
    "persons.Address": lambda n: ngettext("%(n)d address", "%(n)d addresses", n),
    "persons.Identifier": lambda n: ngettext("%(n)d identifying number", "%(n)d identifying numbers", n),
    "persons.Alert": lambda n: ngettext("%(n)d alert", "%(n)d alerts", n),
    "persons.Relationship": lambda n: ngettext("%(n)d relationship", "%(n)d relationships", n),
    "persons.HouseholdMember": lambda n: ngettext("%(n)d place in a household", "%(n)d places in households", n),
    "persons.Person": lambda n: ngettext("%(n)d answer on the record", "%(n)d answers on the record", n),
    "access.Block": lambda n: ngettext("%(n)d block", "%(n)d blocks", n),
}
"""Counted by name; all other rows (entries of the timeline, evidence, history …) are counted together."""


def counted(rows: Mapping[str, int]) -> list[str]:
    """How many of what, the named ones first, the rest in one."""
    said = [COUNTED[model](rows[model]) % {"n": rows[model]} for model in COUNTED if rows.get(model)]
    rest = sum(count for model, count in rows.items() if model not in COUNTED)
    if rest:
        said.append(ngettext("%(n)d other line", "%(n)d other lines", rest) % {"n": rest})
    return said


def left_words(left: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What an undo left (``changed``) and what went along (``along``), counted."""
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for row in left:
        sums[row["why"]][row["model"]] = row["count"]
    return {why: counted(rows) for why, rows in sums.items()}


TITLES = {
    "name": lambda: _("Legal name"),
    "preferred": lambda: _("Name they go by"),
    "birth": lambda: _("Date of birth"),
    "pronouns": lambda: _("Pronouns"),
    "sex": lambda: _("Sex on records"),
    "gender": lambda: _("Gender"),
    "race_ethnicity": lambda: _("Race and ethnicity"),
    "language": lambda: _("Language they speak best"),
    "other_languages": lambda: _("Other languages"),
    "interpreter": lambda: _("Interpreter"),
    "death": lambda: _("Has died"),
    "photo": lambda: _("Photo"),
    "address": lambda: _("Where they live"),
    "mailing": lambda: _("Mailing address"),
    "worker": lambda: _("Primary worker"),
}
NOTES = {
    "name": lambda: _("The other one becomes a former name."),
    "preferred": lambda: _("The other one becomes a former name."),
    "address": lambda: _("The other one ends today."),
    "mailing": lambda: _("The other one ends today."),
    "worker": lambda: _("The other assignment ends today."),
}


def title(choice: Choice) -> str:
    """The question."""
    return TITLES[choice.key]()


def note(choice: Choice) -> str:
    """What becomes of the answer that is not chosen, where that is more than history."""
    return NOTES[choice.key]() if choice.key in NOTES and choice.differs else ""


def answer(choice: Choice, value: Any) -> str:
    """An answer as people read it; empty for none."""
    if value is None:
        return ""
    if isinstance(value, SameWords):
        return value.words
    return str(_WORDS[choice.key](value))


def _chosen(choices: Any, value: str) -> str:
    return str(choices(value).label) if value else ""


def _birth(value: list[Any]) -> str:
    words = date_format(value[0], "j M Y") if value[0] else ""
    return words if value[1] == enums.DateKind.EXACT else f"{words} ({_chosen(enums.DateKind, value[1])})"


_WORDS: dict[str, Any] = {
    "birth": _birth,
    "pronouns": lambda value: value[0],
    "sex": lambda value: _chosen(enums.Sex, value[0]),
    "gender": lambda value: value[1] or _chosen(enums.Gender, value[0]),
    "race_ethnicity": lambda value: ", ".join(_chosen(enums.RaceEthnicity, one) for one in value[0]),
    "language": lambda value: language_name(value[0]),
    "other_languages": lambda value: ", ".join(language_name(one) for one in value[0]),
    "interpreter": lambda value: _chosen(enums.Interpreter, value[0]),
    "death": lambda value: date_format(value[1], "j M Y") if value[1] else _("yes"),
    "photo": lambda _value: _("a photo"),
}
