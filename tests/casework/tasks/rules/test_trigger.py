"""Once for each trigger. Every day counted by hand on a calendar."""

from dataclasses import replace
from datetime import date

import pytest

from goldthread.casework.tasks.rules.engine import obligations, work_out
from goldthread.casework.tasks.rules.scenario import read_scenario
from tests.casework.tasks.rules.trying import TODAY, due, stand, states

PLAN = "due: 30 days, accepts: plan_signed"
CAME = "enrolled: 2026-01-15"


def test_it_goes_from_not_yet_to_overdue() -> None:
    """30 days after 15 Jan is 14 Feb; reminded 7 days before, on 7 Feb."""
    days = ["2026-01-14", "2026-01-15", "2026-02-06", "2026-02-07", "2026-02-13", "2026-02-14", "2026-02-15"]
    assert states(PLAN, CAME, *days) == ["-", "not_yet", "not_yet", "due_soon", "due_soon", "due", "overdue"]


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        ("0 days", "2026-01-31"),
        ("1 month", "2026-02-28"),
        ("2 months", "2026-03-31"),
        ("3 months", "2026-04-30"),
        ("1 year", "2027-01-31"),
        ("25 months", "2028-02-29"),
        ("2 weeks", "2026-02-14"),
        ("45 days", "2026-03-17"),
    ],
)
def test_months_keep_the_day_clamped_to_the_end_of_the_month(length: str, expected: str) -> None:
    assert due(f"due: {length}, accepts: plan_signed", "enrolled: 2026-01-31", "2026-01-31") == expected


def test_leap_days() -> None:
    """A year after 29 Feb 2028 is 28 Feb 2029, four years after it 29 Feb 2032."""
    assert due("due: 1 year, accepts: plan_signed", "enrolled: 2028-02-29", "2028-03-01") == "2029-02-28"
    assert due("due: 4 years, accepts: plan_signed", "enrolled: 2028-02-29", "2028-03-01") == "2032-02-29"
    assert due("due: 366 days, accepts: plan_signed", "enrolled: 2028-02-29", "2028-03-01") == "2029-03-01"


def test_business_days_skip_weekends_and_closed_days() -> None:
    """From Thu 15 Jan: Fri 16, Mon 19, Tue 20; with the 19th closed: Fri 16, Tue 20, Wed 21. The 19th is Martin Luther King Day."""
    rule = "due: 3 business days, accepts: contact"
    assert due(rule, CAME, "2026-01-15") == "2026-01-20"
    assert due(rule, f"{CAME}\nholidays: [2026-01-19]", "2026-01-15") == "2026-01-21"
    assert due(rule, f"{CAME}\ncountry: US", "2026-01-15") == "2026-01-21"


def test_hours_run_through_the_change_of_the_clock() -> None:
    """48 hours after Sat 7 Mar 2026, 14:30 in New York (EST, 19:30 UTC) is Mon 9 Mar, 19:30 UTC: 15:30 in daylight time."""
    rule = "due: 48 hours, accepts: assessment"
    about = "enrolled: 2026-03-07T14:30"
    assert due(rule, about, "2026-03-07") == "2026-03-09T19:30:00+00:00"
    asked = ["2026-03-09", "2026-03-09T15:29", "2026-03-09T15:31", "2026-03-10"]
    assert states(rule, about, *asked) == ["due", "due", "overdue", "overdue"]
    on_time = f"{about}\nevents:\n  - {{at: 2026-03-09T15:30, kind: assessment}}"
    assert [stand(rule, on_time, "2026-03-10")[0].obligation.late] == [False]
    late = f"{about}\nevents:\n  - {{on: 2026-03-09, at: '15:31', kind: assessment}}"
    assert [stand(rule, late, "2026-03-10")[0].obligation.late] == [True]


def test_hours_without_an_hour_count_from_the_beginning_of_the_day() -> None:
    assert due("due: 24 hours, accepts: assessment", CAME, "2026-01-15") == "2026-01-16T05:00:00+00:00"
    early = "enrolled: 2026-01-15T10:00\nevents:\n  - {at: 2026-01-15T09:00, kind: assessment}"
    assert states("due: 24 hours, accepts: assessment", early, "2026-01-15") == ["due_soon"]


def test_the_day_of_the_agency_counts_not_that_of_utc() -> None:
    """23:30 in Honolulu on 1 Feb is 2 Feb in UTC."""
    about = f"{CAME}\ntime_zone: Pacific/Honolulu\nevents:\n  - {{at: 2026-02-02T09:30+00:00, kind: plan_signed}}"
    assert stand(PLAN, about, "2026-02-03")[0].obligation.met_on.isoformat() == "2026-02-01"  # type: ignore[union-attr]  # it has one: else the test fails


def test_met_by_the_first_that_counts_on_or_after_the_trigger() -> None:
    events = "events:\n  - {on: 2026-01-14, kind: plan_signed}\n  - {on: 2026-02-20, kind: plan_signed}"
    row = stand(PLAN, f"{CAME}\n{events}", "2026-03-01")[0]
    assert (str(row.state), row.obligation.late) == ("met", True)
    assert states(PLAN, f"{CAME}\n{events}", "2026-02-19", "2026-02-20") == ["overdue", "met"]


def test_before_the_trigger_by_as_much_as_the_rule_says() -> None:
    about = f"{CAME}\nevents:\n  - {{on: 2026-01-05, kind: plan_signed}}"
    assert states(f"{PLAN}, earliest: 10 days", about, "2026-01-15") == ["met"]
    assert states(f"{PLAN}, earliest: 9 days", about, "2026-01-15") == ["not_yet"]


def test_one_for_each_trigger() -> None:
    """Two stays in hospital: within 7 days of each discharge; one visit after both is for both."""
    rule = "trigger: hospital_discharge, due: 7 days, accepts: contact"
    out = "events:\n  - {on: 2026-02-02, kind: hospital_discharge}\n  - {on: 2026-03-02, kind: hospital_discharge}"
    assert states(rule, CAME, "2026-02-01") == ["not_yet"]
    assert stand(rule, CAME, "2026-02-01")[0].obligation.due is None
    rows = stand(rule, f"{CAME}\n{out}", "2026-03-05")
    assert [(str(row.obligation.due), str(row.state)) for row in rows] == [
        ("2026-03-09", "due_soon"),
        ("2026-02-09", "overdue"),
    ]
    visited = f"{CAME}\n{out}\n  - {{on: 2026-03-04, kind: contact}}"
    assert [str(row.state) for row in stand(rule, visited, "2026-03-05")] == ["met", "met"]


def test_the_trigger_does_not_meet_itself() -> None:
    rule = "trigger: {kind: contact, name: crisis}, due: 2 days, accepts: contact"
    about = f"{CAME}\nevents:\n  - {{on: 2026-02-02, kind: contact, name: crisis}}"
    assert states(rule, about, "2026-02-02") == ["due_soon"]
    assert states(rule, f"{about}\n  - {{on: 2026-02-03, kind: contact}}", "2026-02-03") == ["met"]


@pytest.mark.parametrize("kind", ["consented", "eligible", "assessment", "plan_signed", "incident", "services_started"])
def test_triggers_by_kind(kind: str) -> None:
    about = f"{CAME}\nevents:\n  - {{on: 2026-02-02, kind: {kind}}}"
    assert due(f"trigger: {kind}, due: 10 days, accepts: document", about, "2026-02-02") == "2026-02-12"


def test_a_referral_counts_from_its_day_and_without_one_from_the_enrollment() -> None:
    rule = "trigger: referred, due: 45 days, accepts: plan_signed"
    assert due(rule, f"{CAME}\nreferred: 2026-01-05", "2026-01-06") == "2026-02-19"
    assert due(rule, f"{CAME}\nevents:\n  - {{on: 2026-01-04, kind: referred}}", "2026-01-15") == "2026-02-18"
    assert due(rule, CAME, "2026-01-15") == "2026-03-01"
    named = "trigger: {kind: referred, name: urgent}, due: 1 business day, accepts: contact"
    assert stand(named, f"{CAME}\nreferred: 2026-01-05", "2026-01-15")[0].obligation.due is None


def test_before_the_trigger() -> None:
    """The assessment comes before services start: one of 10 Jan meets it, one of 3 Feb is late."""
    rule = "trigger: services_started, due: 0 days before, accepts: assessment"
    start = "  - {on: 2026-02-01, kind: services_started}"
    early = f"{CAME}\nevents:\n  - {{on: 2026-01-20, kind: assessment}}\n{start}"
    late = f"{CAME}\nevents:\n  - {{on: 2026-02-03, kind: assessment}}\n{start}"
    assert states(rule, early, "2026-02-01") == ["met"]
    assert states(rule, late, "2026-02-01", "2026-02-02", "2026-02-03") == ["due", "overdue", "met"]
    assert stand(rule, late, "2026-02-03")[0].obligation.late


def test_an_age() -> None:
    """The transition conference: 90 days to 9 months before the third birthday. Born 29 Feb 2024: three on 28 Feb 2027."""
    rule = "trigger: {age: 3 years}, due: 90 days before, earliest: 9 months, accepts: meeting"
    about = f"{CAME}\nbirth_date: 2024-02-29"
    assert due(rule, about, "2026-01-15") == "2026-11-30"
    held = f"{about}\nevents:\n  - {{on: %s, kind: meeting}}"
    assert states(rule, held % "2026-05-27", "2026-12-01") == ["overdue"]
    assert states(rule, held % "2026-05-28", "2026-12-01") == ["met"]
    assert stand(rule, CAME, "2026-01-15")[0].obligation.due is None


def test_a_day_of_each_year() -> None:
    """Every 1 Sep, from the enrollment on; a paper counts for one year only, and an unmet year stays overdue beside the next."""
    rule = "trigger: {each_year: 09-01}, due: 0 days before, accepts: document"
    about = f"{CAME}\nevents:\n  - {{on: 2026-08-20, kind: document}}\n  - {{on: 2028-10-01, kind: document}}"
    assert states(rule, about, "2026-08-19", "2026-08-20", "2026-09-02", "2027-09-02") == [
        "not_yet",
        "met",
        "not_yet",
        "not_yet",
    ]
    rows = stand(rule, about, "2028-10-02")
    assert [(str(row.obligation.due), str(row.state)) for row in rows] == [
        ("2029-09-01", "not_yet"),
        ("2028-09-01", "overdue"),
        ("2027-09-01", "met"),
        ("2026-09-01", "met"),
    ]


def test_each_birthday() -> None:
    rule = "trigger: {each_year: birthday}, due: 30 days, accepts: assessment"
    assert due(rule, f"{CAME}\nbirth_date: 2016-02-29", "2026-01-15") == "2026-03-30"
    assert due(rule, f"{CAME}\nbirth_date: 2016-02-29", "2028-02-29") == "2028-03-30"
    assert due(rule, f"{CAME}\nbirth_date: 2016-02-29", "2028-03-01") == "2029-03-30"
    assert stand(rule, CAME, "2026-01-15")[0].obligation.due is None
    assert due(rule, "enrolled: 2026-06-01\nbirth_date: 2016-03-01", "2026-06-02") == "2027-03-31"


def test_pauses_move_the_due_date() -> None:
    """Due on 14 Feb; 5 days of pause before it make it 19 Feb; a pause that then lies before it moves it on."""
    about = f"{CAME}\npauses:\n  - {{from: 2026-02-01, to: 2026-02-05}}"
    assert states(PLAN, about, "2026-02-01", "2026-02-05", "2026-02-06", "2026-02-20") == [
        "paused",
        "paused",
        "not_yet",
        "overdue",
    ]
    assert due(PLAN, about, "2026-02-06") == "2026-02-19"
    assert due(PLAN, f"{about}\n  - {{from: 2026-02-18, to: 2026-02-27}}", "2026-02-28") == "2026-03-01"
    assert due(PLAN, f"{about}\n  - {{from: 2026-02-20, to: 2026-02-27}}", "2026-02-28") == "2026-02-19"
    assert states(f"{PLAN}, pauses: false", about, "2026-02-01", "2026-02-15") == ["not_yet", "overdue"]


def test_pauses_told_by_events_and_one_without_an_end() -> None:
    about = f"{CAME}\nevents:\n  - {{on: 2026-02-01, kind: paused}}"
    assert states(PLAN, about, "2026-01-31", "2026-02-01", "2026-12-31") == ["not_yet", "paused", "paused"]
    resumed = f"{about}\n  - {{on: 2026-02-06, kind: resumed}}"
    assert due(PLAN, resumed, "2026-02-06") == "2026-02-19"
    until = f"{CAME}\nevents:\n  - {{on: 2026-02-01, kind: paused, until: 2026-02-05}}"
    assert due(PLAN, until, "2026-02-06") == "2026-02-19"
    sooner = f"{until}\n  - {{on: 2026-02-03, kind: resumed}}"
    assert due(PLAN, sooner, "2026-02-06") == "2026-02-16"
    same_day = f"{until}\n  - {{on: 2026-02-01, kind: resumed}}"
    assert due(PLAN, same_day, "2026-02-06") == "2026-02-14"
    twice = f"{until}\npauses:\n  - {{from: 2026-02-03, to: 2026-02-07}}\n  - {{from: 2026-02-02, to: 2026-02-03}}"
    assert due(PLAN, twice, "2026-02-08") == "2026-02-21"
    again = f"{CAME}\nevents:\n  - {{on: 2026-01-10, kind: resumed}}\n  - {{on: 2026-02-01, kind: paused}}\n  - {{on: 2026-02-02, kind: paused}}"
    assert states(PLAN, again, "2026-02-03") == ["paused"]


def test_paused_business_days_are_not_counted() -> None:
    """5 business days from Thu 15 Jan: 16, 19, 20, 21, 22. Paused from Fri 16 to Mon 19: 20, 21, 22, 23, 26."""
    rule = "due: 5 business days, accepts: contact"
    assert due(rule, CAME, "2026-01-15") == "2026-01-22"
    assert due(rule, f"{CAME}\npauses:\n  - {{from: 2026-01-16, to: 2026-01-19}}", "2026-01-20") == "2026-01-26"


def test_a_pause_of_hours_moves_by_whole_days() -> None:
    about = "enrolled: 2026-01-15T10:00\npauses:\n  - {from: 2026-01-16, to: 2026-01-17}"
    assert due("due: 48 hours, accepts: assessment", about, "2026-01-18") == "2026-01-19T15:00:00+00:00"


def test_the_documented_exception() -> None:
    """Early intervention: 45 days from the referral of 5 Jan is 19 Feb; the family asked for more time until 10 Mar."""
    rule = "trigger: referred, due: 45 days, accepts: plan_signed, exceptions: [family_delay]"
    about = f"{CAME}\nreferred: 2026-01-05\nevents:\n  - {{on: 2026-02-10, kind: exception, requirement: r, reason: family_delay, until: 2026-03-10}}"
    days = ["2026-02-09", "2026-02-10", "2026-03-10", "2026-03-11"]
    assert states(rule, about, *days) == ["not_yet", "excepted", "excepted", "overdue"]
    met = f"{about}\n  - {{on: 2026-03-05, kind: plan_signed}}"
    row = stand(rule, met, "2026-03-20")[0]
    assert (str(row.state), row.obligation.late) == ("met", False)
    no_end = about.replace(", until: 2026-03-10", "")
    assert states(rule, no_end, "2027-01-01") == ["excepted"]
    other = about.replace("reason: family_delay", "reason: weather")
    assert states(rule, other, "2026-02-25") == ["overdue"]
    not_mine = about.replace("requirement: r", "requirement: another")
    assert states(f"- {{key: r, {rule}}}\n- {{key: another, {rule}}}", not_mine, "2026-02-25") == ["overdue"]


def test_discharge_ends_what_is_open() -> None:
    """Due on 14 Feb: discharged before, nothing is asked any more; discharged after, it was missed."""
    assert states(PLAN, f"{CAME}\ndischarged: 2026-02-10", "2026-02-09", "2026-02-10", "2026-03-10") == [
        "due_soon",
        "-",
        "-",
    ]
    assert states(PLAN, f"{CAME}\ndischarged: 2026-02-20", "2026-02-19", "2026-02-20") == ["overdue", "missed"]
    too_late = f"{CAME}\ndischarged: 2026-02-20\nevents:\n  - {{on: 2026-02-25, kind: plan_signed}}"
    assert states(PLAN, too_late, "2026-03-01") == ["missed"]


def test_what_the_discharge_starts_goes_on_after_it() -> None:
    rule = "trigger: discharged, due: 30 days, accepts: contact"
    about = f"{CAME}\nevents:\n  - {{on: 2026-02-10, kind: discharged}}\n  - {{on: 2026-02-20, kind: contact}}"
    assert states(rule, about, "2026-02-09", "2026-02-11", "2026-02-20") == ["not_yet", "not_yet", "met"]
    after = "trigger: hospital_discharge, due: 7 days, accepts: contact"
    late = f"{CAME}\ndischarged: 2026-02-10\nevents:\n  - {{on: 2026-02-12, kind: hospital_discharge}}"
    assert states(after, late, "2026-02-12") == ["due_soon"]


def test_at_least_several_times() -> None:
    rule = "due: 30 days, accepts: contact, at_least: 2"
    one = f"{CAME}\nevents:\n  - {{on: 2026-01-20, kind: contact}}"
    assert states(rule, one, "2026-02-15") == ["overdue"]
    assert states(rule, f"{one}\n  - {{on: 2026-02-01, kind: contact}}", "2026-02-01") == ["met"]


@pytest.mark.parametrize(
    ("accepts", "event", "counts"),
    [
        ("contact", "kind: contact", True),
        ("contact", "kind: contact, attempted: true", False),
        ("{kind: contact, attempted: true}", "kind: contact, attempted: true", True),
        ("contact", "kind: meeting", False),
        ("[meeting, contact]", "kind: meeting", True),
        ("{kind: contact, mode: [in_person, video]}", "kind: contact, mode: video", True),
        ("{kind: contact, mode: in_person}", "kind: contact, mode: phone", False),
        ("{kind: contact, mode: in_person}", "kind: contact", False),
        ("{kind: contact, place: residence}", "kind: contact, mode: in_person, place: school", False),
        ("{kind: contact, place: [residence, school]}", "kind: contact, mode: in_person, place: school", True),
        ("{kind: contact, activity: monitoring}", "kind: contact, activities: [advocacy, monitoring]", True),
        ("{kind: contact, activity: monitoring}", "kind: contact, activities: advocacy", False),
        ("{kind: contact, activity: monitoring}", "kind: contact", False),
        ("{kind: contact, seen: client}", "kind: contact, mode: in_person", True),
        ("{kind: contact, seen: client}", "kind: contact, mode: phone", True),
        ("{kind: contact, seen: client}", "kind: contact, mode: letter", False),
        ("{kind: contact, seen: client}", "kind: contact, mode: in_person, seen: [parent]", False),
        ("{kind: contact, seen: client}", "kind: contact, mode: in_person, attempted: true", False),
        ("{kind: contact, seen: [client, parent]}", "kind: contact, mode: phone, seen: [parent, client]", True),
        ("{kind: contact, seen: [client, parent]}", "kind: contact, mode: in_person", False),
        ("{kind: contact, minutes: 30}", "kind: contact, minutes: 30", True),
        ("{kind: contact, minutes: 30}", "kind: contact, minutes: 29", False),
        ("{kind: contact, minutes: 30}", "kind: contact", False),
        ("{kind: hearing, name: permanency}", "kind: hearing, name: permanency", True),
        ("{kind: hearing, name: permanency}", "kind: hearing, name: review", False),
    ],
)
def test_what_counts(accepts: str, event: str, counts: bool) -> None:
    about = f"{CAME}\nevents:\n  - {{on: 2026-01-20, {event}}}"
    assert (states(f"due: 30 days, accepts: {accepts}", about, "2026-01-20") == ["met"]) is counts


def test_what_is_made_beforehand_is_not_there_yet() -> None:
    scenario = read_scenario(
        f"program: {{requirements: [{{key: r, each: month, accepts: contact}}]}}\n{CAME}", "", {}, TODAY
    )
    made = obligations(scenario.history, scenario.rules, date(2026, 1, 20), date(2026, 3, 1))
    assert [str(one.period[0]) for one in made if one.period] == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert [one.state_on(date(2026, 2, 28)) for one in made] == [None, "due", None]


def test_without_an_offset_it_is_due_on_the_day() -> None:
    """Reading asks for an offset; the engine takes a rule made by hand all the same."""
    scenario = read_scenario(f"program: {{requirements: [{{key: r, {PLAN}}}]}}\n{CAME}", "", {}, TODAY)
    ((since, template),) = scenario.rules
    bare = replace(template, requirements=(replace(template.requirements[0], offset=None),))
    (row,) = work_out(scenario.history, [(since, bare)], date(2026, 1, 16))
    assert (str(row.obligation.due), str(row.state)) == ("2026-01-15", "overdue")
