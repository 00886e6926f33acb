"""Reading needs. What may be seen is a condition that the gate gives."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from goldthread.casework.assessments.enums import AssessmentState
from goldthread.casework.assessments.models import Assessment, Score
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.assessments.rules.model import Questionnaire
from goldthread.casework.needs.enums import NeedState
from goldthread.casework.needs.models import Need
from goldthread.casework.needs.rules import Suggestion, in_their_order, suggestions
from goldthread.people.persons.models import Person

SOURCE = "assessment"
LOOKED_AT = 60
"""Latest signed assessments among which the last one of each instrument is looked for."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A need that *assessment* suggests and nobody has decided on."""

    assessment: Assessment
    suggestion: Suggestion


def needs_of(person: Person | UUID, seen: Q) -> list[Need]:
    """Every need of *person*, suggestions that were declined included, in the order of ``rules.in_their_order``."""
    rows = Need.objects.filter(seen, person=person).select_related("raised_by").order_by("raised_at", "pk")
    return in_their_order(rows)


def open_needs(person: Person | UUID, seen: Q) -> list[Need]:
    """The needs that are open, in the same order."""
    rows = Need.objects.filter(seen, person=person, state=NeedState.OPEN).order_by("raised_at", "pk")
    return in_their_order(rows)


def suggestions_of(assessment: Assessment, questionnaire: Questionnaire, language: str) -> list[Suggestion]:
    """The needs that *assessment* speaks of and nobody has decided on. *questionnaire*: the version that was asked."""
    scores = Score.objects.filter(assessment=assessment, current=True).order_by("pk")
    found = suggestions(questionnaire, scores, language)
    decided = set(Need.objects.filter(source_kind=SOURCE, source_id=assessment.pk).values_list("source_item", "domain"))
    return [one for one in found if (one.item, one.domain) not in decided]


def undecided(person: Person | UUID, seen: Q, language: str) -> list[Undecided]:
    """What the last signed assessment of each instrument suggests and nobody has decided on, strongest first. *seen*: of
    assessments. Three queries, however many there are."""
    rows = Assessment.objects.filter(seen, person=person, state=AssessmentState.SIGNED)
    heavy = ("answers", "skipped", "touched", "response")
    rows = rows.select_related("version__instrument", "episode").defer(*heavy).order_by("-assessed_on", "-id")
    last: dict[UUID, Assessment] = {}
    for row in rows[:LOOKED_AT]:
        last.setdefault(row.version.instrument_id, row)
    ids = [row.pk for row in last.values()]
    scores: dict[UUID, list[Score]] = {}
    for score in Score.objects.filter(assessment__in=ids, current=True).order_by("pk"):
        scores.setdefault(score.assessment_id, []).append(score)
    decided = set(
        Need.objects.filter(source_kind=SOURCE, source_id__in=ids).values_list("source_id", "source_item", "domain")
    )
    found = [
        Undecided(row, one)
        for row in last.values()
        for one in suggestions(questionnaire_of(row.version), scores.get(row.pk, []), language)
        if (row.pk, one.item, one.domain) not in decided
    ]
    return sorted(found, key=lambda one: -one.suggestion.strength)
