"""The settings in Chromium: every page looked at, every form sent right and wrong, what was saved read back."""

import re
import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch, sign_in
from tests.clock import agency_today
from tests.looks import press_every_choice, refused, right

pytestmark = pytest.mark.browser
PAGES = (
    "/settings/",
    "/settings/profile/",
    "/settings/security/",
    "/settings/days/",
    "/settings/sites/",
    "/settings/sites/new/",
    "/settings/teams/",
    "/settings/teams/new/",
    "/settings/staff/",
    "/settings/staff/new/",
    "/settings/roles/",
    "/settings/jobs/",
    "/notices/",
    "/me/",
    "/account/password/",
)
TODAY = agency_today()


def own(word: str) -> str:
    """A name that no other test uses."""
    return f"{word} {uuid.uuid4().hex[:6]}"


def press(page: Page, button: str) -> None:
    page.click(f"main button:has-text('{button}')")


def staff_page(page: Page, name: str) -> None:
    page.goto(f"/settings/staff/?state=all&q={name}")
    page.click(f"main a:has-text('{name}')")


def new_colleague(page: Page, name: str) -> None:
    page.goto("/settings/staff/new/")
    page.fill("[name=name]", name)
    page.fill("[name=email]", name.lower().replace(" ", ".") + "@alderquay.example")
    page.get_by_label("Case manager").check()
    press(page, "Add and send")
    expect(page.locator("h1")).to_have_text(name)


def test_a_site_is_added_wrongly_then_rightly_and_read_back(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    sign_in(page, "administrator")
    page.goto("/settings/")
    page.click("main a:has-text('Sites')")
    page.click("main a:has-text('New site')")
    page.fill("[name=address]", "3 Rope Walk")
    refused(page, "Add site", "name")
    assert page.input_value("[name=address]") == "3 Rope Walk"
    name = own("Rope Walk")
    page.fill("[name=name]", name)
    press(page, "Add site")
    expect(page.locator(f"main li:has-text('{name}')")).to_contain_text("3 Rope Walk")


def test_every_radio_and_checkbox_of_the_profile_can_be_pressed_and_the_profile_is_kept(
    page: Page, watch: Watch
) -> None:
    watch.forgive("422")
    sign_in(page, "administrator")
    page.goto("/settings/profile/")
    press_every_choice(page)
    page.fill("[name=ask_about_matches]", "Keisha at the front desk")
    was = page.input_value("[name=name]")
    page.fill("[name=name]", "")
    refused(page, "Save profile", "name")
    assert page.input_value("[name=ask_about_matches]") == "Keisha at the front desk"
    page.fill("[name=name]", was)
    press(page, "Save profile")
    expect(page.locator(".toast")).to_contain_text("saved")
    assert page.input_value("[name=ask_about_matches]") == "Keisha at the front desk"


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_right(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # a word of the parametrization
    sign_in(page, "administrator")
    for address in PAGES:
        page.goto(address)
        right(page)
    staff_page(page, "Esther Adomako")
    right(page)


@pytest.mark.slow
def test_security_wrongly_and_rightly(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    sign_in(page, "administrator")
    page.goto("/settings/security/")
    press_every_choice(page)
    page.fill("[name=session_hours]", "11")
    page.fill("[name=idle_minutes]", "3")
    refused(page, "Save security", "idle_minutes")
    assert page.input_value("[name=session_hours]") == "11"
    page.fill("[name=idle_minutes]", "45")
    press(page, "Save security")
    page.goto("/settings/security/")
    assert (page.input_value("[name=idle_minutes]"), page.input_value("[name=session_hours]")) == ("45", "11")


@pytest.mark.slow
def test_a_closed_day_is_added_removed_and_put_back(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    sign_in(page, "administrator")
    page.goto("/settings/days/?year=2031")
    press_every_choice(page)
    page.fill("[name=day]", "2031-07-04")
    page.fill("[name=name]", "Founders' day")
    refused(page, "Add day", "day")
    assert page.input_value("[name=name]") == "Founders' day"
    page.fill("[name=day]", "2031-06-05")
    press(page, "Add day")
    row = page.locator('tr:has-text("Founders\' day")')
    expect(row).to_contain_text("our own")
    row.locator("button").click()
    expect(row).to_have_count(0)
    right(page)
    press(page, "Put it back")
    expect(row).to_contain_text("5 Jun")


@pytest.mark.slow
def test_a_team_is_added_changed_closed_and_opened(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    sign_in(page, "administrator")
    page.goto("/settings/teams/new/")
    press_every_choice(page)
    name = own("Harbor")
    page.fill("[name=name]", name)
    refused(page, "Add team", "site")
    assert page.input_value("[name=name]") == name
    page.select_option("[name=site]", index=1)
    press(page, "Add team")
    page.click(f"main a:has-text('{name}')")
    page.fill("[name=name]", f"{name} east")
    press(page, "Save team")
    row = page.locator(f"main li:has-text('{name} east')")
    row.locator("a:has-text('Close')").click()
    page.fill("[name=closed_on]", "")
    refused(page, "Close team", "closed_on")
    page.fill("[name=closed_on]", TODAY.isoformat())
    press(page, "Close team")
    expect(row).to_contain_text("closed from")
    right(page)
    row.locator("button:has-text('Open again')").click()
    expect(row).not_to_contain_text("closed from")


@pytest.mark.slow
def test_a_site_is_changed_by_two_and_the_later_sees_only_what_both_changed(page: Page, watch: Watch) -> None:
    watch.forgive("409")
    sign_in(page, "administrator")
    name = own("Pier")
    page.goto("/settings/sites/new/")
    page.fill("[name=name]", name)
    press(page, "Add site")
    page.click(f"main a:has-text('{name}')")
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("[name=address]", "1 Pier Road")
    other.fill("[name=phone]", "555 0101")
    press(other, "Save site")
    page.fill("[name=address]", "2 Pier Road")
    press(page, "Save site")
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("1 Pier Road")
    expect(conflict).not_to_contain_text("555 0101")
    assert page.input_value("[name=phone]") == "555 0101"
    right(page)
    press(page, "Save site")
    expect(page.locator(f"main li:has-text('{name}')")).to_contain_text("2 Pier Road · 555 0101")
    page.locator(f"main li:has-text('{name}')").locator("a:has-text('Close')").click()
    press(page, "Close site")
    page.locator(f"main li:has-text('{name}')").locator("button:has-text('Open again')").click()
    expect(page.locator(f"main li:has-text('{name}')")).not_to_contain_text("closed from")


@pytest.mark.slow
def test_a_colleague_from_the_first_day_to_the_last(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    sign_in(page, "administrator")
    name = own("Nia Wells")
    page.goto("/settings/staff/new/")
    press_every_choice(page)
    page.fill("[name=name]", name)
    refused(page, "Add and send", "email", "roles")
    assert page.input_value("[name=name]") == name
    new_colleague(page, name)
    right(page)
    page.click("main a:has-text('Edit')")
    page.fill("[name=title]", "Peer worker")
    page.fill("[name=phone]", "555 0199")
    page.fill("[name=name]", "")
    refused(page, "Save", "name")
    page.fill("[name=name]", name)
    press(page, "Save")
    expect(page.locator("main")).to_contain_text("Peer worker")
    expect(page.locator("main")).to_contain_text("555 0199")

    page.click("main a:has-text('Give a role')")
    press_every_choice(page)
    page.select_option("[name=role]", "intake")
    page.fill("[name=ends_on]", (TODAY - timedelta(days=40)).isoformat())
    refused(page, "Give role", "ends_on")
    page.fill("[name=ends_on]", (TODAY + timedelta(days=40)).isoformat())
    press(page, "Give role")
    row = page.locator("main li.spread:has-text('Intake worker')")
    row.locator("a:has-text('End sooner')").click()
    page.fill("[name=last_day]", "")
    refused(page, "End role", "last_day")
    page.fill("[name=last_day]", (TODAY + timedelta(days=20)).isoformat())
    press(page, "End role")
    expect(row).to_contain_text(str((TODAY + timedelta(days=20)).day))

    page.click("main a:has-text('Put in a team')")
    press_every_choice(page)
    refused(page, "Put in team", "team")
    page.select_option("[name=team]", label="Mental health")
    press(page, "Put in team")
    row = page.locator("main li.spread:has-text('Mental health')")
    row.locator("a:has-text('Leave')").click()
    page.fill("[name=last_day]", (TODAY + timedelta(days=9)).isoformat())
    press(page, "Set last day")
    expect(row).to_contain_text("Leave sooner")

    press(page, "Send the invitation again")
    page.click("main a:has-text('They leave')")
    page.fill("[name=last_day]", "2001-01-01")
    refused(page, "Set last day", "last_day")
    page.fill("[name=last_day]", (TODAY - timedelta(days=1)).isoformat())
    page.fill("[name=last_day]", TODAY.isoformat())
    press(page, "Set last day")
    right(page)
    press(page, "They work here again")
    expect(page.locator(".toast")).to_contain_text("open again")


@pytest.mark.slow
def test_the_staff_list_is_filtered(page: Page) -> None:
    sign_in(page, "administrator")
    page.goto("/settings/staff/")
    press_every_choice(page)
    page.select_option("[name=role]", "auditor")
    press(page, "Show")
    assert "role=auditor" in page.url
    expect(page.locator("tbody tr")).to_have_count(1)
    page.fill("[name=q]", "nobody at all")
    press(page, "Show")
    expect(page.locator("main")).to_contain_text("Nobody matches")
    right(page)


@pytest.mark.slow
def test_a_supervisor_hands_over(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    sign_in(page, "supervisor")
    page.goto("/settings/hand-over/")
    right(page)
    page.select_option("[name=from]", label="Andre Okoye")
    press(page, "Show their caseload")
    press_every_choice(page)
    page.uncheck("[name=everyone]")
    chosen = page.locator("[name=client]").first
    client = page.locator("label.chip").first.inner_text()
    chosen.check()
    refused(page, "Hand over", "to_staff", "reason")
    assert page.locator("[name=client]").first.is_checked()
    page.select_option("[name=to_staff]", label="Mei-Lin Zhao")
    page.fill("[name=reason]", "Speaks Cantonese")
    press(page, "Hand over")
    expect(page.locator(".toast")).to_contain_text("1 handed over")
    page.select_option("[name=from]", label="Mei-Lin Zhao")
    press(page, "Show their caseload")
    expect(page.locator(".chips")).to_contain_text(client)


@pytest.mark.slow
def test_notices_are_opened_and_marked_as_seen(page: Page) -> None:
    sign_in(page, "supervisor")
    page.goto("/notices/")
    right(page)
    fresh = page.locator("main li.fresh")
    many = fresh.count()
    assert many
    page.locator("main li a:has-text('Review it')").first.click()
    page.go_back()
    fresh.first.locator("button").click()
    expect(fresh).to_have_count(many - 1)
    if many > 1:
        press(page, "Mark all as seen")
    expect(fresh).to_have_count(0)


@pytest.mark.slow
def test_a_worker_sees_who_works_here_and_nothing_to_change(page: Page) -> None:
    sign_in(page, "case_manager")
    page.goto("/settings/")
    right(page)
    staff_page(page, "Esther Adomako")
    right(page)
    assert page.locator("main button, main .btn:not(.help-link)").count() == 0
    assert re.search(r"/settings/staff/[0-9a-f-]{36}/$", page.url)
