"""Rates over many clients, worked out by hand on 15 June 2026, and compared with the engine's rate of each."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from goldthread.casework.caseload.actions import discharge
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.evidence import record_evidence
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.queries.rates import Counted, by_client, by_period, together, window_of
from goldthread.casework.tasks.queries.standings import standings_of
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.programs.rules.template import Requirement, Template
from tests.casework.tasks.making import by_on, day, enrolled, item, program, start, visit
from tests.factories import AgencyFactory, PersonFactory

pytestmark = pytest.mark.django_db
ON = day("2026-06-15")
BEGUN = day("2025-12-10")
RULES = """
template: foster
title: Foster care
requirements:
  - {key: visit, title: Visit, each: month, accepts: {kind: contact, mode: in_person, seen: client}, source: judgement,
     exceptions: [hospital]}
  - {key: visited, title: Months visited, share: {of: visit, percent: 95, window: 12 months, whose: agency},
     source: judgement}
  - {key: at-home, title: At home, share: {of: visit, percent: 50, window: 12 months, whose: client,
     accepts: {kind: contact, mode: in_person, place: residence, seen: client}}, source: judgement}
"""
EVERYTHING = {"client": Q(), "person": Q()}


@pytest.fixture
def foster() -> Program:
    AgencyFactory()
    return program(RULES)


def child(of: Program, name: str, homes: list[str], schools: list[str] = ()) -> Episode:  # type: ignore[assignment]  # only read
    """Enrolled in the middle of December; seen on the 12th of the months given, at home or at school."""
    episode = enrolled(of, BEGUN, PersonFactory(given=name))
    start(episode, ON)
    for month in homes:
        visit(episode, day(f"{month}-12"), ON)
    for month in schools:
        visit(episode, day(f"{month}-12"), ON, place="school")
    return episode


@pytest.fixture
def children(foster: Program) -> dict[str, Episode]:
    """January to May, five months each: Ada 5 of 5; Ben 3 of 5; Cleo 1 of 4, one month in the hospital. Nine of fourteen."""
    made = {
        "Ada": child(foster, "Ada", ["2026-01", "2026-02"], ["2026-03", "2026-04", "2026-05"]),
        "Ben": child(foster, "Ben", ["2026-01", "2026-02", "2026-04"]),
        "Cleo": child(foster, "Cleo", ["2026-01"]),
    }
    cleo, by = made["Cleo"], by_on(ON)
    excused = item(cleo, "exception", day("2026-02-20"), details={"requirement": "visit", "reason": "hospital"})
    tried = item(cleo, "contact", day("2026-03-05"), mode="in_person", place="residence", attempted=True)
    called = item(cleo, "contact", day("2026-03-09"), mode="phone", seen=["client"])
    family = item(cleo, "contact", day("2026-04-09"), mode="in_person", place="residence", seen=["family"])
    for one in (excused, tried, called, family):
        record_evidence(source_kind="test", source_id=new_id(), items=[one], by=by)
    return made


def rules(of: Program) -> tuple[Template, Requirement, Requirement]:
    template = template_on(of, ON)
    visited, at_home = template.requirement("visited"), template.requirement("at-home")
    assert visited
    assert at_home
    return template, visited, at_home


def periods(of: Program, requirement: Requirement, until: date = ON) -> list[Counted]:
    template = rules(of)[0]
    window = window_of(requirement, until, ON)
    return by_period([of.pk], template, requirement, window, EVERYTHING).get(of.pk, [])


def test_months_visited_by_hand(foster: Program, children: dict[str, Episode]) -> None:
    found = periods(foster, rules(foster)[1])
    assert [(one.period, one.met, one.of) for one in found] == [
        (day("2026-01-31"), 3, 3),
        (day("2026-02-28"), 2, 2),  # Cleo was in the hospital
        (day("2026-03-31"), 1, 3),
        (day("2026-04-30"), 2, 3),
        (day("2026-05-31"), 1, 3),
    ]
    total = together(found)
    assert (total.met, total.of, total.percent) == (9, 14, 64)


def test_visits_at_home_by_hand(foster: Program, children: dict[str, Episode]) -> None:
    """Ada 2 of 5, Ben 3 of 3, Cleo 1 of 1; what was tried, telephoned, or without the child is no visit."""
    found = periods(foster, rules(foster)[2])
    assert [(one.period, one.met, one.of) for one in found] == [
        (day("2026-01-01"), 3, 3),
        (day("2026-02-01"), 2, 2),
        (day("2026-03-01"), 0, 1),
        (day("2026-04-01"), 1, 2),
        (day("2026-05-01"), 0, 1),
    ]
    assert together(found) == Counted(6, 9)


def test_the_sums_are_those_of_the_engine(foster: Program, children: dict[str, Episode]) -> None:
    found = standings_of(children.values(), ON)
    for key, requirement in (("visited", rules(foster)[1]), ("at-home", rules(foster)[2])):
        told = [row.why[0] for rows in found.values() for row in rows if row.key == key]
        total = together(periods(foster, requirement))
        assert (total.met, total.of) == (sum(one["counted"] for one in told), sum(one["of"] for one in told))


def test_who_left_counts_for_the_time_they_were_there(foster: Program, children: dict[str, Episode]) -> None:
    """January visited, February not; March, in which they left, says nothing."""
    dana = child(foster, "Dana", ["2026-01"])
    discharge(episode=dana, discharged_on=day("2026-03-20"), reason="other", by=by_on(ON))
    assert together(periods(foster, rules(foster)[1])) == Counted(10, 16)
    assert together(periods(foster, rules(foster)[2])) == Counted(7, 10)


def test_the_window_has_twelve_months_and_ends_where_it_is_asked(foster: Program, children: dict[str, Episode]) -> None:
    visited = rules(foster)[1]
    window = window_of(visited, day("2026-03-31"), ON)
    assert (window.since, window.until) == (day("2025-04-01"), day("2026-03-31"))
    assert together(periods(foster, visited, day("2026-03-31"))) == Counted(6, 8)
    assert window_of(visited, ON + timedelta(days=400), ON).until == ON


def test_who_is_out_the_most_first(foster: Program, children: dict[str, Episode]) -> None:
    template, visited, at_home = rules(foster)
    names = {episode.person_id: name for name, episode in children.items()}

    def out(requirement: Requirement, period: date | None = None) -> list[tuple[str, int, int]]:
        window = window_of(requirement, ON, ON)
        rows = by_client(foster.pk, template, requirement, window, EVERYTHING, period)
        return [(names[row["who"]], row["met"], row["of"]) for row in rows]

    assert out(visited) == [("Cleo", 1, 4), ("Ben", 3, 5)]
    assert out(visited, day("2026-04-30")) == [("Cleo", 0, 1)]
    assert out(at_home) == [("Ada", 2, 5)]


def test_a_reason_that_the_rule_does_not_accept_leaves_it_missed(foster: Program, children: dict[str, Episode]) -> None:
    Task.objects.filter(episode=children["Ben"], period_end=day("2026-03-31")).update(state="missed", reason="weather")
    assert together(periods(foster, rules(foster)[1])) == Counted(9, 14)


def test_only_what_may_be_seen_is_counted(foster: Program, children: dict[str, Episode]) -> None:
    template, visited, at_home = rules(foster)
    ada = children["Ada"].person_id
    may_see = {"client": Q(client=ada), "person": Q(person=ada)}
    window = window_of(visited, ON, ON)
    for requirement, expected in ((visited, Counted(5, 5)), (at_home, Counted(2, 5))):
        found = by_period([foster.pk], template, requirement, window, may_see)
        assert together(found[foster.pk]) == expected


def test_one_query_for_any_number_of_programs_and_clients(foster: Program, children: dict[str, Episode]) -> None:
    other = program(RULES)
    child(other, "Eli", ["2026-01"])
    template, visited, _at_home = rules(foster)
    with CaptureQueriesContext(connection) as queries:
        found = by_period([foster.pk, other.pk], template, visited, window_of(visited, ON, ON), EVERYTHING)
    assert len(queries) == 1
    assert together(found[other.pk]) == Counted(1, 5)
    recompute(episodes=[one.pk for one in children.values()], by=by_on(ON))
    assert together(periods(foster, visited)) == Counted(9, 14)


def test_nothing_to_count_has_no_rate() -> None:
    assert together([]).percent is None
    assert Counted(949, 1000).percent == 94
