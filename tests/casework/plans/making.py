"""Plans for tests, made by the room's own actions."""

from datetime import date
from typing import Any
from uuid import UUID

from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.actions import SignerAsked, ask_for_signatures, begin_plan, edit, sign_here
from goldthread.casework.plans.models import PlanVersion
from goldthread.casework.plans.rules.editing import PutLine, SetPart
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from tests.casework.tasks.making import enrolled, program, start
from tests.factories import AssignmentFactory, TeamFactory

GOAL, OTHER_GOAL, OBJECTIVE, STEP, SERVICE = (str(UUID(int=number)) for number in range(101, 106))
DANA, WORKER = SignerAsked("client", "Dana Ortiz"), "Renee Baptiste"


def episode_of(worker: Staff, by: Actor, rules: str | None = None, on: date | None = None) -> Episode:
    """An episode whose primary worker is *worker*, worked out."""
    made = enrolled(program(rules) if rules else program(), on or date(2026, 1, 5))
    AssignmentFactory(client=made.person, episode=made, staff=worker, team=TeamFactory(), starts_on=made.enrolled_on)
    start(made, by.today)
    return made


def written(episode: Episode, by: Actor, **more: Any) -> PlanVersion:
    """A draft with a vision, a goal, an objective, a step and a service."""
    version = begin_plan(episode=episode, person=episode.person, by=by)
    edits = [
        SetPart("vision", "My own door"),
        PutLine("goals", GOAL, {"words": "I want my own door", "domain": "housing", **more}),
        PutLine("objectives", OBJECTIVE, {"words": "Own lease", "goal": GOAL, "target": "by March"}),
        PutLine(
            "steps",
            STEP,
            {"words": "Apply for the voucher", "goal": GOAL, "owner_kind": "worker", "due_on": "2026-12-01"},
        ),
        PutLine("services", SERVICE, {"words": "Housing navigator", "goal": GOAL, "provider_words": "County"}),
    ]
    return edit(version=version, edits=edits, by=by)


def in_force(episode: Episode, by: Actor, **more: Any) -> PlanVersion:
    """The same, signed by the person and the worker."""
    version = ask_for_signatures(
        version=written(episode, by, **more), signers=[DANA, SignerAsked("worker", WORKER, staff=by.staff)], by=by
    )
    for signature in version.signatures.order_by("role"):
        sign_here(signature=signature, how="typed", typed=signature.name, by=by)
    return PlanVersion.objects.get(pk=version.pk)


def some_id() -> str:
    return str(new_id())
