"""People and places for tests. Rows that actions keep in step (search keys) are made by the rooms' own functions."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from goldthread.access.models import Block
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.foundation.accounts.models import User
from goldthread.foundation.agency.models import Agency, Site, Team
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff, TeamMembership
from goldthread.people.persons.enums import NameKind
from goldthread.people.persons.models import Person, PersonName

PASSWORD = "a long enough password"
LONG_AGO = date(2020, 1, 6)
AT = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)


class AgencyFactory(DjangoModelFactory[Agency]):
    """The one agency. MFA is not asked for, so that tests can simply sign in."""

    id = 1
    name = "Riverbend Family Services"
    languages = ["en", "es"]
    mfa_required = False

    class Meta:
        model = Agency
        django_get_or_create = ("id",)


class SiteFactory(DjangoModelFactory[Site]):
    name = factory.Sequence(lambda n: f"Site {n}")

    class Meta:
        model = Site


class TeamFactory(DjangoModelFactory[Team]):
    name = factory.Sequence(lambda n: f"Team {n}")
    site = factory.SubFactory(SiteFactory)

    class Meta:
        model = Team


class UserFactory(DjangoModelFactory[User]):
    email = factory.Sequence(lambda n: f"worker{n}@example.org")
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User


class StaffFactory(DjangoModelFactory[Staff]):
    """``StaffFactory(role=Role.SUPERVISOR, team=team)``: supervisors supervise the team they are given, others work in it.

    ``role=None`` gives no role, ``site=`` where they work. Everything holds since long ago and has no end.
    """

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Worker {n}")
    started_on = LONG_AGO

    class Meta:
        model = Staff

    @classmethod
    def _create(cls, model_class: type[Staff], *args: Any, **kwargs: Any) -> Staff:
        role, team = kwargs.pop("role", Role.CASE_MANAGER), kwargs.pop("team", None)
        staff: Staff = super()._create(model_class, *args, **kwargs)
        if role:
            RoleAssignment.objects.create(staff=staff, role=role, starts_on=staff.started_on)
        if team:
            TeamMembership.objects.create(
                staff=staff, team=team, supervises=role == Role.SUPERVISOR, starts_on=staff.started_on
            )
        return staff


class PersonFactory(DjangoModelFactory[Person]):
    """A client called ``given`` ``family``. ``PersonFactory(client_number=None)`` is somebody who is not a client."""

    client_number = factory.Sequence(lambda n: 1001 + n)
    client_since = factory.LazyAttribute(lambda made: None if made.client_number is None else LONG_AGO)
    birth_date = date(1984, 3, 12)
    created_at = AT

    class Meta:
        model = Person

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **kwargs: Any) -> Person:
        given, family = kwargs.pop("given", "Dana"), kwargs.pop("family", "Whitfield")
        kwargs.setdefault("display_name", f"{given} {family}".strip())
        kwargs.setdefault("sort_key", f"{family} {given}".strip().lower())
        kwargs.setdefault("search_text", f" {given} {family} ".lower())
        person: Person = super()._create(model_class, *args, **kwargs)
        PersonName.objects.create(person=person, kind=NameKind.LEGAL, given=given, family=family)
        return person


class AssignmentFactory(DjangoModelFactory[Assignment]):
    client = factory.SubFactory(PersonFactory)
    staff = factory.SubFactory(StaffFactory)
    kind = AssignmentKind.PRIMARY
    starts_on = LONG_AGO
    given_at = AT

    class Meta:
        model = Assignment


def viewer_of(staff: Staff, today: date, at: datetime = AT) -> Viewer:
    """The staff member as the gate sees them on *today*: roles and teams that hold on that day."""

    def holds(row: RoleAssignment | TeamMembership | Block) -> bool:
        return row.starts_on <= today and (row.ends_on is None or row.ends_on >= today)

    roles = [row for row in staff.roles.all() if holds(row)]
    memberships = [row for row in staff.memberships.all() if holds(row)]
    return Viewer(
        user=staff.user,
        staff=staff,
        at=at,
        today=today,
        request="test",
        blocked=frozenset(row.person_id for row in Block.objects.filter(staff=staff) if holds(row)),
        roles=frozenset(Role(row.role) for row in roles),
        teams=frozenset(row.team_id for row in memberships if not row.supervises),
        supervised=frozenset(row.team_id for row in memberships if row.supervises),
        sites={Role(row.role): row.site_id for row in roles if row.site_id},
    )
