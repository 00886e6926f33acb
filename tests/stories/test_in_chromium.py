"""Four of the stories where they are lived: on a phone and at a desk, in Chromium, with the clock moved.

The server runs in this process, so that its clock can be moved; the browser's own stays where it is.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from goldthread.people.persons.models import Household, HouseholdMember
from tests.browser import DEADLINE, DESK, PHONE, Watch
from tests.looks import right
from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("STORY_PICTURES", "")
Windows = Callable[[Worker], Page]


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def window(
    request: pytest.FixtureRequest, live_server: LiveServer, chromium_browser: Browser, on: Calendar, watch: Watch
) -> Iterator[Windows]:
    """``window(renee)``: her browser, on a phone or at a desk, signed in on the day of the story."""
    on.ticks = True
    size: ViewportSize = request.param
    contexts = []

    def open_for(worker: Worker) -> Page:
        context = chromium_browser.new_context(
            base_url=live_server.url, viewport=size, locale="en-US", timezone_id="America/New_York"
        )
        context.set_default_timeout(DEADLINE)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": worker.ticket, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert watch.unforgiven == []


def shown(page: Page, name: str) -> None:
    """The page breaks no rule that a machine can check; a picture of it, where somebody wants to look."""
    right(page)
    if PICTURES:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def line(page: Page, *words: str) -> None:
    """One line of the list says all of it."""
    found = page.locator("main li")
    for word in words:
        found = found.filter(has_text=word)
    expect(found.first).to_be_visible()


def sign(page: Page, start: str, end: str, words: str) -> None:
    """The composer, filled from the task: what is left to say, and the signature."""
    page.fill("[name=start]", start)
    page.fill("[name=end]", end)
    for name, answer in (("furnished", "yes"), ("adequate", "yes"), ("changed", "no")):
        page.locator(f"[name={name}][value={answer}]").check()
    page.fill("[name=narrative]", words)
    page.get_by_role("button", name="Sign note").click()
    expect(page.locator("article.signed")).to_contain_text(words)


def test_foster_care(on: Calendar, window: Windows, offers: Offers, ines: Worker, renee: Worker) -> None:
    offers("foster-care-child")
    maya = person("Maya Ellery", date(2019, 5, 3))
    on("2026-01-15")
    ines.enrols(maya, "Foster care, child", worker=renee)
    on("2026-02-24", "17:00")  # a Tuesday; February ends on Saturday
    page = window(renee)
    page.goto("/day/")
    line(page, "Maya Ellery", "Visit the child every month", "Sat 28 Feb")
    shown(page, "foster-day")
    page.locator("li.task:has-text('Visit the child every month')").get_by_role("link", name=re.compile("^Log")).click()
    expect(page.locator("#ahead")).to_contain_text("Visit the child every month: done until Sat 28 Feb")
    sign(page, "15:00", "16:00", "She showed me her room.")
    page.goto("/day/")
    expect(page.locator("main")).not_to_contain_text("Visit the child every month")
    on("2026-04-01", "09:00")  # nobody came in March
    page = window(renee)
    page.goto("/day/?text=Maya")
    line(page, "Visit the child every month", "missed, 31 Mar")
    page.locator("li.task:has-text('missed')").get_by_role("link", name=re.compile("^Say why")).click()
    page.select_option("#cannot [name=reason]", "staff_absent")
    page.fill("#cannot [name=note]", "I was ill")
    page.click("#cannot button")
    expect(page.locator(".toast")).to_contain_text("written down")
    page.goto(f"/clients/{maya.pk}/tasks/")
    page.get_by_role("link", name="Done and missed").click()
    line(page, "Visit the child every month", "1 Mar – 31 Mar 2026", "I was ill", "missed")
    line(page, "Visit the child every month", "1 Feb – 28 Feb 2026", "met")
    shown(page, "foster-kept")


def test_a_family_of_three(on: Calendar, window: Windows, offers: Offers, ines: Worker, renee: Worker) -> None:
    offers("child-welfare")
    mother = person("Carla Reyes", date(1991, 4, 2))
    children = [
        person(f"{name} Reyes", date(year, 1, 10)) for name, year in (("Ana", 2014), ("Ben", 2017), ("Cleo", 2022))
    ]
    home = Household.objects.create(name="Reyes")
    for one in (mother, *children):
        HouseholdMember.objects.create(household=home, person=one)
    on("2026-03-02")
    ines.enrols(
        mother,
        "Child welfare, ongoing services",
        worker=renee,
        members=[one.display_name for one in (mother, *children)],
    )
    on("2026-03-27", "17:00")
    page = window(renee)
    page.goto("/day/")
    for child in children:
        line(page, child.display_name, "See each child every month", "Tue 31 Mar")
    page.locator("li.task:has-text('Ana Reyes')").get_by_role("link", name=re.compile("^Log")).click()
    for one in (mother, *children):
        page.locator(f"[name=who][value='{one.pk}']").check()
    page.locator(f"[name='own_{children[1].pk}']").fill("Ben told me about school.")
    shown(page, "family-note")
    sign(page, "15:00", "16:30", "All at the kitchen table.")
    page.goto("/day/")
    expect(page.locator("main")).not_to_contain_text("See each child every month")
    page.goto(f"/clients/{children[1].pk}/timeline/")
    line(page, "Home visit", "90 min")
    shown(page, "family-timeline")


def test_early_intervention(on: Calendar, window: Windows, offers: Offers, ines: Worker, renee: Worker) -> None:
    offers("early-intervention")
    leo = person("Leo Marsh", date(2023, 9, 14))
    on("2026-03-05")
    ines.enrols(leo, "Early intervention (Part C)", worker=renee, referred_on="2026-03-02")
    on("2026-04-13", "09:00")
    page = window(renee)
    page.goto("/day/")
    line(page, "Leo Marsh", "First family service plan within 45 days", "Thu 16 Apr")
    shown(page, "early-day")
    page.locator("li.task a.what:has-text('First family service plan')").click()
    page.select_option("#cannot [name=reason]", "family_delay")
    page.fill("#cannot [name=until]", "2026-04-27")
    page.fill("#cannot [name=note]", "Mother in the hospital")
    shown(page, "early-cannot")
    page.click("#cannot button")
    expect(page.locator(".toast")).to_contain_text("written down")
    page.goto(f"/clients/{leo.pk}/tasks/")
    page.get_by_role("link", name="Done and missed").click()
    line(page, "First family service plan within 45 days", "from 13 Apr to 27 Apr", "excused")
    shown(page, "early-kept")
    on("2026-04-28", "09:00")
    page = window(renee)
    page.goto("/day/")
    line(page, "Leo Marsh", "First family service plan within 45 days", "12 days late")
    page.goto(f"/clients/{leo.pk}/elsewhere/")
    shown(page, "early-elsewhere")


def test_the_caught_visit(
    on: Calendar, window: Windows, offers: Offers, ines: Worker, renee: Worker, andre: Worker, gloria: Worker
) -> None:
    visit = "Visit within 7 days of the hospital"
    offers("hospital-discharge")
    ada = person("Ada Lindqvist", date(1952, 11, 3))
    on("2026-11-13")
    ines.enrols(ada, "Hospital discharge and medical", worker=renee)
    on("2026-11-19")
    renee.records(ada, "Hospital discharge")
    on("2026-11-27")  # the day after Thanksgiving
    page = window(gloria)
    page.goto("/day/")
    passed = page.locator("section:has(#passed) li", has_text=visit)
    expect(passed).to_contain_text("1 day late")
    shown(page, "caught-supervisor")
    passed.get_by_role("link").first.click()
    page.select_option("#give [name=to]", label="Andre Okoye")
    page.click("#give button")
    expect(page.locator(".toast")).to_contain_text("Asked")
    on("2026-11-30", "15:00")
    page = window(andre)
    page.goto("/day/")
    line(page, "Ada Lindqvist", visit, "4 days late")
    shown(page, "caught-day")
    page.locator(f"li.task:has-text('{visit}')").get_by_role("link", name=re.compile("^Log")).click()
    page.get_by_text("Home visit", exact=True).click()
    sign(page, "13:00", "14:00", "She had nothing to eat.")
    page.goto(f"/clients/{ada.pk}/tasks/kept/")
    line(page, visit, "met by the home visit of 30 Nov, 4 days late", "done late")
    shown(page, "caught-kept")
