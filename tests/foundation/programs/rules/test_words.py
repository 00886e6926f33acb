"""Rules said as sentences."""

import pytest
from django.utils import translation

from goldthread.foundation.programs.enums import Acuity, EventKind
from goldthread.foundation.programs.rules import titles
from goldthread.foundation.programs.rules.differences import other_changes, rule_changes
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.programs.rules.words import kind_words, say, say_leads
from goldthread.foundation.programs.shipped import shipped


def said(text, accepts="contact"):
    template = read_template(
        f"template: t\ntitle: T\nrequirements:\n  - {{key: a, title: A, {text}, accepts: {accepts}, source: judgement}}\n"
    )
    return say(template.requirements[0])


@pytest.mark.parametrize(
    ("text", "accepts", "sentence"),
    [
        ("due: 60 days", "assessment", "An assessment, within 60 days of the enrollment."),
        ("due: 1 business day, trigger: referred", "contact", "A contact, within 1 business day of the referral."),
        (
            "due: 0 days, trigger: services_started",
            "plan_signed",
            "A signed plan, no later than the day of the start of services.",
        ),
        (
            "due: 90 days before, earliest: 9 months, trigger: {age: 3 years}",
            "meeting",
            "A meeting, at least 90 days before their age of 3 years, not sooner than 9 months before.",
        ),
        (
            "due: 10 days, trigger: {each_year: 09-01}",
            "contact",
            "A contact, within 10 days of September 1 of each year.",
        ),
        ("every: 30 days", "contact", "A contact, every 30 days, clock from the last one."),
        (
            "every: 30 days, due: 10 days",
            "contact",
            "A contact, every 30 days, clock from the last one, the first within 10 days of the enrollment.",
        ),
        (
            "every: 6 months, trigger: plan_signed",
            "[plan_review, plan_signed]",
            "A review of the plan; or a signed plan, every 6 months, clock from the last one, the first time from a signed plan.",
        ),
        (
            "every: {span: 30 days, from_plan: true}",
            "contact",
            "A contact, as often as the plan says, else every 30 days, clock from the last one.",
        ),
        (
            "every: {span: 30 days, by_acuity: {high: 7 days, low: 90 days}}",
            "contact",
            "A contact, by acuity every 7 days (High), 90 days (Low), else every 30 days, clock from the last one.",
        ),
        (
            "each: month",
            "{kind: contact, mode: in_person, seen: client}",
            "A contact in person, with the client, in each calendar month.",
        ),
        ("each: month, due_day: 20", "contact", "A contact, in each calendar month, by its day 20."),
        ("each: week, at_least: 3", "contact", "A contact, at least 3 times, in each week."),
        (
            "each: quarter, each_member: true",
            "contact",
            "A contact, in each quarter of the year. For each member of the household.",
        ),
        (
            "each: year",
            "{kind: contact, mode: [phone, video], place: school, activity: monitoring, minutes: 20, name: big, attempted: true, seen: [client, parent]}",
            "A contact by phone or by video, at school, with the client and a parent, for monitoring and follow-up, at least 20 minutes, "
            "called “big”, tries count, in each calendar year.",
        ),
    ],
)
def test_sentences(text, accepts, sentence):
    assert said(text, accepts) == sentence


def test_shares_and_leads():
    template = shipped()["foster-care-child"]
    assert say(template.requirement("visits-in-residence"), template) == (
        "At least 50 % of what counts for “Visit the child every month” is a contact in person, where they live, with the client; "
        "over 12 months. The rate is that of each client."
    )
    assert say(template.requirement("months-visited")) == (
        "At least 95 % of the periods of “monthly-visit” met, over 12 months. The rate is that of the whole agency."
    )
    assert say(template.requirement("permanency-hearing")).endswith("The clock goes on through a pause.")
    assert "pause" not in say(shipped()["idd-hcbs"].requirement("face-to-face-90"))
    assert say_leads(template.requirement("monthly-visit")) == "Remind 7 days before, tell the supervisor 1 day after."


def test_every_word_has_a_title():
    for table in (
        titles.UNITS,
        titles.KINDS,
        titles.MODES,
        titles.PLACES,
        titles.ACTIVITIES,
        titles.SEEN,
        titles.REASONS,
        titles.WEIGHTS,
        titles.PERIODS,
        titles.ACUITIES,
        titles.CHECKLISTS,
        titles.DOMAINS,
        titles.PRIORITIES,
    ):
        words = type(next(iter(table)))
        assert list(table) == list(words)
    assert titles.choices(titles.ACUITIES)[0] == (str(Acuity.HIGH), "High")
    assert kind_words(EventKind.PAUSED) == "paused"


def test_sentences_in_every_language_of_the_screens():
    for language in ("en", "es"):
        with translation.override(language):
            assert all(say(rule, template) for template in shipped().values() for rule in template.requirements)


def test_differences_are_readable():
    template = shipped()["foster-care-child"]
    other = shipped()["foster-care-adult"]
    changes = {change.key: change for change in rule_changes(template, other)}
    assert changes["permanency-hearing"].after is None
    assert changes["permanency-hearing"].title == "Permanency hearing every year"
    assert changes["monthly-visit"].title == "Visit at home every month"
    assert rule_changes(other, template)[1].before is None
    assert rule_changes(template, template) == []
    assert ("client_word", "child", "resident") in other_changes(template, other)
