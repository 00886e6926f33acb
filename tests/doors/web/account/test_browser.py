"""The front door in Chromium, on an installation of its own: its worker runs, and its database is reached into."""

import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.architecture.tree import ROOT
from tests.browser import DEADLINE, DESK, PHONE, Watch, axe, sign_in
from tests.looks import fits, press_every_choice, refused, right
from tests.serving import environment_of, prepare, served

pytestmark = pytest.mark.browser
LONG = "harbor lantern quiet maple"
DEMO = "harbor-gold-thread-demo"


@pytest.fixture(scope="module")
def folder(demo_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of this installation."""
    return Path(shutil.copytree(demo_as_made, tmp_path_factory.mktemp("door"), dirs_exist_ok=True))


@pytest.fixture(scope="module")
def live(folder: Path) -> Iterator[str]:
    """The demo agency with a worker, so that mail arrives."""
    with served(folder) as address:
        command = [sys.executable, "-m", "goldthread", "worker"]
        environment = environment_of(folder, demo=True)
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        try:
            yield address
        finally:
            worker.terminate()
            worker.wait(20)


def press(page: Page, button: str) -> None:
    page.click(f"main button:has-text('{button}')")


def enter(page: Page, email: str, password: str = DEMO) -> None:
    page.goto("/account/sign-in/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    press(page, "Sign in")


def letter(page: Page, to: str) -> None:
    """Open the newest message to *to* when it has come."""
    deadline = time.monotonic() + 30
    page.goto("/mailbox/")
    while not page.locator(f"main li:has-text('{to}')").count():
        assert time.monotonic() < deadline, "no mail came"
        time.sleep(0.3)
        page.reload()
    page.locator(f"main li:has-text('{to}') a").first.click()


def code(secret: str, later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def test_in_the_demo_one_chooses_whom_to_be(page: Page) -> None:
    """A newcomer who comes back after an hour: what ./run printed has gone by; the page itself says it, also to a phone."""
    page.goto("/account/sign-in/?next=/help/")
    right(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name=re.compile("^Supervisor")).click()
    expect(page.locator("a[aria-current]")).to_contain_text("Supervisor")
    right(page)
    press(page, "Sign in")
    expect(page).to_have_url(re.compile("/help/$"))


def test_from_the_invitation_in_the_mailbox_to_signed_in(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    watch.forgive("410")
    sign_in(page, "administrator")
    page.goto("/settings/staff/new/")
    page.fill("[name=name]", "Ines Duarte")
    page.fill("[name=email]", "ines.duarte@alderquay.example")
    page.get_by_label("Case manager").check()
    press(page, "Add and send")
    page.goto("/me/")
    press(page, "Sign out here")
    letter(page, "ines.duarte")
    right(page)
    link = page.locator(".door-letter a").get_attribute("href") or ""
    page.goto(link)
    expect(page.locator("h1")).to_contain_text("Ines Duarte")
    page.fill("[name=password]", "short")
    page.fill("[name=again]", "short")
    refused(page, "Set password", "password")
    page.fill("[name=password]", LONG)
    page.fill("[name=again]", LONG)
    press(page, "Set password")
    page.wait_for_url("**/day/")
    page.goto("/me/")
    expect(page.locator("main")).to_contain_text("ines.duarte@alderquay.example")
    press(page, "Sign out here")
    page.goto(link)
    expect(page.locator("h1")).to_have_text("This link was used")
    right(page)
    enter(page, "ines.duarte@alderquay.example", LONG)
    page.wait_for_url("**/day/")


def test_the_second_step_set_up_then_a_code_then_a_recovery_code(page: Page) -> None:
    email = "jonah.whitcomb@alderquay.example"
    enter(page, email, "not the right password")
    expect(page.locator("[role=alert]")).to_contain_text("do not belong together")
    assert page.input_value("[name=login]") == email
    right(page)
    enter(page, email)
    page.goto("/me/")
    page.click("main a:has-text('Set up the second step')")
    expect(page.locator("main img")).to_be_visible()
    right(page)
    secret = page.locator("figcaption code").inner_text().replace(" ", "")
    page.fill("[name=code]", "000000")
    refused(page, "Turn it on", "code")
    page.fill("[name=code]", code(secret))
    press(page, "Turn it on")
    page.wait_for_url("**/codes/")
    right(page)
    page.emulate_media(media="print")
    expect(page.locator(".door-codes li")).to_have_count(10)
    expect(page.locator(".door-codes")).to_be_visible()
    assert page.locator("main :is(.btn, .door-also, .brand):visible").count() == 0
    page.emulate_media(media="screen")
    recovery = page.locator(".door-codes code").first.inner_text()
    page.click("main a:has-text('I have kept them')")
    right(page)
    press(page, "Sign out here")
    enter(page, email)
    page.wait_for_url("**/account/code/**")
    page.fill("[name=code]", "000000")
    refused(page, "Go on", "code")
    page.fill("[name=code]", code(secret, 1))  # the code of now was used to set it up; half a minute ahead is accepted
    press(page, "Go on")
    page.wait_for_url("**/day/")
    page.goto("/me/")
    press(page, "Sign out here")
    enter(page, email)
    page.fill("[name=code]", recovery)
    press(page, "Go on")
    page.wait_for_url("**/day/")
    page.goto("/account/second-step/codes/new/")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", DEMO)
        press(page, "Go on")
    right(page)
    press(page, "Make new codes")
    expect(page.locator(".door-codes li")).to_have_count(10)
    page.goto("/account/second-step/remove/")
    right(page)
    press(page, "Remove it")
    expect(page.locator("main")).to_contain_text("Set up the second step")


def test_a_form_written_while_the_session_ended_is_kept_and_sent(page: Page, folder: Path) -> None:
    sign_in(page, "administrator")
    page.goto("/settings/sites/new/")
    page.fill("[name=name]", "Boathouse")
    page.fill("[name=address]", "7 Slipway, by the blue door")
    with idle(folder):
        press(page, "Add site")
        page.wait_for_url("**/account/sign-in/**")
    expect(page.locator("main")).to_contain_text("nothing was done for a while")
    right(page)
    page.fill("[name=login]", "calvin.brooks@alderquay.example")
    page.fill("[name=password]", DEMO)
    press(page, "Sign in")
    page.wait_for_url("**/me/kept/**")
    expect(page.locator("main")).to_contain_text("7 Slipway, by the blue door")
    right(page)
    press(page, "Send it now")
    expect(page.locator("main li:has-text('Boathouse')")).to_contain_text("7 Slipway, by the blue door")


class idle:
    """Inside it a pause of no time at all ends a session."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "goldthread.sqlite3"

    def __enter__(self) -> None:
        self.limit(0)

    def __exit__(self, *_error: object) -> None:
        self.limit(30)

    def limit(self, minutes: int) -> None:
        with closing(sqlite3.connect(self.file, timeout=10)) as database, database:
            database.execute("UPDATE agency_agency SET idle_minutes = ?", [minutes])


@pytest.mark.slow
def test_signed_out_everywhere_from_a_second_browser(page: Page, chromium_browser: Browser, live: str) -> None:
    email = "keisha.monroe@alderquay.example"
    enter(page, email)
    other = chromium_browser.new_context(base_url=live, viewport=DESK)
    other.set_default_timeout(DEADLINE)
    second = other.new_page()
    enter(second, email)
    second.goto("/me/")
    expect(second.locator("main .door-rows li:has-text('last used')")).not_to_have_count(0)
    press(second, "Sign out everywhere else")
    expect(second.locator(".toast")).to_contain_text("signed out everywhere else")
    page.goto("/clients/")
    expect(page.locator("main")).to_contain_text("from another device")
    right(page)
    second.goto("/clients/")
    assert "sign-in" not in second.url
    other.close()


@pytest.mark.slow
def test_a_forgotten_password(page: Page, watch: Watch) -> None:
    email = "louis.marchetti@alderquay.example"
    page.goto("/account/forgotten/")
    page.fill("[name=email]", "nonsense")
    refused(page, "Send the link", "email")
    page.fill("[name=email]", email)
    press(page, "Send the link")
    right(page)
    letter(page, "louis.marchetti")
    link = page.locator(".door-letter a").get_attribute("href") or ""
    page.goto(link)
    page.fill("[name=password1]", LONG)
    page.fill("[name=password2]", LONG + "!")
    refused(page, "Set the password", "password2")
    page.fill("[name=password1]", LONG)
    page.fill("[name=password2]", LONG)
    press(page, "Set the password")
    right(page)
    page.goto(link)
    expect(page.locator("h1")).to_have_text("This link no longer works")
    right(page)
    enter(page, email, LONG)
    page.goto("/account/password/")
    page.fill("[name=oldpassword]", "not this one, surely")
    page.fill("[name=password1]", DEMO)
    page.fill("[name=password2]", DEMO)
    refused(page, "Change it", "oldpassword")
    page.fill("[name=oldpassword]", LONG)
    page.fill("[name=password1]", DEMO)
    page.fill("[name=password2]", DEMO)
    press(page, "Change it")
    expect(page.locator(".toast")).to_contain_text("Your password is changed")


@pytest.mark.slow
def test_ones_own_name_and_screen(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    enter(page, "hana.yoshimura@alderquay.example")
    page.goto("/me/")
    press_every_choice(page)
    page.fill("[name=name]", " ")
    refused(page, "Save name", "name")
    page.fill("[name=name]", "Hana Yoshimura-Bell")
    press(page, "Save name")
    assert page.input_value("[name=name]") == "Hana Yoshimura-Bell"
    page.locator("[name=theme][value=dark]").check()
    press(page, "Save screen")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.locator("[name=theme][value=dark]").is_checked()
    right(page)


@pytest.mark.slow
def test_too_many_tries(page: Page, watch: Watch) -> None:
    watch.forgive("429")
    for _ in range(5):
        enter(page, "tomas.arriaga@alderquay.example", "not the right password")
    expect(page.locator("h1")).to_have_text("Too many tries")
    right(page)


@pytest.mark.slow
def test_pages_that_turn_people_away(page: Page, watch: Watch) -> None:
    for status in ("403", "410"):
        watch.forgive(status)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # a word of the parametrization
        for address in (
            "account/sign-in",
            "account/forgotten",
            "account/no-place",
            "account/closed",
            "welcome/x",
            "mailbox",
        ):
            page.goto(f"/{address}/")
            right(page)
    page.goto("/account/sign-in/")
    page.context.clear_cookies()
    page.fill("[name=login]", "calvin.brooks@alderquay.example")
    page.fill("[name=password]", DEMO)
    press(page, "Sign in")
    expect(page.locator("h1")).to_have_text("This was not sent")
    right(page)
    assert DEMO not in page.content()


@pytest.mark.slow
def test_the_first_run_of_an_empty_installation(chromium_browser: Browser, tmp_path: Path, watch: Watch) -> None:
    watch.forgive("422")
    prepare(tmp_path, demo=False)
    with served(tmp_path, demo=False) as address:
        context = chromium_browser.new_context(base_url=address, viewport=DESK)
        context.set_default_timeout(DEADLINE)
        page = context.new_page()
        watch.over(page)
        page.goto("/clients/")
        assert page.url.endswith("/first-run/")
        axe(page)
        fits(page)
        press_every_choice(page)
        page.fill("[name=agency]", "Riverbend House")
        page.get_by_label("participant").check()
        page.fill("[name=name]", "Ada Okafor")
        page.fill("[name=email]", "ada@riverbend.example")
        page.fill("[name=password]", "riverbend")
        page.fill("[name=again]", "riverbend")
        refused(page, "Set up", "password")
        assert page.input_value("[name=agency]") == "Riverbend House"
        page.fill("[name=password]", LONG)
        page.fill("[name=again]", LONG)
        page.set_default_timeout(
            3 * DEADLINE
        )  # sixteen instruments and all the agency's tables, beside two other browsers
        press(page, "Set up")
        page.wait_for_url("**/second-step/set-up/")  # a new agency asks everybody for it
        secret = page.locator("figcaption code").inner_text().replace(" ", "")
        page.fill("[name=code]", code(secret))
        press(page, "Turn it on")
        page.wait_for_url("**/codes/")
        page.goto("/settings/profile/")
        assert page.input_value("[name=name]") == "Riverbend House"
        assert page.locator("[name=client_word][value=participant]").is_checked()
        assert re.search(r"Ada", page.locator("nav").first.inner_text())
        context.close()
    assert watch.unforgiven == []
