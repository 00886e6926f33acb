"""When a changed rule asks for more, for less, or for something else."""

from dataclasses import replace

import pytest

from goldthread.foundation.programs.enums import EventKind, Mode, Place, Reason, Seen, Weight
from goldthread.foundation.programs.rules.deviations import Deviation, weigh
from goldthread.foundation.programs.rules.loosening import Change, compare, loosened
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.programs.rules.template import Accepts
from goldthread.foundation.programs.shipped import shipped

SAME, TIGHTER, LOOSER, OTHER = Change.SAME, Change.TIGHTER, Change.LOOSER, Change.OTHER


def rule(said, source="source: A rule"):
    text = f"template: t\ntitle: T\nrequirements:\n  - {{key: a, title: A, accepts: contact, {said}, {source}}}\n"
    return read_template(text).requirements[0]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("due: 60 days", "due: 60 days", SAME),
        ("due: 60 days", "due: 61 days", LOOSER),
        ("due: 60 days", "due: 59 days", TIGHTER),
        ("due: 60 days", "due: 8 weeks", TIGHTER),  # 56 days
        ("due: 60 days", "due: 9 weeks", LOOSER),  # 63 days
        ("due: 60 days", "due: 2 months", LOOSER),  # up to 62 days
        ("due: 2 months", "due: 60 days", LOOSER),  # from the first of February: 59
        ("due: 60 days", "due: 1 month", TIGHTER),
        ("due: 10 business days", "due: 9 business days", TIGHTER),
        ("due: 10 business days", "due: 10 days", TIGHTER),  # business days are never fewer
        ("due: 10 days", "due: 10 business days", LOOSER),
        ("due: 2 days", "due: 48 hours", TIGHTER),  # no longer
        ("due: 90 days before", "due: 60 days before", LOOSER),
        ("due: 60 days before", "due: 90 days before", TIGHTER),
        ("every: 30 days", "every: 45 days", LOOSER),
        ("every: 30 days", "every: 14 days", TIGHTER),
        ("every: 30 days, due: 10 days", "every: 30 days, due: 20 days", LOOSER),
        ("every: 30 days", "every: 30 days, due: 10 days", TIGHTER),
        ("every: 30 days, due: 10 days", "every: 20 days, due: 20 days", LOOSER),  # one of both is enough
        ("every: 30 days", "every: {span: 30 days, by_acuity: {low: 90 days}}", LOOSER),
        ("every: 30 days", "every: {span: 30 days, by_acuity: {high: 7 days}}", TIGHTER),
        ("every: 30 days", "every: {span: 30 days, from_plan: true}", LOOSER),
        ("each: month", "each: quarter", LOOSER),
        ("each: month", "each: week", TIGHTER),
        ("each: month", "each: month, due_day: 20", TIGHTER),
        ("each: month", "each: month, partial_periods: true", TIGHTER),
        ("each: month", "every: 28 days", TIGHTER),
        ("each: month", "every: 60 days", LOOSER),
        ("every: 30 days", "each: month", LOOSER),
        ("every: 30 days", "due: 30 days", LOOSER),
        ("due: 30 days", "every: 30 days", OTHER),
        ("due: 30 days", "due: 30 days, trigger: referred", OTHER),
        ("due: 30 days", "due: 30 days, at_least: 2", TIGHTER),
        ("due: 30 days", "due: 30 days, earliest: 9 months", LOOSER),
        ("every: 30 days", "every: 30 days, earliest: 5 days", TIGHTER),
        ("due: 30 days", "due: 30 days, each_member: true", TIGHTER),
        ("due: 30 days", "due: 30 days, pauses: false", TIGHTER),
        ("due: 30 days", "due: 30 days, exceptions: [refused]", LOOSER),
        ("due: 30 days, exceptions: [refused, jail]", "due: 30 days, exceptions: [jail]", TIGHTER),
        ("due: 30 days, exceptions: [refused]", "due: 30 days, exceptions: [jail]", LOOSER),
        ("due: 30 days, weight: legal", "due: 30 days, weight: other", LOOSER),
        ("due: 30 days, weight: legal", "due: 30 days, weight: safety", TIGHTER),
        # reminders and words ask for nothing
        (
            "due: 30 days",
            "due: 30 days, remind: 1 day, escalate: 9 days, grace: 2 days, minutes: 5, action: visit",
            SAME,
        ),
    ],
)
def test_rules_compared(before, after, change):
    assert compare(rule(before), rule(after)) is change


def test_a_rule_taken_out_or_called_a_judgement_asks_for_less():
    assert compare(rule("due: 3 days"), None) is LOOSER
    assert compare(rule("due: 3 days"), rule("due: 3 days", "source: judgement")) is LOOSER


def accepting(*accepts):
    return replace(rule("due: 3 days"), accepts=accepts)


CONTACT = Accepts(EventKind.CONTACT)
IN_PERSON = replace(CONTACT, modes=frozenset({Mode.IN_PERSON}))


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ((CONTACT,), (IN_PERSON,), TIGHTER),
        ((IN_PERSON,), (CONTACT,), LOOSER),
        ((IN_PERSON,), (replace(IN_PERSON, modes=frozenset({Mode.IN_PERSON, Mode.VIDEO})),), LOOSER),
        ((IN_PERSON,), (replace(IN_PERSON, places=frozenset({Place.RESIDENCE})),), TIGHTER),
        ((IN_PERSON,), (replace(IN_PERSON, seen=frozenset({Seen.CLIENT})),), TIGHTER),
        ((IN_PERSON,), (replace(IN_PERSON, minutes=20),), TIGHTER),
        ((CONTACT,), (replace(CONTACT, attempted=True),), LOOSER),
        ((Accepts(EventKind.HEARING),), (Accepts(EventKind.HEARING, name="permanency"),), TIGHTER),
        ((CONTACT,), (CONTACT, Accepts(EventKind.MEETING)), LOOSER),
        ((CONTACT, Accepts(EventKind.MEETING)), (CONTACT,), TIGHTER),
        ((CONTACT,), (Accepts(EventKind.MEETING),), OTHER),
    ],
)
def test_what_counts_compared(before, after, change):
    assert compare(accepting(*before), accepting(*after)) is change


def half(percent=50, window="12 months", whose="client", place="residence"):
    said = f"share: {{of: a, percent: {percent}, window: {window}, whose: {whose}, accepts: {{kind: contact, place: {place}}}}}"
    text = (
        "template: t\ntitle: T\nrequirements:\n  - {key: a, title: A, each: month, accepts: contact, source: A rule}\n"
        f"  - {{key: s, title: S, source: A rule, {said}}}\n"
    )
    return read_template(text).requirements[1]


def test_shares_compared():
    assert compare(half(), half()) is SAME
    assert compare(half(), half(percent=40)) is LOOSER
    assert compare(half(), half(percent=60)) is TIGHTER
    assert compare(half(), half(window="24 months")) is OTHER
    assert compare(half(), half(place="[residence, school]")) is LOOSER
    assert compare(half(), rule("due: 3 days")) is not SAME


def foster(**changed):
    """The shipped template with one field of its monthly visit changed."""
    template = shipped()["foster-care-child"]
    rules = [replace(one, **changed) if one.key == "monthly-visit" else one for one in template.requirements]
    return replace(template, requirements=tuple(rules))


def test_only_rules_of_the_field_are_loosened():
    source = shipped()["substance-use"]
    looser = replace(source, requirements=tuple(one for one in source.requirements if not one.source.judgement))
    assert loosened(source, looser) == []
    found = loosened(shipped()["foster-care-child"], foster(exceptions=frozenset({Reason.WEATHER})))
    assert [(one.key, one.change) for one in found] == [("monthly-visit", LOOSER)]
    assert loosened(shipped()["foster-care-child"], foster(weight=Weight.SAFETY)) == []


ANSWER = Deviation("monthly-visit", "The court agreed.", "1", "Gloria Nakamura")


def test_what_was_answered_for_goes_on_holding_until_it_is_loosened_further():
    source = shipped()["foster-care-child"]
    one = foster(exceptions=frozenset({Reason.WEATHER}))
    two = foster(exceptions=frozenset({Reason.WEATHER, Reason.AWAY}))
    assert [loose.key for loose in weigh(source, source, one, [], []).unanswered] == ["monthly-visit"]
    assert weigh(source, source, one, [], [ANSWER]).deviations == [ANSWER]
    assert weigh(source, one, one, [ANSWER], []).deviations == [ANSWER]
    assert weigh(source, two, one, [ANSWER], []).deviations == [ANSWER]
    assert [loose.key for loose in weigh(source, one, two, [ANSWER], []).unanswered] == ["monthly-visit"]
    assert weigh(source, one, source, [ANSWER], []).deviations == []


def test_a_rule_that_nobody_touches_is_not_asked_about_when_its_source_grew_stricter():
    """A program that was opened before the shipped template let the clock go on through a pause."""
    source = shipped()["foster-care-child"]
    old = foster(only_pauses=True)
    assert [(one.key, one.change) for one in loosened(source, old)] == [("monthly-visit", LOOSER)]
    assert weigh(source, old, old, [], []).unanswered == []
    assert [one.key for one in weigh(source, source, old, [], []).unanswered] == ["monthly-visit"]


@pytest.mark.parametrize("empty", [replace(ANSWER, reason="  "), replace(ANSWER, name="")])
def test_an_answer_needs_a_reason_and_a_name(empty):
    source = shipped()["foster-care-child"]
    assert weigh(source, source, foster(exceptions=frozenset({Reason.WEATHER})), [], [empty]).unanswered


def test_a_rule_once_taken_out_stays_answered_for():
    source = shipped()["foster-care-child"]
    without = replace(source, requirements=tuple(one for one in source.requirements if one.key != "monthly-visit"))
    without = replace(without, requirements=tuple(one for one in without.requirements if one.share is None))
    answers = [replace(ANSWER, requirement=key) for key in ("monthly-visit", "visits-in-residence", "months-visited")]
    assert weigh(source, source, without, [], answers).unanswered == []
    assert weigh(source, without, without, answers, []).unanswered == []
    assert weigh(source, without, foster(weight=Weight.OTHER), answers, []).unanswered
