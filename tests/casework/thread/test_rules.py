"""Where a thread breaks, worked out by hand; the days are counted on the calendar of 2026."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from goldthread.casework.thread.rules import (
    AssessmentDue,
    BreakKind,
    ContactKnown,
    GoalKnown,
    Known,
    NeedKnown,
    PlanKnown,
    ServiceKnown,
    StepKnown,
    breaks,
    how_whole,
    threads,
)

HOME, CAR, RIDE, CLASS, CALL, PLAN, TASK = (UUID(int=number) for number in range(1, 8))
TODAY = date(2026, 11, 20)
NEED = NeedKnown(HOME, "A place of my own", "housing", 3, date(2026, 1, 5))
GOAL = GoalKnown(CAR, "I want my own door", frozenset({HOME}), date(2026, 2, 1), last_contact_on=date(2026, 11, 2))
STEP = StepKnown(RIDE, CAR, "Apply for the voucher", "open")
SERVICE = ServiceKnown(CLASS, CAR, "Housing navigator", date(2026, 2, 1), confirmed_on=date(2026, 2, 20))
CONTACT = ContactKnown(CALL, date(2026, 11, 2), "Call", frozenset({CAR}))
SIGNED = PlanKnown(PLAN, date(2026, 1, 25), True)
WHOLE = Known((NEED,), (GOAL,), (STEP,), (SERVICE,), (CONTACT,), (SIGNED,), date(2026, 2, 1))


def kinds(known: Known, on: date = TODAY) -> list[tuple[str, UUID, date]]:
    return [(str(one.kind), one.at, one.since) for one in breaks(known, on)]


def test_a_whole_thread_has_no_break_and_every_link_holds():
    assert breaks(WHOLE, TODAY) == []
    # a need, a plan, four of the goal, a service, a contact
    assert (how_whole(WHOLE, TODAY).held, how_whole(WHOLE, TODAY).asked) == (8, 8)
    assert how_whole(WHOLE, TODAY).percent == 100


def test_nothing_is_asked_of_somebody_who_has_just_come():
    assert breaks(Known(), TODAY) == []
    assert how_whole(Known(), TODAY).percent is None


def test_a_need_without_a_goal():
    assert kinds(replace(WHOLE, goals=(), services=(), steps=(), contacts=())) == [
        ("need_without_goal", HOME, date(2026, 1, 5))
    ]


@pytest.mark.parametrize("need", [replace(NEED, open=False, state="later"), replace(NEED, answered_out_of_sight=True)])
def test_a_need_that_is_not_open_or_is_answered_elsewhere_is_no_break(need: NeedKnown):
    assert kinds(Known(needs=(need,))) == []


def test_a_met_goal_answers_its_need_no_longer():
    met = replace(GOAL, open=False, state="met")
    assert [kind for kind, _at, _since in kinds(replace(WHOLE, goals=(met,)))] == ["need_without_goal"]


def test_a_goal_without_need_without_step_and_past_its_date():
    goal = replace(GOAL, needs=frozenset(), target_on=date(2026, 11, 19))
    known = replace(WHOLE, needs=(), goals=(goal,), steps=(replace(STEP, state="dropped"),))
    assert kinds(known) == [
        ("goal_without_need", CAR, date(2026, 2, 1)),
        ("goal_without_step", CAR, date(2026, 2, 1)),
        ("goal_past", CAR, date(2026, 11, 19)),
    ]


def test_a_goal_is_not_past_on_its_day():
    assert kinds(replace(WHOLE, goals=(replace(GOAL, target_on=TODAY),))) == []


def test_a_done_step_is_a_step():
    assert kinds(replace(WHOLE, steps=(replace(STEP, state="done"),))) == []


@pytest.mark.parametrize(
    ("heard", "broken"),
    [
        (date(2026, 9, 21), False),  # 60 days before 20 November
        (date(2026, 9, 20), True),  # 61
        (None, True),  # never since 1 February
    ],
)
def test_silence_toward_a_goal_after_sixty_days(heard: date | None, broken: bool):
    known = replace(WHOLE, goals=(replace(GOAL, last_contact_on=heard),))
    since = heard or date(2026, 2, 1)
    assert kinds(known) == ([("goal_silent", CAR, since)] if broken else [])


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        (replace(SERVICE, confirmed_on=None), [("service_unconfirmed", date(2026, 2, 1))]),
        (replace(SERVICE, confirmed_on=None, agreed_on=date(2026, 10, 21)), []),  # 30 days
        (
            replace(SERVICE, confirmed_on=None, agreed_on=date(2026, 10, 20)),
            [("service_unconfirmed", date(2026, 10, 20))],
        ),
        (replace(SERVICE, confirmed_on=None, started_on=date(2026, 3, 1)), []),
        (replace(SERVICE, ended_on=date(2026, 11, 6)), []),  # 14 days
        (replace(SERVICE, ended_on=date(2026, 11, 5)), [("outcome_unknown", date(2026, 11, 5))]),
        (replace(SERVICE, ended_on=date(2026, 11, 5), helped="no"), []),
    ],
)
def test_services(service: ServiceKnown, expected: list[tuple[str, date]]):
    found = [(str(one.kind), one.since) for one in breaks(replace(WHOLE, services=(service,)), TODAY)]
    assert found == expected


@pytest.mark.parametrize(
    ("asked_on", "signed", "broken"),
    [(date(2026, 11, 6), False, False), (date(2026, 11, 5), False, True), (date(2026, 1, 1), True, False)],
)
def test_a_plan_that_the_person_has_not_signed_after_two_weeks(asked_on: date, signed: bool, broken: bool):
    known = replace(WHOLE, plans=(PlanKnown(PLAN, asked_on, signed),))
    assert kinds(known) == ([("plan_unsigned", PLAN, asked_on)] if broken else [])


@pytest.mark.parametrize(
    ("on", "broken"),
    [
        (date(2026, 8, 22), True),  # 90 days back
        (date(2026, 8, 21), False),
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),  # not yet
    ],
)
def test_a_contact_that_serves_no_goal(on: date, broken: bool):
    known = replace(WHOLE, contacts=(CONTACT, ContactKnown(RIDE, on, "Visit")))
    assert kinds(known) == ([("contact_without_goal", RIDE, on)] if broken else [])


def test_before_there_was_a_plan_a_contact_could_serve_none():
    visit = ContactKnown(RIDE, date(2026, 11, 9), "Visit")
    assert kinds(replace(WHOLE, contacts=(visit,), planned_since=date(2026, 11, 10))) == []
    assert kinds(replace(WHOLE, contacts=(visit,), planned_since=None)) == []
    assert [kind for kind, _at, _since in kinds(replace(WHOLE, contacts=(visit,)))] == ["contact_without_goal"]


def test_a_contact_for_a_goal_out_of_sight_is_no_break():
    visit = ContactKnown(RIDE, date(2026, 11, 9), "Visit", served_out_of_sight=True)
    assert kinds(replace(WHOLE, contacts=(visit,))) == []


def test_an_assessment_older_than_its_interval():
    due = AssessmentDue(TASK, "Yearly assessment", date(2026, 11, 19))
    known = replace(WHOLE, assessments_due=(due,), assessments=1)
    assert kinds(known) == [("assessment_old", TASK, date(2026, 11, 19))]
    assert kinds(known, date(2026, 11, 19)) == []
    assert (how_whole(known, TODAY).held, how_whole(known, TODAY).asked) == (8, 9)
    assert how_whole(known, TODAY).percent == 88  # 88.9, rounded down


def test_rows_run_from_need_to_contact_and_carry_their_breaks():
    silent = replace(WHOLE, goals=(replace(GOAL, last_contact_on=None),))
    (row,) = threads(silent, breaks(silent, TODAY))
    assert (row.need, row.goal.id if row.goal else None) == (NEED, CAR)
    assert (row.steps, row.services, row.contacts) == ((STEP,), (SERVICE,), (CONTACT,))
    assert [one.kind for one in row.breaks] == [BreakKind.GOAL_SILENT]
    assert not row.whole


def test_a_need_with_two_goals_has_two_rows_and_goals_for_no_need_come_last():
    other = GoalKnown(RIDE, "I want to see my sister", frozenset({HOME}), date(2026, 2, 1))
    alone = GoalKnown(CLASS, "I want a dog", frozenset(), date(2026, 2, 1))
    bare = NeedKnown(CALL, "Teeth", "health", 1, date(2026, 3, 1))
    known = Known(needs=(NEED, bare), goals=(alone, GOAL, other))
    rows = [(row.need.words if row.need else None, row.goal.words if row.goal else None) for row in threads(known, [])]
    assert rows == [
        ("A place of my own", "I want my own door"),
        ("A place of my own", "I want to see my sister"),
        ("Teeth", None),
        (None, "I want a dog"),
    ]


def test_a_need_that_was_declined_and_never_had_a_goal_has_no_row():
    assert threads(Known(needs=(replace(NEED, open=False, state="declined"),)), []) == []
