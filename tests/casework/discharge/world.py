"""Somebody in a program with something open of every kind."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from goldthread.casework.assessments.models import Assessment
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.actions.concerns import raise_concern
from goldthread.casework.documents.models import Document
from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.models import Goal, Plan, PlannedService, PlanVersion, Step
from goldthread.casework.record.models import Draft
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.planned import instrument


@dataclass
class Left:
    """What is open, by kind."""

    items: dict[str, Any]


def appointment(
    client: Person, episode: Episode | None, staff: Staff, starts: datetime, by: Actor, title: str
) -> Appointment:
    row = Appointment.objects.create(
        client=client,
        episode=episode,
        kind="medical",
        title=title,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        zone="America/New_York",
        labels=episode.labels if episode else 0,
        made_by=staff,
        made_at=by.at,
        changed_at=by.at,
    )
    row.places.create(staff=staff, starts_at=starts)
    return row


def plan_of(episode: Episode, person: Person, worker: Staff, by: Actor) -> tuple[Goal, Step, PlannedService]:
    goal, step = str(new_id()), str(new_id())
    content = {
        "parts": {"vision": "My own door", "discharge": "A lease in my name", "crisis": "Call my sister first"},
        "lines": {"goals": [{"id": goal, "words": "A home"}], "steps": [{"id": step, "words": "Sign", "goal": goal}]},
        "review": {},
    }
    plan = Plan.objects.create(episode=episode, person=person, made_by=worker, made_at=by.at, labels=episode.labels)
    PlanVersion.objects.create(
        plan=plan, number=1, kind="first", state="in_force", digest="d", content=content, made_by=worker,
        made_at=by.at, saved_at=by.at, labels=episode.labels,
    )  # fmt: skip
    kept = Goal.objects.create(
        pk=goal, plan=plan, person=person, episode=episode, words="A home", opened_on=by.today, labels=episode.labels
    )
    line = Step.objects.create(
        pk=step, goal=kept, words="Sign the lease", owner_kind="worker", owner_staff=worker, labels=episode.labels
    )
    service = PlannedService.objects.create(
        plan=plan, words="Rides to the clinic", provider_words="Metro Lift", agreed_on=by.today,
        started_on=by.today, labels=episode.labels,
    )  # fmt: skip
    return kept, line, service


def leave_open(episode: Episode, person: Person, worker: Staff, colleague: Staff, by: Actor) -> Left:
    """Nine open commitments of nine kinds, and a note that is not signed."""
    noon = datetime.combine(by.today, datetime.min.time(), UTC) + timedelta(hours=16)
    _goal, step, service = plan_of(episode, person, worker, by)
    task = make_task(title="Copy the lease", client=person, episode=episode, owner=worker, due_on=by.today, by=by)
    document = Document.objects.create(person=person, episode=episode, kind="insurance", title="Card")
    runs_out = make_task(
        title="Renew: Card", client=person, episode=episode, owner=worker, due_on=by.today + timedelta(days=9),
        source_kind="document", source_id=document.pk, by=by,
    )  # fmt: skip
    concern = raise_concern(
        person=person, episode=episode, about="Metro Lift", what="Came late", raised_on=by.today, by=by
    )
    unread = Assignment.objects.create(
        client=person, staff=colleague, episode=episode, starts_on=by.today, kind="secondary", given_at=by.at,
        follows=Assignment.objects.filter(client=person, staff=worker).first(),
    )  # fmt: skip
    asked = Assessment.objects.create(
        version=instrument(by.at), person=person, episode=episode, staff=worker, assessed_on=by.today,
        started_at=by.at, saved_at=by.at,
    )  # fmt: skip
    draft = Draft.objects.create(
        id=new_id(), kind="contact", staff=worker, person=person, episode=episode, started_at=by.at, saved_at=by.at
    )
    return Left(
        {
            "task": task,
            "step": step,
            "appointment": appointment(person, episode, worker, noon + timedelta(days=5), by, "Eye doctor"),
            "past": appointment(person, episode, worker, noon - timedelta(days=3), by, "Bank"),
            "concern": concern,
            "service": service,
            "document": runs_out,
            "hand-off": unread,
            "note": draft,
            "assessment": asked,
        }
    )


DECISIONS: dict[str, dict[str, str]] = {
    "task": {"decision": "done"},
    "step": {"decision": "outside", "words": "Her sister signs with her, 555-0101"},
    "appointment": {"decision": "stays", "words": "Told on the phone today"},
    "past": {"decision": "kept"},
    "concern": {"decision": "done", "words": "Metro Lift sends another driver"},
    "service": {"decision": "goes_on", "words": "Metro Lift, 555-0199"},
    "document": {"decision": "not_needed", "words": "The new card has come"},
    "hand-off": {"decision": "done"},
    "note": {"decision": "not_needed", "words": "It was written by mistake"},
    "assessment": {"decision": "not_needed", "words": "They did not want to"},
}
"""One decision for each kind."""
