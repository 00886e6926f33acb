"""What the answers of a preview would write on the client: facts and skills, as signing would."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.model import Questionnaire
from goldthread.casework.assessments.rules.writes import SaidFact, fact_rules, said_facts, said_skills, skill_rules
from goldthread.casework.assessments.working import Finished
from goldthread.casework.skills.rules import SKILLS
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.facts.enums import FactKind, SaidBy
from goldthread.people.facts.rules import fields_of, read_value, words_of


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that would be written. ``wrong``: why it cannot be."""

    kind: Any
    words: str
    around: str = ""
    wrong: str = ""


def would_write(questionnaire: Questionnaire, finished: Finished) -> list[Line] | None:
    """The facts and skills that the answers state; None where the instrument writes none."""
    if not fact_rules(questionnaire) and not skill_rules(questionnaire):
        return None
    said = said_facts(questionnaire, finished.answers, finished.enabled)
    skills = said_skills(questionnaire, finished.answers, finished.enabled)
    return [*(_fact(one) for one in said), *(_skill(one.skill, one.level) for one in skills)]


def _fact(said: SaidFact) -> Line:
    kind = FactKind(said.kind)
    try:
        words = words_of(kind, read_value(kind, said.value))
    except DomainError as error:
        label = next((field.label for field in fields_of(kind) if field.name == error.field), "")
        return Line(kind.label, "", wrong=f"{label}: {error.message}" if label else str(error.message))
    return Line(kind.label, words, " · ".join(_around(said)))


def _around(said: SaidFact) -> list[str]:
    who = SaidBy(said.said_by).label if said.said_by in SaidBy.values else said.said_by
    days = ((said.starts_on, _("since %(day)s")), (said.ends_on, _("until %(day)s")))
    return [
        *(words % {"day": _day(day)} for day, words in days if day),
        f"{who} ({said.said_words})" if said.said_words else str(who),
    ]


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _skill(skill: str, level: int) -> Line:
    name = SKILLS[skill][0] if skill in SKILLS else skill
    return Line(_("Skill"), _("%(skill)s: %(level)s of 4") % {"skill": name, "level": level})
