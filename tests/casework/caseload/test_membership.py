"""A family in child welfare: a child joins while it runs, one leaves, one comes back; a slip is taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.caseload.actions import (
    cover,
    discharge,
    enrol,
    join,
    leave,
    pause,
    transfer,
    undo_discharge,
    undo_join,
    undo_leave,
)
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.actions.evidence import NewEvidence, record_evidence
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Household, Person
from tests.access.people import viewer
from tests.casework.caseload.programs import FAMILIES, enrolled, program
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
FIRST = date(2026, 9, 1)
JOINED = date(2026, 11, 10)


@pytest.fixture
def worker() -> Staff:
    AgencyFactory()
    return StaffFactory()


@pytest.fixture
def second() -> Staff:
    return StaffFactory()


@pytest.fixture
def family() -> list[Person]:
    """Ana, who is grown up, and Ben and Cleo."""
    born = [date(1990, 1, 1), date(2015, 1, 1), date(2017, 1, 1)]
    return [PersonFactory(given=name, birth_date=day) for name, day in zip(("Ana", "Ben", "Cleo"), born, strict=True)]


@pytest.fixture
def noor() -> Person:
    """Born in the year before."""
    child: Person = PersonFactory(given="Noor", birth_date=date(2025, 8, 1))
    return child


@pytest.fixture
def episode(actor: Actor, worker: Staff, second: Staff, family: list[Person]) -> Episode:
    return enrol(
        program=program(actor, FAMILIES),
        household=Household.objects.create(name="Reyes"),
        members=family,
        enrolled_on=FIRST,
        staff=worker,
        seconds=[second],
        by=actor,
    )


def open_tasks(person: Person) -> list[tuple[str, date | None]]:
    rows = Task.objects.filter(client=person, state="open").order_by("due_on", "requirement")
    return [(row.requirement, row.due_on) for row in rows]


def sees(staff: Staff, person: Person, day: date) -> bool:
    return gate.clients(viewer(staff, today=day), Act.READ).filter(pk=person.pk).exists()


def place(episode: Episode, person: Person) -> EpisodeMember:
    return EpisodeMember.objects.filter(episode=episode, person=person).latest("starts_on")


def same_from_nothing(episode: Episode, actor: Actor) -> bool:
    """Does working everything out again leave every task as it is?"""
    before = list(Task.objects.order_by("pk").values_list("pk", "client", "state", "due_on", "version"))
    recompute(episodes=[episode.pk], by=actor)
    return before == list(Task.objects.order_by("pk").values_list("pk", "client", "state", "due_on", "version"))


class TestJoin:
    def test_a_child_is_served_by_the_same_workers_and_has_visits_of_its_own(
        self, actor: Actor, episode: Episode, worker: Staff, second: Staff, noor: Person
    ) -> None:
        form_id = new_id()
        for _ in range(2):
            made = join(episode=episode, person=noor, joined_on=JOINED, reason="Born", form_id=form_id, by=actor)
        assert (made.pk, made.starts_on, made.ends_on, made.child) == (form_id, JOINED, None, True)
        rows = Assignment.objects.filter(client=noor).order_by("kind")
        assert [(row.staff, row.kind, row.starts_on, row.ends_on) for row in rows] == [
            (worker, "primary", JOINED, None),
            (second, "secondary", JOINED, None),
        ]
        assert sees(worker, noor, TODAY)
        assert not sees(worker, noor, JOINED - timedelta(days=1))
        assert [one.pk for one in open_episodes(noor, TODAY)] == [episode.pk]
        # November is not whole: it can be met, and is not missed; December and January are asked for
        assert open_tasks(noor) == [
            ("monthly-visit", date(2026, month, 30 if month == 11 else 31)) for month in (11, 12)
        ] + [("monthly-visit", date(2027, 1, 31))]
        assert {task.owner for task in Task.objects.filter(client=noor)} == {worker}
        assert Entry.objects.get(person=noor, kind="enrolled").text == "Born"
        assert Evidence.objects.get(person=noor).kind == "enrolled"
        assert Event.objects.filter(action="episodes.joined", client=noor.pk).count() == 1
        assert same_from_nothing(episode, actor)

    def test_workers_before_the_day_are_not_given(self, actor: Actor, episode: Episode, noor: Person) -> None:
        new = StaffFactory()
        transfer(episode=episode, to_staff=new, on=JOINED, reason="Leaves", by=actor)
        join(episode=episode, person=noor, joined_on=JOINED, by=actor)
        assert Assignment.objects.get(client=noor, kind="primary").staff == new

    def test_whoever_covers_covers_the_new_one_too(
        self, actor: Actor, episode: Episode, worker: Staff, noor: Person
    ) -> None:
        colleague = StaffFactory()
        cover(absent=worker, colleague=colleague, starts_on=TODAY, ends_on=TODAY, by=actor)
        join(episode=episode, person=noor, joined_on=JOINED, by=actor)
        assert sees(colleague, noor, TODAY)
        assert not sees(colleague, noor, TODAY + timedelta(days=1))

    def test_what_the_worker_had_of_the_child_as_a_whole_becomes_this(
        self, actor: Actor, episode: Episode, worker: Staff, noor: Person
    ) -> None:
        from goldthread.casework.caseload.actions import assign

        assign(client=noor, staff=worker, kind=AssignmentKind.PRIMARY, team=None, starts_on=FIRST, by=actor)
        join(episode=episode, person=noor, joined_on=JOINED, by=actor)
        assert Assignment.objects.get(client=noor, episode=None).ends_on == date(2026, 11, 9)

    @pytest.mark.parametrize(
        ("day", "field"),
        [(TODAY + timedelta(days=1), "joined_on"), (date(2026, 8, 31), "joined_on"), (date(2025, 7, 31), "joined_on")],
    )
    def test_days_that_cannot_be(self, actor: Actor, episode: Episode, noor: Person, day: date, field: str) -> None:
        with pytest.raises(DomainError) as refused:
            join(episode=episode, person=noor, joined_on=day, by=actor)
        assert refused.value.field == field

    def test_who_cannot(self, actor: Actor, episode: Episode, family: list[Person], noor: Person) -> None:
        stranger = PersonFactory(client_number=None, client_since=None)
        for person in (family[1], stranger):
            with pytest.raises(DomainError) as refused:
                join(episode=episode, person=person, joined_on=JOINED, by=actor)
            assert refused.value.field == "person"
        alone = enrolled(actor, FIRST)
        with pytest.raises(DomainError):
            join(episode=alone, person=noor, joined_on=JOINED, by=actor)
        discharge(episode=episode, discharged_on=TODAY, reason="safe", by=actor)
        with pytest.raises(DomainError):
            join(episode=episode, person=noor, joined_on=JOINED, by=actor)


class TestLeave:
    def test_the_others_go_on_and_what_was_due_for_them_alone_is_closed(
        self, actor: Actor, episode: Episode, worker: Staff, family: list[Person]
    ) -> None:
        _ana, ben, cleo = family
        before = open_tasks(cleo)
        for _ in range(2):
            row = leave(
                member=place(episode, ben), left_on=date(2026, 11, 12), reason="Lives with his father", by=actor
            )
        assert (row.ends_on, row.reason) == (date(2026, 11, 12), "Lives with his father")
        assert not Assignment.objects.filter(client=ben, ends_on__isnull=True).exists()
        assert sees(worker, ben, date(2026, 11, 12))
        assert not sees(worker, ben, date(2026, 11, 13))
        assert sees(worker, cleo, TODAY)
        # what he missed in whole months is still to be explained; nothing of November or later is asked for
        assert [due for _rule, due in open_tasks(ben) if due and due > date(2026, 10, 31)] == []
        assert open_tasks(cleo) == before
        assert Entry.objects.get(person=ben, kind="discharged").text == "Lives with his father"
        assert not Entry.objects.filter(person=cleo, kind="discharged").exists()
        assert Event.objects.filter(action="episodes.left", client=ben.pk).count() == 1
        assert same_from_nothing(episode, actor)

    def test_what_is_due_for_the_family_stands_with_who_is_there(
        self, actor: Actor, episode: Episode, family: list[Person]
    ) -> None:
        first = min(family, key=lambda one: one.pk)
        others = [one for one in family if one != first]
        plan = Task.objects.get(requirement="plan", episode=episode)
        assert plan.client == first
        leave(member=place(episode, first), left_on=TODAY, reason="Moved", by=actor)
        plan.refresh_from_db()
        assert plan.client == min(others, key=lambda one: one.pk)
        assert Task.objects.filter(requirement="plan", episode=episode).count() == 1
        assert same_from_nothing(episode, actor)

    def test_what_cannot_be(self, actor: Actor, episode: Episode, family: list[Person]) -> None:
        ana, ben, cleo = (place(episode, one) for one in family)
        for day, reason in ((TODAY, " "), (TODAY + timedelta(days=1), "Moved"), (date(2026, 8, 31), "Moved")):
            with pytest.raises(DomainError):
                leave(member=ben, left_on=day, reason=reason, by=actor)
        leave(member=ben, left_on=date(2026, 11, 1), reason="Moved", by=actor)
        leave(member=cleo, left_on=date(2026, 11, 1), reason="Moved", by=actor)
        with pytest.raises(DomainError, match="Discharge it instead"):
            leave(member=ana, left_on=TODAY, reason="Moved", by=actor)

    def test_a_discharge_before_somebody_left_is_refused_and_what_comes_later_is_not_theirs(
        self, actor: Actor, episode: Episode, family: list[Person]
    ) -> None:
        ben = family[1]
        leave(member=place(episode, ben), left_on=date(2026, 11, 12), reason="Moved", by=actor)
        pause(episode=episode, starts_on=date(2026, 11, 14), reason="Away", by=actor)
        assert not Entry.objects.filter(person=ben, kind="paused").exists()
        with pytest.raises(DomainError) as refused:
            discharge(episode=episode, discharged_on=date(2026, 11, 11), reason="safe", by=actor)
        assert refused.value.field == "discharged_on"
        discharge(episode=episode, discharged_on=date(2026, 11, 18), reason="safe", by=actor)
        assert Entry.objects.filter(kind="discharged").exclude(text="Moved").count() == 2
        undo_discharge(episode=episode, by=actor)
        assert place(episode, ben).ends_on == date(2026, 11, 12)
        assert place(episode, family[2]).ends_on is None


class TestBack:
    def test_who_comes_back_has_a_place_of_their_own_and_is_asked_for_anew(
        self, actor: Actor, episode: Episode, worker: Staff, family: list[Person]
    ) -> None:
        ben = family[1]
        leave(member=place(episode, ben), left_on=date(2026, 11, 2), reason="With his father", by=actor)
        join(episode=episode, person=ben, joined_on=date(2026, 11, 16), reason="Back", by=actor)
        places = EpisodeMember.objects.filter(episode=episode, person=ben).order_by("starts_on")
        assert [(row.starts_on, row.ends_on) for row in places] == [
            (FIRST, date(2026, 11, 2)),
            (date(2026, 11, 16), None),
        ]
        november = Task.objects.filter(client=ben, requirement="monthly-visit", period_start__month=11, state="open")
        assert [row.due_on for row in november] == [date(2026, 11, 30)]
        assert sees(worker, ben, TODAY)
        assert not sees(worker, ben, date(2026, 11, 10))
        assert len(open_episodes(ben, TODAY)) == 1
        assert same_from_nothing(episode, actor)


class TestUndo:
    def test_leaving_is_taken_back_with_workers_and_tasks(
        self, actor: Actor, episode: Episode, worker: Staff, family: list[Person]
    ) -> None:
        ben = family[1]
        before = open_tasks(ben)
        colleague = StaffFactory()
        cover(absent=worker, colleague=colleague, starts_on=TODAY, ends_on=date(2026, 11, 25), by=actor)
        row = leave(member=place(episode, ben), left_on=TODAY, reason="Wrong child", by=actor)
        assert not sees(colleague, ben, date(2026, 11, 25))
        for _ in range(2):
            undo_leave(member=row, by=actor)
        assert (place(episode, ben).ends_on, place(episode, ben).reason) == (None, "")
        assert open_tasks(ben) == before
        assert sees(worker, ben, date(2026, 11, 25))
        assert sees(colleague, ben, date(2026, 11, 25))
        assert Entry.objects.get(person=ben, kind="discharged").voided

    def test_joining_is_taken_back_and_whoever_could_see_them_is_still_in_the_book(
        self, actor: Actor, episode: Episode, worker: Staff, noor: Person
    ) -> None:
        row = join(episode=episode, person=noor, joined_on=JOINED, by=actor)
        undo_join(member=row, by=actor)
        undo_join(member=row, by=actor)
        assert not EpisodeMember.objects.filter(person=noor).exists()
        assert not Task.objects.filter(client=noor, state="open").exists()
        ended = Assignment.objects.filter(client=noor).values_list("ends_on", "reason").distinct()
        assert list(ended) == [(TODAY, "Added to the program by mistake.")]
        assert Entry.objects.get(person=noor, kind="enrolled").voided
        assert not Evidence.objects.filter(person=noor, voided=False).exists()
        assert same_from_nothing(episode, actor)

    def test_not_when_something_is_written_about_them_or_too_late(
        self, actor: Actor, episode: Episode, noor: Person, family: list[Person]
    ) -> None:
        row = join(episode=episode, person=noor, joined_on=JOINED, by=actor)
        seen = NewEvidence(
            kind=EventKind.CONTACT, episode=episode, person=noor, happened_on=TODAY, mode="in_person", seen=["client"]
        )
        record_evidence(source_kind="contact", source_id=new_id(), items=[seen], by=actor)
        with pytest.raises(DomainError, match="Let them leave"):
            undo_join(member=row, by=actor)
        gone = leave(member=place(episode, family[1]), left_on=TODAY, reason="Moved", by=actor)
        late = replace(actor, at=datetime(2026, 11, 27, 15, tzinfo=UTC), today=date(2026, 11, 27))
        with pytest.raises(DomainError, match="too late"):
            undo_leave(member=gone, by=late)

    def test_not_when_they_came_back_meanwhile(self, actor: Actor, episode: Episode, family: list[Person]) -> None:
        gone = leave(member=place(episode, family[1]), left_on=date(2026, 11, 2), reason="Moved", by=actor)
        join(episode=episode, person=family[1], joined_on=JOINED, by=actor)
        with pytest.raises(DomainError):
            undo_leave(member=gone, by=actor)
        assert EpisodeMember.objects.filter(person=family[1], ends_on__isnull=True).count() == 1


def test_in_a_team_the_supervisor_reaches_the_new_one_too(actor: Actor, episode: Episode, noor: Person) -> None:
    team = TeamFactory()
    Assignment.objects.filter(episode=episode).update(team=team)
    join(episode=episode, person=noor, joined_on=JOINED, by=actor)
    assert set(Assignment.objects.filter(client=noor).values_list("team", flat=True)) == {team.pk}
