"""New clients of a file who share the number of a household live together: written unseen, as they are themselves."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import attrgetter
from uuid import uuid5

from goldthread.casework.imports.actions.households import made_for, name_of
from goldthread.casework.imports.enums import HEAD, State
from goldthread.casework.imports.models import Brought, Import
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import insert_new, update_rows
from goldthread.foundation.lib.giving_way import Turns
from goldthread.people.persons.enums import RelationshipKind
from goldthread.people.persons.models import Household, HouseholdMember, Relationship
from goldthread.people.persons.rules import OTHER_SIDE

IN_A_TURN = 20
"""Households."""


def live_together(run: Import, turns: Turns, by: Actor) -> None:
    """Make the households of *run*, in short turns. After a kill it is done again, and what is there stays. Whoever was known here
    before keeps their record as it is, and is in none of them."""
    waiting = _households(run)
    while part := list(islice(waiting, IN_A_TURN)):
        homes = [Household(id=made_for(run.pk, rows[0].household_number), name=_called(rows)) for rows in part]
        people = [row for rows in part for row in rows]
        for row in people:
            row.household_id = made_for(run.pk, row.household_number)
        members = [member for rows in part for member in _members(run, rows)]
        related = [side for rows in part for side in _related(run, rows)]
        with turns.turn():
            if not Import.objects.filter(pk=run.pk, state=State.BRINGING).update(beat_at=by.at):
                return
            insert_new(homes)
            insert_new(members)
            insert_new(related)
            update_rows(people, ["household"])


def _households(run: Import) -> Iterator[list[Brought]]:
    """Those of more than one person, each with its rows in their order."""
    rows = Brought.objects.filter(run=run, place__isnull=False).exclude(household_number="").select_related("person")
    ordered = rows.order_by("household_number", "row")
    for _number, group in groupby(ordered, key=attrgetter("household_number")):
        people = list(group)
        if len(people) > 1:
            yield people


def _head(rows: Iterable[Brought]) -> Brought | None:
    """The first whom the file calls so."""
    return next((row for row in rows if row.household_role == HEAD), None)


def _called(rows: list[Brought]) -> str:
    return name_of((_head(rows) or rows[0]).person.display_name)


def _members(run: Import, rows: list[Brought]) -> Iterator[HouseholdMember]:
    head = _head(rows)
    home = made_for(run.pk, rows[0].household_number)
    for row in rows:
        yield HouseholdMember(household_id=home, person_id=row.person_id, is_head=row is head)


def _related(run: Import, rows: list[Brought]) -> Iterator[Relationship]:
    """What each is to the head, from both sides."""
    head = _head(rows)
    for row in rows if head else ():
        if head and row is not head and row.household_role in OTHER_SIDE:
            kind, pair = RelationshipKind(row.household_role), uuid5(run.pk, f"pair {row.person_id}")
            yield Relationship(pair=pair, person_id=head.person_id, other_id=row.person_id, kind=kind)
            yield Relationship(pair=pair, person_id=row.person_id, other_id=head.person_id, kind=OTHER_SIDE[kind])
