"""Dana leaves the mental-health program: Ann calls her three times, and reaches her for that and nothing else. Then Dana comes back."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.http import Http404

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer, viewer_for
from goldthread.casework.aftercare import actions
from goldthread.casework.aftercare.actions.planning import change
from goldthread.casework.aftercare.enums import AfterState, Ended
from goldthread.casework.aftercare.models import Aftercare, AftercareContact
from goldthread.casework.caseload.actions import enrol
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.actions.afterwards import void
from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.contacts.models import Contact
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.actions import discharge, undo_discharge
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import Mode
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff, TeamMembership
from goldthread.people.persons.models import Person
from tests.casework.contacts.making import AT, TODAY, ZONE, actor_of, episode_of, note
from tests.factories import LONG_AGO, PersonFactory, StaffFactory, TeamFactory

DAY = timedelta(days=1)
DUE = [date(2026, 11, 27), date(2026, 12, 21), date(2027, 2, 17)]
"""A week after 19 November is Thanksgiving; 30 days after is a Saturday; 90 days after a Wednesday."""


def on(staff: Staff, day: date) -> Actor:
    return actor_of(staff, AT + (day - TODAY), day)


def seen_by(staff: Staff, day: date) -> Viewer:
    found = viewer_for(staff.user, AT + (day - TODAY), day, "test")
    assert found is not None
    return found


def reaches(staff: Staff, act: Act, client: Person, day: date) -> bool:
    """The gate's answer for one client, for a list, and as it opens the record: all three the same."""
    viewer = seen_by(staff, day)
    listed = gate.clients(viewer, act).filter(pk=client.pk).exists()
    assert gate.may_on(viewer, act, Person.objects.get(pk=client.pk)) == listed
    try:
        gate.open_client(viewer, act, client.pk)
    except Http404:
        assert not listed
    else:
        assert listed
    return listed


class Left:
    """Dana has left today: with Ann, her worker, and Ruth, who supervises Ann's team."""

    def __init__(self, key: str = "mental-health-tcm", reason: str = "goals-reached") -> None:
        self.team: Team = TeamFactory()
        self.ann: Staff = StaffFactory(team=self.team)
        self.ben: Staff = StaffFactory(team=self.team)
        self.ruth: Staff = StaffFactory(role=Role.SUPERVISOR)
        TeamMembership.objects.create(staff=self.ruth, team=self.team, supervises=True, starts_on=LONG_AGO)
        self.dana: Person = PersonFactory()
        self.episode: Episode = episode_of(self.dana, self.ann, key)
        self.episode = discharge(episode=self.episode, discharged_on=TODAY, reason=reason, by=actor_of(self.ruth))

    @property
    def lines(self) -> list[AftercareContact]:
        return list(AftercareContact.objects.order_by("due_on", "pk"))

    def call(self, day: date, staff: Staff | None = None, **more: object) -> Contact:
        said = note(self.dana, self.episode, day=day, mode=Mode.PHONE, place=None, aftercare=True)
        by = on(staff or self.ann, day)
        return sign(pk=new_id(), note=replace(said, **more), zone=ZONE, by=by)  # type: ignore[arg-type]  # fields by name


def open_tasks(staff: Staff) -> list[tuple[str, date | None]]:
    rows = Task.objects.filter(owner=staff, state=TaskState.OPEN, source_kind="aftercare").order_by("due_on")
    return list(rows.values_list("title", "due_on"))


def test_a_discharge_plans_what_the_program_says_as_tasks_of_the_worker(db: None) -> None:
    left = Left()
    titles = ["Aftercare: How is it going?", "Aftercare: Are services holding?", "Aftercare: Last call"]
    assert open_tasks(left.ann) == list(zip(titles, DUE, strict=True))
    assert Entry.objects.filter(person=left.dana, kind="aftercare").count() == 1
    discharge(episode=left.episode, discharged_on=TODAY, reason="goals-reached", by=actor_of(left.ruth))
    assert len(open_tasks(left.ann)) == 3, "said twice, planned once"


def test_the_worker_reaches_the_client_for_aftercare_alone_and_only_until_it_ends(db: None) -> None:
    left = Left()
    later = TODAY + 8 * DAY
    may = {Act.FIND, Act.READ, Act.READ_EPISODE, Act.READ_RECORD, Act.WRITE_CONTACT, Act.MAKE_REPORT}
    may_not = {Act.EDIT, Act.WRITE_FACT, Act.WRITE_PLAN, Act.WRITE_SCHEDULE, Act.EXPORT, Act.READ_DOCUMENT}
    for staff in (left.ann, left.ruth):
        assert {act for act in may | may_not if reaches(staff, act, left.dana, later)} == may
    assert not reaches(left.ben, Act.FIND, left.dana, later), "aftercare is one worker's, not the team's"
    assert reaches(left.ruth, Act.ENROL, left.dana, later), "the supervisor takes back who returns"
    for day in DUE:
        left.call(day)
    assert Aftercare.objects.get().how_ended == Ended.DONE
    last = DUE[-1]
    assert reaches(left.ann, Act.READ_RECORD, left.dana, last + 7 * DAY), "to put right what was written"
    assert not reaches(left.ann, Act.READ_RECORD, left.dana, last + 8 * DAY)
    assert not reaches(left.ruth, Act.FIND, left.dana, last + 8 * DAY)


def test_labels_of_the_program_are_cleared_for_its_own_episode_only(db: None) -> None:
    left = Left("substance-use")
    other = episode_of(left.dana, StaffFactory(), "hiv-aids")
    viewer = seen_by(left.ann, TODAY + 2 * DAY)
    client = gate.open_client(viewer, Act.READ_RECORD, left.dana.pk)
    sight = gate.sight(viewer, client)
    assert sight.sees_episode(left.episode.pk, left.episode.labels)
    assert not sight.sees_episode(other.pk, other.labels)
    rows = Entry.objects.filter(gate.content_in(viewer, client="person"), person=left.dana)
    assert set(rows.values_list("episode", flat=True)) == {left.episode.pk}


def test_a_signed_note_makes_the_contact_a_try_does_not_and_voiding_takes_it_back(db: None) -> None:
    left = Left()
    left.call(DUE[0] - 2 * DAY, attempted=True, narrative="")
    assert (left.lines[0].state, left.lines[0].tries) == (AfterState.PLANNED, 1)
    signed = left.call(DUE[0] - DAY)
    first = left.lines[0]
    assert (first.state, first.made_on, first.contact) == (AfterState.MADE, DUE[0] - DAY, signed.pk)
    assert [day for _title, day in open_tasks(left.ann)] == DUE[1:]
    left.call(DUE[0] + DAY)
    assert [one.state for one in left.lines][1] == AfterState.PLANNED, "a day later is not the call of a month later"
    void(contact=signed, reason="Wrong client", by=on(left.ann, DUE[0] + DAY))
    assert [day for _title, day in open_tasks(left.ann)] == DUE


def test_what_is_not_made_is_closed_by_a_person_with_a_reason(db: None) -> None:
    left = Left()
    by = on(left.ann, TODAY + 3 * DAY)
    for reason in ("", "   "):
        with pytest.raises(DomainError):
            actions.close(contact=left.lines[0], reason=reason, by=by)
    for line in left.lines:
        actions.close(contact=line, reason="Dana asked not to be called", by=by)
        actions.close(contact=line, reason="Again", by=by)
    assert {one.reason for one in left.lines} == {"Dana asked not to be called"}
    assert open_tasks(left.ann) == []
    assert Aftercare.objects.get().how_ended == Ended.DONE


def test_somebody_else_takes_a_contact_over_and_reaches_the_client_for_it(db: None) -> None:
    left = Left()
    by = on(left.ruth, TODAY + DAY)
    for line in left.lines:
        change(contact=line, due_on=line.due_on + DAY, staff=left.ben, by=by, version_seen=line.version)
    with pytest.raises(DomainError, match="Somebody else has just changed"):
        change(contact=left.lines[0], due_on=DUE[0], staff=left.ann, by=by, version_seen=1)
    assert (len(open_tasks(left.ann)), len(open_tasks(left.ben))) == (0, 3)
    assert reaches(left.ben, Act.WRITE_CONTACT, left.dana, TODAY + 20 * DAY)
    assert not reaches(left.ann, Act.READ, left.dana, TODAY + 20 * DAY)


def test_one_can_be_added_and_a_day_that_cannot_be_is_refused(db: None) -> None:
    left = Left(reason="refused")
    assert not AftercareContact.objects.exists(), "they did not want it"
    by = actor_of(left.ruth)
    said = {
        "episode": left.episode,
        "title": "See whether they changed their mind",
        "mode": "letter",
        "staff": left.ben,
    }
    for day in (TODAY - DAY, TODAY + 800 * DAY):
        with pytest.raises(DomainError):
            actions.add(due_on=day, by=by, **said)  # type: ignore[arg-type]  # fields by name
    key: UUID = new_id()
    for _twice in range(2):
        actions.add(due_on=TODAY + 30 * DAY, by=by, form_id=key, **said)  # type: ignore[arg-type]  # fields by name
    assert len(open_tasks(left.ben)) == 1


def test_a_discharge_taken_back_leaves_nothing_to_be_asked(db: None) -> None:
    left = Left()
    undo_discharge(episode=left.episode, by=on(left.ruth, TODAY + DAY))
    assert open_tasks(left.ann) == []
    assert Aftercare.objects.get().how_ended == Ended.UNDONE
    assert reaches(left.ann, Act.EDIT, left.dana, TODAY + DAY), "she serves her again"


def test_taken_back_before_it_began_aftercare_reaches_nobody(db: None) -> None:
    left = Left()
    line = left.lines[0]
    change(contact=line, due_on=DUE[0], staff=left.ben, by=on(left.ruth, TODAY), version_seen=line.version)
    assert reaches(left.ben, Act.READ_RECORD, left.dana, TODAY + DAY), "the day after the last one"
    undo_discharge(episode=left.episode, by=on(left.ruth, TODAY))
    assert not reaches(left.ben, Act.READ_RECORD, left.dana, TODAY + DAY)
    assert [row.kind for row in Assignment.objects.filter(episode=left.episode)] == ["primary"]


def back(left: Left, day: date) -> Episode:
    episode = enrol(
        program=left.episode.program, person=left.dana, enrolled_on=day, staff=left.ann, by=on(left.ann, day)
    )
    actions.come_back(episode=episode, by=on(left.ann, day))
    actions.come_back(episode=episode, by=on(left.ann, day))
    episode.refresh_from_db()
    return episode


def test_within_the_window_the_story_goes_on(db: None) -> None:
    left = Left()
    episode = back(left, DUE[-1])  # day 90
    assert episode.continues_id == left.episode.pk
    assert Aftercare.objects.get().how_ended == Ended.BACK
    assert open_tasks(left.ann) == []
    assert Entry.objects.filter(person=left.dana, title="Came back").count() == 1
    with pytest.raises(DomainError, match="has come back"):
        actions.add(
            episode=left.episode, title="Call", mode="phone", due_on=DUE[-1], staff=left.ann, by=on(left.ann, DUE[-1])
        )


def test_after_the_window_it_is_a_new_enrollment(db: None) -> None:
    left = Left()
    episode = back(left, DUE[-1] + DAY)
    assert episode.continues_id is None
    assert Aftercare.objects.get().how_ended == Ended.BACK, "nobody asks how it goes where they are served again"


def test_of_a_family_everybody_is_reached_and_asked_once(db: None) -> None:
    from tests.casework.contacts.making import family_of

    ann = StaffFactory(team=TeamFactory())
    episode, children = family_of(ann, 2)
    discharge(episode=episode, discharged_on=TODAY, reason="safe", by=actor_of(ann))
    assert [title for title, _day in open_tasks(ann)] == [
        "Aftercare: Visit at home",
        "Aftercare: How is it going?",
        "Aftercare: Six months",
    ]
    assert all(reaches(ann, Act.WRITE_CONTACT, child, TODAY + DAY) for child in children)
