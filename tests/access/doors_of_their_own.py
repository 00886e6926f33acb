"""What opens or closes one record for one worker, for the world of the access tests."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Model

from goldthread.access.models import Block, BreakGlass
from goldthread.casework.caseload.models import AssignmentKind
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff, TeamMembership
from goldthread.people.persons.models import Person
from tests.factories import LONG_AGO, AssignmentFactory, SiteFactory, StaffFactory

if TYPE_CHECKING:
    from tests.access.world import World


def glass(person: Person, staff: Staff, now: datetime) -> BreakGlass:
    end = now + timedelta(hours=3)
    return BreakGlass.objects.create(
        staff=staff, client=person, reason="Called from a hospital", opened_at=now, ends_at=end
    )


def block(person: Person, staff: Staff, now: datetime) -> Block:
    return Block.objects.create(person=person, staff=staff, reason="A relative", starts_on=LONG_AGO, set_at=now)


def staff_with(*roles: Role) -> Staff:
    """Bound to nobody. A program manager has the role for a site alone: ``bind`` gives it."""
    staff: Staff = StaffFactory(role=None)
    for role in roles:
        if role != Role.PROGRAM_MANAGER:
            RoleAssignment.objects.create(staff=staff, role=role, starts_on=LONG_AGO)
    return staff


def bind(world: "World", staff: Staff, role: Role, relation: str) -> list[Model]:
    """Let *staff* stand to the world's client in *relation* (one, or several: ``cover+site``; also ``blocked``). Gives what was made for it."""
    bonds = relation.split("+")
    made: list[Model] = [
        TeamMembership.objects.create(
            staff=staff, team=world.team, supervises=bond == "supervisor_of", starts_on=LONG_AGO
        )
        for bond in bonds
        if bond in ("team", "supervisor_of")
    ]
    if role == Role.PROGRAM_MANAGER:
        site = world.team.site if "site" in bonds else SiteFactory()
        made += [] if "site" in bonds else [site]
        made.append(RoleAssignment.objects.create(staff=staff, role=role, site=site, starts_on=LONG_AGO))
    if {"caseload", "blocked"} & set(bonds):
        made.append(AssignmentFactory(client=world.client, staff=staff, kind=AssignmentKind.SECONDARY))
    if "cover" in bonds:
        made.append(AssignmentFactory(client=world.client, staff=staff, kind=AssignmentKind.COVER))
    if "glass" in bonds:
        made.append(glass(world.client, staff, world.now))
    if "blocked" in bonds:
        made.append(block(world.client, staff, world.now))
    return made
