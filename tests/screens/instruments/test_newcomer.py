"""A newcomer builds a check from nothing in Chromium: a list, six questions, a condition, a group that writes a medicine, a score with bands,
a rule, Spanish, test answers, into use; a colleague asks it of a client and finds the score and the medicine there.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DEADLINE, PHONE, Watch, sign_in
from tests.looks import right
from tests.screens.clients.steps import enter, new_client
from tests.screens.instruments.test_builder import add, save, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE = "Coming home in Chromium"
SPANISH = {
    TITLE: "Llegar a casa",
    "Never": "Nunca",
    "Sometimes": "A veces",
    "Always": "Siempre",
    "Medicines": "Medicinas",
}


def tab(page: Page, name: str) -> None:
    page.click(f"nav.tabs >> text={name}")
    expect(page.locator("nav.tabs [aria-current=page]")).to_contain_text(name)


def a_list(page: Page) -> None:
    tab(page, "Lists")
    page.click("a.btn:has-text('A list')")
    page.fill("[name=l-title]", "How often")
    for n, words in enumerate(("Never", "Sometimes", "Always")):
        page.fill(f"[name=options-{n}-text]", words)
        page.fill(f"[name=options-{n}-weight]", str(n))
    right(page)
    page.click("#do-save")
    expect(page.locator(".outline")).to_contain_text("3 answers")


def questions(page: Page) -> None:
    tab(page, "Questions")
    for text in ("Do you sleep badly?", "Do you feel alone?"):
        add(page, text, "choice")
        page.select_option("[name=i-value_set]", label="How often")
        save(page)
    add(page, "Is somebody there for you?", "boolean")
    page.click("#conditions-more")
    expect(page.locator("[name=conditions-0-question]")).to_be_visible()
    settled(page)
    page.select_option("[name=conditions-0-question]", label="Do you feel alone?")
    expect(page.locator("[name=conditions-0-answer] option")).to_have_count(4)
    page.select_option("[name=conditions-0-answer]", label="Always")
    save(page)
    add(page, "How many nights were you out?", "integer")
    add(page, "Medicines", "group")
    right(page)


def a_medicine(page: Page) -> None:
    """The group becomes a medicine; its name and dose are asked in questions made for it."""
    page.click("text=Choose what it writes")
    right(page)
    page.click(".chips >> text=Medicine")
    expect(page.locator(".becomes")).to_have_text("Each turn of “Medicines” becomes a fact about the client: Medicine.")
    page.select_option("[name=f-name]", "")
    page.press("[name=f-repeats]", "Enter")
    expect(page.locator(".errors")).to_contain_text("Choose what says this")
    right(page)
    page.select_option("[name=f-name]", "new")
    page.select_option("[name=f-dose]", "new")
    save(page)
    expect(page.locator("[name=f-dose] option:checked")).to_have_text("Dose")
    expect(page.locator(".outline")).to_contain_text("Medicine")
    right(page)


def a_score(page: Page) -> None:
    tab(page, "Scores")
    page.fill("[name=s-title]", "Trouble")
    for box in page.locator("[type=checkbox][name=item]").all()[:2]:
        box.check()
    for n, (low, high, label, severity) in enumerate((("0", "1", "Low", "0"), ("2", "4", "High", "3"))):
        for name, value in (("low", low), ("high", high), ("label", label)):
            page.fill(f"[name=bands-{n}-{name}]", value)
        page.select_option(f"[name=bands-{n}-severity]", severity)
    page.click("#do-save")
    expect(page.locator(".outline")).to_contain_text("Trouble")


def a_rule(page: Page) -> None:
    tab(page, "Rules")
    page.click("#constraints-more")
    page.fill("[name=constraints-0-expression]", "%resource.item.where(linkId = 'q4').answer.value <= 31")
    page.fill("[name=constraints-0-says]", "A month has at most 31 nights.")
    edit = page.locator(".item [name=edit]").input_value()
    page.click("#do-save")
    expect(page.locator(".item [name=edit]")).not_to_have_value(edit)
    page.fill("[name=constraints-0-says]", "Oops")
    save(page)
    page.click("#take-back")
    expect(page.locator("[name=constraints-0-says]")).to_have_value("A month has at most 31 nights.")
    right(page)


def spanish(page: Page) -> None:
    tab(page, "Languages")
    expect(page.locator("#this-language")).to_have_text("Spanish")
    for plain, said in SPANISH.items():
        page.fill(f".worded:has(> label:text-is('{plain}')) textarea", said)
    right(page)
    save(page)
    expect(page.locator(".outline [aria-current]")).to_contain_text(re.compile(r"5 of 1\d texts"))
    page.select_option("#in", "vi")
    page.click(".translating button:has-text('Begin')")
    expect(page.locator("#this-language")).to_have_text("Vietnamese")


def tried(page: Page) -> None:
    tab_url = page.url
    page.click("nav.tabs >> text=Try it")
    page.click(".opt:has([name='a:q1'][value$='always'])")
    page.click(".opt:has([name='a:q2'][value$='never'])")
    page.click("button[name=do][value^=add]")
    page.fill("[name='a:q5[0]']", "Metformin")
    page.click("main button.primary")
    expect(page.locator(".score .big")).to_contain_text("High")
    expect(page.locator(".written")).to_contain_text("Medicine: Metformin")
    # what the bar at the foot covers half is no target of its size
    page.locator(".written").scroll_into_view_if_needed()
    right(page)
    page.goto(tab_url)


def test_from_nothing_to_a_score_and_a_medicine_on_the_client(page: Page, watch: Watch) -> None:
    watch.forgive("422")
    sign_in(page, "administrator", "/settings/instruments/")
    page.click("text=New instrument")
    page.fill("[name=title]", TITLE)
    page.click("main form button.primary")
    page.wait_for_url(re.compile(r"/drafts/[0-9a-f-]+/$"))
    for step in (a_list, questions, a_medicine, a_score, a_rule, spanish, tried):
        step(page)
    tab(page, "Check")
    expect(page.locator("main")).to_contain_text("texts are not translated")
    right(page)
    page.click("button:has-text('Put in use')")
    expect(page.locator(".tag.pine")).to_contain_text("In use")
    asked_and_signed(page)


def asked_and_signed(page: Page) -> None:
    page.context.clear_cookies()
    enter(page, "supervisor")
    client = new_client(page)
    page.goto(f"{client}assessments/new/")
    page.click(".opt:has([value=coming-home-in-chromium])")
    page.click("main form button.primary")
    page.wait_for_url(re.compile(r"/answer/"))
    page.set_viewport_size(PHONE)
    page.click("[data-language][lang=es]")
    expect(page.locator("h1")).to_have_text("Llegar a casa")
    page.click(".opt:has([name='a:q1'][value$='always'])")
    page.click(".opt:has([name='a:q2'][value$='sometimes'])")
    page.click("button[name=do][value^=add]")
    expect(page.locator("[name='a:q5[0]']")).to_be_visible()
    settled(page)
    page.fill("[name='a:q5[0]']", "Metformin")
    page.fill("[name='a:q6[0]']", "500 mg")
    page.press("[name='a:q6[0]']", "Tab")
    expect(page.locator(".saved")).to_contain_text(re.compile(r"Saved \d+ s ago"))
    expect(page.locator("h1")).to_have_text("Llegar a casa")
    page.click("button[value=sign]")
    expect(page.locator("article.signed")).to_be_visible(timeout=DEADLINE)
    expect(page.locator(".score .big")).to_contain_text("3")
    expect(page.locator(".score .big")).to_contain_text("High")
    # the turn nobody wrote in is not there
    expect(page.locator("article.signed dt:has-text('Medicine')")).to_have_count(1)
    page.goto(f"{client}facts/")
    expect(page.locator("main")).to_contain_text("Metformin, 500 mg")
