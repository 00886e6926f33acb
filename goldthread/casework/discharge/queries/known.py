"""What the record knows of somebody who may soon go: skills, residences, goals, supports, services, criteria. A fixed number of
statements."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from goldthread.casework.discharge.queries.common import Seen
from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.models import Goal, Plan, PlannedService
from goldthread.casework.plans.queries import plan_of, version_in_force
from goldthread.casework.plans.rules.document import lines, part
from goldthread.casework.skills.queries import ladder_of
from goldthread.casework.skills.rules import Rung
from goldthread.foundation.agency.queries import the_agency
from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.models import Fact
from goldthread.people.facts.queries import current_facts, residences
from goldthread.people.persons.enums import RelationshipKind
from goldthread.people.persons.models import Person, Relationship

NATURAL = (
    RelationshipKind.PARENT,
    RelationshipKind.CHILD,
    RelationshipKind.GUARDIAN,
    RelationshipKind.SIBLING,
    RelationshipKind.SPOUSE,
    RelationshipKind.GRANDPARENT,
    RelationshipKind.GRANDCHILD,
    RelationshipKind.RELATIVE,
    RelationshipKind.FRIEND,
    RelationshipKind.CAREGIVER,
    RelationshipKind.FOSTER_PARENT,
)
"""Who can be somebody's natural support; a former partner, say, is not listed unasked."""
WATCHED = (FactKind.DIAGNOSIS, FactKind.MEDICINE, FactKind.ALLERGY, FactKind.PROVIDER)


class Labelled(Protocol):
    @property
    def labels(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Known:
    """All of it. ``content``: the plan in force, empty without one."""

    person: Person
    episode: Episode
    plan: Plan | None
    content: dict[str, Any]
    goals: tuple[Goal, ...]
    services: tuple[PlannedService, ...]
    rungs: tuple[Rung, ...]
    homes: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    supports: tuple[Relationship, ...]
    phone: str
    """Of the team's site."""
    agency: str

    @property
    def criteria(self) -> str:
        """How we will know that the person no longer needs this, as the plan says."""
        return part(self.content, "discharge") if self.content else ""

    @property
    def crisis(self) -> str:
        """What the plan says for when things get bad."""
        return part(self.content, "crisis") if self.content else ""

    @property
    def planned_supports(self) -> list[dict[str, Any]]:
        """The supports that the plan names."""
        return lines(self.content, "supports") if self.content else []


def known_of(
    episode: Episode,
    person: Person,
    *,
    seen: Seen,
    seen_facts: Seen,
    on: date,
    cleared: int,
    hidden: frozenset[UUID] = frozenset(),
    written: int | None = None,
) -> Known:
    """What the record knows of *person* in *episode*. *cleared*: labels of the person's own rows that
    this reader may see; *hidden*: relatives who are not named to them. *written*: for a
    summary with these labels, only what everybody may read who reads the summary."""
    open_to_all = Q() if written is None else Q(labels=0) | Q(episode=episode)
    facts_to_all = Q() if written is None else Q(labels=0) | Q(episode_id=episode.pk)
    ok = _ok(written)
    plan = plan_of(episode)
    version = version_in_force(plan) if plan else None
    content = version.content if version and ok(version) else {}
    goals = Goal.objects.filter(seen.rows(), episode=episode, person=person).order_by("position", "opened_on", "pk")
    services = PlannedService.objects.filter(
        seen.rows(episode="plan__episode"), plan__episode=episode, dropped=False
    ).order_by("position", "pk")
    fact_rows = seen_facts.rows(episode="episode_id") & facts_to_all
    ties = Relationship.objects.filter(person=person, ends_on__isnull=True, kind__in=NATURAL).exclude(other__in=hidden)
    agency = the_agency()
    team = episode.program.team
    return Known(
        person=person,
        episode=episode,
        plan=plan,
        content=content,
        goals=tuple(one for one in goals if ok(one)),
        services=tuple(one for one in services if ok(one)),
        rungs=tuple(ladder_of(person, seen.rows() & open_to_all)),
        homes=tuple(one for one in residences(person, fact_rows) if ok(one)),
        facts=tuple(one for one in current_facts(person, on, fact_rows, WATCHED) if ok(one)),
        supports=tuple(
            one
            for one in ties.select_related("other").order_by("-emergency_contact", "kind", "pk")
            if ok(one) and not one.labels & ~cleared
        ),
        phone=(team.site.phone if team else "") or "",
        agency=agency.name if agency else "",
    )


def _ok(written: int | None) -> Any:
    return lambda row: written is None or not int(row.labels) & ~written
