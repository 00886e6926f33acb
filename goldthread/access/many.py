"""The gate for many clients at once: the same answer as ``admit`` gives for each, in a number of queries that does not grow."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from goldthread.access import relations
from goldthread.access.acts import Act
from goldthread.access.gate import Admission
from goldthread.access.rules import Relation, Way, ways_of
from goldthread.access.viewer import Viewer
from goldthread.foundation.audit import actions as audit
from goldthread.people.persons.models import Person


def admit_all(viewer: Viewer, act: Act, pks: Iterable[UUID], page: str) -> list[Admission]:
    """Those of the clients *pks* on whom the viewer may do *act*, in the order given, each with the labels that may be seen.

    Each read is recorded under the name of *page*. The others are left out without a word: whoever asks for a list was
    not refused anything. One query, one a way in, and one insert (one more for each broken glass).
    """
    wanted = [pk for pk in dict.fromkeys(pks) if pk not in viewer.blocked]
    persons = Person.objects.filter(client_number__isnull=False).select_related("photo").in_bulk(wanted)
    ways: dict[UUID, list[Way]] = {pk: [] for pk in persons}
    glasses: dict[UUID, UUID] = {}
    for way in ways_of(viewer.roles, act):
        for pk, glass in _reached(viewer, way, list(persons)).items():
            if not persons[pk].labels & ~way.cleared:
                ways[pk].append(way)
                if glass:
                    glasses[pk] = glass
    admitted = [
        _admission(viewer, persons[pk], ways[pk], glasses.get(pk)) for pk in wanted if pk in persons and ways[pk]
    ]
    _record(admitted, act, page)
    return admitted


def _reached(viewer: Viewer, way: Way, pks: list[UUID]) -> dict[UUID, UUID | None]:
    """Those of *pks* to whom *way* binds the viewer; through broken glass, with that glass."""
    if relations.whole_agency(viewer, way.role, way.to):
        return dict.fromkeys(pks)
    if way.to == Relation.GLASS:
        if not viewer.has_broken_glass:
            return {}
        broken = relations.glasses(viewer).filter(client__in=pks).order_by("ends_at")
        return dict(broken.values_list("client_id", "pk"))
    condition = relations.assigned(viewer, way.role, way.to)
    if condition is None:
        return {}
    held = relations.assignments(viewer, condition).filter(client__in=pks)
    return dict.fromkeys(held.values_list("client_id", flat=True))


def _admission(viewer: Viewer, client: Person, ways: list[Way], glass: UUID | None) -> Admission:
    """As ``admit`` makes it: the glass counts only where nothing else opens."""
    only_glass = all(way.to == Relation.GLASS for way in ways)
    cleared = 0
    for way in ways:
        cleared |= way.cleared
    return Admission(client, replace(viewer, glass=glass if only_glass else None), cleared, tuple(ways))


def _record(admitted: list[Admission], act: Act, page: str) -> None:
    for glass in {one.viewer.glass for one in admitted}:
        through = [one for one in admitted if one.viewer.glass == glass]
        audit.record_many(
            by=through[0].viewer.actor,
            action=act.value,
            kind="person",
            clients=[one.client.pk for one in through],
            details={"page": page},
        )
