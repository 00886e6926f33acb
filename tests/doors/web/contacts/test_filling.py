"""A note that is opened from a task starts with the kind of contact that usually meets the rule."""

import pytest

from goldthread.doors.web.contacts.filling import way_of_rule
from goldthread.doors.web.contacts.offered import ways_of
from goldthread.foundation.programs.shipped import shipped


@pytest.mark.parametrize(
    ("template", "requirement", "way"),
    [
        ("hospital-discharge", "discharge-call", "kind:call"),
        ("hospital-discharge", "visit-7", "kind:home-visit"),
        ("hospital-discharge", "contact", "kind:home-visit"),
        ("foster-care-child", "monthly-visit", "kind:home-visit"),
        ("foster-care-adult", "monthly-visit", "kind:home-visit"),
        ("idd-hcbs", "face-to-face-90", "kind:home-visit"),
    ],
)
def test_the_way_that_fits(template: str, requirement: str, way: str) -> None:
    rules = shipped()[template]
    assert rules.requirement(requirement), "the rule is called so"
    found = way_of_rule(rules, ways_of(rules), requirement)
    assert found
    assert found.value == way


def test_nobody_is_sent_to_a_hospital_by_a_rule_that_does_not_name_it() -> None:
    for rules in shipped().values():
        for requirement in rules.requirements:
            found = way_of_rule(rules, ways_of(rules), requirement.key)
            named = any("hospital" in accepts.places for accepts in requirement.accepts)
            assert found is None or found.place != "hospital" or named, (rules.key, requirement.key)
