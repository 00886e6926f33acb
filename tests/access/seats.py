"""The world made once a module, found by every test as it was made; and workers who are signed in already."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.http import SimpleCookie
from django.test import Client

from goldthread.foundation.agency.models import Agency
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import World, browser, make_world


@dataclass
class Seat:
    """A member of staff at their browser."""

    staff: Staff
    client: Client
    session: str

    def browser(self) -> Client:
        """The browser as it was when they had just signed in, whatever happened in it since."""
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: self.session})
        self.client.raise_request_exception = True
        return self.client


Seats = dict[tuple[Role, str], Seat]
"""By role and relation to the client."""


def seat_of(staff: Staff) -> Seat:
    """*staff*, just signed in."""
    client = browser(staff)
    return Seat(staff, client, client.cookies[settings.SESSION_COOKIE_NAME].value)


def seats_in(world: World, places: Iterable[tuple[Role, str]]) -> Seats:
    """A new worker for each role and relation."""
    return {(role, relation): seat_of(world.staff(role, relation)) for role, relation in places}


@pytest.fixture(scope="module")
def kept_world(kept: None) -> World:
    """For fixtures of a module that add to the world. Tests take ``world``. No session ends before the module does."""
    made = make_world()
    Agency.objects.update(idle_minutes=240, session_hours=24)
    return made


@pytest.fixture
def world(kept_world: World, db: None) -> World:
    """The world; its objects are the test's own."""
    return deepcopy(kept_world)
