"""Explanations, in the reader's language."""

from datetime import date

import pytest
from django.utils.translation import override

from goldthread.casework.tasks.rules.nouns import event_phrase
from goldthread.casework.tasks.rules.words import because, explain
from tests.casework.tasks.rules.trying import stand

CAME = "enrolled: 2026-11-01"


def why(rule: str, about: str, ask: str) -> str:
    return explain(stand(rule, about, ask)[0].why)


def test_why_it_is_due() -> None:
    visit = f"{CAME}\nevents:\n  - {{on: 2026-11-03, kind: contact, mode: in_person, place: residence}}"
    monthly = "every: 30 days, accepts: contact"
    assert why(monthly, visit, "2026-11-20") == "due Thu 3 Dec: 30 days after the home visit of 3 Nov"
    assert (
        why("each: month, accepts: contact", CAME.replace("11-01", "10-01"), "2026-11-20")
        == "due Mon 30 Nov: once in each month"
    )
    before = "trigger: {age: 3 years}, due: 90 days before, accepts: meeting"
    born = f"{CAME}\nbirth_date: 2024-03-01"
    assert why(before, born, "2026-11-20") == "due Tue 1 Dec: 90 days before reaching the age of 3 years on 1 Mar 2027"
    hours = "due: 48 hours, accepts: assessment"
    assert (
        why(hours, "enrolled: 2026-11-03T10:00", "2026-11-03")
        == "due Thu 5 Nov, 10 a.m.: 48 hours after the enrollment of 3 Nov"
    )
    same_day = "trigger: services_started, due: 0 days before, accepts: assessment"
    started = f"{CAME}\nevents:\n  - {{on: 2026-11-09, kind: services_started}}"
    assert why(same_day, started, "2026-11-09") == "due Mon 9 Nov: with the start of services on 9 Nov"


def test_what_else_there_is_to_say() -> None:
    rule = "due: 10 days, accepts: contact, at_least: 2, exceptions: [hospital]"
    paused = f"{CAME}\npauses:\n  - {{from: 2026-11-03, to: 2026-11-04}}"
    one = f"{paused}\nevents:\n  - {{on: 2026-11-06, kind: contact, mode: phone}}"
    assert why(rule, one, "2026-11-07") == (
        "due Fri 13 Nov: 10 days after the enrollment of 1 Nov; 2 paused days not counted; 1 of 2 done"
    )
    late = f"{one}\n  - {{on: 2026-11-15, kind: contact, mode: video}}"
    assert why(rule, late, "2026-11-15").endswith("2 of 2 done; met by the video call of 15 Nov, 2 days late")
    excused = f"{CAME}\nevents:\n  - {{on: 2026-11-05, kind: exception, reason: hospital%s}}"
    assert why(rule, excused % "", "2026-11-06").endswith("excused on 5 Nov: the client was in the hospital")
    until = why(rule, excused % ", until: 2026-12-01", "2026-11-06")
    assert until.endswith("excused from 5 Nov to 1 Dec: the client was in the hospital")
    assert why(rule, paused, "2026-11-03").endswith("paused since 3 Nov")


def test_missed_and_waiting() -> None:
    monthly = "each: month, accepts: contact"
    rows = stand(monthly, "enrolled: 2026-10-01", "2026-11-20")
    assert explain(rows[1].why) == "due Sat 31 Oct: once in each month; missed: the period ended without it"
    assert why(monthly, "enrolled: 2026-11-05", "2026-11-20").endswith(
        "not a whole period: it can be met, never missed"
    )
    gone = why("due: 3 days, accepts: contact", f"{CAME}\ndischarged: 2026-11-10", "2026-11-20")
    assert gone.endswith("missed: the episode ended without it")
    assert why("trigger: incident, due: 3 days, accepts: contact", CAME, "2026-11-20") == "starts with an incident"
    assert (
        why("trigger: {age: 3 years}, due: 3 days, accepts: contact", CAME, "2026-11-20")
        == "waits for the date of birth"
    )


def test_levels_plans_and_shares() -> None:
    rule = "every: {span: 30 days, from_plan: true, by_acuity: {high: 7 days}}, accepts: contact"
    level = f"{CAME}\nevents:\n  - {{on: 2026-11-02, kind: acuity, level: high}}"
    assert why(rule, level, "2026-11-02").endswith("7 days after the enrollment of 1 Nov; because the level is high")
    plan = f"{CAME}\nevents:\n  - {{on: 2026-11-02, kind: interval, requirement: r, every: 2 weeks}}"
    assert why(rule, plan, "2026-11-02").endswith("2 weeks after the enrollment of 1 Nov; as the plan says")
    share = (
        "- {key: s, share: {of: r, percent: 50, window: 12 months, whose: client, remind_after: 1 month,"
        " accepts: {kind: contact, place: residence}}}\n- {key: r, each: month, accepts: contact}"
    )
    assert why(share, CAME, "2026-11-02").startswith("nothing to count yet; reminder from Tue 1 Dec")
    seen = f"{CAME}\nevents:\n  - {{on: 2026-11-02, kind: contact, mode: in_person, place: residence}}\n  - {{on: 2026-11-03, kind: contact}}"
    assert why(share, seen, "2026-11-05") == (
        "1 of 2 (50 %) in 12 months; wanted: 50 %; reminder from Wed 2 Dec: 1 month after the home visit of 2 Nov"
    )


def test_years_are_told_where_they_do_not_go_without_saying() -> None:
    row = stand("due: 1 year, accepts: contact", CAME, "2026-11-20")[0]
    assert explain(row.why) == "due Mon 1 Nov: 1 year after the enrollment of 1 Nov 2026"
    assert explain(row.why, date(2026, 11, 20)) == "due Mon 1 Nov 2027: 1 year after the enrollment of 1 Nov"
    assert explain([]) == ""


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ({"kind": "contact", "mode": "text", "place": "residence"}, "the text message of 3 Nov"),
        ({"kind": "contact", "mode": "in_person", "place": "street"}, "the visit of 3 Nov"),
        ({"kind": "contact"}, "the contact of 3 Nov"),
        ({"kind": "hearing", "name": "review"}, "the hearing of 3 Nov"),
        ({"kind": "something new"}, "the contact of 3 Nov"),
    ],
)
def test_phrases(what: dict[str, str], expected: str) -> None:
    assert event_phrase(what, "3 Nov") == expected


def test_days_and_months_are_in_the_readers_language() -> None:
    with override("es"):
        assert "dic" in why("due: 30 days, accepts: contact", "enrolled: 2026-11-03", "2026-11-20").lower()


def test_a_line_that_shows_the_due_date_says_only_why() -> None:
    row = stand("due: 30 days, accepts: contact", CAME, "2026-11-20")[0]
    assert because(row.why, date(2026, 11, 20)) == "30 days after the enrollment of 1 Nov"
