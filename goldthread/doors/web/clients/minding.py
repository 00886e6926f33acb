"""Allergies and medicines: what everybody who opens a client has to mind."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.models import Fact
from goldthread.people.facts.rules import words_of
from goldthread.people.persons.models import Person

_TO_MIND: Compiled[tuple[Any, ...]] = Compiled(
    lambda: (
        Fact.objects.filter(person=Given("client"), current=True, kind__in=[FactKind.ALLERGY, FactKind.MEDICINE])
        .order_by("kind", "-starts_on", "pk")
        .values_list(*Minded._fields)[:MOST_MINDED]
    )
)
MOST_MINDED = 80


class Minded(NamedTuple):
    """An allergy or a medicine, as much as a client's pages tell of it; the names are those of Fact."""

    kind: str
    value: dict[str, Any]
    labels: int
    episode_id: UUID | None
    starts_on: date | None
    ends_on: date | None

    @property
    def words(self) -> str:
        """As a line."""
        return words_of(self.kind, self.value)

    @property
    def deadly(self) -> bool:
        """Is it an allergy that can kill?"""
        return self.value.get("severity") == "life_threatening"


def minded(viewer: Viewer, client: Person) -> list[Minded]:
    """The allergies (those that can kill first), then the medicines, that *viewer* may read and that hold today. One query."""
    may_read = gate.sight(viewer, client, Act.READ_FACT)
    if not may_read.ways:
        return []
    rows = (Minded(*row) for row in _TO_MIND.ask(client=client.pk))
    now = [one for one in rows if may_read.sees(one) and _holds(one, viewer.today)]
    return sorted(now, key=lambda one: (one.kind != FactKind.ALLERGY, not one.deadly))


def _holds(fact: Minded, today: date) -> bool:
    return (fact.starts_on is None or fact.starts_on <= today) and (fact.ends_on is None or fact.ends_on >= today)
