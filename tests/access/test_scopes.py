"""The list and the door agree: whom a viewer finds as rows of a list is whom the gate opens one by one.

Two ways of working it out (one query with labels and relations; plain rows compared in Python) are held against each
other, over invented agencies: every role, alone and two at once, narrowed to a site or not, with teams, covers, broken
glass, blocks and every label.
"""

import random
from datetime import timedelta
from functools import cache
from itertools import combinations

import pytest

from goldthread.access import gate
from goldthread.access.acts import CLIENT_ACTS, Act
from goldthread.access.bonds import client_with_bonds
from goldthread.access.models import Block, BreakGlass
from goldthread.access.rules import ways_in, ways_of
from goldthread.access.scopes import Shape, persons_in
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import AssignmentKind
from goldthread.foundation.lib.compiled import Compiled
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff, TeamMembership
from goldthread.people.persons.models import Person
from tests.access.people import TODAY, viewer
from tests.factories import AT, LONG_AGO, AssignmentFactory, PersonFactory, SiteFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
ROLES = [(role,) for role in Role] + list(combinations(Role, 2))


def one_by_one(who: Viewer, act: Act, people: list[Person]) -> set[str]:
    """Those of *people* whom the gate would open, decided for each alone."""
    opened = set()
    for person in people:
        client, bonds = client_with_bonds(who, person.pk)
        if client and bonds and not bonds.blocked and ways_in(ways_of(who.roles, act), bonds.held, client.labels):
            opened.add(person.display_name)
    return opened


def invented(chance: random.Random) -> tuple[list[Person], list[Staff], list[object]]:
    """A small agency: two sites, three teams, four colleagues, clients with labels, assignments of every kind."""
    sites = [SiteFactory(), SiteFactory()]
    teams = [TeamFactory(site=chance.choice(sites)) for _ in range(3)]
    staff = [StaffFactory(role=None, team=chance.choice(teams)) for _ in range(4)]
    people = [
        PersonFactory(given=f"P{number}", labels=chance.choice([0, 0, *(int(label) for label in Label), 3, 72]))
        for number in range(24)
    ]
    people.append(PersonFactory(given="relative", client_number=None))
    for person in people[:-1]:
        for kind in AssignmentKind:
            if chance.random() < 0.45:
                ended = chance.random() < 0.2
                AssignmentFactory(
                    client=person,
                    staff=chance.choice(staff),
                    team=chance.choice([None, *teams]),
                    kind=kind,
                    ends_on=TODAY - timedelta(days=1) if ended else None,
                )
    return people, staff, [*sites, *teams]


@pytest.mark.parametrize(
    "seed",
    [
        0,
        pytest.param(1, marks=(pytest.mark.thorough, pytest.mark.once)),
        *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3)),
    ],
)
def test_the_list_and_the_door_agree(seed: int) -> None:
    chance = random.Random(seed)
    people, staff, places = invented(chance)
    sites, teams = places[:2], places[2:]
    for roles in ROLES:
        me = chance.choice(staff)
        RoleAssignment.objects.filter(staff=me).delete()
        TeamMembership.objects.filter(staff=me).delete()
        Block.objects.filter(staff=me).delete()
        BreakGlass.objects.filter(staff=me).delete()
        for role in roles:
            RoleAssignment.objects.create(staff=me, role=role, starts_on=LONG_AGO, site=chance.choice([None, sites[0]]))
        for team in chance.sample(teams, chance.randint(0, 2)):
            TeamMembership.objects.create(staff=me, team=team, supervises=chance.random() < 0.5, starts_on=LONG_AGO)
        if chance.random() < 0.3:
            Block.objects.create(staff=me, person=people[0], reason="kin", starts_on=LONG_AGO, set_at=AT)
        if chance.random() < 0.5:
            BreakGlass.objects.create(
                staff=me,
                client=chance.choice(people[:-1]),
                reason="Somebody is in danger here now",
                opened_at=AT - timedelta(hours=1),
                ends_at=AT + timedelta(hours=3),
            )
        who = viewer(me)
        for act in sorted(CLIENT_ACTS & {Act.FIND, Act.READ, Act.EDIT, Act.EXPORT, Act.REVEAL_IDENTIFIER}):
            listed = set(gate.clients(who, act).values_list("display_name", flat=True))
            assert listed == one_by_one(who, act, people), (seed, roles, act)
            reach = gate.scope(who, act)
            for few in (True, False):
                assert {name for (name,) in compiled(reach.shape, few).ask(**reach.given)} == listed, (seed, roles, act)


@cache
def compiled(shape: Shape, few: bool) -> Compiled[tuple[str]]:
    """As the search asks, and as the list of clients does."""
    return Compiled(lambda: (shape.left_open() if few else persons_in(shape)).values_list("display_name"))
