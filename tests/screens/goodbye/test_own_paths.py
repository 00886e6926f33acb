"""The discharge's own paths in Chromium, from the client's page to the confirmation and what comes after: a death, a move, somebody
whom nobody finds, somebody who did not want to go on. What each leaves planned is worked out from the mental-health template: three calls
to who lives, one to the family after a death, none to who is not found or said no."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import AT_A_DESK, DESK, ON_A_PHONE, PHONE, sign_in
from tests.looks import right
from tests.screens.goodbye.leaving import answers, begins, chooses, ends, goes_on, settles_all, signs, somebody_else

pytestmark = pytest.mark.browser
YESTERDAY = "() => new Date(Date.now() - 36 * 3600000).toISOString().slice(0, 10)"


def coming(page: Page) -> list[str]:
    return page.locator("section[aria-labelledby=aft] li b").all_inner_texts()


@pytest.mark.slow
@AT_A_DESK
def test_somebody_has_died(page: Page, size: ViewportSize) -> None:
    name = "Stanley Appleby" if size == DESK else "Kalani Mahoe"
    page.set_viewport_size(size)
    sign_in(page, "case_manager", "/clients/")
    begins(page, name)
    chooses(page, "deceased")
    goes_on(page)  # without an answer: it is kept, and said what is missing
    expect(page.locator("[role=status]").filter(has_text="Before you sign, answer")).to_contain_text("Day of the death")
    page.get_by_role("link", name="Sign").click()
    expect(page.locator(".conflict").first).to_contain_text("Whom we send our condolences")
    right(page)
    page.get_by_role("link", name="Day of the death").click()
    answers(page, died_on=page.evaluate(YESTERDAY), told_by="His sister Emily, 555-0150", family="Emily Appleby")
    page.select_option("[name=said-informed]", "family")
    goes_on(page)
    expect(page.locator("main")).to_contain_text("the page for the family holds none of it")
    goes_on(page)
    settles_all(page)
    signed = signs(page)
    ends(page, signed)
    assert coming(page) == ["Call to the family after the death"]
    page.get_by_role("link", name="Page for the family").click()
    expect(page.locator("h1")).to_have_text(f"In memory of {name}")
    right(page)
    page.get_by_role("link", name="Back to the discharge").click()
    page.get_by_role("link", name="Change or add").click()
    expect(page.locator("main")).to_contain_text("with the family, after a death")
    right(page)


@pytest.mark.slow
@ON_A_PHONE
def test_somebody_moved_away(page: Page, size: ViewportSize) -> None:
    name = "Doris Birch" if size == PHONE else "Afua Danso"
    page.set_viewport_size(size)
    sign_in(page, "case_manager", "/clients/")
    here = begins(page, name)
    chooses(page, "moved")
    page.get_by_role("link", name="Transfer packages").click()
    expect(page.get_by_role("heading", name="Transfer packages")).to_be_visible()
    page.goto(here)
    answers(page, place="Portland, Oregon", served_by="Cedar House", reached="555-0199 from Monday")
    goes_on(page)
    expect(page.locator("[name=t-why]")).to_contain_text("They moved to Portland, Oregon.")
    goes_on(page)
    settles_all(page)
    ends(page, signs(page))
    assert coming(page) == ["How is it going?", "Are services holding?", "Last call"]
    right(page)
    page.get_by_role("link", name="Change or add").click()
    expect(page.locator("main")).to_contain_text("How is it going?")
    right(page)
    page.go_back()
    page.get_by_role("link", name="Transfer packages").click()
    right(page)


@pytest.mark.slow
@AT_A_DESK
def test_nobody_finds_them_after_the_tries(page: Page, size: ViewportSize) -> None:
    """One try is logged from the page; the supervisor does without the others. Nobody is called by itself."""
    name = "Juana Carrillo" if size == DESK else "Comfort Danso"
    page.set_viewport_size(size)
    sign_in(page, "case_manager", "/clients/")
    here = begins(page, name)
    chooses(page, "lost-to-follow-up")
    tries = page.locator("section[aria-labelledby=tr]")
    expect(tries).to_contain_text("Tries that are still missing")
    expect(tries.locator("li", has_text="Phone or text message or video")).to_contain_text("0 of 3")
    page.get_by_role("link", name="Log a try").click()
    expect(page.locator("[name=attempted]")).to_be_checked()
    page.locator("label.chip", has_text="Phone").first.click()
    page.fill("[name=narrative]", "It rang. Nobody picked up.")
    if size == PHONE:  # at a desk the same worker has tried somebody else just now
        page.fill("[name=day]", page.evaluate(YESTERDAY))
        page.fill("[name=start]", "06:10")  # the demo's contacts begin later; at the hour of this walk there may be one
        page.fill("[name=end]", "06:20")
    right(page)
    page.get_by_role("button", name="Sign").first.click()
    expect(page.locator("main .marks")).to_contain_text("Tried, not reached")
    page.goto(here)
    expect(tries.locator("li", has_text="Phone or text message or video")).to_contain_text("1 of 3")
    answers(page, last_known="A neighbor saw her on Main Street in May", comes_back="She calls, and comes the same day")
    goes_on(page)
    goes_on(page)
    settles_all(page)
    page.get_by_role("link", name="Go on: read and sign").click()
    expect(page.locator(".conflict")).to_contain_text("Tries that are still missing")
    right(page)
    somebody_else(page, "supervisor", here)
    page.fill("[name=override]", "The landlord says that the flat is empty")
    page.get_by_role("button", name="Write down").click()
    expect(tries).to_contain_text("The discharge does without the missing tries")
    right(page)
    somebody_else(page, "case_manager", f"{here}settle/")
    signed = signs(page)
    ends(page, signed)
    assert coming(page) == []
    expect(page.locator("section[aria-labelledby=aft]")).to_contain_text("they are not found")
    page.get_by_role("link", name="Plan a contact").click()
    expect(page.locator("main")).to_contain_text("nothing is planned")
    right(page)


@ON_A_PHONE
def test_somebody_did_not_want_to_go_on(page: Page, size: ViewportSize) -> None:
    """The letter that was promised is a task; nobody calls. The worker finds the goodbye on their own list."""
    name = "Clarice Botelho" if size == PHONE else "Adesuwa Cissé"
    page.set_viewport_size(size)
    sign_in(page, "case_manager", "/clients/")
    begins(page, name)
    chooses(page, "refused")
    answers(page, offered="Another worker", their_words="Nobody in my house", way_back="Call, or come to the door")
    page.locator("[name=said-letter]").check(force=True)
    goes_on(page)
    goes_on(page)
    settles_all(page)
    page.get_by_role("link", name="Go on: read and sign").click()
    expect(page.locator("main")).to_contain_text("Nobody is called afterwards: they did not want it.")
    page.go_back()
    ends(page, signs(page))
    assert coming(page) == []
    expect(page.locator("section[aria-labelledby=aft]")).to_contain_text("they did not want it")
    somebody_else(page, "case_manager", "/goodbyes/")
    page.locator("main a", has_text=name).click()
    expect(page.locator("h1")).to_have_text(f"{name} is discharged")
    right(page)
    page.get_by_role("link", name="Page for the person").click()
    expect(page.locator("h1")).to_have_text(f"{name}, our door stays open")
    right(page)
