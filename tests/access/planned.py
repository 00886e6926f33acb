"""The plan and the assessments of the world's client."""

from datetime import datetime
from typing import Any

from goldthread.casework.assessments.models import Assessment, Instrument, InstrumentVersion
from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.models import Goal, Plan, PlannedService, PlanVersion, Signature, Step
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.goodbyes import leaving
from tests.clock import agency_today


def planned(episode: Episode, person: Person, worker: Staff, now: datetime, wish: str) -> dict[str, Any]:
    """A plan in force, with a step and a service at work; an amendment that is being written; a signature asked for."""
    goal, step, service = (f"01900000-0000-7000-8000-000000000a0{n}" for n in (1, 2, 3))
    content = {
        "parts": {"vision": wish},
        "lines": {"goals": [{"id": goal, "words": "A door"}], "steps": [{"id": step, "words": "Ask", "goal": goal}]},
        "review": {},
    }
    plan = Plan.objects.create(episode=episode, person=person, made_by=worker, made_at=now, labels=episode.labels)
    said = {"plan": plan, "content": content, "made_by": worker, "made_at": now, "saved_at": now}
    said |= {"labels": episode.labels}
    held = PlanVersion.objects.create(number=1, kind="first", state="in_force", digest="d", **said)
    drafted = PlanVersion.objects.create(number=2, kind="review", state="draft", **said)
    asked = Signature.objects.create(version=drafted, role="client", name="Dana", asked_at=now, labels=episode.labels)
    wished = Goal.objects.create(
        pk=goal,
        plan=plan,
        person=person,
        episode=episode,
        words="A door",
        opened_on=agency_today(),
        labels=episode.labels,
    )
    return leaving(episode, person, worker, now, wish) | {
        "plan": plan,
        "planned": held,
        "drafted": drafted,
        "signature": asked,
        "goal": wished,
        "step": Step.objects.create(pk=step, goal=wished, words="Ask", owner_kind="worker", labels=episode.labels),
        "service": PlannedService.objects.create(
            pk=service, plan=plan, words="Rides", agreed_on=agency_today(), labels=episode.labels
        ),
    }


def instrument(now: datetime) -> InstrumentVersion:
    """One question in words, in use."""
    instrument = Instrument.objects.create(key="one-question", title="One question", made_by="installed", made_at=now)
    question = {"linkId": "q", "type": "string", "text": "How are you?"}
    content = {"resourceType": "Questionnaire", "status": "active", "url": "urn:test:one", "item": [question]}
    return InstrumentVersion.objects.create(
        instrument=instrument, number=1, state="in_use", content=content, digest="d" * 64, made_at=now, in_use_since=now
    )


def assessed(
    person: Person,
    staff: Staff,
    version: InstrumentVersion,
    now: datetime,
    words: str,
    labels: int = 0,
    *,
    signed: bool = True,
) -> Assessment:
    """What the client answered."""
    answer = [{"valueString": words}]
    response = {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "q", "answer": answer}]}
    given = {"response": response, "signed_by": staff, "signed_at": now, "state": "signed"}
    return Assessment.objects.create(
        version=version,
        person=person,
        staff=staff,
        assessed_on=agency_today(),
        started_at=now,
        saved_at=now,
        labels=labels,
        **(given if signed else {"answers": {"q": answer}}),
    )
