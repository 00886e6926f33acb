"""What bringing clients and bringing what happened to them share."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from goldthread.casework.imports.enums import Decision
from goldthread.casework.imports.models import Finding, Import
from goldthread.casework.merging.queries.merged import kept_of
from goldthread.foundation.workforce.models import TeamMembership
from goldthread.people.persons.models import Person

FIRST_BATCH, LARGEST_BATCH = 8, 100
"""Rows of a turn (``foundation.lib.giving_way.Turns``)."""
UNSEEN_BATCH, LARGEST_UNSEEN = 100, 400
"""Rows of a turn on PostgreSQL: nobody waits for what nobody sees yet, nor, while it goes again, for anybody but those of the turn."""


def rows_of_a_turn() -> tuple[int, int]:
    """Least and most rows that are written, or taken back, in one turn."""
    return (UNSEEN_BATCH, LARGEST_UNSEEN) if connection.vendor == "postgresql" else (FIRST_BATCH, LARGEST_BATCH)


def of_file(row: Import) -> dict[str, Any]:
    """What the audit log keeps beside a client: with which file."""
    return {"file": str(row.pk)}


def merged_since(findings: Iterable[Finding]) -> dict[UUID, UUID]:
    """People known here who have become part of another record since the file was checked, and that record."""
    twins = [one.twin_id for one in findings if one.twin_id and one.decision == Decision.SAME]
    gone: set[UUID] = set()
    for part in (twins[start : start + 500] for start in range(0, len(twins), 500)):
        gone.update(Person.objects.filter(pk__in=part, client_number__isnull=True).values_list("pk", flat=True))
    return {pk: kept for pk in gone if (kept := kept_of(pk))}


def teams_of(workers: set[UUID], today: date) -> dict[UUID, UUID]:
    """The team of each worker who is in one alone."""
    found: dict[UUID, set[UUID]] = {}
    rows = TeamMembership.objects.filter(staff__in=workers, starts_on__lte=today)
    for staff, team, ends_on in rows.values_list("staff", "team", "ends_on"):
        if ends_on is None or ends_on >= today:
            found.setdefault(staff, set()).add(team)
    return {staff: next(iter(teams)) for staff, teams in found.items() if len(teams) == 1}
