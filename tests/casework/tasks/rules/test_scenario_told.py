"""What a scenario tells: who was there when nobody is named, what is known at an hour, and what is written down or taken back later."""

from datetime import date

import pytest

from goldthread.casework.tasks.rules.scenario import read_scenario
from goldthread.casework.tasks.rules.scenario_answers import answers_of
from goldthread.foundation.programs.shipped import shipped

MONTHLY = "program:\n  requirements:\n    - {key: r, each: month, accepts: {kind: contact, seen: client}}\n"
DAILY = "program:\n  requirements:\n    - {key: r, trigger: incident, due: 24 hours, accepts: supervision}\n"


def rows(text: str) -> list[list[tuple[str, str]]]:
    """Of each day asked: due and state of each row."""
    answers = answers_of(read_scenario(text, "s.yaml", shipped(), date(2026, 11, 19)))
    return [[(str(row.obligation.due), str(row.state)) for row in found] for _asked, found in answers]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("", "met"),
        (", mode: in_person", "met"),
        (", mode: phone", "met"),
        (", mode: video", "met"),
        (", mode: letter", "not_yet"),
        (", mode: text", "not_yet"),
        (", mode: email", "not_yet"),
        (", mode: phone, attempted: true", "not_yet"),
        (", mode: in_person, attempted: true", "not_yet"),
        (", mode: phone, seen: [provider]", "not_yet"),
        (", mode: letter, seen: client", "met"),
    ],
)
def test_a_contact_that_names_nobody_was_with_the_client(said: str, state: str) -> None:
    text = f"{MONTHLY}enrolled: 2026-02-01\nevents:\n  - {{on: 2026-02-05, kind: contact{said}}}\nask: 2026-02-05\n"
    assert rows(text) == [[("2026-02-28", state)]]


def test_the_call_after_the_hospital_is_a_call() -> None:
    """Home on Friday 22 May: two business days later is Tuesday the 26th; called on Monday."""
    text = """
program: hospital-discharge
enrolled: 2026-05-18
events:
  - {on: 2026-05-22, kind: hospital_discharge}
  - {on: 2026-05-25, kind: contact, mode: phone, minutes: 15}
ask: 2026-05-27
"""
    (answer,) = answers_of(read_scenario(text, "", shipped(), date(2026, 5, 27)))
    (call,) = [row for row in answer[1] if row.key == "discharge-call"]
    assert (str(call.obligation.due), str(call.state)) == ("2026-05-26", "met")


def test_at_an_hour_nothing_of_later_that_day_is_known() -> None:
    """An incident at 2 p.m. on 31 October; the clocks go back that night, so 24 hours later is 1 p.m. Supervised at half past one."""
    text = f"""{DAILY}enrolled: 2026-01-01
events:
  - {{at: 2026-10-31T14:00, kind: incident}}
  - {{at: 2026-11-01T13:30, kind: supervision}}
ask: ["2026-10-31T13:59", "2026-10-31T14:00", "2026-11-01T12:45", "2026-11-01T13:15", "2026-11-01T13:30", 2026-11-01]
"""
    assert rows(text) == [
        [("None", "not_yet")],
        [("2026-11-01", "due_soon")],
        [("2026-11-01", "due")],
        [("2026-11-01", "overdue")],
        [("2026-11-01", "met")],
        [("2026-11-01", "met")],
    ]


def test_a_note_entered_late_counts_for_its_day_once_it_is_there() -> None:
    text = f"""{MONTHLY}enrolled: 2026-02-01
events:
  - {{on: 2026-02-27, kind: contact, mode: phone, entered: 2026-03-04}}
ask: [2026-02-28, 2026-03-03, 2026-03-04]
"""
    march = ("2026-03-31", "not_yet")
    assert rows(text) == [[("2026-02-28", "due")], [march, ("2026-02-28", "missed")], [march, ("2026-02-28", "met")]]


def test_a_note_taken_back_counts_until_then_and_a_corrected_one_instead() -> None:
    """Signed for 27 February; on 4 March it turns out to have been 1 March."""
    text = f"""{MONTHLY}enrolled: 2026-02-01
events:
  - {{on: 2026-02-27, kind: contact, mode: phone, voided: 2026-03-04}}
  - {{on: 2026-03-01, kind: contact, mode: phone, entered: 2026-03-04}}
ask: [2026-03-03, 2026-03-04]
"""
    assert rows(text) == [
        [("2026-03-31", "not_yet"), ("2026-02-28", "met")],
        [("2026-03-31", "met"), ("2026-02-28", "missed")],
    ]


def test_a_discharge_taken_back_ends_nothing() -> None:
    text = f"""{MONTHLY}enrolled: 2026-02-01
events:
  - {{on: 2026-02-10, kind: discharged, voided: 2026-02-12}}
ask: [2026-03-01]
"""
    assert rows(text) == [[("2026-03-31", "not_yet"), ("2026-02-28", "missed")]]


def test_of_a_household_it_is_taken_back_for_each() -> None:
    text = f"""{MONTHLY.replace("each: month", "each: month, each_member: true")}enrolled: 2026-02-01
members: [Ana, Beto]
events:
  - {{on: 2026-02-10, kind: contact, who: [Ana, Beto], voided: 2026-02-20}}
ask: [2026-02-19, 2026-02-20]
"""
    assert rows(text) == [[("2026-02-28", "met")] * 2, [("2026-02-28", "not_yet")] * 2]


def test_between_referral_and_enrollment_only_the_referral_is_known() -> None:
    """Referred 5 January, so 45 days later is 19 February; nobody can know yet that the enrollment will be on the 20th."""
    text = """program:
  requirements:
    - {key: a, trigger: referred, due: 45 days, accepts: plan_signed}
    - {key: b, due: 30 days, accepts: assessment}
    - {key: c, each: month, accepts: contact}
referred: 2026-01-05
enrolled: 2026-01-20
ask: [2026-01-04, 2026-01-10, 2026-01-20]
"""
    assert rows(text) == [
        [],
        [("2026-02-19", "not_yet"), ("None", "not_yet"), ("None", "not_yet")],
        [("2026-02-19", "not_yet"), ("2026-02-19", "not_yet"), ("2026-01-31", "not_yet")],
    ]


def test_holidays_are_known_for_as_long_as_is_asked() -> None:
    """Home on 24 December 2040, a Monday, from a program of 2010: Christmas is closed, so two business days end on the 27th."""
    text = """
program: hospital-discharge
enrolled: 2010-01-15
country: US
events: [{on: 2040-12-24, kind: hospital_discharge}]
ask: 2040-12-24
"""
    (answer,) = answers_of(read_scenario(text, "", shipped(), date(2040, 12, 24)))
    assert [str(row.obligation.due) for row in answer[1] if row.key == "discharge-call"] == ["2040-12-27"]
