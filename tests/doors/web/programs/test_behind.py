"""A release brings stricter templates; a program keeps the rules with which it opened, and its page says where they ask for less."""

from dataclasses import replace
from typing import Any

import pytest

from goldthread.foundation.programs import queries
from goldthread.foundation.programs.actions import change_rules
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.deviations import Deviation
from goldthread.foundation.programs.rules.template import Requirement, Template
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.casework.tasks.making import by_on
from tests.doors.web.programs.helpers import opened, page
from tests.factories import AT, AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db
RULE = "face-to-face-90"


@pytest.fixture
def admin() -> Staff:
    AgencyFactory()
    staff: Staff = StaffFactory(role=Role.ADMINISTRATOR, name="Gloria Nakamura")
    return staff


def looser(template: Template, *, without: bool = False) -> Template:
    """*template* as an older release had it: in person every 120 days instead of 90, or not at all."""

    def older(rule: Requirement) -> Requirement:
        if rule.key != RULE or rule.interval is None:
            return rule
        return replace(rule, interval=replace(rule.interval, span=replace(rule.interval.span, count=120)))

    rules = [older(rule) for rule in template.requirements if not (without and rule.key == RULE)]
    return replace(template, requirements=tuple(rules))


def old_program(**more: Any) -> Program:
    return opened(template=looser(shipped()["idd-hcbs"], **more))


def test_a_program_of_an_older_release_says_where_the_template_asks_for_more(admin: Staff) -> None:
    program, web = old_program(), browser(admin)
    body = web.get(page("program", program.pk)).content.decode()
    assert "The template asks for more in 1 rule" in body
    assert "every 120 days" in body
    assert "every 90 days" in body
    assert page("rule", program.pk, RULE) in body
    assert "The template asks for more in 1 rule" in web.get(page("list")).content.decode()


def test_a_rule_that_the_program_never_had_is_named(admin: Staff) -> None:
    body = browser(admin).get(page("program", old_program(without=True).pk)).content.decode()
    assert "The template asks for more in 1 rule" in body
    assert "not in this program" in body


def test_a_program_as_strict_as_its_template_says_nothing(admin: Staff) -> None:
    program, web = opened(), browser(admin)
    assert "The template asks for more" not in web.get(page("program", program.pk)).content.decode()
    assert "The template asks for more" not in web.get(page("list")).content.decode()


def test_what_somebody_answers_for_is_said_at_the_rule_and_not_twice(admin: Staff) -> None:
    program, by = opened(), by_on(AT.date(), staff=admin.pk)
    answered = [Deviation(RULE, "A waiver", str(admin.pk), admin.name)]
    changed = looser(queries.parsed(queries.latest(program)))
    change_rules(
        program=program,
        template=changed,
        in_force_from=AT.date(),
        by=by,
        reason="",
        deviations=answered,
        version_seen=1,
    )
    body = browser(admin).get(page("program", program.pk)).content.decode()
    assert "Gloria Nakamura answers for it: A waiver" in body
    assert "The template asks for more" not in body


def test_a_program_of_the_agencys_own_is_behind_nothing(admin: Staff) -> None:
    program = opened(template=looser(shipped()["idd-hcbs"]), template_key="")
    assert "The template asks for more" not in browser(admin).get(page("program", program.pk)).content.decode()
