"""Assigning, ending, covering, handing over; one open primary worker whatever happens at once."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from goldthread.casework.caseload import queries
from goldthread.casework.caseload.actions import assign, end, hand_over, reopen
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.casework.caseload.programs import within_the_agency
from tests.factories import AssignmentFactory, PersonFactory, StaffFactory, TeamFactory

TODAY = date(2026, 11, 19)
YESTERDAY = TODAY - timedelta(days=1)
PRIMARY, SECONDARY, COVER = AssignmentKind.PRIMARY, AssignmentKind.SECONDARY, AssignmentKind.COVER


def give(client: Person, staff: Staff, by: Actor, kind: AssignmentKind = PRIMARY, **more: object) -> Assignment:
    said = {"team": None, "starts_on": TODAY} | more
    return assign(client=client, staff=staff, kind=kind, by=by, **said)  # type: ignore[arg-type]  # what each case says


def primaries(client: Person, today: date = TODAY) -> list[Staff]:
    return [one.staff for one in queries.current(client, today) if one.kind == PRIMARY]


@pytest.mark.django_db
class TestAssign:
    def test_a_client_gets_a_worker_and_it_is_recorded(self, actor: Actor) -> None:
        team, worker, client = TeamFactory(), StaffFactory(), PersonFactory()
        by = replace(actor, staff=new_id())
        row = give(client, worker, by, team=team, reason="Speaks Karen")
        assert (row.given_by, row.given_at, row.team, row.reason) == (by.staff, by.at, team, "Speaks Karen")
        assert queries.current(client, TODAY) == [row]
        assert queries.current(client, YESTERDAY) == []
        event = Event.objects.get()
        assert (event.action, event.client, event.actor) == ("caseload.assigned", client.pk, by.staff)
        assert event.details == {"staff": str(worker.pk), "kind": "primary", "starts_on": "2026-11-19", "ends_on": None}

    def test_a_new_primary_worker_ends_the_one_before_the_day_before(self, actor: Actor) -> None:
        old = AssignmentFactory(starts_on=date(2026, 1, 1))
        give(old.client, worker := StaffFactory(), actor)
        old.refresh_from_db()
        assert (old.ends_on, old.ended_at) == (YESTERDAY, actor.at)
        assert primaries(old.client) == [worker]

    def test_put_right_on_its_first_day_it_ends_with_that_day_and_says_why(self, actor: Actor) -> None:
        old = AssignmentFactory(starts_on=TODAY)
        give(old.client, worker := StaffFactory(), actor)
        old.refresh_from_db()
        assert (old.ends_on, old.reason) == (TODAY, "Given to somebody else on its first day.")
        assert primaries(old.client, YESTERDAY) == []
        assert primaries(old.client, TODAY + timedelta(days=1)) == [worker]

    def test_both_work_on_the_first_day_when_that_is_asked_for(self, actor: Actor) -> None:
        old = AssignmentFactory(starts_on=date(2026, 1, 1), reason="Speaks Karen")
        give(old.client, worker := StaffFactory(), actor, both=True)
        old.refresh_from_db()
        assert (old.ends_on, old.reason) == (TODAY, "Speaks Karen")
        assert set(primaries(old.client)) == {old.staff, worker}
        assert primaries(old.client, TODAY + timedelta(days=1)) == [worker]
        assert primaries(old.client, YESTERDAY) == [old.staff]

    def test_a_primary_with_a_last_day_gives_way_too(self, actor: Actor) -> None:
        old = AssignmentFactory(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
        give(old.client, worker := StaffFactory(), actor)
        assert primaries(old.client) == [worker]

    def test_one_who_starts_later_is_not_pushed_away(self, actor: Actor) -> None:
        row = AssignmentFactory(starts_on=TODAY + timedelta(days=7))
        with pytest.raises(DomainError) as wrong:
            give(row.client, StaffFactory(), actor)
        assert wrong.value.field == "starts_on"

    def test_the_same_again_changes_nothing(self, actor: Actor) -> None:
        client, worker = PersonFactory(), StaffFactory()
        first = give(client, worker, actor)
        assert give(client, worker, actor) == first
        assert Event.objects.count() == 1

    def test_the_same_form_again_changes_nothing(self, actor: Actor) -> None:
        client, worker, form_id = PersonFactory(), StaffFactory(), new_id()
        until = TODAY + timedelta(days=7)
        first = give(client, worker, actor, COVER, form_id=form_id, ends_on=until)
        assert give(client, worker, actor, COVER, form_id=form_id, ends_on=until) == first
        assert Event.objects.count() == 1

    def test_cover_and_second_workers_stand_beside_the_primary(self, actor: Actor) -> None:
        client = PersonFactory()
        second = give(client, StaffFactory(), actor, SECONDARY)
        cover = give(client, StaffFactory(), actor, COVER, ends_on=TODAY + timedelta(days=7))
        primary = give(client, StaffFactory(), actor)
        assert queries.current(client, TODAY) == [primary, cover, second]
        assert list(queries.history(client)) == [primary, cover, second]
        assert queries.current(client, TODAY + timedelta(days=8)) == [primary, second]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"client": {"client_number": None}}, "client"),
            ({"client": {"deceased": True}}, "client"),
            ({"staff": {"started_on": TODAY + timedelta(days=1)}}, "staff"),
            ({"staff": {"ended_on": YESTERDAY}}, "staff"),
            ({"kind": COVER}, "ends_on"),
            ({"ends_on": YESTERDAY}, "ends_on"),
        ],
    )
    def test_what_cannot_be(self, actor: Actor, change: dict[str, object], field: str) -> None:
        client = PersonFactory(**change.pop("client", {}))
        worker = StaffFactory(**change.pop("staff", {}))
        with pytest.raises(DomainError) as wrong:
            give(client, worker, actor, **change)  # type: ignore[arg-type]  # what each case says
        assert wrong.value.field == field
        assert not Event.objects.exists()

    def test_a_worker_may_start_on_their_last_day(self, actor: Actor) -> None:
        give(PersonFactory(), StaffFactory(ended_on=TODAY), actor)

    def test_what_the_database_refuses_is_said_in_words(self, actor: Actor) -> None:
        """A form id that belongs to somebody else's assignment."""
        other = AssignmentFactory()
        with pytest.raises(DomainError) as wrong:
            give(PersonFactory(), StaffFactory(), actor, form_id=other.pk)
        assert wrong.value.field == "staff"

    def test_two_open_primaries_are_refused_by_the_database(self) -> None:
        row = AssignmentFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            AssignmentFactory(client=row.client)


@pytest.mark.django_db
class TestEnd:
    def test_it_ends_with_its_last_day(self, actor: Actor) -> None:
        row = AssignmentFactory()
        end(assignment=row, ends_on=TODAY, by=actor, reason="Moved away")
        row.refresh_from_db()
        assert (row.ends_on, row.ended_at, row.reason) == (TODAY, actor.at, "Moved away")
        assert queries.current(row.client, TODAY) == [row]
        assert queries.current(row.client, TODAY + timedelta(days=1)) == []

    def test_again_changes_nothing(self, actor: Actor) -> None:
        row = AssignmentFactory()
        end(assignment=row, ends_on=TODAY, by=actor, reason="Moved away")
        end(assignment=row, ends_on=TODAY, by=actor, reason="Moved away")
        assert Event.objects.filter(action="caseload.ended").count() == 1

    @pytest.mark.parametrize(
        ("ends_on", "reason", "field"), [(TODAY, " ", "reason"), (date(2020, 1, 5), "x", "ends_on")]
    )
    def test_what_cannot_be(self, actor: Actor, ends_on: date, reason: str, field: str) -> None:
        with pytest.raises(DomainError) as wrong:
            end(assignment=AssignmentFactory(), ends_on=ends_on, by=actor, reason=reason)
        assert wrong.value.field == field


@pytest.mark.django_db
class TestReopen:
    def undo(self, row: Assignment, by: Actor, **more: object) -> Assignment:
        said = {"ended_at": by.at, "ends_on": None, "reason": "Speaks Karen"} | more
        return reopen(assignment=row, by=by, **said)  # type: ignore[arg-type]  # what each case says

    def test_the_ending_is_undone_and_recorded(self, actor: Actor) -> None:
        row = AssignmentFactory(reason="Speaks Karen")
        end(assignment=row, ends_on=YESTERDAY, by=actor, reason="Moves away")
        back = self.undo(row, actor)
        back.refresh_from_db()
        assert (back.ends_on, back.reason, back.ended_by, back.ended_at) == (None, "Speaks Karen", None, None)
        assert Event.objects.get(action="caseload.reopened").client == row.client_id

    def test_cover_has_its_last_day_again(self, actor: Actor) -> None:
        last = TODAY + timedelta(days=9)
        row = AssignmentFactory(kind=COVER, ends_on=last)
        end(assignment=row, ends_on=TODAY, by=actor, reason="Back early")
        assert self.undo(row, actor, ends_on=last).ends_on == last

    def test_not_when_it_was_ended_otherwise_since(self, actor: Actor) -> None:
        row = AssignmentFactory()
        end(assignment=row, ends_on=TODAY, by=actor, reason="Moves away")
        later = replace(actor, at=actor.at + timedelta(minutes=5))
        end(assignment=row, ends_on=YESTERDAY, by=later, reason="Moved already")
        with pytest.raises(DomainError, match="changed since"):
            self.undo(row, actor)

    def test_not_when_somebody_else_has_the_client_meanwhile(self, actor: Actor) -> None:
        row = AssignmentFactory()
        end(assignment=row, ends_on=YESTERDAY, by=actor, reason="Moves away")
        other = give(row.client, StaffFactory(), actor)
        with pytest.raises(DomainError, match="Somebody else"):
            self.undo(row, actor)
        end(assignment=other, ends_on=TODAY, by=actor, reason="Only for a day")
        with pytest.raises(DomainError, match="Somebody else"):
            self.undo(row, actor)


@pytest.mark.django_db
class TestHandOver:
    def over(self, old: Staff, new: Staff, by: Actor, **more: object) -> list[Assignment]:
        said = {"on": TODAY, "reason": "Leaves us"} | more
        return hand_over(from_staff=old, to_staff=new, by=by, **said)  # type: ignore[arg-type]  # what each case says

    def test_everything_goes_on_the_day_and_cover_does_not(self, actor: Actor) -> None:
        old, new, team = StaffFactory(), StaffFactory(), TeamFactory()
        primary = AssignmentFactory(staff=old, team=team)
        second = AssignmentFactory(staff=old, kind=SECONDARY)
        AssignmentFactory(staff=old, kind=COVER, ends_on=TODAY)
        AssignmentFactory(staff=old, ends_on=YESTERDAY)
        moved = self.over(old, new, actor)
        assert {(row.client, row.kind, row.team, row.starts_on) for row in moved} == {
            (primary.client, PRIMARY, team, TODAY),
            (second.client, SECONDARY, None, TODAY),
        }
        assert queries.counts([old.pk, new.pk], TODAY) == {
            old.pk: {"primary": 0, "secondary": 0, "cover": 1},
            new.pk: {"primary": 1, "secondary": 1, "cover": 0},
        }
        assert queries.counts([old.pk], YESTERDAY)[old.pk]["primary"] == 2

    def test_both_work_on_the_day_when_that_is_asked_for(self, actor: Actor) -> None:
        old, new = StaffFactory(), StaffFactory()
        row = AssignmentFactory(staff=old)
        assert len(self.over(old, new, actor, both=True)) == 1
        assert self.over(old, new, actor, both=True) == []
        row.refresh_from_db()
        assert row.ends_on == TODAY
        assert set(primaries(row.client)) == {old, new}
        assert primaries(row.client, TODAY + timedelta(days=1)) == [new]

    def test_again_moves_nothing(self, actor: Actor) -> None:
        old, new = StaffFactory(), StaffFactory()
        AssignmentFactory(staff=old)
        AssignmentFactory(staff=old, starts_on=TODAY)
        assert len(self.over(old, new, actor)) == 2
        told = Event.objects.count()
        assert self.over(old, new, actor) == []
        assert Event.objects.count() == told
        assert queries.caseload_of(new, TODAY).count() == 2

    def test_only_the_chosen_to_a_chosen_team(self, actor: Actor) -> None:
        old, new, team = StaffFactory(), StaffFactory(), TeamFactory()
        chosen, other = AssignmentFactory(staff=old), AssignmentFactory(staff=old)
        moved = self.over(old, new, actor, clients=[chosen.client_id], team=team)
        assert [(row.client, row.team) for row in moved] == [(chosen.client, team)]
        assert primaries(other.client) == [old]

    def test_what_starts_later_or_ends_keeps_its_dates(self, actor: Actor) -> None:
        old, new = StaffFactory(), StaffFactory()
        later, until = TODAY + timedelta(days=5), TODAY + timedelta(days=9)
        AssignmentFactory(staff=old, starts_on=later, ends_on=until)
        (moved,) = self.over(old, new, actor)
        assert (moved.starts_on, moved.ends_on) == (later, until)

    def test_who_is_a_second_worker_already_is_not_one_twice(self, actor: Actor) -> None:
        old, new = StaffFactory(), StaffFactory()
        row = AssignmentFactory(staff=old, kind=SECONDARY)
        AssignmentFactory(staff=new, kind=SECONDARY, client=row.client)
        assert self.over(old, new, actor) == []
        assert [one.staff for one in queries.current(row.client, TODAY)] == [new]

    @pytest.mark.parametrize("case", ["same worker", "no reason", "left"])
    def test_what_cannot_be(self, actor: Actor, case: str) -> None:
        old = StaffFactory()
        new = old if case == "same worker" else StaffFactory(ended_on=YESTERDAY if case == "left" else None)
        with pytest.raises(DomainError):
            self.over(old, new, actor, reason="" if case == "no reason" else "Leaves us")

    def test_all_or_nothing(self, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        from goldthread.casework.caseload.actions import common

        old, new = StaffFactory(), StaffFactory()
        AssignmentFactory.create_batch(3, staff=old)
        plain, calls = common.record, []

        def fail_at_last(**said: object) -> Event:
            calls.append(said)
            if len(calls) == 6:
                raise RuntimeError
            return plain(**said)  # type: ignore[arg-type]  # what each case says

        monkeypatch.setattr(common, "record", fail_at_last)
        with pytest.raises(RuntimeError):
            self.over(old, new, actor)
        assert queries.caseload_of(old, TODAY).count() == 3
        assert not Event.objects.exists()


@pytest.mark.django_db
def test_the_caseload_is_by_name_and_takes_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]  # the fixture has no type to name
    worker = StaffFactory()
    for family in ("Young", "Abbott", "Moreno"):
        AssignmentFactory(staff=worker, client__family=family)
    with django_assert_num_queries(1):
        names = [row.client.display_name for row in queries.caseload_of(worker, TODAY)]
    assert names == ["Dana Abbott", "Dana Moreno", "Dana Young"]
    assert not queries.caseload_of(worker, TODAY, [COVER]).exists()


@pytest.mark.django_db(transaction=True)
def test_one_primary_worker_when_two_assign_at_once(actor: Actor) -> None:
    client, workers = PersonFactory(), [StaffFactory(), StaffFactory()]
    start = threading.Barrier(2)
    said: list[str] = []

    def run(worker: Staff) -> None:
        within_the_agency()
        start.wait()
        try:
            give(client, worker, actor)
            said.append("assigned")
        except DomainError:
            said.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[worker]) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(said) == 2
    assert Assignment.objects.filter(client=client, kind=PRIMARY, ends_on__isnull=True).count() == 1
    assert len(primaries(client, TODAY + timedelta(days=1))) == 1
