"""Some clients of one worker go to another, and back again within the day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldthread.casework.caseload import queries
from goldthread.casework.caseload.actions import confirm_read, cover, enrol, transfer
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.actions import Shared, share_out, take_back
from goldthread.casework.tasks.models import Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff
from goldthread.people.persons.models import Household
from tests.casework.caseload.programs import FAMILIES, enrolled, program
from tests.casework.schedule.test_passing_on import TUESDAY, agreed, goers
from tests.factories import AgencyFactory, AssignmentFactory, PersonFactory, StaffFactory, TeamFactory

TODAY = date(2026, 11, 19)
pytestmark = pytest.mark.django_db


@pytest.fixture
def by(actor: Actor) -> Actor:
    AgencyFactory()
    return replace(actor, staff=StaffFactory().pk)


@pytest.fixture
def andre() -> Staff:
    made: Staff = StaffFactory(role=Role.CASE_MANAGER, name="Andre Okoye")
    return made


@pytest.fixture
def mei() -> Staff:
    made: Staff = StaffFactory(role=Role.CASE_MANAGER, name="Mei-Lin Zhao")
    return made


@pytest.fixture
def episode(by: Actor, andre: Staff) -> Episode:
    return enrolled(by, date(2026, 9, 1), staff=andre)


def rows(staff: Staff) -> list[Assignment]:
    return list(queries.caseload_of(staff, TODAY, [AssignmentKind.PRIMARY]).select_related("episode", "staff"))


def move(by: Actor, giver: Staff, taker: Staff, on: date = TODAY, **more: object) -> Shared:
    said = {"reason": "She speaks Cantonese", "team_for": lambda episode: None} | more
    return share_out(rows=rows(giver), to_staff=taker, on=on, by=by, **said)  # type: ignore[arg-type]  # said is what each test needs


def owners(episode: Episode) -> set[Staff | None]:
    return {task.owner for task in Task.objects.filter(episode=episode, state="open")}


class TestShareOut:
    def test_the_worker_changes_the_tasks_go_along_and_the_new_worker_is_told(
        self, by: Actor, episode: Episode, andre: Staff, mei: Staff
    ) -> None:
        (moved,) = move(by, andre, mei, note="Her door is at the back.").moved
        made = Assignment.objects.get(pk=moved.made)
        assert (made.staff, made.starts_on, made.reason) == (mei, TODAY, "She speaks Cantonese")
        assert made.hand_over_note == "Her door is at the back."
        assert (moved.ends_on, moved.reason) == (None, "")
        assert queries.primary_of(episode, TODAY) == mei
        assert queries.primary_of(episode, TODAY - timedelta(days=1)) == andre
        assert owners(episode) == {mei}
        assert Notice.objects.get(to=mei).about_person == episode.person_id

    def test_a_household_goes_as_a_whole(self, by: Actor, andre: Staff, mei: Staff) -> None:
        children = [PersonFactory(given=name) for name in ("Ana", "Bo")]
        enrol(
            program=program(by, FAMILIES),
            household=Household.objects.create(),
            members=children,
            enrolled_on=date(2026, 9, 1),
            staff=andre,
            by=by,
        )
        moved = share_out(
            rows=rows(andre)[:1], to_staff=mei, on=TODAY, by=by, reason="Nearer", team_for=lambda episode: None
        )
        assert len(moved.moved) == 2
        assert queries.clients_of(mei, TODAY) == {child.pk for child in children}
        assert not queries.caseload_of(andre, TODAY + timedelta(days=1)).exists()

    def test_a_client_of_no_program_goes_too(self, by: Actor, andre: Staff, mei: Staff) -> None:
        old = AssignmentFactory(staff=andre, client=PersonFactory())
        team = TeamFactory()
        (moved,) = move(by, andre, mei, team_for=lambda episode: team).moved
        made = Assignment.objects.get(pk=moved.made)
        assert (made.staff, made.team, made.follows) == (mei, team, old)
        assert Notice.objects.filter(to=mei, about_person=old.client_id).exists()

    def test_who_is_co_signed_elsewhere_is_co_signed_here(
        self, by: Actor, episode: Episode, andre: Staff, mei: Staff
    ) -> None:
        AssignmentFactory(staff=mei, cosign=True)
        (moved,) = move(by, andre, mei).moved
        assert Assignment.objects.get(pk=moved.made).cosign

    def test_again_moves_nothing(self, by: Actor, episode: Episode, andre: Staff, mei: Staff) -> None:
        before = rows(andre)
        assert len(move(by, andre, mei).moved) == 1
        again = share_out(rows=before, to_staff=mei, on=TODAY, by=by, reason="Nearer", team_for=lambda episode: None)
        assert again.moved == []
        assert Assignment.objects.filter(episode=episode).count() == 2

    def test_nobody_and_no_reason_are_refused(self, by: Actor, episode: Episode, andre: Staff, mei: Staff) -> None:
        with pytest.raises(DomainError, match="Choose whom"):
            share_out(rows=[], to_staff=mei, on=TODAY, by=by, reason="x", team_for=lambda episode: None)
        with pytest.raises(DomainError, match="Say why"):
            move(by, andre, mei, reason=" ")

    def test_one_that_cannot_be_moved_keeps_all_where_they_are(
        self, by: Actor, episode: Episode, andre: Staff, mei: Staff
    ) -> None:
        enrolled(by, TODAY, staff=andre)
        with pytest.raises(DomainError, match="before the first day"):
            move(by, andre, mei, on=date(2026, 10, 1))
        assert len(rows(andre)) == 2


class TestTakeBack:
    def test_it_is_as_it_was_but_for_the_audit_log(self, by: Actor, episode: Episode, andre: Staff, mei: Staff) -> None:
        before = Assignment.objects.get(episode=episode)
        moved = move(by, andre, mei)
        take_back(shared=moved, by=replace(by, at=by.at + timedelta(minutes=5)))
        after = Assignment.objects.get(episode=episode)
        assert (after.pk, after.staff, after.ends_on, after.ended_at, after.reason) == (
            before.pk,
            andre,
            None,
            None,
            before.reason,
        )
        assert owners(episode) == {andre}
        assert not Notice.objects.filter(to=mei).exists()
        assert Entry.objects.get(source_id=moved.moved[0].made).voided
        assert Event.objects.filter(action="caseload.move_undone", client=episode.person_id).count() == 1

    def test_of_an_assignment_that_began_today_too(self, by: Actor, andre: Staff, mei: Staff) -> None:
        episode = enrolled(by, TODAY, staff=andre)
        take_back(shared=move(by, andre, mei), by=by)
        assert Assignment.objects.get(episode=episode).staff == andre
        assert Assignment.objects.get(episode=episode).reason == ""

    def test_the_cover_of_either_is_as_before(self, by: Actor, episode: Episode, andre: Staff, mei: Staff) -> None:
        days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=3), "by": by}
        cover(absent=andre, colleague=StaffFactory(role=Role.CASE_MANAGER), **days)  # type: ignore[arg-type]  # days of both
        cover(absent=mei, colleague=StaffFactory(role=Role.CASE_MANAGER), **days)  # type: ignore[arg-type]  # days of both

        def covered() -> set[tuple[object, ...]]:
            held = Assignment.objects.filter(kind="cover")
            return set(held.values_list("cover__absent", "client", "starts_on", "ends_on"))

        before = covered()
        moved = move(by, andre, mei)
        assert covered() != before
        take_back(shared=moved, by=by)
        assert covered() == before

    def test_not_when_it_is_too_late(self, by: Actor, episode: Episode, andre: Staff, mei: Staff) -> None:
        moved = move(by, andre, mei)
        made = Assignment.objects.get(pk=moved.moved[0].made)
        with pytest.raises(DomainError, match="cannot be undone"):
            take_back(shared=moved, by=replace(by, at=by.at + timedelta(hours=13)))
        with pytest.raises(DomainError, match="cannot be undone"):
            take_back(shared=moved, by=replace(by, staff=mei.pk))
        transfer(episode=episode, to_staff=StaffFactory(), on=TODAY + timedelta(days=1), by=by, reason="Moved on")
        with pytest.raises(DomainError, match="cannot be undone"):
            take_back(shared=moved, by=by)
        assert Assignment.objects.filter(pk=made.pk).exists()

    def test_not_once_the_new_worker_has_read_it(self, by: Actor, episode: Episode, andre: Staff, mei: Staff) -> None:
        moved = move(by, andre, mei)
        confirm_read(assignment=Assignment.objects.get(pk=moved.moved[0].made), by=replace(by, staff=mei.pk))
        with pytest.raises(DomainError, match="cannot be undone"):
            take_back(shared=moved, by=by)

    def test_twice_is_said(self, by: Actor, episode: Episode, andre: Staff, mei: Staff) -> None:
        moved = move(by, andre, mei)
        take_back(shared=moved, by=by)
        with pytest.raises(DomainError, match="cannot be undone"):
            take_back(shared=moved, by=by)


class TestAppointments:
    def test_they_go_along_and_come_back(self, by: Actor, episode: Episode, andre: Staff, mei: Staff) -> None:
        alone, together = agreed(by, episode, andre), agreed(by, episode, andre, mei, day=date(2026, 11, 25))
        client = AssignmentFactory(staff=andre, client=PersonFactory()).client
        free = agreed(by, None, andre, client=client, day=date(2026, 11, 26))
        shared = move(by, andre, mei)
        assert [goers(row) for row in (alone, together, free)] == [{mei}, {mei}, {mei}]
        take_back(shared=shared, by=by)
        assert [goers(row) for row in (alone, together, free)] == [{andre}, {andre, mei}, {andre}]

    def test_what_the_new_worker_has_at_the_same_time_is_counted(
        self, by: Actor, episode: Episode, andre: Staff, mei: Staff
    ) -> None:
        agreed(by, episode, andre)
        agreed(by, None, mei, day=TUESDAY)
        assert move(by, andre, mei).clashes == 1
