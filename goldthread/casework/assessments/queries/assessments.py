"""Reading assessments and scores. *content* is what the gate lets through."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from goldthread.casework.assessments.enums import AssessmentState
from goldthread.casework.assessments.models import Assessment, Score
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.assessments.rules.answers import Answer, from_response
from goldthread.casework.assessments.rules.problems import ResponseError
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

STANDING = (AssessmentState.SIGNED,)
HEAVY = ("answers", "skipped", "touched", "response")
UNREAD = ("version__content",)
"""The definition is kept read by its digest: loading it takes longer than the rest of a page."""
SHOWN = 200
"""Assessments of one client on one page: with one a month, of sixteen years."""
DRAWN = 60
"""Values of one score in a chart."""


def assessment_of(person: Person, pk: UUID, content: Q) -> Assessment | None:
    """The assessment *pk* of *person* with its version, when *content* lets it through. One query."""
    rows = Assessment.objects.filter(content, pk=pk, person=person)
    return (
        rows.select_related(
            "version__instrument", "episode__program", "staff", "signed_by", "voided_by", "replaces", "replaced_by"
        )
        .defer(*UNREAD, *(f"{other}__{name}" for other in ("replaces", "replaced_by") for name in HEAVY))
        .first()
    )


def of_person(person: Person, content: Q) -> list[Assessment]:
    """The assessments of *person*, the latest first, without answers. One query."""
    rows = Assessment.objects.filter(content, person=person).select_related("version__instrument", "staff", "signed_by")
    return list(rows.defer(*HEAVY, *UNREAD).order_by("-assessed_on", "-id")[:SHOWN])


def open_by(staff: UUID) -> QuerySet[Assessment]:
    """What *staff* has begun and not signed, the latest first, with clients; without answers."""
    rows = Assessment.objects.filter(staff=staff, state=AssessmentState.OPEN)
    return rows.select_related("person", "version__instrument").defer(*HEAVY, *UNREAD).order_by("-saved_at", "-id")


def before(assessment: Assessment, content: Q) -> Assessment | None:
    """The one signed last before *assessment*, with the same instrument and person: what its answers are compared with."""
    rows = Assessment.objects.filter(
        content, person=assessment.person_id, version__instrument=assessment.version.instrument_id, state__in=STANDING
    ).exclude(pk=assessment.pk)
    rows = rows.filter(assessed_on__lte=assessment.assessed_on)
    if assessment.signed_at:
        rows = rows.filter(signed_at__lt=assessment.signed_at)
    return rows.select_related("version__instrument").defer(*UNREAD).order_by("-assessed_on", "-id").first()


def answers_of(assessment: Assessment) -> dict[str, list[Answer]]:
    """The answers: of an open one what stands, of a signed one what its response says. Nothing, when that does not fit."""
    if assessment.response is None:
        return dict(assessment.answers)
    try:
        return dict(from_response(questionnaire_of(assessment.version), assessment.response))
    except ResponseError:
        return {}


def current_scores(person: Person, content: Q, instruments: Iterable[str] = ()) -> list[Score]:
    """The scores of *person* that stand, by instrument, name and day; of *instruments* alone where some are named. One query."""
    rows = Score.objects.filter(content, person=person, current=True)
    if keys := list(instruments):
        rows = rows.filter(instrument__in=keys)
    return list(rows.select_related("assessment__episode").order_by("instrument", "name", "on", "id"))


def scores_of(assessment: Assessment) -> list[Score]:
    """What *assessment* came to, in the order in which it was worked out."""
    return list(assessment.scores.order_by("place", "pk"))


@dataclass(frozen=True, slots=True)
class Series:
    """One score over time, the oldest first."""

    instrument: str
    name: str
    title: str
    scores: list[Score]

    @property
    def latest(self) -> Score:
        """The newest value."""
        return self.scores[-1]

    @property
    def change(self) -> float | None:
        """How far the newest value is from the one before; None where one of them is missing."""
        if len(self.scores) < 2:
            return None
        new, old = self.scores[-1].value, self.scores[-2].value
        return None if new is None or old is None else float(new - old)


def series(scores: Iterable[Score]) -> list[Series]:
    """*scores*, ordered as ``current_scores`` orders them, each as a line over time; the newest sixty of each."""
    found: dict[tuple[str, str], list[Score]] = {}
    for score in scores:
        found.setdefault((score.instrument, score.name), []).append(score)
    return [Series(instrument, name, rows[-1].title, rows[-DRAWN:]) for (instrument, name), rows in found.items()]


def names_of(ids: Iterable[str | UUID]) -> dict[str, str]:
    """The names of those who answered, by id as text. No query for nobody."""
    wanted = {str(one) for one in ids if one}
    return (
        {str(pk): name for pk, name in Staff.objects.filter(pk__in=wanted).values_list("pk", "name")} if wanted else {}
    )
