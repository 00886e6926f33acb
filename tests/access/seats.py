"""The world made once a module, found by every test as it was made; and workers who are signed in already."""

import pickle
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from django.conf import settings
from django.db.models import Model
from django.http import SimpleCookie
from django.test import Client

from goldthread.foundation.agency.models import Agency
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.doors_of_their_own import bind, staff_with
from tests.access.world import World, browser, make_world
from tests.databases import untouched


@dataclass
class Seat:
    """A member of staff at their browser."""

    staff: Staff
    client: Client
    session: str
    bonds: list[Model] = field(default_factory=list)
    """What binds them to the client, where that is not always there."""

    @contextmanager
    def bound(self) -> Iterator[None]:
        """They alone of those in seats are bound to the client. Gone afterwards, with all that was written within."""
        with untouched():
            for row in self.bonds:
                row.save_base(raw=True, force_insert=True)
            yield

    def browser(self) -> Client:
        """The browser as it was when they had just signed in, whatever happened in it since."""
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: self.session})
        self.client.raise_request_exception = True
        return self.client


Seats = dict[tuple[Role, str], Seat]
"""By role and relation to the client."""
Roles = tuple[Role, ...]
SharedSeats = dict[tuple[Roles, str], Seat]
"""By all the roles that one worker has, and relation to the client."""


def seat_of(staff: Staff) -> Seat:
    """*staff*, just signed in."""
    client = browser(staff)
    return Seat(staff, client, client.cookies[settings.SESSION_COOKIE_NAME].value)


def seats_in(world: World, places: Iterable[tuple[Role, str]]) -> Seats:
    """A new worker for each role and relation."""
    return {(role, relation): seat_of(world.staff(role, relation)) for role, relation in places}


def lone_seats_in(world: World, places: Iterable[tuple[Roles, str]]) -> SharedSeats:
    """A new worker with each of these roles and relations, bound only within ``bound``: a client with a hundred workers would
    make every page long."""
    return {(roles, relation): _lone_seat(world, roles, relation) for roles, relation in places}


def _lone_seat(world: World, roles: Roles, relation: str) -> Seat:
    staff = staff_with(*roles)
    narrowed = Role.PROGRAM_MANAGER if Role.PROGRAM_MANAGER in roles else roles[0]
    with untouched():
        bonds = bind(world, staff, narrowed, relation)
    return replace(seat_of(staff), bonds=bonds)


@pytest.fixture(scope="module")
def kept_world(kept: None) -> World:
    """For fixtures of a module that add to the world. Tests take ``world``. No session ends before the module does."""
    made = make_world()
    Agency.objects.update(idle_minutes=240, session_hours=24)
    return made


@pytest.fixture
def world(kept_world: World, db: None) -> World:
    """The world; its objects are the test's own."""
    made: World = pickle.loads(pickle.dumps(kept_world))  # as deepcopy, in a fifth of the time
    return made
