"""Workers and clients who stand to each other as the tests of the client pages need."""

from datetime import date
from typing import Any

from goldthread.foundation.agency.models import Team
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.clock import agency_today
from tests.factories import AgencyFactory, AssignmentFactory, PersonFactory, StaffFactory, TeamFactory

TODAY: date = agency_today()


def team_with(role: Role) -> Staff:
    """A member of staff with *role* in a team of their own (a supervisor supervises it)."""
    AgencyFactory()
    staff: Staff = StaffFactory(role=role, team=TeamFactory())
    return staff


def client_of(staff: Staff, team: Team, **about: Any) -> Person:
    """A client whose primary worker is *staff*, found by the words of their name."""
    person: Person = PersonFactory(**about)
    AssignmentFactory(client=person, staff=staff, team=team)
    return person
