"""One's own account, button by button in Chromium: the second step, the password once more, what was typed too late, the morning mail."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from goldthread.foundation.agency.models import Agency
from goldthread.foundation.workforce.models import Staff
from tests.factories import PASSWORD, AgencyFactory, StaffFactory
from tests.looks import right
from tests.stories.pressed.conftest import Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ann(db: None) -> Staff:
    AgencyFactory(mail_hour=8)
    made: Staff = StaffFactory(name="Ann Reed")
    return made


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def code(secret: str, later: int = 0) -> str:
    """What the app shows, so many half minutes *later*."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def test_the_morning_mail_comes_on_the_days_that_were_chosen(screen: Screen, ann: Staff) -> None:
    page = screen(ann)
    page.goto("/me/")
    for day in (1, 2, 5, 6):
        page.locator(f"[name=days][value='{day}']").uncheck()
    press(page, "Save days")
    expect(page.locator(".toast")).to_contain_text("Saved.")
    page.goto("/me/")
    held = page.locator("[name=days]:checked").evaluate_all("all => all.map(one => one.value)")
    assert held == ["0", "3", "4"]


def test_who_they_are_is_asked_once_more_by_password_then_by_code(screen: Screen, ann: Staff) -> None:
    page = screen(ann)
    page.goto("/account/second-step/set-up/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your password once more")
    page.fill("[name=password]", PASSWORD)
    press(page, "Go on")
    secret = page.locator("figcaption code").inner_text().replace(" ", "")
    page.fill("[name=code]", code(secret))
    press(page, "Turn it on")
    page.wait_for_url("**/codes/")
    first = page.locator(".door-codes code").all_inner_texts()

    later = screen(ann)
    later.goto("/account/second-step/codes/new/")
    expect(later.get_by_role("heading", level=1)).to_have_text("Your password once more")
    right(later)
    later.get_by_role("link", name="Type a code of your app instead").click()
    expect(later.get_by_role("heading", level=1)).to_have_text("A code once more")
    right(later)
    later.fill("[name=code]", code(secret, 1))  # that of now was used to set it up; half a minute ahead is accepted
    press(later, "Go on")
    later.wait_for_url("**/codes/new/")
    later.get_by_role("button").filter(has_text="codes").click()
    assert set(later.locator(".door-codes code").all_inner_texts()).isdisjoint(first)


def test_one_can_leave_before_the_second_step_is_set_up(screen: Screen, ann: Staff) -> None:
    Agency.objects.update(mfa_required=True)
    page = screen(ann)
    page.goto("/day/")
    page.fill("[name=password]", PASSWORD)
    press(page, "Go on")
    page.wait_for_url("**/set-up/")
    press(page, "Sign out")
    page.wait_for_url("**/account/sign-in/")
    page.goto("/day/")
    expect(page).to_have_url(re.compile("/account/sign-in/"))


def test_what_was_sent_too_late_is_dropped(screen: Screen, ann: Staff) -> None:
    page = screen(ann)
    page.goto("/me/")
    page.fill("[name=name]", "Ann Reed-Okoye")
    Agency.objects.update(idle_minutes=0)
    press(page, "Save name")
    page.wait_for_url("**/account/sign-in/**")
    Agency.objects.update(idle_minutes=30)
    page.fill("[name=login]", ann.user.email)
    page.fill("[name=password]", PASSWORD)
    press(page, "Sign in")
    page.wait_for_url("**/me/kept/**")
    right(page)
    press(page, "Drop it and go back")
    page.wait_for_url("**/me/")
    expect(page.locator("[name=name]")).to_have_value("Ann Reed")
    page.goto("/me/kept/?from=/day/")
    expect(page).to_have_url(re.compile("/day/$"))
