"""Pauses, transfer, discharge and its undoing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldthread.casework.caseload import queries
from goldthread.casework.caseload.actions import (
    confirm_read,
    discharge,
    enrol,
    hand_over,
    pause,
    resume,
    transfer,
    undo_discharge,
)
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.caseload.tasks import tasks_follow_workers
from goldthread.casework.episodes.models import Episode, Pause
from goldthread.casework.episodes.queries import members_of, open_episodes, open_pause
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Notice, Staff
from tests.casework.caseload.programs import enrolled, program
from tests.factories import PersonFactory, StaffFactory, TeamFactory

TODAY = date(2026, 11, 19)
NOVEMBER = date(2026, 11, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return StaffFactory()


@pytest.fixture
def episode(actor: Actor, worker: Staff) -> Episode:
    return enrolled(actor, date(2026, 9, 1), staff=worker)


def kinds(episode: Episode, voided: bool = False) -> list[str]:
    rows = Entry.objects.filter(episode=episode, voided=voided).order_by("happened_at", "pk")
    return list(rows.values_list("kind", flat=True))


class TestPause:
    def test_it_rests_until_it_is_resumed(self, actor: Actor, episode: Episode) -> None:
        made = pause(episode=episode, starts_on=NOVEMBER, reason="In hospital", by=actor)
        assert open_pause(episode) == made
        assert open_episodes(episode.person, TODAY)[0].rests  # type: ignore[attr-defined, arg-type]  # the episode is of a person
        resume(episode=episode, on=date(2026, 11, 10), by=actor)
        made.refresh_from_db()
        assert made.ends_on == date(2026, 11, 9)
        assert kinds(episode) == ["enrolled", "paused", "resumed"]
        told = Evidence.objects.filter(source_kind="pause").order_by("happened_on").values_list("kind", "happened_on")
        assert list(told) == [("paused", NOVEMBER), ("resumed", date(2026, 11, 10))]
        assert resume(episode=episode, on=TODAY, by=actor) is None

    def test_the_clocks_stand_still_but_for_those_that_the_law_sets(self, actor: Actor, episode: Episode) -> None:
        """The assessment, due 60 days after 1 Sep, moves by the eight days of the pause; the yearly monitoring does not."""
        tasks = Task.objects.filter(episode=episode, state="open")
        pause(episode=episode, starts_on=date(2026, 10, 20), reason="In jail", by=actor)
        resume(episode=episode, on=date(2026, 10, 28), by=actor)
        assert tasks.get(requirement="first-assessment").due_on == date(2026, 10, 31) + timedelta(days=8)
        assert tasks.get(requirement="annual-monitoring").due_on == date(2027, 9, 1)

    def test_one_made_by_mistake_never_was(self, actor: Actor, episode: Episode) -> None:
        pause(episode=episode, starts_on=NOVEMBER, reason="The wrong client", by=actor)
        resume(episode=episode, on=NOVEMBER, by=actor)
        assert not Pause.objects.exists()
        assert not Evidence.objects.filter(source_kind="pause", voided=False).exists()
        assert kinds(episode, voided=True) == ["paused"]

    def test_the_same_form_twice_is_one(self, actor: Actor, episode: Episode) -> None:
        form_id = new_id()
        rows = {pause(episode=episode, starts_on=TODAY, reason="Away", by=actor, form_id=form_id) for _ in range(2)}
        assert len(rows) == 1
        other = enrolled(actor, date(2026, 9, 1))
        with pytest.raises(DomainError):
            pause(episode=other, starts_on=TODAY, reason="Away", by=actor, form_id=form_id)
        assert open_pause(other) is None

    @pytest.mark.parametrize(
        ("day", "reason"), [(TODAY + timedelta(days=1), "Away"), (date(2026, 8, 31), "Away"), (TODAY, " ")]
    )
    def test_days_that_cannot_be(self, actor: Actor, episode: Episode, day: date, reason: str) -> None:
        with pytest.raises(DomainError):
            pause(episode=episode, starts_on=day, reason=reason, by=actor)

    def test_not_twice_and_not_over_an_earlier_one(self, actor: Actor, episode: Episode) -> None:
        pause(episode=episode, starts_on=NOVEMBER, reason="Away", by=actor)
        with pytest.raises(DomainError):
            pause(episode=episode, starts_on=TODAY, reason="Away", by=actor)
        with pytest.raises(DomainError):
            resume(episode=episode, on=TODAY + timedelta(days=1), by=actor)
        resume(episode=episode, on=date(2026, 11, 10), by=actor)
        with pytest.raises(DomainError):
            pause(episode=episode, starts_on=date(2026, 11, 9), reason="Away", by=actor)
        assert pause(episode=episode, starts_on=date(2026, 11, 10), reason="Away again", by=actor)

    def test_not_when_discharged(self, actor: Actor, episode: Episode) -> None:
        discharge(episode=episode, discharged_on=TODAY, reason="moved", by=actor)
        with pytest.raises(DomainError):
            pause(episode=episode, starts_on=TODAY, reason="Away", by=actor)


class TestTransfer:
    def test_the_new_worker_has_everything_and_says_they_read_it(
        self, actor: Actor, episode: Episode, worker: Staff
    ) -> None:
        new, team = StaffFactory(), TeamFactory()
        (row,) = transfer(
            episode=episode, to_staff=new, on=TODAY, reason="Moves away", team=team, note="Fears dogs", by=actor
        )
        old = Assignment.objects.get(staff=worker)
        assert (old.ends_on, row.follows, row.team, row.hand_over_note) == (date(2026, 11, 18), old, team, "Fears dogs")
        assert queries.primary_of(episode, TODAY) == new
        assert {task.owner for task in Task.objects.filter(episode=episode, state="open")} == {new}
        assert kinds(episode) == ["enrolled", "assigned"]
        notice = Notice.objects.get(to=new)
        assert (notice.kind, notice.about_person, notice.source_id) == ("handed_over", episode.person_id, row.pk)
        with pytest.raises(DomainError):
            confirm_read(assignment=row, by=replace(actor, staff=worker.pk))
        first = confirm_read(assignment=row, by=replace(actor, staff=new.pk))
        later = replace(actor, staff=new.pk, at=actor.at + timedelta(hours=1))
        assert confirm_read(assignment=row, by=later).read_at == first.read_at == actor.at

    def test_again_moves_nothing(self, actor: Actor, episode: Episode) -> None:
        new = StaffFactory()
        assert transfer(episode=episode, to_staff=new, on=TODAY, reason="Leaves", by=actor)
        assert transfer(episode=episode, to_staff=new, on=TODAY, reason="Leaves", by=actor) == []

    def test_one_planned_for_later_takes_the_tasks_along_on_that_day(
        self, actor: Actor, episode: Episode, worker: Staff
    ) -> None:
        new, monday = StaffFactory(), date(2026, 11, 23)
        transfer(episode=episode, to_staff=new, on=monday, reason="Leaves", by=actor)
        owners = Task.objects.filter(episode=episode, state="open").values_list("owner", flat=True)
        assert set(owners) == {worker.pk}
        tasks_follow_workers.func(replace(actor, today=monday))
        assert set(owners.all()) == {new.pk}

    @pytest.mark.parametrize(("day", "reason"), [(date(2026, 8, 31), "Leaves"), (TODAY, "")])
    def test_what_cannot_be(self, actor: Actor, episode: Episode, day: date, reason: str) -> None:
        with pytest.raises(DomainError):
            transfer(episode=episode, to_staff=StaffFactory(), on=day, reason=reason, by=actor)
        discharge(episode=episode, discharged_on=TODAY, reason="moved", by=actor)
        episode.refresh_from_db()
        with pytest.raises(DomainError):
            transfer(episode=episode, to_staff=StaffFactory(), on=TODAY, reason="Leaves", by=actor)

    def test_handing_over_92_clients_takes_their_tasks_along(self, actor: Actor, worker: Staff) -> None:
        home, new = program(actor), StaffFactory()
        for _ in range(92):
            enrol(program=home, person=PersonFactory(), enrolled_on=date(2026, 10, 5), staff=worker, by=actor)
        made = hand_over(from_staff=worker, to_staff=new, on=TODAY, reason="Leaves us", by=actor)
        assert len(made) == 92
        assert not Task.objects.filter(state="open").exclude(owner=new).exists()
        assert Notice.objects.filter(to=new, kind="handed_over").count() == 1


class TestDischarge:
    def test_it_ends_with_the_day(self, actor: Actor, episode: Episode, worker: Staff) -> None:
        pause(episode=episode, starts_on=NOVEMBER, reason="Away", by=actor)
        last = date(2026, 11, 16)
        made = discharge(episode=episode, discharged_on=last, reason="moved", note="To Ohio", by=actor)
        assert (made.discharged_on, made.discharge_reason, made.version) == (last, "moved", 2)
        assert queries.primary_of(episode, last) == worker
        assert queries.primary_of(episode, TODAY) is None
        assert members_of(episode, TODAY) == []
        assert Pause.objects.get().ends_on == last
        left = Task.objects.filter(episode=episode, state="open").values_list("period_end", flat=True)
        assert sorted(left) == [date(2026, 9, 30), date(2026, 10, 31)]  # missed months, until somebody says why
        assert kinds(episode) == ["enrolled", "paused", "discharged"]
        assert discharge(episode=episode, discharged_on=TODAY, reason="refused", by=actor).discharged_on == last

    def test_a_worker_who_began_after_it_keeps_their_first_day(self, actor: Actor, episode: Episode) -> None:
        (row,) = transfer(episode=episode, to_staff=StaffFactory(), on=TODAY, reason="Leaves", by=actor)
        discharge(episode=episode, discharged_on=NOVEMBER, reason="moved", by=actor)
        row.refresh_from_db()
        assert row.ends_on == TODAY

    def test_by_mistake_it_is_taken_back_whole(self, actor: Actor, episode: Episode, worker: Staff) -> None:
        open_before = set(Task.objects.filter(state="open").values_list("requirement", "due_on", "owner"))
        discharge(episode=episode, discharged_on=TODAY, reason="moved", by=actor)
        made = undo_discharge(episode=episode, by=actor)
        assert made.discharged_on is None
        assert open_episodes(episode.person, TODAY) == [episode]  # type: ignore[arg-type]  # the episode is of a person
        assert queries.primary_of(episode, TODAY) == worker
        assert set(Task.objects.filter(state="open").values_list("requirement", "due_on", "owner")) == open_before
        assert kinds(episode, voided=True) == ["discharged"]
        assert undo_discharge(episode=episode, by=actor).version == made.version

    def test_a_pause_before_it_stays_over(self, actor: Actor, episode: Episode) -> None:
        pause(episode=episode, starts_on=NOVEMBER, reason="Away", by=actor)
        resume(episode=episode, on=TODAY, by=actor)
        discharge(episode=episode, discharged_on=date(2026, 11, 18), reason="moved", by=actor)
        undo_discharge(episode=episode, by=actor)
        assert open_pause(episode) is None

    def test_too_late_or_enrolled_again_it_stays(self, actor: Actor, episode: Episode) -> None:
        discharge(episode=episode, discharged_on=TODAY, reason="moved", by=actor)
        with pytest.raises(DomainError):
            undo_discharge(episode=episode, by=replace(actor, at=actor.at + timedelta(days=7, seconds=1)))
        enrolled(actor, TODAY, person=episode.person)
        with pytest.raises(DomainError):
            undo_discharge(episode=episode, by=actor)

    @pytest.mark.parametrize(
        ("day", "reason"), [(TODAY + timedelta(days=1), "moved"), (date(2026, 8, 31), "moved"), (TODAY, "")]
    )
    def test_what_cannot_be(self, actor: Actor, episode: Episode, day: date, reason: str) -> None:
        with pytest.raises(DomainError):
            discharge(episode=episode, discharged_on=day, reason=reason, by=actor)

    def test_not_over_what_somebody_else_just_did(self, actor: Actor, episode: Episode) -> None:
        with pytest.raises(DomainError):
            discharge(episode=episode, discharged_on=TODAY, reason="moved", by=actor, version_seen=7)
