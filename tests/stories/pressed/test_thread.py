"""From an assessment to a need, a goal, a plan signed by link and on paper, a note that serves it, and the way back: pressed in Chromium."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.actions import SignerAsked, ask_for_signatures, new_link
from goldthread.casework.plans.models import PlanVersion
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff
from tests.browser import Watch
from tests.casework.assessments.asking import Care, actor, begun, care, in_use, signed
from tests.casework.plans.making import DANA, in_force, written
from tests.casework.tasks.making import enrolled, program
from tests.clock import agency_today
from tests.doors.web.contacts.test_toward import client_of, goal_of
from tests.factories import AssignmentFactory
from tests.looks import right
from tests.stories.pressed.conftest import Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
GROUP = {
    "linkId": "who",
    "type": "group",
    "text": "Somebody",
    "repeats": True,
    "item": [{"linkId": "name", "type": "string", "text": "Name"}],
}

TYPED_AT_ONCE = """
() => document.addEventListener("htmx:afterSwap", () => {
  const name = document.querySelector("[name='a:name[0]']");
  name.value = "Ana";
  name.dispatchEvent(new Event("input", { bubbles: true }));
}, { once: true })
"""
"""Into what has just come, before htmx has settled: it may not pass for what came."""


@pytest.fixture
def there(db: None) -> Care:
    """A client in a program with their worker."""
    found = care()
    found.episode = enrolled(program(), date(2026, 1, 5), found.person)
    AssignmentFactory(client=found.person, episode=found.episode, staff=found.worker, team=found.team)
    return found


def episode_of(there: Care) -> Episode:
    assert there.episode
    return there.episode


def press(page: Page, begins: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{begins}")).click()


def test_a_need_in_their_own_words_becomes_a_goal_of_a_new_version(screen: Screen, there: Care) -> None:
    in_use()
    in_force(episode_of(there), actor(there.worker))
    row = signed(there, dict.fromkeys(range(1, 9), 2) | {9: 0})
    page = screen(there.worker)
    page.goto(f"/clients/{there.person.pk}/assessments/{row.pk}/")
    press(page, "Their own words")
    expect(page.get_by_role("heading", name="A goal for this need")).to_be_visible()
    press(page, "Begin a new version with it")
    page.locator("#add-goals [name=words]").fill("Wake up and paint")
    page.locator("#add-goals button.primary").click()
    expect(page.locator("main")).to_contain_text("Wake up and paint")
    page.goto(f"/clients/{there.person.pk}/plan/")
    expect(page.locator("main")).to_contain_text("Wake up and paint")
    assert PlanVersion.objects.get(number=2).state == "draft"


def test_a_suggested_need_is_accepted_and_the_questions_are_asked_again(screen: Screen, there: Care) -> None:
    in_use()
    signed(there, dict.fromkeys(range(1, 9), 2) | {9: 0})
    page = screen(there.worker)
    page.goto(f"/clients/{there.person.pk}/needs/")
    words = page.locator("#suggested b").inner_text()
    press(page, "Accept")
    expect(page.locator("#needs .ranked")).to_contain_text(words)
    page.reload()
    expect(page.locator("#needs .ranked")).to_contain_text(words)
    expect(page.locator("#suggested")).to_have_count(0)
    page.goto(f"/clients/{there.person.pk}/assessments/")
    press(page, "Ask again")
    expect(page.get_by_role("button", name="Sign", exact=True)).to_be_visible()
    page.goto(f"/clients/{there.person.pk}/assessments/")
    expect(page.locator("section[aria-labelledby=open]")).to_contain_text("Nine questions")


def test_a_turn_of_a_sheet_is_taken_away(screen: Screen, there: Care) -> None:
    row = begun(there, in_use({"resourceType": "Questionnaire", "status": "active", "url": "urn:test:g", "title": "G", "item": [GROUP]}))  # fmt: skip
    page = screen(there.worker)
    page.goto(reverse("assessments:sheet", args=[there.person.pk, row.pk]))
    page.evaluate(TYPED_AT_ONCE)
    press(page, "Add: Somebody")
    expect(page.locator("[data-answered]")).to_have_text("1 of 1")  # saved by itself
    page.reload()
    expect(page.locator("[name='a:name[0]']")).to_have_value("Ana")
    press(page, "Add: Somebody")
    page.locator("[name='a:name[1]']").fill("Ben")
    right(page)
    press(page, "Take away Somebody 1")
    expect(page.locator("fieldset.turn")).to_have_count(1)
    page.reload()
    expect(page.locator("[name='a:name[0]']")).to_have_value("Ben")


def test_a_plan_is_signed_by_one_link_and_declined_by_another(screen: Screen, there: Care, watch: Watch) -> None:
    watch.forgive("htmx:")  # the last page is left while it asks whether its PDF is there
    by = actor(there.worker)
    asked = [DANA, SignerAsked("family", "Aunt Ines")]
    version = ask_for_signatures(version=written(episode_of(there), by), signers=asked, by=by)
    now = Actor(at=timezone.now(), today=agency_today(), staff=there.worker.pk, name=there.worker.name)
    links = {
        one.name: new_link(signature=one, email="home@home.example", by=now).secret for one in version.signatures.all()
    }
    ines = screen()
    ines.goto(f"/sign/{links['Aunt Ines']}/")
    ines.get_by_text("I do not want to sign").click()
    ines.get_by_label("Why, in a sentence").fill("These are not her words")
    press(ines, "Say no")
    expect(ines.locator("main")).to_contain_text("Your answer is written down")
    dana = screen()
    dana.goto(f"/sign/{links['Dana Ortiz']}/")
    dana.get_by_label("Your name").fill("Dana Ortiz")
    press(dana, "Sign")
    expect(dana.locator("main")).to_contain_text("You have signed")
    page = screen(there.worker)
    page.goto(f"/clients/{there.person.pk}/plan/")
    expect(page.locator("main")).to_contain_text("These are not her words")
    assert PlanVersion.objects.get().state == "in_force"
    page.goto(f"/clients/{there.person.pk}/plan/{version.pk}/pdf/")
    press(page, "Make the PDF")
    expect(page.locator("#pdf-state")).to_contain_text("It is being made")


def test_a_signed_note_is_given_its_goal(screen: Screen, there: Care) -> None:
    ann: Staff = there.worker
    nia = client_of(ann)
    goal = goal_of(nia, ann)
    page = screen(ann)
    page.goto(f"/clients/{nia.pk}/note/")
    page.locator("[name=how][value='in_person:residence']").check()
    said = {"day": (agency_today() - timedelta(days=1)).isoformat(), "start": "09:00", "end": "09:45"}
    for name, value in (said | {"narrative": "We filled in the form."}).items():
        page.fill(f"[name={name}]", value)
    page.locator(f"[name=who][value='{nia.pk}']").check()
    page.locator("[name=activity][value=direct_support]").check()
    press(page, "Sign note")
    page.locator("summary", has_text="Say which goal it served").click()
    page.get_by_label("To which goal?").select_option(str(goal.pk))
    page.locator("label", has_text="A little").last.click()
    page.locator("[name=about]").fill("Talked about rent")
    press(page, "Add")
    expect(page.locator("main")).to_contain_text("This contact served the goal “I want my own door”: a little.")


def test_who_came_back_goes_on_with_their_plan(screen: Screen, there: Care) -> None:
    before = episode_of(there)
    in_force(before, actor(there.worker))
    Episode.objects.filter(pk=before.pk).update(discharged_on=date(2026, 11, 19))
    again = enrolled(before.program, date(2026, 11, 20), there.person)
    Episode.objects.filter(pk=again.pk).update(continues=before)
    AssignmentFactory(client=there.person, episode=again, staff=there.worker, team=there.team)
    page = screen(there.worker)
    page.goto(f"/clients/{there.person.pk}/programs/{again.pk}/back/")
    press(page, "Go on with this plan")
    expect(page.locator("main")).to_contain_text("I want my own door")
    page.goto(f"/clients/{there.person.pk}/programs/{again.pk}/back/")
    expect(page.locator("main")).to_contain_text("A plan was begun.")
