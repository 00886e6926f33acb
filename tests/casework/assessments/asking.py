"""A client in a program, their worker, a supervisor, and an instrument in use."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from goldthread.casework.assessments import actions
from goldthread.casework.assessments.changes import Said
from goldthread.casework.assessments.enums import MadeBy
from goldthread.casework.assessments.models import Assessment, Instrument
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.factories import AT, AgencyFactory, AssignmentFactory, PersonFactory, StaffFactory, TeamFactory

TODAY = AT.date()
LOINC = "http://loinc.org"
WEIGHT = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
OFTEN = ("Not at all", "Several days", "More than half the days", "Nearly every day")
OFTEN_ES = ("Nunca", "Varios días", "Más de la mitad de los días", "Casi todos los días")
BANDS = (("Minimal", 0, 4, 0), ("Mild", 5, 9, 1), ("Moderate", 10, 14, 2), ("Strong", 15, 19, 3), ("Severe", 20, 27, 4))
SAFETY = "Ask about safety now"


def translated(words: str) -> dict[str, Any]:
    """The extension that says *words* in Spanish."""
    parts = [{"url": "lang", "valueCode": "es"}, {"url": "content", "valueString": words}]
    return {"extension": [{"url": TRANSLATION, "extension": parts}]}


def option(weight: int) -> dict[str, Any]:
    """One of the four answers."""
    coding = {"system": LOINC, "code": f"c{weight}", "display": OFTEN[weight], "_display": translated(OFTEN_ES[weight])}
    return {"valueCoding": coding, "extension": [{"url": WEIGHT, "valueDecimal": weight}]}


def band(label: str, low: int, high: int, severity: int) -> dict[str, Any]:
    """A band of the total; from the third on it suggests a need."""
    parts: list[dict[str, Any]] = [
        {"url": "label", "valueString": label},
        {"url": "from", "valueDecimal": low},
        {"url": "to", "valueDecimal": high},
        {"url": "severity", "valueInteger": severity},
    ]
    if severity >= 2:
        parts += [{"url": "need-domain", "valueCode": "mental_health"}, {"url": "need-strength", "valueInteger": 2}]
    return {"url": "band", "extension": parts}


def phq9(**more: Any) -> dict[str, Any]:
    """Nine questions of 0 to 3, a prorated total with bands, the ninth watched: shaped like the published one, in own words."""
    questions = [
        {
            "linkId": f"q{n}",
            "type": "choice",
            "prefix": f"{n}.",
            "text": f"Question {n}",
            "_text": translated(f"Pregunta {n}"),
            "answerOption": [option(weight) for weight in range(4)],
        }
        for n in range(1, 10)
    ]
    safety = [{"url": "above", "valueInteger": 0}, {"url": "says", "valueString": SAFETY}]
    questions[8]["extension"] = [{"url": "urn:goldthread:safety", "extension": safety}]
    score = [{"url": "name", "valueCode": "total"}, {"url": "title", "valueString": "Total"}]
    score += [{"url": "item", "valueString": f"q{n}"} for n in range(1, 10)]
    score += [{"url": "missing", "valueCode": "prorated"}, {"url": "most-missing", "valueInteger": 2}]
    score += [band(*one) for one in BANDS]
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "url": "urn:test:phq-9",
        "version": "1",
        "title": "Nine questions",
        "item": questions,
        "extension": [{"url": "urn:goldthread:score", "extension": score}],
        **more,
    }


@dataclass
class Care:
    """Who there is."""

    person: Person
    worker: Staff
    supervisor: Staff
    team: Team
    episode: Episode | None = None


def actor(staff: Staff, minutes: int = 0) -> Actor:
    """*staff*, so many minutes after three in the afternoon (UTC) of Thursday 19 November 2026."""
    return Actor(at=AT + timedelta(minutes=minutes), today=TODAY, staff=staff.pk, name=staff.name)


def care() -> Care:
    """A client with a worker whose team has a supervisor."""
    AgencyFactory()
    team = TeamFactory()
    worker, supervisor = StaffFactory(team=team), StaffFactory(role=Role.SUPERVISOR, team=team)
    person = PersonFactory()
    AssignmentFactory(client=person, staff=worker, team=team)
    return Care(person, worker, supervisor, team)


def in_use(content: dict[str, Any] | None = None, **more: Any) -> Instrument:
    """An instrument in use: PHQ-9, or *content*."""
    by = Actor(at=AT, today=TODAY)
    version = actions.install(content=content or phq9(), made_by=MadeBy.INSTALLED, by=by, **more)
    return actions.put_in_use(version=version, by=by).instrument


def begun(there: Care, instrument: Instrument | None = None, by: Staff | None = None) -> Assessment:
    """An assessment of the client, begun by the worker."""
    found = instrument or Instrument.objects.first() or in_use()
    return actions.begin(
        instrument=found, person=there.person, episode=there.episode, by=actor(by or there.worker), form_id=None
    )


def often(weight: int) -> Said:
    """One of the four answers of PHQ-9, by its weight."""
    return Said([{"valueCoding": {"system": LOINC, "code": f"c{weight}", "display": OFTEN[weight]}}])


def answered(assessment: Assessment, weights: dict[int, int], by: Staff, **more: Any) -> Any:
    """PHQ-9: question number → weight."""
    changes = {f"q{number}": often(weight) for number, weight in weights.items()}
    return actions.save_answers(assessment=assessment, changes=changes, by=actor(by), **more)


def signed(there: Care, weights: dict[int, int] | None = None, minutes: int = 5) -> Assessment:
    """PHQ-9, answered by the worker with the same to all (or *weights*), and signed."""
    made = begun(there)
    answered(made, weights or dict.fromkeys(range(1, 9), 1) | {9: 0}, there.worker)
    return actions.sign(assessment=made, by=actor(there.worker, minutes))
