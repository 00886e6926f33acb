"""What people do with tasks."""

import pytest

from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.actions.elsewhere import record_elsewhere, void_elsewhere
from goldthread.casework.tasks.actions.tasks import (
    cancel_of_source,
    cannot,
    complete,
    delegate,
    make_task,
    settle_source,
    snooze,
    take,
)
from goldthread.casework.tasks.models import Elsewhere, Evidence, Task
from goldthread.casework.tasks.queries.states import missed_without_reason, state_of
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import EventKind, State
from tests.casework.tasks.making import by_on, day, enrolled, happens, program, start, task, tasks, visit
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
TODAY = day("2026-11-19")
BY = by_on(TODAY)


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


def a_task(**more: object) -> Task:
    told = {"title": "Call the school", "owner": StaffFactory(), "due_on": day("2026-11-17"), "by": BY} | more
    return make_task(**told)  # type: ignore[arg-type]  # what each case says


def test_a_task_is_made_once_and_done_late() -> None:
    pk, client = new_id(), PersonFactory()
    made = a_task(form_id=pk, client=client)
    assert a_task(form_id=pk, client=client) == made
    done = complete(task=made, done_on=day("2026-11-18"), by=BY, note="spoke with her")
    assert (done.state, done.late, done.note) == ("done", True, "spoke with her")
    assert complete(task=made, done_on=TODAY, by=BY).done_on == day("2026-11-18")
    actions = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["tasks.made", "tasks.done"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"title": "  "}, "title"),
        ({"owner": None}, "owner"),
        ({"due_on": None, "repeat": {"every": "2 weeks"}}, "due_on"),
        ({"repeat": {"every": "soon"}}, "repeat"),
        ({"repeat": {"until": "2026-12-31"}}, "repeat"),
        ({"repeat": {"every": "3 hours"}}, "repeat"),
        ({"repeat": {"every": "2 weeks before"}}, "repeat"),
    ],
)
def test_a_task_needs_words_somebody_and_days(told: dict[str, object], field: str) -> None:
    with pytest.raises(DomainError) as caught:
        a_task(**told)
    assert caught.value.field == field


def test_what_cannot_be_completed() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    closed = a_task()
    cannot(task=closed, reason="weather", by=BY)
    for one in (task(episode, "plan"), a_task(source_kind="appointment", source_id=new_id()), closed):
        with pytest.raises(DomainError):
            complete(task=one, done_on=TODAY, by=BY)
    with pytest.raises(DomainError) as caught:
        complete(task=a_task(), done_on=day("2026-11-20"), by=BY)
    assert caught.value.field == "done_on"


def test_a_recurring_task_keeps_its_day() -> None:
    """Every month from 31 Oct: 30 Nov, then 31 Dec, until the end of the year."""
    first = a_task(due_on=day("2026-10-31"), repeat={"every": "1 month", "until": "2026-12-31"})
    complete(task=first, done_on=TODAY, by=BY)
    second = Task.objects.get(state="open")
    assert second.due_on == day("2026-11-30")
    complete(task=second, done_on=TODAY, by=BY)
    third = Task.objects.get(state="open")
    assert third.due_on == day("2026-12-31")
    cannot(task=third, reason="away", by=BY)
    assert not Task.objects.filter(state="open").exists()


@pytest.mark.parametrize(
    ("every", "following"), [("3 days", "2026-11-20"), ("1 week", "2026-11-24"), ("1 year", "2027-11-17")]
)
def test_a_recurring_task_by_units(every: str, following: str) -> None:
    complete(task=a_task(repeat={"every": every}), done_on=TODAY, by=BY)
    assert Task.objects.get(state="open").due_on == day(following)


def test_the_exception_that_the_rule_accepts() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    done = cannot(task=task(episode, "plan"), reason="refused", note="not now", by=BY)
    assert (done.state, done.reason, done.note) == ("excepted", "refused", "not now")
    found = Evidence.objects.get(kind="exception")
    assert found.details == {"requirement": "plan", "reason": "refused"}
    happens(episode, "plan_signed", TODAY, TODAY)
    assert task(episode, "plan", "done").late is False


def test_a_reason_that_the_rule_does_not_accept_leaves_it_as_late_as_it_is() -> None:
    episode = enrolled(program(), day("2026-10-02"))
    start(episode, TODAY)
    row = cannot(task=task(episode, "plan"), reason="staff_absent", note="ill", by=BY)
    assert (row.state, row.reason, state_of(row, TODAY)) == ("open", "staff_absent", State.OVERDUE)


def test_not_found_needs_three_logged_tries() -> None:
    """Tries since the clock of this turn began count: those of 3, 5 and 6 Nov, not that of 1 Nov before the enrollment."""
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    call = task(episode, "call")
    for on in ("2026-11-01", "2026-11-03", "2026-11-05"):
        happens(episode, "contact", day(on), TODAY, attempted=True)
    with pytest.raises(DomainError) as caught:
        cannot(task=call, reason="not_found", by=BY)
    assert "2" in str(caught.value.message)
    happens(episode, "contact", day("2026-11-06"), TODAY, attempted=True)
    assert cannot(task=call, reason="not_found", by=BY).state == "excepted"
    assert task(episode, "call").due_on == day("2026-11-30")
    visit_task = task(episode, "visit")
    assert cannot(task=visit_task, reason="not_found", by=BY).state == "open"


def test_a_missed_month_needs_a_reason_and_stays_missed() -> None:
    episode = enrolled(program(), day("2026-10-01"))
    start(episode, TODAY)
    october = tasks(episode, "visit")[0]
    assert Task.objects.filter(missed_without_reason(TODAY)).get() == october
    told = cannot(task=october, reason="hospital", by=BY)
    assert (told.state, told.reason) == ("missed", "hospital")
    assert not Task.objects.filter(missed_without_reason(TODAY)).exists()
    visit(episode, TODAY, TODAY)
    assert Task.objects.get(pk=october.pk).state == "missed"
    visit(episode, day("2026-10-20"), TODAY)
    assert Task.objects.get(pk=october.pk).state == "done"


def test_a_reason_of_its_own_days_excuses_a_month_that_is_over() -> None:
    episode = enrolled(program(), day("2026-10-01"))
    start(episode, TODAY)
    october = tasks(episode, "visit")[0]
    assert cannot(task=october, reason="hospital", on=day("2026-10-20"), by=BY).state == "excepted"
    other = enrolled(program(), day("2026-10-01"))
    start(other, TODAY)
    told = cannot(task=tasks(other, "visit")[0], reason="weather", on=day("2026-10-20"), by=BY)
    assert (told.state, told.reason) == ("missed", "weather")


def test_what_cannot_be_said_of_a_task() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    plan = task(episode, "plan")
    for told in ({"reason": "because"}, {"reason": "refused", "on": day("2026-11-20")}):
        with pytest.raises(DomainError):
            cannot(task=plan, by=BY, **told)  # type: ignore[arg-type]  # what each case says
    with pytest.raises(DomainError):
        cannot(task=a_task(source_kind="appointment", source_id=new_id()), reason="refused", by=BY)
    happens(episode, "plan_signed", TODAY, TODAY)
    with pytest.raises(DomainError):
        cannot(task=plan, reason="refused", by=BY)


def test_snoozing_only_inside_the_grace() -> None:
    """Due on 2 Dec with 5 days of grace: until 7 Dec, not longer."""
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    plan = task(episode, "plan")
    assert snooze(task=plan, until=day("2026-12-07"), by=BY).snoozed_until == day("2026-12-07")
    for until in ("2026-12-08", "2026-11-19"):
        with pytest.raises(DomainError):
            snooze(task=plan, until=day(until), by=BY)
    late = task(episode, "call")
    with pytest.raises(DomainError):
        snooze(task=late, until=day("2026-11-20"), by=BY)
    assert snooze(task=a_task(), until=day("2027-11-20"), by=BY).snoozed_until == day("2027-11-20")
    happens(episode, "plan_signed", TODAY, TODAY)
    assert task(episode, "plan", "done").snoozed_until is None
    with pytest.raises(DomainError):
        snooze(task=plan, until=day("2026-12-01"), by=BY)


def test_delegating_stays_visible_and_giving_back_ends_it() -> None:
    asker, helper = StaffFactory(), StaffFactory()
    made = a_task(owner=asker)
    given = delegate(task=made, to=helper, by=BY)
    assert (given.owner, given.asked_by) == (helper, asker)
    assert delegate(task=made, to=helper, by=BY).version == given.version
    back = delegate(task=made, to=asker, by=BY)
    assert (back.owner, back.asked_by) == (asker, None)
    with pytest.raises(DomainError):
        delegate(task=made, to=StaffFactory(ended_on=day("2026-11-01")), by=BY)


def test_a_task_of_the_team_is_taken_by_one() -> None:
    made = a_task(owner=None, team=TeamFactory())
    mine, other = StaffFactory(), StaffFactory()
    assert take(task=made, staff=mine, by=BY).owner == mine
    with pytest.raises(DomainError):
        take(task=made, staff=other, by=BY)


def test_what_comes_from_elsewhere_is_closed_there() -> None:
    source, other = new_id(), new_id()
    for pk in (source, other):
        a_task(source_kind="appointment", source_id=pk)
    assert settle_source("appointment", source, BY) == 1
    assert settle_source("appointment", source, BY) == 0
    assert cancel_of_source("appointment", other, BY) == 1
    states = {row.source_id: (row.state, row.late) for row in Task.objects.all()}
    assert states == {source: ("done", True), other: ("cancelled", False)}


def test_snoozed_tasks_that_are_not_asked_for_any_more_stay_to_be_read() -> None:
    episode = enrolled(program(), day("2026-11-02"))
    start(episode, TODAY)
    snooze(task=task(episode, "plan"), until=day("2026-12-01"), by=BY)
    episode.discharged_on = TODAY
    episode.save()
    happens(episode, "discharged", TODAY, TODAY)
    assert task(episode, "plan", "cancelled").closed_at == BY.at
    assert state_of(task(episode, "plan", "cancelled"), TODAY) is None
    happens(episode, "resumed", TODAY, TODAY)
    assert len(tasks(episode, "plan")) == 1


def test_done_elsewhere_is_evidence_and_a_line_of_the_timeline() -> None:
    episode = enrolled(program(labels=1), day("2026-11-02"))
    start(episode, TODAY)
    pk = new_id()
    told = {"kind": EventKind.PLAN_SIGNED, "episode": episode, "person": episode.person, "form_id": pk, "by": BY}
    row = record_elsewhere(done_on=day("2026-11-10"), who="Dr. Lee", where="binder 3", note="signed by all", **told)  # type: ignore[arg-type]  # what each case says
    assert record_elsewhere(done_on=day("2026-11-11"), **told) == row  # type: ignore[arg-type]  # what each case says
    assert task(episode, "plan", "done").done_on == day("2026-11-10")
    entry = Entry.objects.get(source_kind="elsewhere", source_id=pk)
    assert (entry.kind, entry.labels, entry.facts) == ("plan_signed", 1, {"who": "Dr. Lee", "where": "binder 3"})
    with pytest.raises(DomainError):
        void_elsewhere(row=row, reason=" ", by=BY)
    void_elsewhere(row=row, reason="of another client", by=BY)
    assert void_elsewhere(row=row, reason="again", by=BY).void_reason == "of another client"
    assert task(episode, "plan").state == "open"
    assert Elsewhere.objects.get().voided


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": EventKind.CONTACT}, "kind"),
        ({"done_on": day("2026-11-20")}, "done_on"),
        ({"kind": EventKind.ACUITY}, "level"),
        ({"kind": EventKind.INTERVAL, "details": {"requirement": "call"}}, "every"),
    ],
)
def test_what_is_not_recorded_as_done_elsewhere(told: dict[str, object], field: str) -> None:
    episode = enrolled(program(), day("2026-11-02"))
    base = {"kind": EventKind.HEARING, "episode": episode, "person": episode.person, "done_on": TODAY, "by": BY}
    with pytest.raises(DomainError) as caught:
        record_elsewhere(**(base | told))  # type: ignore[arg-type]  # what each case says
    assert caught.value.field == field
