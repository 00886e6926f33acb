"""Every form of a client's record, driven in Chromium: saved and read back; refused with everything typed kept."""

import base64
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.screens.clients.steps import enter, fill, new_client, open_form, pick, save, some_name, words

pytestmark = pytest.mark.browser

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DETAILS: list[tuple[str, dict[str, str | bool], str]] = [
    ("names", {"kind": "preferred", "given": "Nini", "family": "Amadi"}, "Nini Amadi"),
    ("reach", {"kind": "mobile", "value": "(555) 010-7733", "safe_to_text": True}, "(555) 010-7733"),
    ("reach", {"kind": "email", "value": "noor@mail.example"}, "noor@mail.example"),
    ("addresses", {"kind": "current", "line1": "9 Quay Row", "city": "Alderquay", "region": "MA"}, "9 Quay Row"),
    ("addresses", {"kind": "safe", "line1": "3 Hidden Lane", "city": "Alderquay"}, "keep to yourself"),
    ("identifiers", {"kind": "medicaid", "value": "MA5551234", "issuer": "State office"}, "•••• 1234"),
    ("alerts", {"kind": "dog", "short": "Loud dog", "words": "Ring twice.", "review_on": "2027-01-09"}, "Loud dog"),
]
CHANGES: list[tuple[str, str, dict[str, str | bool], str]] = [
    ("names", "Nini Amadi", {"given": "Ninette"}, "Ninette Amadi"),
    ("reach", "010-7733", {"note": "after six", "safe_to_leave_message": True}, "after six"),
    ("addresses", "9 Quay Row", {"directions": "behind the mill"}, "behind the mill"),
    ("identifiers", "1234", {"issuer": "The other office"}, "The other office"),
    ("alerts", "Loud dog", {"words": "Ring three times."}, "Ring three times."),
]
WRONG: list[tuple[str, dict[str, str | bool], str]] = [
    ("names", {"kind": "legal", "given": "", "middle": "Ann"}, "middle"),
    ("reach", {"kind": "mobile", "value": "twelve", "note": "kept"}, "note"),
    ("addresses", {"kind": "current", "line1": "", "directions": "left"}, "directions"),
    ("identifiers", {"kind": "ssn", "value": "000-00-0000", "issuer": "kept"}, "issuer"),
    ("alerts", {"kind": "dog", "short": "Dog", "words": "kept", "review_on": "2020-02-29"}, "words"),
]


def test_a_new_client_with_everything_is_saved_and_read_back(page: Page) -> None:
    enter(page)
    family = some_name()
    page.goto("/clients/new/")
    for name, value in {"given": "Amina", "family": family, "preferred": "Mina", "birth_date": "3/4/1961"}.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=pronouns]", "she/her")
    page.fill("[name=phone]", "555 010 4419")
    page.select_option("[name=language]", "so")
    pick(page, "interpreter", "always")
    page.get_by_label("Safe to leave a message").check()
    page.select_option("[name=worker]", label="Renee Baptiste")
    page.click("main form button.primary")
    expect(page.locator("#client-header")).to_contain_text(f"Mina {family}")
    for said in ("she/her", "65", "Somali", "interpreter always", "Renee Baptiste"):
        expect(page.locator("#client-header")).to_contain_text(said)
    expect(page.locator("main")).to_contain_text("010-4419")


def test_a_new_client_without_a_name_keeps_what_was_typed(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    enter(page)
    page.goto("/clients/new/")
    page.fill("[name=birth_date]", "31 Feb 1979")
    page.fill("[name=pronouns]", "ze/zir")
    page.click("main form button.primary")
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator("[name=birth_date]")).to_have_value("31 Feb 1979")
    expect(page.locator("[name=birth_date]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=pronouns]")).to_have_value("ze/zir")


def test_every_part_of_the_details_is_added_changed_and_ended(page: Page) -> None:
    enter(page)
    record = new_client(page)
    page.goto(record + "details/")
    for section, values, said in DETAILS:
        open_form(page, section)
        fill(page, section, **values)
        save(page, section)
        expect(page.locator(f"#{section}")).to_contain_text(said)
    for section, row, values, said in CHANGES:
        open_form(page, section, "Edit", row)
        fill(page, section, **values)
        save(page, section)
        assert said in words(page, section)
    for _section, _values, said in DETAILS[1:]:
        expect(page.locator("main")).to_contain_text(said)
    open_form(page, "alerts", "End", "Loud dog")
    fill(page, "alerts", reason="The dog moved out")
    save(page, "alerts")
    assert "The dog moved out" in words(page, "alerts")
    page.goto(record + "history/")
    for said in ("Alert: in three words", "Address: street", "Medicaid", "Ninette"):
        expect(page.locator("main")).to_contain_text(said)


def test_who_the_person_is_photo_and_labels_are_saved(page: Page) -> None:
    enter(page)
    record = new_client(page)
    page.goto(record + "details/")
    open_form(page, "about", "Edit")
    fill(page, "about", pronouns="they/them", birth_date="4 Mar 1990", sex="not_said", gender_words="agender")
    fill(page, "about", language="es", interpreter="medical")
    pick(page, "race_ethnicity", "asian")
    pick(page, "other_languages", "ht")
    save(page, "about")
    expect(page.locator("#client-header")).to_contain_text("they/them")
    said = words(page, "about")
    for one in ("March 4, 1990", "agender", "Spanish", "Asian", "Haitian Creole", "medical"):
        assert one in said
    open_form(page, "photo", "Edit")
    page.set_input_files("[name=photo]", {"name": "face.png", "mimeType": "image/png", "buffer": PIXEL})
    save(page, "photo")
    page.reload()
    expect(page.locator("#client-header .face img")).to_have_js_property("naturalWidth", 1)
    if page.locator("#labels").count():
        open_form(page, "labels", "Edit")
        pick(page, "labels", "2")
        save(page, "labels")
        assert "HIV" in words(page, "labels")


def test_a_death_is_recorded_and_seen_on_every_page(page: Page) -> None:
    enter(page)
    record = new_client(page)
    page.goto(record + "details/")
    open_form(page, "about", "Edit")
    fill(page, "about", deceased=True, died_on="2026-11-01")
    save(page, "about")
    page.goto(record)
    expect(page.locator("#client-header .flags")).to_contain_text("Has died")
    expect(page.locator("#client-header")).to_have_class(re.compile("gone"))


@pytest.mark.parametrize(("section", "values", "kept"), WRONG, ids=[one[0] for one in WRONG])
def test_what_is_refused_is_said_at_the_field_and_kept(
    page: Page, watch: Watch, section: str, values: dict[str, str | bool], kept: str
) -> None:
    watch.forgive("422")
    enter(page)
    page.goto("/clients/?whose=team&state=assigned")
    page.locator("table.clients tbody th a").first.click()
    page.click(".more-tabs")
    page.get_by_role("link", name="Details").click()
    open_form(page, section)
    fill(page, section, **values)
    page.locator(f"#{section} form button.primary").click()
    expect(page.locator(f"#{section} .errors")).to_be_visible()
    expect(page.locator(f"#{section} .errors")).to_be_focused()
    assert page.locator(f"#{section} .err").count() == 1
    expect(page.locator(f"#{section} [name={kept}]")).to_have_value(str(values[kept]))


def test_the_circle_is_built_changed_and_ended(page: Page) -> None:
    enter(page)
    record = new_client(page)
    page.goto(record + "circle/")
    open_form(page, "family")
    fill(page, "family", given="Salma", family="Qadir", phone="(555) 010-2299", kind="sibling", emergency_contact=True)
    save(page, "family")
    assert "Salma Qadir" in words(page, "family")
    expect(page.locator("#family")).to_contain_text("emergency")
    open_form(page, "family", "Edit", "Salma")
    fill(page, "family", note="May know all.")
    save(page, "family")
    assert "May know all." in words(page, "family")
    page.locator("#family").get_by_role("link", name=re.compile("Name and phone")).click()
    open_form(page, "names", "Edit", "Salma")
    fill(page, "names", given="Selma")
    save(page, "names")
    open_form(page, "reach", "Edit", "010-2299")
    fill(page, "reach", value="(555) 010-2300", safe_to_call=True)
    save(page, "reach")
    page.goto(record + "circle/")
    expect(page.locator("#family")).to_contain_text("Selma Qadir")
    expect(page.locator("#family")).to_contain_text("010-2300")
    open_form(page, "household")
    page.select_option("[name=who]", label="Selma Qadir")
    save(page, "household")
    assert "Selma Qadir" in words(page, "household")
    open_form(page, "household", "End", "Selma")
    fill(page, "household", reason="Moved out")
    save(page, "household")
    open_form(page, "family", "End", "Selma")
    fill(page, "family", reason="Lost touch")
    save(page, "family")
    open_form(page, "workers")
    page.select_option("[name=staff]", label="Jonah Whitcomb")
    fill(page, "workers", kind="secondary", reason="Two are needed")
    save(page, "workers")
    expect(page.locator("#client-header")).to_contain_text("Jonah Whitcomb")
    open_form(page, "workers", "End", "Jonah")
    fill(page, "workers", reason="One is enough")
    save(page, "workers")
    assert "to " in words(page, "workers")
