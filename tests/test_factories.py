from datetime import date

import pytest

from goldthread.foundation.workforce.enums import Role
from tests.factories import AgencyFactory, AssignmentFactory, StaffFactory, TeamFactory, viewer_of


@pytest.mark.django_db
def test_a_supervisor_of_a_team_is_seen_as_one(today: date) -> None:
    AgencyFactory()
    team = TeamFactory()
    ann = StaffFactory(role=Role.SUPERVISOR, team=team)
    viewer = viewer_of(ann, today)
    assert viewer.roles == {Role.SUPERVISOR}
    assert viewer.supervised == {team.pk}
    assert viewer.teams == set()


@pytest.mark.django_db
def test_an_assignment_has_a_client_with_a_name() -> None:
    assert AssignmentFactory(client__given="Ewa").client.names.get().given == "Ewa"
