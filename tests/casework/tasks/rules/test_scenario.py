"""Scenarios that are wrong say where and what."""

from datetime import date

import pytest

from goldthread.casework.tasks.rules.scenario import read_scenario
from goldthread.foundation.programs.rules.problems import TemplateError
from goldthread.foundation.programs.shipped import shipped

TODAY = date(2026, 11, 19)
HEAD = "program: foster-care-child\nenrolled: 2026-01-15\n"


def wrong(text: str) -> list[tuple[int, str]]:
    with pytest.raises(TemplateError) as caught:
        read_scenario(text, "s.yaml", shipped(), TODAY)
    return [(problem.line, problem.what) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("enrolled: 2026-01-15\n", 1, "“program” is missing"),
        ("program: foster-care-child\n", 1, "“enrolled” is missing"),
        ("program: foster-care\nenrolled: 2026-01-15\n", 1, "Did you mean “foster-care-child”?"),
        ("program:\nenrolled: 2026-01-15\n", 1, "“program” is missing"),
        ("program: foster-care-child\nenrolled:\n", 2, "“enrolled” is missing"),
        ("program: foster-care-child\nenrolled: 15 January\n", 2, "no date"),
        (HEAD + "colour: red\n", 3, "“colour” is not known here"),
        (HEAD + "discharged: 2026-01-01\n", 3, "cannot be before the enrollment"),
        (HEAD + "time_zone: Mars/Base\n", 3, "no time zone"),
        (HEAD + "ask: tomorrow\n", 3, "no date"),
        (HEAD + "ask: 9999-12-31\ncountry: US\n", 3, "beyond the calendar"),
        (HEAD + "birth_date: 9999-01-01\n", 3, "beyond the calendar"),
        (HEAD + "referred: 9999-12-31\n", 3, "beyond the calendar"),
        (HEAD + "discharged: 9999-12-31\n", 3, "beyond the calendar"),
        (HEAD + "pauses:\n  - {from: 2026-02-05, to: 9999-12-30}\n", 4, "beyond the calendar"),
        (HEAD + "pauses:\n  - {from: , to: 2026-02-05}\n", 4, "“from” is missing"),
        (HEAD + "events:\n  - {on: 2026-02-05, kind: paused, until: 9999-12-30}\n", 4, "beyond the calendar"),
        (HEAD + "members:\n  - {name: Ana, birth_date: 9999-01-01}\n", 4, "beyond the calendar"),
        (HEAD + "members:\n  - {name: Ana, from: 2026-03-01, to: 2026-02-01}\n", 4, "cannot be before the first day"),
        (HEAD + "changes:\n  - {from: , program: hospice}\n", 4, "“from” is missing"),
        (HEAD + "country: Utopia\n", 3, "No public holidays are known of “Utopia”"),
        (HEAD + "country: US\nregion: ZZ\n", 4, "No public holidays are known of “US ZZ”"),
        (HEAD + "region: MA\n", 3, "“country” is missing"),
        (HEAD + "holidays: [2026-13-01]\n", 3, "no date"),
        (HEAD + "pauses:\n  - {from: 2026-02-05, to: 2026-02-01}\n", 4, "cannot be before the first day"),
        (HEAD + "events:\n  - {on: 2026-02-05, kind: visit}\n", 4, "cannot stand here"),
        (HEAD + "events:\n  - {kind: contact}\n", 4, "“on” is missing"),
        (HEAD + "events:\n  - {on: 2026-02-05}\n", 4, "“kind” is missing"),
        (HEAD + "events:\n  - {on: 2026-02-30, kind: contact}\n", 4, "no date"),
        (HEAD + "events:\n  - {at: noon, kind: contact}\n", 4, "no time"),
        (HEAD + "events:\n  - {on: 2026-02-05, at: 2026-02-06T10:00, kind: contact}\n", 4, "another day"),
        (HEAD + "events:\n  - {on: 2026-02-05, kind: enrolled}\n", 4, "as “enrolled”"),
        (HEAD + "events:\n  - {on: 2026-02-05, kind: acuity}\n", 4, "“level”"),
        (HEAD + "events:\n  - {on: 2026-02-05, kind: interval, every: 2 weeks}\n", 4, "“requirement” and “every”"),
        (HEAD + "events:\n  - {on: 2026-02-05, kind: exception}\n", 4, "“reason”"),
        (
            HEAD + "events:\n  - {on: 2026-02-05, kind: exception, reason: away, requirement: visit}\n",
            4,
            "The program has no rule “visit”",
        ),
        (
            HEAD + "events:\n  - {on: 2026-02-05, kind: interval, requirement: plan, every: 2 weeks}\n",
            4,
            "“plan” does not go by the plan",
        ),
        (
            HEAD.replace("foster-care-child", "hospice")
            + "events:\n  - {on: 2026-02-05, kind: interval, requirement: contact, every: 0 days}\n",
            4,
            "How often cannot be zero",
        ),
        (HEAD + "events:\n  - {on: 2026-02-05, kind: contact, entered: 2026-02-04}\n", 4, "“entered” is too early"),
        (
            HEAD + "events:\n  - {on: 2026-02-05, kind: contact, entered: 2026-02-09, voided: 2026-02-08}\n",
            4,
            "“voided” is too early",
        ),
        (
            HEAD + "events:\n  - {on: 2026-02-05, kind: exception, reason: hospital, until: 2026-02-01}\n",
            4,
            "first day",
        ),
        (HEAD + "members: [Ana]\nevents:\n  - {on: 2026-02-05, kind: contact, who: Bea}\n", 5, "not among the members"),
        (HEAD + "members:\n  - {birth_date: 2020-01-01}\n", 4, "“name” is missing"),
        (HEAD + "changes:\n  - {from: 2026-02-05}\n", 4, "“program” is missing"),
        (
            "program:\n  requirements:\n    - {key: x, due: soon, accepts: contact}\nenrolled: 2026-01-15\n",
            3,
            "no length of time",
        ),
        (HEAD + "ask: [" + "2026-02-01, " * 401 + "]\n", 3, "at most 400"),
        (HEAD + "enrolled: 2026-01-16\n", 3, "stands here twice"),
    ],
)
def test_what_is_wrong_has_its_line(text: str, line: int, says: str) -> None:
    assert any(at == line and says in what for at, what in wrong(text)), wrong(text)


def test_every_mistake_is_told_at_once() -> None:
    assert len(wrong("program: nothing\nenrolled: x\nevents:\n  - {on: x, kind: y}\n")) == 4


@pytest.mark.parametrize("text", ["- a\n", "hospice\n"])
def test_what_is_no_scenario_at_all_is_told_once(text: str) -> None:
    assert len(wrong(text)) == 1


def test_without_ask_it_is_today() -> None:
    assert [one.on for one in read_scenario(HEAD, "", shipped(), TODAY).asked] == [TODAY]


def test_requirements_must_be_a_list() -> None:
    assert wrong("program: {requirements: 3}\nenrolled: 2026-01-15\n")


def test_the_hour_can_have_an_offset() -> None:
    text = "program: foster-care-child\nenrolled: 2026-01-15T23:30-05:00\nask: 2026-01-16T01:00+00:00\n"
    found = read_scenario(text, "", shipped(), TODAY)
    assert found.history.enrolled.on == date(2026, 1, 15)
    assert found.asked[0].on == date(2026, 1, 15)
    assert wrong("program: foster-care-child\nenrolled: 2026-01-15Tnoon\n")
