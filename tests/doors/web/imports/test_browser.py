"""Bringing clients, as intake does it at a desk and in a hand: clicks, keyboard, axe."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import AT_A_DESK, DEADLINE, DESK, ON_A_PHONE, axe, sign_in

pytestmark = [pytest.mark.browser]
AT_WORK = 3 * DEADLINE
"""The worker has other jobs, and this machine other walks."""
TOO_WIDE = """[...document.querySelectorAll("main *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll") && !one.matches(".vh"))
    .map(one => one.tagName + "." + one.className).slice(0, 5)"""
FILE = """Riverbend clients,,,,,
,,,,,
Client ID,Client Name,DOB,Phone,Case manager,Notes
B-1,"Abernathy, Rosa L.",3/4/61,"215-555-0142 (cell) / 215-555-0199 mother",Renee Baptiste,"Two
lines"
B-2,"Okonkwo, Chidi",12/25/1988,215.555.0187,,
B-3,Rosa Abernathy,3/4/1961,2155550142,,
B-4,"Whitfield, Dana",1/1/2090,555-01,,
Total,4,,,,
"""


@AT_A_DESK
@pytest.mark.usefixtures("at_work")
def test_a_file_comes_in_and_goes_again(page: Page, size: ViewportSize, tmp_path: Path) -> None:
    path = tmp_path / "old list.csv"
    path.write_text(FILE)
    page.set_viewport_size(size)
    sign_in(page, "intake", "/imports/")
    axe(page)
    page.click("main a:has-text('Choose a file')")
    axe(page)
    page.set_input_files("input[type=file]", path)
    page.click("main button.primary")
    expect(page.locator("select[name='column-1']")).to_have_value("name")
    assert page.evaluate(TOO_WIDE) == []
    axe(page)
    if size == DESK:  # dragged, what a column holds leaves the one that held it; the menu says so
        born, rows = page.locator("[data-palette] [data-field='birth_date']"), page.locator("tr[data-takes]")
        for there, left in ((5, 2), (2, 5)):  # a field in sight: nothing scrolls while it is held
            born.drag_to(rows.nth(there))
            expect(rows.nth(there).locator("select")).to_have_value("birth_date")
            expect(rows.nth(left).locator("select")).to_have_value("keep")
    page.click("main button.primary")
    expect(page.locator("#sum-h")).to_have_text("3 new clients would come in", timeout=AT_WORK)
    assert page.evaluate(TOO_WIDE) == []
    axe(page)
    expect(page.locator("main button.primary")).to_be_disabled()
    page.click("button[name='leave']")
    page.click("button[value='file:same']")
    page.click("main button.primary")
    expect(page.locator("#end-h")).to_contain_text("2 clients came in", timeout=AT_WORK)
    axe(page)
    page.context.clear_cookies()
    sign_in(page, "case_manager", "/clients/?text=abernathy")
    page.click("main a:has-text('Rosa Abernathy')")
    page.goto(page.url.split("?")[0] + "brought/")
    expect(page.locator("main dl")).to_contain_text("B-1")
    axe(page)
    page.context.clear_cookies()
    sign_in(page, "intake", "/imports/")
    page.click("main a:has-text('old list.csv')")
    page.click("main summary")
    page.click("main button.danger")
    expect(page.locator("#end-h")).to_have_text("Taken back", timeout=AT_WORK)
    axe(page)


@ON_A_PHONE
@pytest.mark.usefixtures("at_work")
def test_another_sheet_of_a_workbook_is_chosen(page: Page, size: ViewportSize, tmp_path: Path) -> None:
    """A page of explanations stands first and is passed over; of two years somebody wants the other."""
    book = Workbook()
    book.active.title = "Read me"
    book.active.append(("How to use this workbook",))
    for year, given in (("2024", "Ana"), ("2025", "Bo")):
        sheet = book.create_sheet(year)
        sheet.append(("Last name", "First name", "DOB"))
        sheet.append(("Ortiz", given, "3/4/61"))
    book.save(tmp_path / "years.xlsx")
    page.set_viewport_size(size)
    sign_in(page, "intake", "/imports/new/")
    page.set_input_files("input[type=file]", tmp_path / "years.xlsx")
    page.click("main button.primary")
    page.click("main summary:has-text('How the file is read')")
    expect(page.locator("#sheet")).to_have_value("2024")
    page.select_option("#sheet", "Read me")
    page.click("main button.primary")
    expect(page.locator("tr[data-takes]")).to_contain_text("How to use this workbook")
    assert page.evaluate(TOO_WIDE) == []
    axe(page)
    page.select_option("#sheet", "2025")
    page.click("main button.primary")
    expect(page.locator("tr[data-takes]").nth(1)).to_contain_text("Bo")
    page.click("main button.primary")
    expect(page.locator("#sum-h")).to_have_text("1 new client would come in", timeout=AT_WORK)
    page.click("main button.danger")
