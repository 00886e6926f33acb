import pytest

from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.models import Person
from tests.people.persons.helpers import a_client


@pytest.fixture
def dana(actor: Actor) -> Person:
    return a_client(actor)
