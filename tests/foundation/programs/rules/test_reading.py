"""YAML read into templates: what it says, and every mistake with its line."""

from datetime import date

import pytest

from goldthread.foundation.programs.enums import (
    Activity,
    Acuity,
    Clock,
    Domain,
    EventKind,
    Mode,
    Period,
    Place,
    Reason,
    Seen,
    Unit,
    Weight,
)
from goldthread.foundation.programs.rules.reading import TemplateError, from_content, read_template
from goldthread.foundation.programs.rules.template import JUDGEMENT, Accepts, Source, Span, Trigger

SMALL = """
template: small
title: Small program
requirements:
  - key: visit
    title: Visit
    each: month
    accepts: {kind: contact, mode: in_person}
    source: judgement
"""


def rule(lines, kind="accepts: contact\n    source: judgement"):
    """A template with one rule, of which *lines* are said."""
    text = f"template: t\ntitle: T\nrequirements:\n  - key: a\n    title: A\n    {lines}\n    {kind}\n"
    return read_template(text).requirements[0]


def wrong(text):
    """The mistakes of *text*: (line, what)."""
    with pytest.raises(TemplateError) as caught:
        read_template(text, "mine.yaml")
    assert {problem.file for problem in caught.value.problems} == {"mine.yaml"}
    return [(problem.line, problem.what) for problem in caught.value.problems]


def one_wrong(text):
    found = wrong(text)
    assert len(found) == 1, found
    return found[0]


def test_a_small_template_with_everything_else_by_default():
    template = read_template(SMALL)
    assert (template.key, template.title, template.version, template.unit) == ("small", "Small program", 1, "person")
    assert (template.client_word, template.plan_word, template.labels) == ("client", "plan", ())
    assert template.domains == tuple(Domain)
    assert template.activities == tuple(Activity)
    visit = template.requirements[0]
    assert (visit.clock, visit.period, visit.weight) == (Clock.PERIOD, Period.MONTH, Weight.OTHER)
    assert visit.accepts == (Accepts(EventKind.CONTACT, modes=frozenset({Mode.IN_PERSON})),)
    assert visit.trigger == Trigger(EventKind.ENROLLED)
    assert (visit.remind, visit.escalate) == (Span(7, Unit.DAYS), Span(1, Unit.DAYS))
    assert visit.source == JUDGEMENT


def test_everything_that_can_be_said():
    template = read_template("""
template: whole
title: Whole
version: 3
serves: household
client_word: family
plan_word: case plan
labels: [substance_use, hiv]
caseload: {flag: 17, source: {text: A rule, effective: 2011-10-28, verified: true}}
cosign: true
re_entry_days: 90
domains: [safety, housing]
activities: [monitoring]
contacts:
  - {key: school-visit, title: At school, mode: in_person, place: school, activities: [monitoring], checklist: school, minutes: 45}
priorities: [danger, homeless]
requirements:
  - key: seen
    title: Seen
    weight: safety
    trigger: {kind: hospital_discharge, name: psychiatric}
    every: {span: 30 days, by_acuity: {high: 1 week}, from_plan: true}
    due: 2 business days
    accepts:
      - {kind: contact, mode: [phone, in_person], place: residence, activity: monitoring, seen: [client, parent], minutes: 20}
      - {kind: contact, attempted: true}
    at_least: 2
    earliest: 3 days
    grace: 1 week
    remind: 12 hours
    escalate: 2 days
    exceptions: [refused, weather]
    each_member: true
    pauses: false
    minutes: 45
    action: visit
    source: {text: 42 CFR 440.169, effective: 2008-03-03}
  - key: half
    title: Half
    share: {of: seen, percent: 50, window: 1 year, whose: agency, accepts: contact, remind_after: 1 month}
    source: A standard
discharge_reasons:
  - {key: done, title: Done, planned: true}
  - {key: gone, title: Gone}
""")
    seen, half = template.requirements
    assert (template.version, template.unit, template.labels, template.cosign_default) == (
        3,
        "household",
        ("substance_use", "hiv"),
        True,
    )
    assert (template.caseload_flag, template.re_entry_days) == (17, 90)
    assert template.caseload_source == Source("A rule", date(2011, 10, 28), verified=True)
    kind = template.contact_kinds[0]
    assert (kind.key, kind.mode, kind.place, kind.checklist, kind.minutes) == (
        "school-visit",
        Mode.IN_PERSON,
        Place.SCHOOL,
        "school",
        45,
    )
    assert seen.trigger.match == Accepts(EventKind.HOSPITAL_DISCHARGE, name="psychiatric")
    assert seen.clock is Clock.LAST
    assert seen.offset == Span(2, Unit.BUSINESS_DAYS)
    assert seen.interval.span == Span(30, Unit.DAYS)
    assert seen.interval.by_acuity == {Acuity.HIGH: Span(1, Unit.WEEKS)}
    assert seen.interval.from_plan
    assert seen.accepts[0] == Accepts(
        EventKind.CONTACT,
        frozenset({Mode.PHONE, Mode.IN_PERSON}),
        frozenset({Place.RESIDENCE}),
        frozenset({Activity.MONITORING}),
        frozenset({Seen.CLIENT, Seen.PARENT}),
        20,
    )
    assert seen.accepts[1] == Accepts(EventKind.CONTACT, attempted=True)
    assert (seen.at_least, seen.earliest, seen.grace) == (2, Span(3, Unit.DAYS), Span(1, Unit.WEEKS))
    assert (seen.remind, seen.escalate) == (Span(12, Unit.HOURS), Span(2, Unit.DAYS))
    assert seen.exceptions == {Reason.REFUSED, Reason.WEATHER}
    assert (seen.each_member, seen.only_pauses, seen.minutes, seen.action) == (True, False, 45, "visit")
    assert half.share.window_months == 12
    assert half.share.remind_after == Span(1, Unit.MONTHS)
    assert (half.clock, half.period, half.source) == (Clock.PERIOD, None, Source("A standard"))
    assert [(reason.key, reason.planned) for reason in template.discharge_reasons] == [("done", True), ("gone", False)]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("48 hours", Span(48, Unit.HOURS)),
        ("1 day", Span(1, Unit.DAYS)),
        ("10 business days", Span(10, Unit.BUSINESS_DAYS)),
        ("10 business_days", Span(10, Unit.BUSINESS_DAYS)),
        ("1 business day", Span(1, Unit.BUSINESS_DAYS)),
        ("2 weeks", Span(2, Unit.WEEKS)),
        ("6 months", Span(6, Unit.MONTHS)),
        ("3 years", Span(3, Unit.YEARS)),
        ("90 days before", Span(90, Unit.DAYS, before=True)),
        ("0 days", Span(0, Unit.DAYS)),
    ],
)
def test_lengths_of_time(text, span):
    assert rule(f"due: {text}").offset == span


@pytest.mark.parametrize(
    "text", ["30", "days", "-3 days", "30 dayz", "1.5 days", "3 days after", "99999 days", "days 3", "three days"]
)
def test_what_is_no_length_of_time_is_said(text):
    with pytest.raises(TemplateError, match="no length of time"):
        rule(f"due: '{text}'")


def test_triggers():
    assert rule("due: 3 days\n    trigger: referred").trigger == Trigger(EventKind.REFERRED)
    assert rule("due: 90 days before\n    trigger: {age: 3 years}").trigger == Trigger(None, age=Span(3, Unit.YEARS))
    assert rule("due: 3 days\n    trigger: {each_year: 09-01}").trigger == Trigger(None, month=9, day=1)


@pytest.mark.parametrize("day", ["02-29", "13-01", "04-31", "9", "00-10", "first"])
def test_a_day_that_not_every_year_has_starts_no_clock(day):
    with pytest.raises(TemplateError, match="every year"):
        rule(f"due: 3 days\n    trigger: {{each_year: '{day}'}}")


def test_yes_no_and_on_are_words_and_dates_stay_text():
    template = read_template(SMALL.replace("Small program", "no").replace("Visit\n", "on\n"))
    assert (template.title, template.requirements[0].title) == ("no", "on")
    assert rule(
        "due: 3 days", "accepts: contact\n    source: {text: x, effective: 2024-02-29}"
    ).source.effective == date(2024, 2, 29)


def test_every_mistake_at_once_each_with_its_line():
    found = wrong("""template: Foo Bar
titel: x
labels: [hvi]
requirements:
  - key: a
    title: A
    every: 30 dayz
    accepts: {kind: contat, mode: inperson}
  - key: a
    title: B
    each: month
    every: 3 months
    accepts: [plan_signed]
    source: judgement
    source: x
  - key: c
    title: C
    share: {of: aa, percent: 200, window: 3 days, whose: me}
    source: x
""")
    lines = [line for line, _what in found]
    assert lines == sorted(lines)
    by_line = {line: " ".join(what for at, what in found if at == line) for line in lines}
    assert "“title” is missing" in by_line[1]
    assert "Foo Bar" in by_line[1]
    assert "“titel” is not known here. Did you mean “title”?" in by_line[2]
    assert "Did you mean “hiv”?" in by_line[3]
    assert "“source” is missing" in by_line[5]
    assert "30 dayz" in by_line[7]
    assert "Did you mean “contact”?" in by_line[8]
    assert "Did you mean “in_person”?" in by_line[8]
    assert "another one above" in by_line[9]
    assert "two: every, each" in by_line[11] + by_line.get(12, "")
    assert "“source” stands here twice; the first is in line 14" in by_line[15]
    for part in ("“percent” is a whole number from 1 to 100", "months or years", "client, agency", "no rule “aa”"):
        assert part in by_line[18]


def test_a_rule_without_a_source_is_refused():
    line, what = one_wrong(SMALL.replace("    source: judgement\n", ""))
    assert (line, what) == (5, "“source” is missing.")


def test_a_rule_without_a_clock_is_refused():
    assert "when it is due" in one_wrong(SMALL.replace("    each: month\n", ""))[1]


def test_a_rule_that_nothing_meets_is_refused():
    assert "“accepts” is missing" in one_wrong(SMALL.replace("    accepts: {kind: contact, mode: in_person}\n", ""))[1]


@pytest.mark.parametrize(
    ("lines", "part"),
    [
        ("each: month\n    due: 3 days", "“due_day”"),
        ("each: week\n    due_day: 8", "7 days at most"),
        ("due: 3 days\n    due_day: 8", "belongs to a rule with “each”"),
        ("every: 3 days\n    partial_periods: true", "belongs to a rule with “each”"),
        ("every: 0 days", "cannot be zero"),
        ("every: 3 days before", "“before” cannot stand here"),
        ("every: 3 days\n    due: 3 days before", "before the clock starts"),
        ("every: {by_acuity: {high: 3 days}}", "“span” is missing"),
        ("every: {from_plan: true}", "“span” is missing"),
        ("every: {by_acuity: {urgent: 3 days}}", "“urgent” is not known here"),
        ("due: 3 days\n    trigger: paused", "starts no clock"),
        ("due: 3 days\n    trigger: {age: 3 years, kind: referred}", "say one of them"),
        ("due: 3 days\n    trigger: {}", "say one of them"),
        ("due: 3 days\n    exceptions: [other]", "no exception of any rule"),
        ("due: 3 days\n    exceptions: [refused, refused]", "twice"),
        ("due: 3 days\n    remind: 3 days before", "“before” cannot stand here"),
        ("due: 3 days\n    weight: heavy", "“heavy” cannot stand here"),
        ("due: 3 days\n    at_least: 0", "from 1 to 100"),
        ("due: 3 days\n    at_least: many", "from 1 to 100"),
        ("due: 3 days\n    at_least: true", "from 1 to 100"),
        ("due: 3 days\n    each_member: 1", "true or false"),
        ("due: 3 days\n    action: call", "note, visit, elsewhere, assess, appointment"),
        ("share: {of: a, percent: 50, window: 1 year, whose: client}", "no rule “a”"),
    ],
)
def test_what_does_not_fit_is_said(lines, part):
    with pytest.raises(TemplateError) as caught:
        rule(lines)
    assert any(part in problem.what for problem in caught.value.problems), caught.value.problems


@pytest.mark.parametrize(
    ("accepts", "part"),
    [
        ("accepts: discharged\n    source: judgement", "meets no rule"),
        ("accepts: {kind: plan_signed, mode: phone}\n    source: judgement", "belong to a contact"),
        ("accepts: {mode: phone}\n    source: judgement", "“kind” is missing"),
        ("accepts: 3\n    source: judgement", "name: value"),
        ("accepts: {kind: contact, name: Big Name}\n    source: judgement", "no short name"),
        ("accepts: contact\n    source: {text: x, effective: 2023-02-29}", "“2023-02-29” is no date"),
        ("accepts: contact\n    source: {text: x, verified: true, judgement: true}", "not “verified”"),
        ("accepts: contact\n    source: {text: ' '}", "needs words"),
        ("accepts: contact\n    source: [x]", "name: value"),
    ],
)
def test_what_counts_and_its_source_are_checked(accepts, part):
    with pytest.raises(TemplateError) as caught:
        rule("due: 3 days", accepts)
    assert any(part in problem.what for problem in caught.value.problems), caught.value.problems


def test_the_periods_of_a_rule_without_periods_have_no_share():
    text = SMALL.replace("each: month", "every: 30 days") + (
        "  - {key: s, title: S, share: {of: visit, percent: 50, window: 1 year, whose: client}, source: judgement}\n"
    )
    assert "“accepts”" in one_wrong(text)[1]


def test_what_counts_for_a_share_stands_inside_it():
    text = SMALL + (
        "  - {key: s, title: S, share: {of: visit, percent: 50, window: 1 year, whose: client}, accepts: contact, source: judgement}\n"
    )
    assert "inside “share”" in one_wrong(text)[1]


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("", 1, "empty"),
        ("# nothing\n", 1, "empty"),
        ("just words", 1, "name: value"),
        ("- a\n- b\n", 1, "name: value"),
        ("template: a\ntitle: 'x\n", 3, "not YAML"),
        ("template: [a\ntitle: x\n", 2, "not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "one template"),
        ("a: &x [1]\nb: *x\n", 1, "anchors"),
        ("template: a\ntitle: *x\n", 2, "anchors"),
        ("[" * 50 + "]" * 50, 1, "nested too deeply"),
        ("[" + "1, " * 30_000 + "1]", 1, "too many parts"),
        ("? [a]\n: b\n", 1, "not a list"),
    ],
)
def test_what_is_no_template_at_all(text, line, part):
    found = wrong(text)
    assert any(part in what for _line, what in found), found
    assert found[0][0] == line


def test_a_text_longer_than_any_template_is_not_read():
    assert "too long" in one_wrong("#" * 200_001)[1]


def test_characters_that_yaml_forbids():
    assert "characters" in one_wrong("title: \x00")[1]


def test_a_number_longer_than_any_is_text():
    assert read_template(SMALL.replace("Small program", "9" * 30)).title == "9" * 30


def test_too_many_rules():
    rules = "".join(
        f"  - {{key: r{n}, title: R, due: 3 days, accepts: contact, source: judgement}}\n" for n in range(101)
    )
    assert "at most 100" in one_wrong(f"template: a\ntitle: A\nrequirements:\n{rules}")[1]


def test_words_too_long_are_refused():
    assert "at most 120" in one_wrong(SMALL.replace("Small program", "x" * 121))[1]


def test_content_is_read_without_lines():
    with pytest.raises(TemplateError) as caught:
        from_content({"template": "a", "title": "A", "requirements": "none"}, "version 3")
    assert [str(problem)[:10] for problem in caught.value.problems] == ["version 3:"] * len(caught.value.problems)


@pytest.mark.parametrize(
    "content", [None, 3, [], {}, {"requirements": None}, {"requirements": [None]}, {"caseload": 3, "labels": 4}]
)
def test_no_content_breaks_the_reader(content):
    with pytest.raises(TemplateError):
        from_content(content)


def test_what_is_needed_and_left_empty_is_missing():
    """An empty source is no judgement, and an empty list of rules was meant to hold some."""
    assert one_wrong(SMALL.replace("source: judgement", "source:")) == (9, "“source” is missing.")
    assert one_wrong("template: small\ntitle: Small\nrequirements:\n") == (3, "“requirements” is missing.")
    assert one_wrong("template:\ntitle: Small\nrequirements: []\n") == (1, "“template” is missing.")
    assert one_wrong("- a\n")[0] == 1
