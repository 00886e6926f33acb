"""Where scripts do not run: the buttons that only show then, pressed in Chromium, and what was typed read back on the next page."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.casework.assessments.asking import care, in_use
from tests.doors.web.clients.people import client_of, team_with
from tests.doors.web.contacts.test_group import NAMES
from tests.doors.web.contacts.test_group import client_of as in_group
from tests.doors.web.contacts.test_programs import START, in_program
from tests.doors.web.instruments.test_building import built, draft
from tests.factories import AgencyFactory, PersonFactory, StaffFactory
from tests.forms.unscripted import presses
from tests.stories.pressed.conftest import Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str, **more: Any) -> None:
    presses(page.get_by_role("button", name=name, **more))


def test_a_note_changes_its_program_and_is_kept(screen: Screen) -> None:
    ann, nia = StaffFactory(), PersonFactory(given="Nia")
    in_program("foster-care-child", ann, nia)
    school = in_program("school-based", ann, nia)
    kind = template_on(school.program, START).contact_kinds[0].key
    page = screen(ann, scripts=False)
    page.goto(f"/clients/{nia.pk}/note/")
    page.fill("[name=narrative]", "She read to me.")
    page.locator(f"[name=episode][value='{school.pk}']").check()
    press(page, "Use this program")
    expect(page.locator("[name=narrative]")).to_have_value("She read to me.")
    expect(page.locator(f"[name=episode][value='{school.pk}']")).to_be_checked()
    page.locator(f"[name=how][value='kind:{kind}']").check()
    page.fill("[name=next_step]", "Ask the teacher")
    press(page, "Save draft")
    expect(page.locator("[name=next_step]")).to_have_value("Ask the teacher")
    expect(page.locator(f"[name=how][value='kind:{kind}']")).to_be_checked()


def test_a_group_changes_its_program_and_its_place(screen: Screen) -> None:
    ann = StaffFactory()
    first = [in_group(ann, name) for name in NAMES[:2]]
    second = in_group(ann, "Dora Lind", key="foster-care-child")
    page = screen(ann, scripts=False)
    page.goto("/group-note/")
    program = page.locator("label.chip:has([name=program])")
    program.filter(has_text="Foster").locator("input").check()
    press(page, "Use this program")
    expect(page.locator(f"[name=with][value='{second.pk}']")).to_have_count(1)
    expect(page.locator(f"[name=with][value='{first[0].pk}']")).to_have_count(0)
    page.locator(f"[name=with][value='{second.pk}']").check()
    press(page, "Put them on the note")
    expect(page.locator(".member")).to_contain_text("Dora Lind")
    page.fill("[name=narrative]", "We cooked.")
    page.locator("[name=how][value=elsewhere]").check()
    page.locator("[name=place]").select_option("school")
    press(page, "Show what is looked at there")
    expect(page.locator("[name=narrative]")).to_have_value("We cooked.")
    page.locator(".member details:has([name*=_check_]) summary").click()
    expect(page.locator(f"[name^='of_{second.pk}_check_'][value=no]").first).to_be_visible()


def test_an_assessment_is_kept(screen: Screen) -> None:
    there = care()
    in_use()
    page = screen(there.worker, scripts=False)
    page.goto(f"/clients/{there.person.pk}/assessments/")
    press(page, "Begin : Nine questions")
    page.locator("[name='a:q1']").nth(2).check()
    press(page, "Save and update")
    expect(page.locator("[name='a:q1']").nth(2)).to_be_checked()
    expect(page.locator("[data-answered]")).to_have_text("1 of 9")


def test_an_inquiry_is_kept(screen: Screen) -> None:
    page = screen(team_with(Role.INTAKE), scripts=False)
    page.goto("/inquiries/new/")
    page.fill("[name=given]", "Maria")
    page.fill("[name=wanted]", "A bed for the night")
    press(page, "Save")
    expect(page.get_by_role("heading", level=1)).to_have_text("Maria")
    expect(page.locator("[name=wanted]")).to_have_value("A bed for the night")


def test_whom_to_call_follows_the_state_that_was_chosen(screen: Screen) -> None:
    ann = team_with(Role.CASE_MANAGER)
    dana = client_of(ann, ann.memberships.get().team)
    page = screen(ann, scripts=False)
    page.goto(f"/clients/{dana.pk}/report/")
    page.get_by_label("State where they are").select_option("CA")
    page.locator("label.chip", has_text="A child").locator("input").check()
    page.get_by_label("What you saw or were told").fill("A bruise on the left arm")
    press(page, "Show the number for these")
    expect(page.locator("#call")).to_contain_text("within 36 hours")
    expect(page.get_by_label("What you saw or were told")).to_have_value("A bruise on the left arm")


def test_a_condition_shows_the_answers_of_its_question(screen: Screen) -> None:
    AgencyFactory()
    ada = StaffFactory(role=Role.ADMINISTRATOR)
    built(browser(ada))
    page = screen(ada, scripts=False)
    page.goto(f"{reverse('instruments:build', args=[draft().pk])}?item=q2")
    press(page, "A condition", exact=True)
    page.select_option("[name=conditions-0-question]", "q1")
    press(page, "Show its answers")
    page.select_option("[name=conditions-0-answer]", label="There")
    presses(page.locator("#do-save"))
    expect(page.locator("[name=conditions-0-answer] option:checked")).to_have_text("There")
    assert draft().content["item"][1]["enableWhen"][0]["question"] == "q1"
