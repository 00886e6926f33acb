"""The way out in the world of the access tests: one that is being prepared, and one that was signed and taken back."""

from datetime import datetime
from typing import Any

from goldthread.casework.discharge.models import WayOut
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.clock import agency_today


def leaving(episode: Episode, person: Person, worker: Staff, now: datetime, words: str) -> dict[str, Any]:
    """Both, of *episode*; the summary of the second says *words*."""
    said: dict[str, Any] = {"episode": episode, "person": person, "begun_by": worker, "begun_at": now}
    said |= {"labels": episode.labels, "reason": "goals-reached", "path": "ordinary", "last_day": agency_today()}
    signed = {"signed_by": worker, "signed_at": now, "ended_by": worker, "ended_at": now, "digest": "d" * 64}
    return {
        "leaving": WayOut.objects.create(**said),
        "gone": WayOut.objects.create(
            **said, **signed, state="undone", sections={"why": {"text": words, "n": 1, "by": "", "at": ""}}
        ),
    }
