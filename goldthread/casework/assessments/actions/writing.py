"""What a signed assessment says of facts and skills is written where they live, and taken back when it no longer stands."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import uuid5

from django.db.models import Q
from django.utils.translation import gettext as _

from goldthread.casework.assessments.models import Assessment
from goldthread.casework.assessments.rules.definition import Questionnaire
from goldthread.casework.assessments.rules.problems import Problem
from goldthread.casework.assessments.rules.writes import SaidFact, said_facts, said_skills
from goldthread.casework.assessments.working import Finished
from goldthread.casework.skills.actions import LONGEST, record_step, void_step
from goldthread.casework.skills.models import SkillStep
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.facts.actions import end_fact, mark_mistaken, reopen_fact, state_fact
from goldthread.people.facts.models import Fact
from goldthread.people.facts.queries import as_open
from goldthread.people.facts.rules import ONE_AT_A_TIME, read_value

SOURCE = "assessment"
KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "income": ("source",),
    "coverage": ("type", "payer"),
    "diagnosis": ("name",),
    "medicine": ("name",),
    "allergy": ("to",),
    "provider": ("role", "name"),
    "legal": ("status", "who"),
    "benefit": ("benefit",),
}
"""Kind → the fields that tell whether two facts are about the same thing: the newer one then takes the place of the other."""


class CannotWrite(DomainError):
    """What answers say cannot be written as a fact. ``problems``: each at its item."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("Some answers are missing or cannot be right."))
        self.problems = problems


def unwritable(questionnaire: Questionnaire, finished: Finished) -> list[Problem]:
    """What keeps the facts among the answers from being written, each at its item."""
    found = []
    for said in said_facts(questionnaire, finished.answers, finished.enabled):
        try:
            read_value(said.kind, said.value)
        except DomainError as error:
            found.append(_problem(said, error))
    return found


def write_what_it_says(row: Assessment, questionnaire: Questionnaire, finished: Finished, by: Actor) -> None:
    """State the facts and record the skills that the signed assessment *row* speaks of, within the caller's transaction.

    What is known already is not stated again; what is known otherwise ends, and the new statement begins. CannotWrite.
    """
    said = said_facts(questionnaire, finished.answers, finished.enabled)
    known = _known(row, {one.kind for one in said})
    news = [one for one in said if not _is_known(row, one, known, by)]
    for one in news:
        _state(row, one, known, by)
    for skill in said_skills(questionnaire, finished.answers, finished.enabled):
        record_step(
            person=row.person,
            skill=skill.skill,
            level=skill.level,
            on=row.assessed_on,
            evidence=skill.evidence[:LONGEST],
            by=by,
            episode=row.episode,
            source_kind=SOURCE,
            source_id=row.pk,
            labels=row.labels,
            form_id=uuid5(row.pk, f"skill {skill.key}"),
            told=False,
        )


def take_back_what_it_said(row: Assessment, reason: str, by: Actor) -> None:
    """The facts of *row* were mistaken, what they had ended holds again, and its skills are drawn no more."""
    for fact in Fact.objects.filter(source_kind=SOURCE, source_id=row.pk, current=True):
        mark_mistaken(fact=fact, reason=reason, by=by)
        for other in _ended_by(fact):
            reopen_fact(fact=other, by=by)
    for ended in Fact.objects.filter(person_id=row.person_id, ended_by=row.pk, current=True):
        reopen_fact(fact=ended, by=by)
    for step in SkillStep.objects.filter(source_kind=SOURCE, source_id=row.pk, voided=False):
        void_step(step=step, by=by)


def _known(row: Assessment, kinds: set[str]) -> list[Fact]:
    """The facts of *kinds* that hold and that every reader of the assessment may see."""
    if not kinds:
        return []
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=row.assessed_on)
    facts = Fact.objects.filter(still, person_id=row.person_id, kind__in=kinds, current=True)
    return [fact for fact in facts.order_by("recorded_at", "pk") if as_open(fact, row.labels, row.episode_id)]


def _is_known(row: Assessment, said: SaidFact, known: list[Fact], by: Actor) -> bool:
    """Whether one of *known* says all that *said* does; it is taken out of them. A last day that is told ends it."""
    with _at_its_item(said):
        value = read_value(said.kind, said.value)
        same = next((fact for fact in known if _says_all(fact, said, value, by)), None)
        if same is None:
            return False
        known.remove(same)
        if said.ends_on and same.ends_on is None:
            end_fact(fact=same, ends_on=said.ends_on, by=by, ended_by=row.pk)
        return True


def _says_all(fact: Fact, said: SaidFact, value: Mapping[str, Any], by: Actor) -> bool:
    """Whether *fact* says what *said* does, or would if it ended today or before."""
    over = fact.ends_on is None and said.ends_on is not None and said.ends_on <= by.today
    return (
        fact.kind == said.kind
        and said.starts_on in (None, fact.starts_on)
        and (over or said.ends_on in (None, fact.ends_on))
        and all(fact.value.get(name) == word for name, word in value.items())
    )


def _state(row: Assessment, said: SaidFact, known: list[Fact], by: Actor) -> None:
    """Write *said* down in place of what was known of the same thing, which is taken out of *known*."""
    with _at_its_item(said):
        value = read_value(said.kind, said.value)
        before = next((fact for fact in known if fact.kind == said.kind and _is_about(said.kind, value, fact)), None)
        starts_on = said.starts_on
        if before:
            known.remove(before)
            starts_on = _first_day(row, said, before)
            value = _with_what_was_not_said(before, value, starts_on, by)
        state_fact(
            person=row.person,
            kind=said.kind,
            value=value,
            said_by=said.said_by,
            said_on=row.assessed_on,
            by=by,
            starts_on=starts_on,
            ends_on=said.ends_on,
            said_words=said.said_words,
            source_kind=SOURCE,
            source_id=row.pk,
            labels=row.labels,
            episode_id=row.episode_id,
            form_id=uuid5(row.pk, said.name),
        )


def _first_day(row: Assessment, said: SaidFact, before: Fact) -> date | None:
    """From when it holds instead of *before*: from the day of the assessment, unless another day is told."""
    told = said.starts_on is not None and said.starts_on != before.starts_on
    over = said.ends_on is not None and said.ends_on < row.assessed_on
    return said.starts_on if told or over else row.assessed_on


def _with_what_was_not_said(before: Fact, value: dict[str, Any], starts_on: date | None, by: Actor) -> dict[str, Any]:
    """End *before*; *value* with what it told of the same thing besides. An empty answer says nothing: it takes nothing away."""
    if before.kind in ONE_AT_A_TIME:
        return value  # state_fact ends what held before, and nothing of it is true of what holds now
    if before.ends_on or starts_on is None or starts_on > by.today:
        return {**before.value, **value}
    if before.starts_on is None or before.starts_on <= starts_on:
        end_fact(fact=before, ends_on=starts_on, by=by)
    return {**before.value, **value}


def _is_about(kind: str, value: Mapping[str, Any], fact: Fact) -> bool:
    """Whether *fact* is about the same thing as *value*; of kinds of which one holds at a time it always is."""
    if kind in ONE_AT_A_TIME:
        return True
    return all(_plain(value.get(name)) == _plain(fact.value.get(name)) for name in KNOWN_BY[kind])


def _plain(word: Any) -> str:
    return str(word or "").casefold()


def _ended_by(fact: Fact) -> list[Fact]:
    """What *fact* had taken the place of: it ended on the day on which *fact* begins."""
    if fact.starts_on is None:
        return []
    rows = Fact.objects.filter(person_id=fact.person_id, kind=fact.kind, current=True, ends_on=fact.starts_on)
    return [other for other in rows if _is_about(fact.kind, fact.value, other)]


@contextmanager
def _at_its_item(said: SaidFact) -> Iterator[None]:
    """What cannot be written is told at the item that says it."""
    try:
        yield
    except DomainError as error:
        raise CannotWrite([_problem(said, error)]) from error


def _problem(said: SaidFact, error: DomainError) -> Problem:
    return Problem(said.keys.get(error.field or "", next(iter(said.keys.values()))), str(error))
