"""Content of a client who is in two programs: the mental-health worker never sees the substance-use episode.

One client, Dana. Episode *plain* (mental health, no label), episode *quiet* (substance use, labelled). A worker each.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.bonds import binding
from goldthread.access.rules import Relation
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import current
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.lib.conditions import Shape
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff, TeamMembership
from goldthread.people.persons.models import Person
from tests.access.people import TODAY, viewer
from tests.factories import AT, LONG_AGO, AssignmentFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


@dataclass
class Shared:
    client: Person
    plain: Episode
    quiet: Episode
    mental: Staff
    recovery: Staff


def episode(client: Person, key: str, labels: int = 0) -> Episode:
    program, _ = Program.objects.get_or_create(
        key=key, defaults={"name": key, "unit": "person", "labels": labels, "opened_on": LONG_AGO}
    )
    made = Episode.objects.create(
        program=program, person=client, enrolled_on=LONG_AGO, enrolled_at=AT, labels=program.labels
    )
    EpisodeMember.objects.create(episode=made, person=client, starts_on=LONG_AGO)
    return made


@pytest.fixture
def shared() -> Shared:
    client = PersonFactory()
    plain, quiet = episode(client, "mental-health-tcm"), episode(client, "substance-use", Label.SUBSTANCE_USE)
    mental = AssignmentFactory(client=client, episode=plain).staff
    recovery = AssignmentFactory(client=client, episode=quiet, labels=quiet.labels).staff
    return Shared(client, plain, quiet, mental, recovery)


def seen(staff: Staff, shared: Shared) -> set[str]:
    """The programs of the client that *staff* is told of, asked for the one client and for all: the same answer."""
    looking = viewer(staff)
    alone = gate.content(looking, shared.client, Act.READ_EPISODE, episode="pk")
    among = gate.content_in(looking, Act.READ_EPISODE, client="person", episode="pk")
    one = set(Episode.objects.filter(alone, person=shared.client).values_list("program__key", flat=True))
    many = set(Episode.objects.filter(among).values_list("program__key", flat=True))
    assert one == many
    return one


def test_each_worker_knows_what_their_own_program_may_know(shared: Shared) -> None:
    assert seen(shared.mental, shared) == {"mental-health-tcm"}
    assert seen(shared.recovery, shared) == {"mental-health-tcm", "substance-use"}


def test_an_assignment_from_before_programs_clears_no_episode(shared: Shared) -> None:
    assert seen(AssignmentFactory(client=shared.client).staff, shared) == {"mental-health-tcm"}


def test_whoever_covers_sees_what_the_worker_sees(shared: Shared) -> None:
    colleague = StaffFactory()
    AssignmentFactory(client=shared.client, staff=colleague, episode=shared.quiet, kind=AssignmentKind.COVER, labels=1)
    assert seen(colleague, shared) == {"mental-health-tcm", "substance-use"}


def test_roles_of_the_whole_agency_are_bound_by_their_labels_alone(shared: Shared) -> None:
    assert seen(StaffFactory(role=Role.AUDITOR), shared) == {"mental-health-tcm", "substance-use"}
    assert seen(StaffFactory(role=Role.INTAKE), shared) == {"mental-health-tcm"}
    assert seen(StaffFactory(role=Role.BILLING), shared) == {"mental-health-tcm"}
    assert seen(StaffFactory(role=Role.ADMINISTRATOR), shared) == set()
    assert seen(StaffFactory(), shared) == set()


def test_rows_of_no_episode_are_cleared_by_any_assignment_of_the_client(shared: Shared) -> None:
    Assignment.objects.create(
        client=shared.client,
        staff=StaffFactory(),
        labels=Label.SUBSTANCE_USE,
        kind=AssignmentKind.SECONDARY,
        starts_on=LONG_AGO,
        given_at=AT,
    )
    looking = viewer(shared.mental)
    hidden = gate.content(looking, shared.client)
    assert Assignment.objects.filter(hidden, client=shared.client).count() == 2
    assert Assignment.objects.filter(gate.content_in(looking), client=shared.client).count() == 2


def test_content_in_is_for_acts_on_clients() -> None:
    with pytest.raises(ValueError):
        gate.content_in(viewer(StaffFactory()), Act.MANAGE_PROGRAMS)


def test_however_many_work_with_a_client_their_supervisor_is_told_apart_by_one_query(
    shared: Shared, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    theirs, elsewhere = TeamFactory(), TeamFactory()
    for team in (theirs, elsewhere, elsewhere):
        worker = StaffFactory(team=theirs)
        AssignmentFactory(
            client=shared.client, staff=worker, team=team, episode=shared.plain, kind=AssignmentKind.SECONDARY
        )
    chief = StaffFactory(role=Role.SUPERVISOR)
    TeamMembership.objects.create(staff=chief, team=theirs, supervises=True, starts_on=LONG_AGO)
    looking = viewer(chief)
    assignments = current(shared.client.pk, TODAY)
    with django_assert_num_queries(1):
        held = binding(looking, Role.SUPERVISOR, Relation.SUPERVISOR_OF, assignments)
    assert [one.episode for one in held] == [shared.plain] * 3


def test_the_condition_that_is_compiled_once_shows_the_same_rows(shared: Shared) -> None:
    colleague = StaffFactory()
    AssignmentFactory(client=shared.client, staff=colleague, episode=shared.quiet, kind=AssignmentKind.COVER, labels=1)
    others = [StaffFactory(role=role) for role in (Role.AUDITOR, Role.INTAKE, Role.SUPERVISOR, Role.ADMINISTRATOR)]
    counts = set()
    for staff in (shared.mental, shared.recovery, colleague, *others):
        sight = gate.sight(viewer(staff), shared.client, Act.READ_EPISODE)
        condition = sight.condition()
        asked = Compiled(partial(_rows, condition.shape)).ask(client=shared.client.pk, **condition.given)
        plain = Assignment.objects.filter(sight.rows(), client=shared.client)
        assert {pk for (pk,) in asked} == set(plain.values_list("pk", flat=True))
        counts.add(len(asked))
    assert counts == {0, 1, 3}  # nothing, what carries no label, all


def test_workers_of_the_same_kind_share_a_statement(shared: Shared) -> None:
    other = AssignmentFactory(client=shared.client, episode=shared.plain, kind=AssignmentKind.SECONDARY).staff
    shapes = {gate.sight(viewer(staff), shared.client).condition().shape for staff in (shared.mental, other)}
    assert len(shapes) == 1


def _rows(shape: Shape) -> QuerySet[Assignment, Any]:
    return Assignment.objects.filter(shape.left_open(), client=Given("client")).values_list("pk")
