"""Again and again, from the last time."""

import pytest

from tests.casework.tasks.rules.trying import due, stand, states

CAME = "enrolled: 2026-01-15"
MONTHLY = "every: 30 days, accepts: contact"


def seen(*days: str, more: str = "") -> str:
    return CAME + more + "\nevents:\n" + "".join(f"  - {{on: {day}, kind: contact}}\n" for day in days)


def test_from_the_enrollment_then_from_the_last_time() -> None:
    assert due(MONTHLY, CAME, "2026-01-15") == "2026-02-14"
    assert due(MONTHLY, seen("2026-02-03"), "2026-02-03") == "2026-03-05"
    assert due(MONTHLY, seen("2026-02-03"), "2026-02-02") == "2026-02-14"
    assert due(MONTHLY, seen("2026-02-03", "2026-01-20"), "2026-03-01") == "2026-03-05"
    assert len(stand(MONTHLY, seen("2026-02-03", "2026-01-20"), "2026-03-01")) == 1


def test_the_first_deadline_can_be_another() -> None:
    rule = "due: 5 business days, every: 30 days, accepts: contact"
    assert due(rule, CAME, "2026-01-15") == "2026-01-22"
    assert due(rule, seen("2026-01-20"), "2026-01-20") == "2026-02-19"


def test_months_count_from_the_last_time_clamped() -> None:
    rule = "every: 1 month, accepts: contact"
    assert due(rule, seen("2026-01-31"), "2026-02-01") == "2026-02-28"
    assert due(rule, seen("2026-01-31", "2026-02-28"), "2026-03-01") == "2026-03-28"
    assert due("every: 12 months, accepts: contact", seen("2028-02-29"), "2028-03-01") == "2029-02-28"


def test_it_starts_with_its_trigger() -> None:
    rule = "trigger: plan_signed, every: 6 months, accepts: plan_review"
    about = f"{CAME}\nevents:\n  - {{on: 2026-02-01, kind: plan_review}}\n  - {{on: 2026-03-02, kind: plan_signed}}"
    assert stand(rule, about, "2026-03-01")[0].obligation.due is None
    assert due(rule, about, "2026-03-02") == "2026-09-02"
    assert due(rule, f"{about}\n  - {{on: 2026-08-15, kind: plan_review}}", "2026-08-15") == "2027-02-15"


def test_too_early_does_not_count() -> None:
    """Annual, at most 60 days early: due 15 Jan 2027, useful from 16 Nov 2026."""
    rule = "every: 1 year, accepts: contact, earliest: 60 days"
    assert due(rule, seen("2026-11-15"), "2026-11-20") == "2027-01-15"
    assert due(rule, seen("2026-11-16"), "2026-11-20") == "2027-11-16"


def test_the_level_says_how_often() -> None:
    rule = "every: {span: 30 days, by_acuity: {high: 7 days, low: 90 days}}, accepts: contact"
    about = seen("2026-02-01") + "  - {on: 2026-02-03, kind: acuity, level: high}\n"
    assert due(rule, about, "2026-02-02") == "2026-03-03"
    assert due(rule, about, "2026-02-03") == "2026-02-08"
    calm = about + "  - {on: 2026-02-05, kind: acuity, level: medium}\n"
    assert due(rule, calm, "2026-02-05") == "2026-03-03"


def test_the_plan_says_how_often_before_the_level() -> None:
    rule = "every: {span: 30 days, from_plan: true, by_acuity: {high: 7 days}}, accepts: contact"
    plan = "  - {on: 2026-02-01, kind: interval, requirement: r, every: 10 days}\n"
    level = "  - {on: 2026-02-01, kind: acuity, level: high}\n"
    assert due(rule, seen("2026-02-01") + level, "2026-02-01") == "2026-02-08"
    assert due(rule, seen("2026-02-01") + level + plan, "2026-02-01") == "2026-02-11"
    two = f"- {{key: r, {rule}}}\n- {{key: x, {rule}}}"
    assert due(two, seen("2026-02-01") + plan.replace("requirement: r", "requirement: x"), "2026-02-01") == "2026-03-03"


def test_nobody_has_said_how_often() -> None:
    """Only a rule made by hand can be like this: reading refuses it. It waits, and what is done is kept as met."""
    from dataclasses import replace
    from datetime import date

    from goldthread.casework.tasks.rules.engine import obligations, work_out
    from goldthread.casework.tasks.rules.scenario import read_scenario
    from goldthread.casework.tasks.rules.words import explain
    from goldthread.foundation.programs.rules.template import Interval
    from goldthread.foundation.programs.shipped import shipped

    text = seen("2026-01-20") + "  - {on: 2026-01-21, kind: exception, requirement: r, reason: hospital}\n"
    rule = "{key: r, every: 30 days, earliest: 5 days, accepts: contact, exceptions: [hospital]}"
    asked = read_scenario(f"program:\n  requirements: [{rule}]\n{text}", "", shipped(), date(2026, 2, 1))
    template = asked.rules[0][1]
    for interval in (None, Interval(from_plan=True)):
        bare = replace(template, requirements=(replace(template.requirements[0], interval=interval),))
        (row,) = work_out(asked.history, [(date.min, bare)], date(2026, 2, 1))
        assert (row.state, row.obligation.due) == ("not_yet", None)
        assert explain(row.why) == "no date yet: nobody has said how often"
        met = obligations(asked.history, [(date.min, bare)], date(2026, 2, 1), date(2026, 2, 1))[0]
        assert (str(met.met_on), met.due) == ("2026-01-20", None)


def test_pauses_stop_the_clock() -> None:
    """30 days after 3 Feb is 5 Mar; ten days of pause between make it 15 Mar."""
    about = seen("2026-02-03", more="\npauses:\n  - {from: 2026-02-10, to: 2026-02-19}")
    assert due(MONTHLY, about, "2026-02-20") == "2026-03-15"
    assert states(MONTHLY, about, "2026-02-10", "2026-02-20", "2026-03-16") == ["paused", "not_yet", "overdue"]


def test_a_clock_that_the_law_sets_goes_on_through_a_pause() -> None:
    """30 days after 3 Feb is 5 Mar, whatever was paused; in the pause it is on the list as on any other day."""
    about = seen("2026-02-03", more="\npauses:\n  - {from: 2026-02-10, to: 2026-03-19}")
    legal = f"{MONTHLY}, pauses: false"
    assert due(legal, about, "2026-02-20") == "2026-03-05"
    asked = ("2026-02-10", "2026-03-05", "2026-03-06")
    assert states(legal, about, *asked) == ["not_yet", "due", "overdue"]


def test_an_exception_excuses_one_turn() -> None:
    """Due 14 Feb; weather on 12 Feb: the turn is excused, the next is due 30 days after 14 Feb, on 16 Mar."""
    rule = f"{MONTHLY}, exceptions: [weather]"
    away = "  - {on: 2026-02-12, kind: exception, requirement: r, reason: weather}\n"
    rows = stand(rule, f"{CAME}\nevents:\n{away}", "2026-02-20")
    assert [(str(row.obligation.due), str(row.state)) for row in rows] == [
        ("2026-03-16", "not_yet"),
        ("2026-02-14", "excepted"),
    ]
    twice = f"{CAME}\nevents:\n{away}{away.replace('02-12', '02-13')}"
    assert due(rule, twice, "2026-02-20") == "2026-03-16"
    met = f"{CAME}\nevents:\n{away}  - {{on: 2026-03-01, kind: contact}}"
    assert due(rule, met, "2026-03-01") == "2026-03-31"


def test_after_the_discharge_nothing_is_asked() -> None:
    late = seen("2026-02-03", more="\ndischarged: 2026-03-20")
    assert states(MONTHLY, late, "2026-03-19", "2026-03-20") == ["overdue", "missed"]
    soon = seen("2026-02-03", more="\ndischarged: 2026-03-01")
    assert states(MONTHLY, soon, "2026-03-01") == ["-"]
    aftercare = seen("2026-02-03", "2026-03-25", more="\ndischarged: 2026-03-20")
    assert states(MONTHLY, aftercare, "2026-03-25") == ["missed"]


def test_several_times_a_turn() -> None:
    rule = "every: 30 days, accepts: contact, at_least: 2"
    assert due(rule, seen("2026-02-01"), "2026-02-02") == "2026-02-14"
    assert due(rule, seen("2026-02-01", "2026-02-08"), "2026-02-08") == "2026-03-10"


def test_hospice_every_15_days() -> None:
    """The review of the plan of care at least every 15 days: 15 Jan → 30 Jan; held on 28 Jan → 12 Feb."""
    rule = "every: 15 days, accepts: plan_review"
    about = f"{CAME}\nevents:\n  - {{on: 2026-01-28, kind: plan_review}}"
    assert due(rule, about, "2026-01-27") == "2026-01-30"
    assert due(rule, about, "2026-01-28") == "2026-02-12"
    assert states(rule, about, "2026-02-12", "2026-02-13") == ["due", "overdue"]


@pytest.mark.parametrize("hours", [12, 72])
def test_hours(hours: int) -> None:
    about = "enrolled: 2026-01-15T10:00\nevents:\n  - {at: 2026-01-16T10:00, kind: contact}"
    day = {12: "2026-01-17T03:00:00+00:00", 72: "2026-01-19T15:00:00+00:00"}[hours]
    assert due(f"every: {hours} hours, accepts: contact", about, "2026-01-16") == day
