"""The page for the refrigerator, as a printer gets it from Chromium: one sheet of A4 and of Letter, or it says that it is more."""

import io
from dataclasses import replace

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from goldthread.casework.plans.actions import edit
from goldthread.casework.plans.models import PlanVersion
from goldthread.casework.plans.rules.editing import PutLine, SetPart
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.casework.plans.making import episode_of, some_id, written
from tests.factories import AgencyFactory, StaffFactory
from tests.stories.pressed.conftest import Screen

pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def renee(db: None) -> Staff:
    AgencyFactory()
    return StaffFactory(role=Role.CASE_MANAGER)


@pytest.fixture
def by(renee: Staff, actor: Actor) -> Actor:
    return replace(actor, staff=renee.pk, name=renee.name)


def longer(version: PlanVersion, by: Actor, goals: int, steps: int, words: str = "call and ask ") -> PlanVersion:
    """With so many goals of so many steps more."""
    edits: list[SetPart | PutLine] = [SetPart("crisis", "Call the warm line. " * 6)]
    for number in range(goals):
        goal = some_id()
        said = f"Goal {number}: {'I want my own door ' * 6}"
        edits.append(PutLine("goals", goal, {"words": said, "domain": "housing"}))
        for step in range(steps):
            line = {"words": f"Step {step} {words * 8}", "goal": goal, "owner_kind": "worker"}
            edits.append(PutLine("steps", some_id(), line))
    return edit(version=version, edits=edits, by=by)


def sheets(page: Page) -> set[int]:
    """How many sheets it takes, whatever lies in the printer."""
    return {len(PdfReader(io.BytesIO(page.pdf(format=paper))).pages) for paper in ("A4", "Letter")}


def test_one_sheet_as_long_as_a_plan_may_be(screen: Screen, renee: Staff, by: Actor) -> None:
    episode = episode_of(renee, by)
    version = written(episode, by)
    page = screen(renee)
    address = reverse("plans:print", args=[episode.person_id, version.pk]) + "?form=fridge"
    more = page.locator("[role=status]")
    shortened = page.get_by_text("Shortened to fit on one page")
    page.goto(address)
    assert sheets(page) == {1}
    expect(more).to_have_count(0)
    expect(shortened).to_have_count(0)
    for goals, steps, words in ((3, 3, "ask "), (2, 6, "wwww wwww "), (4, 2, "\u4f4f\u5bb6 ")):
        version = longer(version, by, goals, steps, words)
        page.goto(address)
        assert sheets(page) == {1}, (goals, steps)
        expect(more).to_have_count(0)
        expect(page.locator("main section h2", has_text="Goal")).to_have_count(len(version.content["lines"]["goals"]))
    expect(shortened).to_have_count(1)
    longer(version, by, 40, 1)
    page.goto(address)
    expect(more).to_contain_text("too long for one page")
    assert min(sheets(page)) > 1
