"""Reading needs. What may be seen is a condition that the gate gives."""

from uuid import UUID

from django.db.models import Q

from goldthread.casework.assessments.models import Assessment, Score
from goldthread.casework.assessments.rules.model import Questionnaire
from goldthread.casework.needs.enums import NeedState
from goldthread.casework.needs.models import Need
from goldthread.casework.needs.rules import Suggestion, in_their_order, suggestions
from goldthread.people.persons.models import Person

SOURCE = "assessment"


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
