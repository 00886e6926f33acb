"""Whose client somebody was, from the old list: one row for each worker, or several rows of one enrollment."""

from datetime import date
from typing import Any

import pytest

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Brought
from goldthread.casework.imports.tasks import step
from goldthread.casework.tasks.models import Reckoning
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.people import viewer
from tests.casework.imports.actions.test_happenings import brought, checked, told, undone
from tests.casework.imports.actions.test_whole_way import BY, known
from tests.factories import AgencyFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
HEAD = "Client number,Program,Start date,End date,Worker,Assigned from,Assigned to,Remark\n"


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


def left(name: str) -> Staff:
    """A colleague who does not work here any more."""
    staff = StaffFactory(name=name)
    staff.user.is_active = False
    staff.user.save()
    return staff


def days_of(staff: Staff) -> tuple[date, date | None]:
    return Assignment.objects.values_list("starts_on", "ends_on").get(staff=staff)


def test_several_rows_of_one_enrollment_are_its_workers(care: Any) -> None:
    """Otis left the agency, Kim handed over on one day, Renee is the worker today: three workers, one enrollment."""
    ana, team = known(), TeamFactory()
    number = ana.client_number
    otis, kim, renee = (
        left("Otis Grant"),
        StaffFactory(name="Kim Lund", team=team),
        StaffFactory(name="Renee Baptiste", team=team),
    )
    run = brought(
        HEAD
        + f"{number},Care,1/15/2020,,Otis Grant,1/15/2020,6/30/2021,his\n"
        + f"{number},Care,1/15/2020,,{kim.user.email},7/1/2021,3/1/2023,hers\n"
        + f'{number},Care,1/15/2020,,"Baptiste, Renee",3/1/2023,,\n',
        "episodes",
    )
    assert (run.state, run.brought) == (State.BROUGHT, 1)
    episode = Episode.objects.get()
    assert (episode.enrolled_on, episode.discharged_on) == (date(2020, 1, 15), None)
    assert days_of(otis) == (date(2020, 1, 15), date(2021, 6, 30))
    assert days_of(kim) == (date(2021, 7, 1), date(2023, 3, 1))
    assert days_of(renee) == (date(2023, 3, 1), None)
    assert set(Assignment.objects.values_list("client", "episode", "kind")) == {(ana.pk, episode.pk, "primary")}
    assert Assignment.objects.get(staff=renee).team == team
    assert Reckoning.objects.get(episode=episode).owner == renee
    assert dict(Brought.objects.values_list("row", "kept__Remark")) == {2: "his", 3: "hers", 4: None}
    assert undone(run).kept == []
    assert not Assignment.objects.exists()
    assert not Brought.objects.exists()


def test_who_was_the_worker_reaches_nothing_today(care: Any) -> None:
    ana, team = known(), TeamFactory()
    kim = StaffFactory(name="Kim Lund", team=team)
    brought(HEAD + f"{ana.client_number},Care,1/15/2020,,Kim Lund,1/15/2020,6/30/2021,\n", "episodes")
    assert Assignment.objects.get(staff=kim).team is None
    assert not gate.may_on(viewer(kim, BY.today), Act.READ_RECORD, Person.objects.get(pk=ana.pk))
    Assignment.objects.filter(staff=kim).update(ends_on=None)
    assert gate.may_on(viewer(kim, BY.today), Act.READ_RECORD, Person.objects.get(pk=ana.pk))


def test_the_worker_of_an_enrollment_that_has_ended_was_it_to_the_end(care: Any) -> None:
    ana, otis = known(), left("Otis Grant")
    brought(HEAD + f"{ana.client_number},Care,1/15/2020,6/30/2021,Otis Grant,,,\n", "episodes")
    assert days_of(otis) == (date(2020, 1, 15), date(2021, 6, 30))


def test_what_cannot_be_of_a_worker_is_told_by_row_column_and_reason(care: Any) -> None:
    number = known().client_number
    left("Otis Grant")
    for name in ("Renee Baptiste", "Kim Lund", "Sam Poe", "Sam Poe"):
        StaffFactory(name=name)
    start = f"{number},Care,1/15/2020,6/30/2022"
    run = checked(
        HEAD
        + f"{start},Renee Baptiste,1/15/2020,6/30/2021,\n"
        + f"{start},Kim Lund,6/1/2021,,\n"
        + f"{start},Kim Lund,1/1/2020,,\n"
        + f"{start},Kim Lund,7/1/2021,7/1/2022,\n"
        + f"{start},Kim Lund,7/1/2021,6/1/2021,\n"
        + f"{start},,7/1/2021,,\n"
        + f"{start},Zed Zed,7/1/2021,,\n"
        + f"{start},Sam Poe,7/1/2021,,\n"
        + f"{start},Kim Lund,1/1/2090,,\n"
        + f"{start},Renee Baptiste,1/15/2020,6/30/2021,\n"
        + f"{number},Care,1/15/2020,,Kim Lund,7/1/2021,,\n"
        + f"{number},Care,1/15/2024,,Otis Grant,1/15/2024,,\n",
        "episodes",
    )
    reasons = [
        ["Assigned from", "Row 2 has a worker on some of these days. Say from when to when each was assigned."],
        ["Assigned from", "This is before the first day of the enrollment."],
        ["Assigned to", "This is after the last day of the enrollment."],
        ["Assigned to", "The last day is before the first day."],
        ["Assigned from", "No worker stands beside these days."],
        [
            "Worker",
            "Nobody called Zed Zed works here. Invite them first, or keep this column as additional information.",
        ],
        ["Worker", "Two colleagues are called Sam Poe: write the email address."],
        ["Assigned from", "This day is in the future."],
        ["Start date", "Row 2 has the same client in this program on some of these days."],
        ["Start date", "Row 2 has the same client in this program on some of these days."],
        ["Worker", "Otis Grant does not work here any more: write until when they were the worker."],
    ]
    assert told(run) == reasons


def test_rows_that_stay_out_do_not_take_the_other_workers_along(care: Any) -> None:
    """The first row is refused and left out: the enrollment comes in with the second."""
    number, kim = known().client_number, StaffFactory(name="Kim Lund")
    run = checked(
        HEAD + f"{number},Care,1/15/2020,,Zed Zed,1/15/2020,6/30/2021,\n{number},Care,1/15/2020,,Kim Lund,7/1/2021,,\n",
        "episodes",
    )
    run.without_refused = True
    run.save()
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert step(run.pk, BY).brought == 1
    assert days_of(kim) == (date(2021, 7, 1), None)


def test_the_page_counts_enrollments_and_not_rows(care: Any) -> None:
    number = known().client_number
    for name in ("Renee Baptiste", "Kim Lund"):
        StaffFactory(name=name)
    run = checked(
        HEAD
        + f"{number},Care,1/15/2020,,Kim Lund,1/15/2020,6/30/2021,\n{number},Care,1/15/2020,,Renee Baptiste,7/1/2021,,\n",
        "episodes",
    )
    assert (run.rows, run.shown["more"]) == (2, 1)
