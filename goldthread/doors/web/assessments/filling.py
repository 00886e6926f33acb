"""What a new assessment starts with, and what its expressions may know of the record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.assessments.models import InstrumentVersion
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.assessments.rules.answers import Answer
from goldthread.casework.assessments.rules.definition import Questionnaire
from goldthread.casework.assessments.rules.known import kinds_of, with_known
from goldthread.casework.assessments.rules.logic import Context, begin
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.people.facts.models import Fact
from goldthread.people.facts.queries import as_open, current_facts
from goldthread.people.facts.rules.values import words_of
from goldthread.people.persons.enums import NameKind, Sex
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.record import names_of
from goldthread.people.persons.rules import age_on, shown_parts

GENDERS = {Sex.FEMALE: "female", Sex.MALE: "male", Sex.INTERSEX: "other", Sex.NOT_SAID: "unknown"}
"""What FHIR calls a Patient's gender is the sex that is on record for health care and benefits."""


@dataclass(frozen=True, slots=True)
class Under:
    """The labels and the episode of an assessment: what stands under others is left out, for it would be read where it may not be."""

    labels: int = 0
    episode: UUID | None = None


def start_with(
    version: InstrumentVersion, client: Person, episode: Episode | None, viewer: Viewer
) -> dict[str, list[Answer]]:
    """The answers that are there before anybody was asked: initial values, and what the record knows."""
    questionnaire = questionnaire_of(version)
    under = Under(labels_for(episode), episode.pk) if episode else Under()
    begun = begin(questionnaire, context_of(viewer, client, questionnaire, under))
    kinds = kinds_of(questionnaire)
    return with_known(questionnaire, begun, _known(viewer, client, under, kinds)) if kinds else dict(begun)


def context_of(viewer: Viewer, client: Person, questionnaire: Questionnaire, under: Under) -> Context:
    """The instant in the agency's zone, and of the record what the questionnaire says it asks for (``launchContext``).

    *under*: the labels and the episode of the assessment.
    """
    record = {name: READERS[name](viewer, client, under) for name in questionnaire.launch if name in READERS}
    return Context(at=viewer.at.astimezone(timezone.get_current_timezone()), record=record)


def _patient(viewer: Viewer, client: Person, _under: Under) -> dict[str, Any]:
    """The client as a FHIR Patient, as far as every reader of the client's page sees them, with the age in years."""
    patient: dict[str, Any] = {"resourceType": "Patient", "id": str(client.pk), "name": _names(client)}
    if client.sex:
        patient["gender"] = GENDERS[Sex(client.sex)]
    if client.birth_date:
        patient |= {"birthDate": client.birth_date.isoformat(), "age": age_on(client.birth_date, viewer.today)}
    if client.language:
        patient["communication"] = [{"language": {"text": client.language}, "preferred": True}]
    return patient


def _names(client: Person) -> list[dict[str, Any]]:
    """The name they go by, and after it the legal one where that is another."""
    rows = names_of(client)
    given, family, _suffix = shown_parts(rows)
    shown = {"use": "usual", "text": client.display_name, "family": family, "given": [given] if given else []}
    legal = next((row for row in rows if row.kind == NameKind.LEGAL), None)
    if legal is None:
        return [shown]
    official = {"use": "official", "family": legal.family, "given": [n for n in (legal.given, legal.middle) if n]}
    if (legal.given, legal.family) == (given, family):
        return [official | {"text": client.display_name}]
    return [shown, official]


def _user(viewer: Viewer, _client: Person, _under: Under) -> dict[str, Any]:
    return {"resourceType": "Practitioner", "id": str(viewer.staff.pk), "name": [{"text": viewer.staff.name}]}


def _facts(viewer: Viewer, client: Person, under: Under) -> list[dict[str, Any]]:
    """What is known and holds today, as far as the viewer may read it: ``%facts.where(kind = 'allergy').words``."""
    return [
        {"kind": fact.kind, "words": words_of(fact.kind, fact.value), "code": fact.code, "value": fact.value}
        for fact in _known(viewer, client, under)
    ]


def _known(viewer: Viewer, client: Person, under: Under, kinds: Iterable[str] = ()) -> list[Fact]:
    """What holds today, as far as the viewer and every reader of the assessment may read it. One query."""
    seen = gate.content(viewer, client, Act.READ_FACT, episode="episode_id")
    return [
        fact for fact in current_facts(client, viewer.today, seen, kinds) if as_open(fact, under.labels, under.episode)
    ]


READERS: dict[str, Callable[[Viewer, Person, Under], Any]] = {"patient": _patient, "user": _user, "facts": _facts}
"""What may be asked of the record, by the name of the launch context."""
