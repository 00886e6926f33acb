"""Documents in Chromium, at a desk and on a phone: refused with a reason, kept, looked at beside the list."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from goldthread.foundation.lib.ids import new_id
from tests.browser import ON_A_PHONE, Watch
from tests.foundation.files.corpus import image
from tests.looks import right
from tests.screens.clients.steps import enter

pytestmark = pytest.mark.browser


@ON_A_PHONE
def test_a_card_is_refused_kept_and_looked_at(page: Page, watch: Watch, size: ViewportSize) -> None:
    watch.forgive("422")
    title = f"Blue card {new_id().hex[-6:]} {'onelongword' * 4}"
    page.set_viewport_size(size)
    enter(page, "case_manager", "/clients/")
    client = page.locator("main a[href^='/clients/']").evaluate_all(
        "all => all.map(a => a.getAttribute('href')).find(h => /^.clients.[0-9a-f-]{36}.$/.test(h))"
    )
    page.goto(page.url.split("/clients/")[0] + client + "documents/")
    right(page)
    page.get_by_role("link", name="Add a document").click()
    page.wait_for_url(re.compile("/documents/add/"))
    right(page)
    page.set_input_files(
        "[name=file]", {"name": "card.pdf", "mimeType": "application/pdf", "buffer": b"PK\x03\x04\0\0"}
    )
    page.select_option("[name=kind]", "insurance")
    page.fill("[name=title]", title)
    page.click("main .primary")
    expect(page.locator(".errors")).to_contain_text("archive")
    expect(page.locator("[name=title]")).to_have_value(title)
    right(page)
    page.set_input_files(
        "[name=file]", {"name": "card.exe", "mimeType": "image/png", "buffer": image("PNG", (600, 400))}
    )
    page.wait_for_timeout(3100)  # a second press within three seconds does nothing
    page.click("main .primary")
    expect(page.locator("img.paper")).to_be_visible()
    right(page)
    page.get_by_role("link", name="All documents").click()
    page.get_by_role("link", name=title).click()
    expect(page.locator("#preview img.paper")).to_be_visible()
    expect(page.locator("#preview img.paper")).to_have_js_property("naturalWidth", 600)
    right(page)
    page.goto(f"{client}timeline/")
    expect(page.locator("main")).to_contain_text(title)
    right(page)
    page.goto(f"{client}documents/add/")
    page.set_input_files(
        "[name=file]", {"name": "again.png", "mimeType": "image/png", "buffer": image("PNG", (600, 400))}
    )
    page.select_option("[name=kind]", "insurance")
    page.fill("[name=title]", f"Again {'anotherlongword' * 3}")
    page.click("main .primary")
    expect(page.locator("main .note-blue")).to_contain_text("more than once")
    right(page)
