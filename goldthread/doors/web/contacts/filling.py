"""How a new note arrives: filled from where it was opened, and from last time."""

from dataclasses import dataclass
from datetime import timedelta, tzinfo

from django.http import QueryDict

from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.models import Contact
from goldthread.doors.web.contacts.offered import Offered, Way
from goldthread.doors.web.contacts.reading_form import GOALS
from goldthread.doors.web.contacts.typed import Typed

STEP = 5
"""Times are offered on the five minutes."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form starts with, and the words that say where it comes from."""

    typed: Typed
    said: str = ""


def fill(viewer: Viewer, offered: Offered, asked: QueryDict, last: Contact | None, zone: tzinfo) -> Filled:
    """The start of a new note. *asked*: ``how`` or ``kind`` (of the program), as links name them; *last*: last time's."""
    way = _way(offered, asked)
    now = viewer.at.astimezone(zone)
    end = now.replace(second=0, microsecond=0) - timedelta(minutes=now.minute % STEP)
    start = end - timedelta(minutes=way.minutes if way else 30)
    if start.date() != end.date():
        start = end.replace(hour=0, minute=0)
    values = {
        "day": [start.date().isoformat()],
        "start": [f"{start:%H:%M}"],
        "end": [f"{end:%H:%M}"],
        "who": [str(offered.client.pk)],
        "safety": ["no"],
    }
    if offered.episode:
        values["episode"] = [str(offered.episode.pk)]
    if way:
        values["how"] = [way.value]
        values["activity"] = list(way.activities)
    for number, goal in enumerate((last.goals if last else [])[: GOALS - 1]):
        values[f"goal_{number}"] = [goal["words"]]
        values[f"went_{number}"] = ["not_today"]
    return Filled(Typed(values))


def _way(offered: Offered, asked: QueryDict) -> Way | None:
    """The chip that the link names: ``how=phone``, ``how=in_person:residence``, ``kind=home-visit``."""
    if kind := asked.get("kind", ""):
        return offered.way(f"kind:{kind}")
    how = asked.get("how", "")
    return offered.way(how) or next(
        (way for way in offered.ways if way.mode and how in (way.mode.value, f"{way.mode}:{way.place}")), None
    )
