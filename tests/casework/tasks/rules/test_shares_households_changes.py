"""Shares, households, rules that change, re-enrolment."""

from datetime import date

from goldthread.casework.tasks.rules.engine import Standing, work_out
from goldthread.casework.tasks.rules.scenario import read_scenario
from goldthread.foundation.programs.shipped import shipped
from tests.casework.tasks.rules.trying import stand

FOSTER = """- {key: visit, each: month, accepts: {kind: contact, mode: in_person, seen: client}}
- {key: half, share: {of: visit, percent: 50, window: 12 months, whose: client, remind_after: 1 month,
   accepts: {kind: contact, place: residence}}}
- {key: months, share: {of: visit, percent: 95, window: 12 months, whose: agency}}
"""
CAME = "enrolled: 2026-01-15"


def of(rows: list[Standing], key: str) -> Standing:
    return next(row for row in rows if row.key == key)


def visits(*told: str) -> str:
    """``visits("2026-01-20 residence", …)``"""
    lines = [f"  - {{on: {one.split()[0]}, kind: contact, mode: in_person, place: {one.split()[1]}}}" for one in told]
    return f"{CAME}\nevents:\n" + "\n".join(lines)


def test_the_share_of_visits_in_the_residence() -> None:
    nothing = of(stand(FOSTER, CAME, "2026-01-20"), "half")
    assert (nothing.obligation.rate, str(nothing.state)) == (None, "not_yet")
    about = visits("2026-01-20 residence", "2026-02-11 school", "2026-02-25 school")
    first = of(stand(FOSTER, about, "2026-02-01"), "half")
    assert (first.obligation.rate, str(first.state), str(first.obligation.due)) == (1.0, "met", "2026-02-20")
    reminder = of(stand(FOSTER, about, "2026-02-20"), "half")
    assert (reminder.obligation.rate, str(reminder.state)) == (0.5, "due_soon")
    below = of(
        stand(FOSTER, f"{about}\n  - {{on: 2026-02-26, kind: contact, mode: phone, place: residence}}", "2026-02-26"),
        "half",
    )
    assert below.obligation.rate == 1 / 3
    again = visits("2026-01-20 residence", "2026-02-11 school", "2026-02-25 school", "2026-02-26 residence")
    assert of(stand(FOSTER, again, "2026-02-26"), "half").obligation.rate == 0.5
    low = visits("2026-02-11 school", "2026-02-12 school", "2026-02-13 residence")
    assert str(of(stand(FOSTER, low, "2026-02-14"), "half").state) == "not_yet"


def test_only_the_window_counts() -> None:
    """On 20 Jan 2027 the visit of 20 Jan 2026 is a year and no longer in the window of 12 months."""
    about = visits("2026-01-20 residence", "2026-02-11 school")
    assert of(stand(FOSTER, about, "2027-01-19"), "half").obligation.rate == 0.5
    assert of(stand(FOSTER, about, "2027-01-20"), "half").obligation.rate == 0.0


def test_the_share_of_months_counts_whole_months_that_are_over() -> None:
    """February met, March missed; January was not whole, April is not over."""
    about = visits("2026-01-20 residence", "2026-02-11 school", "2026-04-02 school")
    assert of(stand(FOSTER, about, "2026-02-15"), "months").obligation.rate is None
    row = of(stand(FOSTER, about, "2026-04-03"), "months")
    assert (row.obligation.rate, str(row.state), row.obligation.due) == (0.5, "not_yet", None)
    assert of(stand(FOSTER, about, "2026-03-01"), "months").obligation.rate == 1.0


def test_after_the_discharge_the_rate_stays_and_nobody_is_reminded() -> None:
    about = visits("2026-01-20 residence", "2026-02-11 school") + "\ndischarged: 2026-03-01"
    row = of(stand(FOSTER, about, "2026-06-01"), "half")
    assert (row.obligation.rate, str(row.state), row.obligation.due) == (0.5, "met", None)


FAMILY = "enrolled: 2026-02-01\nmembers: [Ana, {name: Ben, birth_date: 2024-05-01}, {name: Cleo, from: 2026-03-10, to: 2026-05-05}]"


def test_each_child_for_themselves() -> None:
    rule = "each: month, accepts: {kind: contact, mode: in_person, seen: client}, each_member: true"
    about = (
        FAMILY + "\nevents:\n  - {on: 2026-02-10, kind: contact, mode: in_person, who: [Ana, Ben]}"
        "\n  - {on: 2026-03-20, kind: contact, mode: in_person, who: Ana}"
    )
    rows = stand(rule, about, "2026-04-01")
    told = [(row.obligation.member, str(row.obligation.period[0]), str(row.state)) for row in rows]  # type: ignore[index]  # it has one: else the test fails
    assert told == [
        ("Ana", "2026-04-01", "not_yet"),
        ("Ana", "2026-03-01", "met"),
        ("Ana", "2026-02-01", "met"),
        ("Ben", "2026-04-01", "not_yet"),
        ("Ben", "2026-03-01", "missed"),
        ("Ben", "2026-02-01", "met"),
        ("Cleo", "2026-04-01", "not_yet"),
    ]
    left = [row for row in stand(rule, about, "2026-06-01") if row.obligation.member == "Cleo"]
    assert [(str(row.obligation.period[0]), str(row.state)) for row in left if row.obligation.period] == [
        ("2026-04-01", "missed")
    ]


def test_nobody_named_is_everybody() -> None:
    rule = "each: month, accepts: contact, each_member: true"
    about = f"{FAMILY}\nevents:\n  - {{on: 2026-02-10, kind: contact}}"
    assert [str(row.state) for row in stand(rule, about, "2026-02-10")] == ["met", "met"]


def test_an_age_of_each_child() -> None:
    rule = "trigger: {age: 3 years}, due: 0 days before, accepts: meeting, each_member: true"
    rows = stand(rule, FAMILY, "2026-02-01")
    assert [(row.obligation.member, str(row.obligation.due)) for row in rows] == [
        ("Ana", "None"),
        ("Ben", "2027-05-01"),
    ]


def test_one_note_for_the_family_counts_once() -> None:
    """Twice in the month: one visit to two children is one visit to the family, the second makes two."""
    rule = "each: month, accepts: {kind: contact, minutes: 30}, at_least: 2"
    one = FAMILY + "\nevents:\n  - {on: 2026-02-10, kind: contact, minutes: 30, who: [Ana, Ben]}"
    assert str(stand(rule, one, "2026-02-20")[0].state) == "not_yet"
    assert (
        str(stand(rule, f"{one}\n  - {{on: 2026-02-11, kind: contact, minutes: 30}}", "2026-02-20")[0].state) == "met"
    )


def changed(first: str, later: str, about: str) -> tuple[str, ...]:
    """The states of the first row before and on 10 Mar, when *later* replaces *first*."""
    text = f"""
program: {{requirements: [{first}]}}
changes: [{{from: 2026-03-10, program: {{requirements: [{later}]}}}}]
{about}
"""
    asked = read_scenario(text, "", shipped(), date(2026, 3, 10))
    found = [work_out(asked.history, asked.rules, date(2026, 3, day)) for day in (9, 10)]
    return tuple(f"{rows[0].key} {rows[0].obligation.due} {rows[0].state}" if rows else "-" for rows in found)


def test_what_is_open_follows_the_new_rule() -> None:
    plan = "{key: plan, due: %s days, accepts: plan_signed}"
    assert changed(plan % 60, plan % 30, CAME) == ("plan 2026-03-16 due_soon", "plan 2026-02-14 overdue")


def test_what_was_met_stays_met_and_what_was_done_before_a_new_rule_counts_for_it() -> None:
    signed = f"{CAME}\nevents:\n  - {{on: 2026-02-01, kind: plan_signed, name: short}}"
    plan = "{key: plan, due: 60 days, accepts: plan_signed}"
    strict = "{key: plan, due: 60 days, accepts: {kind: plan_signed, name: long}}"
    assert changed(plan, strict, signed) == ("plan 2026-03-16 met", "plan 2026-03-16 met")
    assert changed(strict, plan, signed) == ("plan 2026-03-16 due_soon", "plan 2026-03-16 met")
    assert changed("{key: x, due: 1 year, accepts: contact}", plan, signed)[1] == "plan 2026-03-16 met"


def test_a_rule_that_is_gone_asks_nothing_and_keeps_what_was_met() -> None:
    other = "{key: x, due: 1 year, accepts: contact}"
    gone = "{key: plan, due: 60 days, accepts: plan_signed}"
    assert changed(gone, other, CAME)[1].startswith("x ")
    signed = f"{CAME}\nevents:\n  - {{on: 2026-02-01, kind: plan_signed}}"
    months = (
        "{key: v, each: month, accepts: contact}, {key: s, share: {of: v, percent: 5, window: 1 year, whose: client}}"
    )
    text = f"program: {{requirements: [{gone}, {months}]}}\n"
    text += f"changes: [{{from: 2026-03-10, program: {{requirements: [{other}]}}}}]\n{signed}"
    asked = read_scenario(text, "", shipped(), date(2026, 3, 10))
    rows = work_out(asked.history, asked.rules, date(2026, 3, 12))
    assert [(row.key, str(row.state)) for row in rows] == [("x", "not_yet"), ("plan", "met"), ("v", "missed")]


def test_a_second_enrolment_begins_anew() -> None:
    """It is another episode, with a history of its own: nothing of the first one counts."""
    rule = "due: 30 days, accepts: plan_signed"
    first = f"{CAME}\ndischarged: 2026-03-01\nevents:\n  - {{on: 2026-02-01, kind: plan_signed}}"
    assert str(stand(rule, first, "2026-03-01")[0].state) == "met"
    assert str(stand(rule, "enrolled: 2026-05-01", "2026-05-01")[0].obligation.due) == "2026-05-31"
