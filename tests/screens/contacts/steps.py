"""What the tests of notes do again and again."""

import re

from playwright.sync_api import Page


def enrol(page: Page, client: str, program: str, worker: str = "Renee Baptiste", *, cosign: bool = False) -> None:
    """Enroll the client whose page is *client* in *program*, with *worker*."""
    page.goto(f"{client}programs/enroll/")
    page.select_option("[name=program]", label=program)
    page.select_option("[name=staff]", label=worker)
    page.fill("[name=enrolled_on]", "2026-01-02")
    if cosign:
        page.check("[name=cosign]")
    page.click("main form button.primary")
    page.wait_for_url(re.compile(r"/programs/$"))
