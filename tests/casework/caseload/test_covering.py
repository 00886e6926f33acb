"""Cover: all clients of who is away, for the days and not one longer."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from goldthread.casework.caseload import queries
from goldthread.casework.caseload.actions import assign, cover, end, end_cover, hand_over
from goldthread.casework.caseload.models import Assignment, AssignmentKind, Cover
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff
from tests.casework.caseload.programs import RECOVERY, enrolled
from tests.factories import AssignmentFactory, PersonFactory, StaffFactory, TeamFactory

THURSDAY = date(2026, 11, 19)
SATURDAY = date(2026, 11, 21)
pytestmark = pytest.mark.django_db


@pytest.fixture
def away() -> Staff:
    return StaffFactory()


@pytest.fixture
def colleague() -> Staff:
    return StaffFactory()


def clients(colleague: Staff, day: date) -> set[Any]:
    return {row.client for row in queries.caseload_of(colleague, day, [AssignmentKind.COVER])}


def arranged(away: Staff, colleague: Staff, by: Actor, **more: Any) -> Cover:
    said = {"starts_on": THURSDAY, "ends_on": SATURDAY} | more
    return cover(absent=away, colleague=colleague, by=by, **said)


def test_all_clients_for_these_days_and_not_one_longer(actor: Actor, away: Staff, colleague: Staff) -> None:
    whole = AssignmentFactory(staff=away).client
    both = enrolled(actor, date(2026, 9, 1), staff=away)
    quiet = enrolled(actor, date(2026, 9, 1), RECOVERY, person=both.person, staff=away)
    leaving = AssignmentFactory(staff=away, ends_on=date(2026, 11, 20)).client
    AssignmentFactory(staff=away, ends_on=date(2026, 11, 18))
    AssignmentFactory(client=whole, staff=away, kind=AssignmentKind.SECONDARY)  # one cover of one client is enough
    arranged(away, colleague, actor)
    assert clients(colleague, date(2026, 11, 18)) == set()
    assert clients(colleague, THURSDAY) == {whole, both.person, leaving}
    assert clients(colleague, SATURDAY) == {whole, both.person}
    assert clients(colleague, date(2026, 11, 22)) == set()
    rows = Assignment.objects.filter(staff=colleague, episode=quiet)
    assert [row.labels for row in rows] == [quiet.labels]
    covers = Assignment.objects.filter(staff=colleague, client__in=[whole, leaving])
    assert {row.client: row.cover and row.cover.absent for row in covers} == {whole: away, leaving: away}
    assert queries.covers_by(colleague, SATURDAY) == queries.covers_of(away, SATURDAY) == [Cover.objects.get()]
    assert queries.covers_by(colleague, date(2026, 11, 22)) == []


def test_both_and_their_supervisors_are_told_but_not_who_arranged_it(actor: Actor) -> None:
    team = TeamFactory()
    boss, away, colleague = StaffFactory(role=Role.SUPERVISOR, team=team), StaffFactory(team=team), StaffFactory()
    made = arranged(away, colleague, replace(actor, staff=away.pk))
    told = Notice.objects.filter(kind="cover_arranged", source_id=made.pk, about_staff=away.pk)
    assert {notice.to for notice in told} == {boss, colleague}


def test_whoever_comes_meanwhile_is_covered_and_whoever_goes_is_not(
    actor: Actor, away: Staff, colleague: Staff
) -> None:
    gone = AssignmentFactory(staff=away)
    arranged(away, colleague, actor)
    new = assign(
        client=PersonFactory(),
        staff=away,
        kind=AssignmentKind.PRIMARY,
        team=None,
        starts_on=date(2026, 11, 20),
        by=actor,
    ).client
    end(assignment=gone, ends_on=THURSDAY, by=actor, reason="Moved")
    assert clients(colleague, THURSDAY) == {gone.client}
    assert clients(colleague, date(2026, 11, 20)) == {new}


def test_what_is_handed_over_is_no_longer_covered(actor: Actor, away: Staff, colleague: Staff) -> None:
    row = AssignmentFactory(staff=away)
    arranged(away, colleague, actor, starts_on=date(2026, 11, 20))
    hand_over(from_staff=away, to_staff=StaffFactory(), on=THURSDAY, by=actor, reason="Leaves us")
    assert clients(colleague, date(2026, 11, 20)) == set()
    assert queries.current(row.client, date(2026, 11, 20))[0].staff not in (away, colleague)


def test_back_sooner_or_never_gone(actor: Actor, away: Staff, colleague: Staff) -> None:
    client = AssignmentFactory(staff=away).client
    made = arranged(away, colleague, actor)
    end_cover(cover=made, ends_on=THURSDAY, by=actor)
    assert clients(colleague, THURSDAY) == {client}
    assert clients(colleague, date(2026, 11, 20)) == set()
    assert end_cover(cover=made, ends_on=SATURDAY, by=actor).ends_on == THURSDAY
    later = arranged(away, colleague, actor, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2))
    end_cover(cover=later, ends_on=THURSDAY, by=actor)
    assert not Cover.objects.filter(starts_on=date(2026, 12, 1)).exists()
    assert not Assignment.objects.filter(starts_on=date(2026, 12, 1)).exists()
    assert end_cover(cover=later, ends_on=THURSDAY, by=actor) == later


def test_the_same_twice_is_one(actor: Actor, away: Staff, colleague: Staff) -> None:
    form_id = new_id()
    one = arranged(away, colleague, actor, form_id=form_id)
    assert arranged(away, colleague, actor, form_id=form_id) == one
    assert arranged(away, colleague, actor) == one
    with pytest.raises(DomainError):
        arranged(away, StaffFactory(), actor, starts_on=SATURDAY, ends_on=SATURDAY)


def test_notes_of_who_is_co_signed_are_co_signed_here_too(actor: Actor, away: Staff, colleague: Staff) -> None:
    AssignmentFactory(staff=colleague, cosign=True)
    AssignmentFactory(staff=away)
    arranged(away, colleague, actor)
    assert Assignment.objects.get(staff=colleague, kind="cover").cosign


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"ends_on": date(2026, 11, 18)}, "ends_on"),
        ({"starts_on": date(2026, 11, 16), "ends_on": date(2026, 11, 18)}, "ends_on"),
        ({"ends_on": THURSDAY + timedelta(days=90)}, "ends_on"),
    ],
)
def test_days_that_cannot_be(actor: Actor, away: Staff, colleague: Staff, said: dict[str, date], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        arranged(away, colleague, actor, **said)
    assert refused.value.field == field


def test_a_colleague_who_can(actor: Actor, away: Staff) -> None:
    for nobody in (away, StaffFactory(role=Role.BILLING), StaffFactory(ended_on=date(2026, 11, 20))):
        with pytest.raises(DomainError) as refused:
            arranged(away, nobody, actor)
        assert refused.value.field == "colleague"


def test_colleagues_who_could_be_asked() -> None:
    team = TeamFactory()
    away, mate, other = StaffFactory(team=team), StaffFactory(team=team), StaffFactory()
    StaffFactory(role=Role.BILLING, team=team)
    assert set(queries.colleagues_for(away, THURSDAY)) == {mate, other}
    assert queries.colleagues_for(away, THURSDAY, teammates=True) == [mate]
