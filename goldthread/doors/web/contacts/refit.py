"""What was typed for one program, fitted to the program that is chosen now. Nothing that was typed is dropped."""

from collections.abc import Iterable
from dataclasses import dataclass

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.doors.web.contacts.offered import ELSEWHERE, Offered, Way, ways_of
from goldthread.doors.web.contacts.reading_form import uuid_of
from goldthread.doors.web.contacts.typed import OWN, Typed
from goldthread.foundation.programs.queries import template_on
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A private part that has no place under the chosen program. ``person``: None when the viewer may not name them any more."""

    field: str
    person: Person | None
    words: str


def refit(viewer: Viewer, offered: Offered, typed: Typed) -> Typed:
    """*typed*, its way of contact said in the chosen program's words; the very same when it fits.

    Each program names its kinds of contact itself, so a home visit of one is not a choice of the other.
    """
    chosen = typed.one("how")
    if not chosen or offered.way(chosen):
        return typed
    was = _way_elsewhere(viewer, offered, chosen)
    if was is None:
        return typed
    now = next((way for way in offered.ways if _same(way, was)), None)
    if now is None:
        return typed.but(how=[ELSEWHERE], place=[was.place.value if was.place else ""])
    untouched = now.activities and set(typed.many("activity")) == set(was.activities)
    return typed.but(how=[now.value], **({"activity": list(now.activities)} if untouched else {}))


def left_over(viewer: Viewer, clients: Iterable[Person], typed: Typed) -> list[LeftOver]:
    """The private parts of people who are not among *clients*, those of the note. No query where there is none."""
    places = {f"{OWN}{one.pk}" for one in clients}
    fields = [name for name in typed.names(OWN) if typed.has(name) and name not in places]
    persons = {field: uuid_of(field.removeprefix(OWN)) for field in fields}
    if not any(persons.values()):
        return []
    ids = [pk for pk in persons.values() if pk]
    known = {one.pk: one for one in gate.clients(viewer, Act.WRITE_CONTACT).filter(pk__in=ids)}
    return [LeftOver(field, known.get(pk), typed.text(field)) for field, pk in persons.items() if pk]


def _same(way: Way, other: Way) -> bool:
    return way.value != ELSEWHERE and (way.mode, way.place) == (other.mode, other.place)


def _way_elsewhere(viewer: Viewer, offered: Offered, value: str) -> Way | None:
    """The chip *value* as another of the client's programs, or no program, offers it."""
    templates = [template_on(one.program, viewer.today) for one in offered.episodes if one != offered.episode]
    for template in [*templates, None]:
        found = next((way for way in ways_of(template) if way.value == value), None)
        if found:
            return found
    return None
