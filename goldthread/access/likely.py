"""Who of the clients may be the person somebody is typing: those in reach by name, of the others only that there is one."""

from dataclasses import dataclass
from functools import reduce
from operator import and_
from uuid import UUID

from django.db.models import F, Q

from goldthread.access import outside
from goldthread.access.acts import Act
from goldthread.access.outside import Outside
from goldthread.access.rules import ways_of
from goldthread.access.scopes import scope
from goldthread.access.viewer import Viewer
from goldthread.foundation.lib.compiled import AnyOf
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.likely import MOST, Likely, Typed, candidates, judged


@dataclass(frozen=True, slots=True)
class Answer:
    """``found``: clients whom the viewer may find; ``outside``: what is said of one whom they may not."""

    found: list[Likely]
    outside: Outside | None = None

    @property
    def strong(self) -> bool:
        """Has the viewer to look before they go on?"""
        return self.outside is not None or any(likely.strong for likely in self.found)


def likely_clients(viewer: Viewer, typed: Typed, *, limit: int = 5) -> Answer:
    """The clients whom *typed* may describe. At most eight queries; the hint at somebody out of reach is audited."""
    one = typed.described()
    cleared = cleared_everywhere(viewer)
    clients = Person.objects.filter(client_number__isnull=False)
    possible = judged(one, candidates(one, cleared), among=clients, cleared=cleared, limit=MOST)
    if not possible:
        return Answer([])
    reached = _reached(viewer, [likely.person.pk for likely in possible])
    found = [likely for likely in possible if likely.person.pk in reached]
    return Answer(found[:limit], _hint(viewer, [likely for likely in possible if likely.person.pk not in reached]))


def cleared_everywhere(viewer: Viewer) -> int:
    """The labels (bits) that every way of *viewer* to find a client clears: rows under these may speak for a likeness."""
    return reduce(and_, (way.cleared for way in ways_of(viewer.roles, Act.FIND)), -1) if viewer.roles else 0


def _reached(viewer: Viewer, ids: list[UUID]) -> set[UUID]:
    return set(scope(viewer, Act.FIND).persons.filter(Q(AnyOf(F("pk"), ids))).values_list("pk", flat=True))


def _hint(viewer: Viewer, others: list[Likely]) -> Outside | None:
    """What is said of the one among *others* who is beyond doubt: nothing when there are several, as in a search."""
    strong = [
        likely.person
        for likely in others
        if likely.strong and not likely.person.labels & outside.NEVER_HINTED and likely.person.pk not in viewer.blocked
    ]
    return outside.hint(viewer, strong[0].pk) if len(strong) == 1 else None
