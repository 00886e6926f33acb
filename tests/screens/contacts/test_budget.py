"""A phone call to a client on My day, documented and signed: at most four presses and ten fields, at a desk and on a phone."""

import itertools
import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import DESK, PHONE
from tests.looks import right
from tests.screens.clients.steps import enter, new_client
from tests.screens.contacts.steps import enrol

pytestmark = pytest.mark.browser
MINUTES = itertools.count(0, 20)
PRESSES, FIELDS = 4, 10


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_call_from_my_day_is_signed_in_four_presses(page: Page, size: ViewportSize) -> None:
    enter(page)
    client = new_client(page)
    enrol(page, client, "Mental health case management")
    page.context.clear_cookies()
    page.set_viewport_size(size)
    enter(page, "case_manager", "/day/")
    log = page.locator(f"a[href^='{client}note/'][href*='how=phone'], a[href^='{client}note/']").first
    log.click()  # 1
    page.wait_for_url(re.compile(r"/note/"))
    if not page.locator("[name=how][value='kind:call']").is_checked():
        page.locator("label.chip:has([value='kind:call'])").click()  # a task of a visit, done on the telephone
        expect(page.locator("[name=activity][value=monitoring]")).to_be_checked()
    expect(page.locator("h1")).to_contain_text("Phone call: ")
    bands = page.locator(".fields > :is(fieldset, .band):visible")
    assert bands.count() <= FIELDS + 1, bands.count()  # the program's own band says nothing that must be filled in
    start = next(MINUTES)
    page.evaluate(
        """([from, to]) => { const form = document.getElementById('note').elements;
        form.day.value = '2026-01-08'; form.start.value = from; form.end.value = to; }""",
        [f"04:{start:02}", f"04:{start + 9:02}"],
    )  # as if it were another day: the hour of this test may be taken by another
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    page.locator("label.chip:has([name=all_well])").click()  # 2
    page.locator("[name=narrative]").click()  # 3
    page.keyboard.type("She has the letter from the landlord.")
    expect(page.locator("#ahead")).to_contain_text("minutes")
    right(page)
    page.locator(".signbar .primary").click()  # 4
    page.wait_for_url(re.compile(r"/notes/"))
    expect(page.locator(".signed")).to_contain_text("the letter from the landlord")
    assert any("do=sign" in one for one in sent)
    assert not [one for one in sent if "checknote_" in one or "minutes_" in one]  # empty fields stay here
    right(page)
