"""Who sees who waits for a program under substance-use protection: by the tie to that program, and the list opens for the same people."""

from datetime import date

import pytest

from goldthread.access.acts import Act
from goldthread.access.inquiries import inquiries
from goldthread.access.viewer import Viewer
from goldthread.access.waiting import places, waitlists
from goldthread.casework.intake.models import AskedProgram, Inquiry, Place
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.enums import Role
from tests.casework.tasks.making import program
from tests.factories import AgencyFactory, SiteFactory, StaffFactory, TeamFactory, viewer_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
AT = "2026-11-19T15:00Z"


@pytest.fixture
def protected() -> Program:
    """A protected program with its own team, for which somebody waits who asked for it."""
    AgencyFactory()
    found = program(labels=Label.SUBSTANCE_USE, team=TeamFactory())
    asked = Inquiry.objects.create(
        display_name="Ewa", search_text=" ewa ", received_at=AT, received_on=TODAY, due_on=TODAY, labels=found.labels
    )
    AskedProgram.objects.create(inquiry=asked, program=found)
    Place.objects.create(inquiry=asked, program=found, since=TODAY, made_at=AT, labels=found.labels)
    return found


def seen_by(role: Role, of: Program, *, team: Team | None = None, site: object = None) -> tuple[bool, bool, bool]:
    """The place, the inquiry, and whether the list opens."""
    staff = StaffFactory(role=role, team=team)
    staff.roles.update(site=site)
    viewer: Viewer = viewer_of(staff, TODAY)
    inside = places(viewer, Act.READ_INQUIRY).exists(), inquiries(viewer, Act.READ_INQUIRY).exists()
    return (*inside, waitlists(viewer, [of]) == [of])


@pytest.mark.parametrize("role", [Role.INTAKE, Role.SUPERVISOR])
def test_a_tie_by_team_opens_it_and_another_team_does_not(protected: Program, role: Role) -> None:
    assert seen_by(role, protected, team=protected.team) == (True, True, True)
    assert seen_by(role, protected, team=TeamFactory()) == (False, False, False)
    assert seen_by(role, protected) == (False, False, False), "in no team at all"


def test_a_program_manager_sees_it_on_their_site_or_anywhere_when_they_have_none(protected: Program) -> None:
    team = protected.team
    assert team
    assert seen_by(Role.PROGRAM_MANAGER, protected, site=team.site) == (True, True, True)
    assert seen_by(Role.PROGRAM_MANAGER, protected, site=SiteFactory()) == (False, False, False)
    assert seen_by(Role.PROGRAM_MANAGER, protected) == (True, True, True)


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.BILLING, Role.QUALITY, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_else_sees_it_also_in_its_team(protected: Program, role: Role) -> None:
    assert seen_by(role, protected, team=protected.team) == (False, False, False)


def test_a_label_that_a_role_does_not_clear_closes_it_to_its_own_team(protected: Program) -> None:
    """Who reported a family: the supervisor of the team reads it, its intake does not."""
    for row in (protected, Inquiry.objects.get(), Place.objects.get()):
        row.labels = Label.CHILD_WELFARE_REPORTER
        row.save()
    assert seen_by(Role.INTAKE, protected, team=protected.team) == (False, False, False)
    assert seen_by(Role.SUPERVISOR, protected, team=protected.team) == (True, True, True)


@pytest.mark.parametrize("ask", [places, inquiries])
def test_an_act_of_something_else_is_a_mistake(protected: Program, ask: object) -> None:
    with pytest.raises(ValueError, match="is not done to an inquiry"):
        ask(viewer_of(StaffFactory(), TODAY), Act.FIND)  # type: ignore[operator]  # one of several functions
