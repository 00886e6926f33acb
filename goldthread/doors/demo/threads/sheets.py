"""Signed assessments as rows. Each pattern of answers is worked out once by the rules that sign one, and written for everybody
who answered so.

No evidence is written: the papers of the demo say on which days programs got the assessments that they ask for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import uuid5

from goldthread.casework.assessments.actions.signing import SOURCE, in_short, scores_of
from goldthread.casework.assessments.enums import AssessmentState
from goldthread.casework.assessments.models import Assessment, InstrumentVersion, Score
from goldthread.casework.assessments.queries.instruments import in_use, questionnaire_of
from goldthread.casework.assessments.responses import response_of
from goldthread.casework.assessments.rules.answers import Answer
from goldthread.casework.assessments.rules.definition import ItemType, Questionnaire
from goldthread.casework.assessments.rules.logic import Context
from goldthread.casework.assessments.rules.writes import SaidSkill, said_skills
from goldthread.casework.assessments.working import Finished, finish
from goldthread.casework.needs.rules import Suggestion, suggestions
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.record.rules import searchable
from goldthread.casework.skills.models import SkillStep
from goldthread.doors.demo.bulk import write_rows
from goldthread.doors.demo.past import ZONE
from goldthread.doors.demo.work.enrolling import Care
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

Told = Mapping[str, str | int]
"""linkId → the code of the chosen answer, or what was typed."""


@dataclass(slots=True)
class _Pattern:
    """One way to answer an instrument, as it was worked out first."""

    finished: Finished
    response: dict[str, Any]
    text: str
    needs: list[Suggestion]
    skills: list[SaidSkill]


@dataclass(slots=True)
class Sheets:
    """Makes the assessments of the demo; ``write`` puts them into their tables."""

    versions: dict[str, InstrumentVersion] = field(default_factory=dict)
    assessments: list[Assessment] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    steps: list[SkillStep] = field(default_factory=list)
    patterns: dict[tuple[Any, ...], _Pattern] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.versions = {version.instrument.key: version for version in in_use()}

    def sign(self, key: str, told: Told, *, person: Person, care: Care, staff: Staff, on: date) -> Assessment:
        """*person* answered the instrument *key* so, *staff* signed it at noon of the day *on*."""
        at, version = datetime.combine(on, time(12), ZONE), self.versions[key]
        row = Assessment(
            version=version,
            person=person,
            episode=care.episode,
            staff=staff,
            state=AssessmentState.SIGNED,
            assessed_on=on,
            started_at=at,
            saved_at=at,
            saves=1,
            signed_by=staff,
            signed_at=at,
            labels=care.episode.labels,
        )
        pattern = self._pattern(row, told)
        row.response = pattern.response | {
            "id": str(row.pk),
            "subject": {"reference": f"Patient/{person.pk}"},
            "authored": at.isoformat(timespec="seconds"),
            "author": {"reference": f"Practitioner/{staff.pk}", "display": staff.name},
        }
        self.assessments.append(row)
        self.scores += scores_of(row, pattern.finished.scores)
        self.entries.append(self._entry(row, pattern.text))
        self.steps += [_step(row, one) for one in pattern.skills]
        return row

    def needs_of(self, key: str, told: Told) -> list[Suggestion]:
        """What it suggests to whoever answered so before, by *sign*."""
        return self.patterns[_name(key, told)].needs

    def write(self) -> None:
        """All of them, in the order in which they point to each other."""
        for model, rows in (
            (Assessment, self.assessments),
            (Score, self.scores),
            (SkillStep, self.steps),
            (Entry, self.entries),
        ):
            write_rows(model, rows)

    def _pattern(self, row: Assessment, told: Told) -> _Pattern:
        name = _name(row.version.instrument.key, told)
        if name not in self.patterns:
            questionnaire = questionnaire_of(row.version)
            finished = finish(questionnaire, answers_of(questionnaire, told), Context(row.signed_at))
            if finished.problems:
                raise ValueError(f"{name[0]}: {[str(one) for one in finished.problems]}")
            scores = scores_of(row, finished.scores)
            author = row.signed_by.name if row.signed_by else ""
            response = response_of(row, questionnaire, finished, author=author)
            text = "; ".join(in_short(score) for score in scores)
            skills = said_skills(questionnaire, finished.answers, finished.enabled)
            self.patterns[name] = _Pattern(finished, response, text, suggestions(questionnaire, scores, "en"), skills)
        return self.patterns[name]

    def _entry(self, row: Assessment, text: str) -> Entry:
        title = row.version.instrument.title
        return Entry(
            kind=EntryKind.ASSESSED,
            person=row.person,
            episode=row.episode,
            actor=row.staff,
            happened_at=row.saved_at,
            written_at=row.saved_at,
            labels=row.labels,
            source_kind=SOURCE,
            source_id=row.pk,
            title=title,
            text=text,
            words=searchable(title, text),
        )


def _step(row: Assessment, said: SaidSkill) -> SkillStep:
    return SkillStep(
        id=uuid5(row.pk, f"skill {said.key}"),
        person=row.person,
        episode=row.episode,
        staff=row.staff,
        skill=said.skill,
        level=said.level,
        on=row.assessed_on,
        evidence=said.evidence,
        source_kind=SOURCE,
        source_id=row.pk,
        recorded_at=row.saved_at,
        labels=row.labels,
    )


def answers_of(questionnaire: Questionnaire, told: Told) -> dict[str, list[Answer]]:
    """*told* as answers are kept: a choice by its code, a number, a text. KeyError: no such question or answer."""
    found: dict[str, list[Answer]] = {}
    for link, said in told.items():
        item = questionnaire.by_link[link]
        if item.options:
            by_code = {option.answer["valueCoding"]["code"]: option.answer for option in item.options}
            found[link] = [dict(by_code[str(said)])]
        else:
            found[link] = [{"valueInteger": said} if item.type is ItemType.INTEGER else {"valueString": said}]
    return found


def _name(key: str, told: Told) -> tuple[Any, ...]:
    return key, *sorted(told.items())
