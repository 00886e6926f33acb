"""A sheet's questions come anew while somebody types: because a colleague changed its turns, because a turn was added, because the page was
opened again. No letter is lost, and none lands with somebody else.
"""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from goldthread.casework.assessments import actions
from goldthread.casework.assessments.changes import Said
from goldthread.casework.assessments.models import Assessment
from tests.browser import Watch
from tests.casework.assessments.asking import Care, actor, begun, care, in_use
from tests.looks import right
from tests.stories.pressed.conftest import Screen

pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
WHO = {
    "linkId": "who",
    "type": "group",
    "text": "Somebody",
    "repeats": True,
    "item": [
        {"linkId": "name", "type": "string", "text": "Name"},
        {"linkId": "note", "type": "string", "text": "Note"},
    ],
}
ON_ITS_WAY = {"beforeRequest": "x", "afterSwap": "y", "afterSettle": "z"}
TYPES = """
when => Object.entries(when).forEach(([event, letter]) => document.addEventListener(
  `htmx:${event}`, () => document.execCommand("insertText", false, letter), { once: true }))
"""
"""A letter into the field one is in: while the answer is on its way, between swap and settle, and after."""


@pytest.fixture
def there(db: None) -> Care:
    return care()


@pytest.fixture
def row(there: Care) -> Assessment:
    """Ana, Ben and Cara, without notes."""
    made = begun(there, in_use({"resourceType": "Questionnaire", "status": "active", "url": "urn:test:g", "title": "G", "item": [WHO]}))  # fmt: skip
    by = actor(there.worker)
    for number, name in enumerate(("Ana", "Ben", "Cara")):
        actions.move_turn(assessment=made, key="who", by=by)
        actions.save_answers(assessment=made, changes={f"name[{number}]": Said([{"valueString": name}])}, by=by)
    return made


def opened(screen: Screen, there: Care, row: Assessment) -> Page:
    page = screen(there.worker)
    page.goto(reverse("assessments:sheet", args=[there.person.pk, row.pk]))
    return page


def colleague(there: Care, row: Assessment, remove: int | None = None) -> None:
    """Adds a turn, or takes one away."""
    actions.move_turn(assessment=row, key="who", remove=remove, by=actor(there.supervisor, 5))


def said(row: Assessment) -> list[tuple[str, str]]:
    """Name and note of each, as kept."""
    row.refresh_from_db()

    def words(key: str) -> str:
        return str(row.answers.get(key, [{"valueString": ""}])[0]["valueString"])

    return [(words(f"name[{n}]"), words(f"note[{n}]")) for n in range(len(row.answers["who"]))]


def field(page: Page, what: str, number: int) -> Any:
    return page.locator(f"fieldset.turn:visible [name^='a:{what}[']").nth(number)


def typed(page: Page, what: str, number: int) -> None:
    field(page, what, number).focus()
    page.keyboard.type("B")


def kept(page: Page, row: Assessment, people: list[tuple[str, str]]) -> None:
    """*people* are kept on the server within some seconds, and come again."""
    for _tenth in range(80):
        if said(row) == people:
            break
        page.wait_for_timeout(100)
    assert said(row) == people
    page.reload()
    expect(page.locator("fieldset.turn")).to_have_count(len(people))
    for number, (name, note) in enumerate(people):
        expect(field(page, "name", number)).to_have_value(name)
        expect(field(page, "note", number)).to_have_value(note)
    expect(page.locator(".kept")).to_have_count(0)


def test_typed_while_questions_with_one_more_turn_come(screen: Screen, there: Care, row: Assessment) -> None:
    page = opened(screen, there, row)
    colleague(there, row)
    page.evaluate(TYPES, ON_ITS_WAY)
    typed(page, "note", 1)
    expect(page.locator("fieldset.turn")).to_have_count(4)
    expect(field(page, "note", 1)).to_have_value("Bxyz")
    expect(field(page, "note", 1)).to_be_focused()
    kept(page, row, [("Ana", ""), ("Ben", "Bxyz"), ("Cara", ""), ("", "")])


def test_typed_while_questions_with_one_turn_less_come(screen: Screen, there: Care, row: Assessment) -> None:
    """Ben has become the first: what was typed goes with him, not to Cara."""
    page = opened(screen, there, row)
    colleague(there, row, remove=0)
    page.evaluate(TYPES, ON_ITS_WAY)
    typed(page, "note", 1)
    expect(page.locator("fieldset.turn")).to_have_count(2)
    expect(field(page, "note", 0)).to_have_value("Bxyz")
    expect(field(page, "note", 0)).to_be_focused()
    expect(field(page, "note", 1)).to_have_value("")
    kept(page, row, [("Ben", "Bxyz"), ("Cara", "")])


def test_typed_into_a_turn_that_a_colleague_takes_away(screen: Screen, there: Care, row: Assessment) -> None:
    page = opened(screen, there, row)
    colleague(there, row, remove=1)
    page.evaluate(TYPES, {"beforeRequest": "x"})
    typed(page, "note", 1)
    expect(page.locator("fieldset.turn")).to_have_count(2)
    notice = page.locator(".kept")
    expect(notice).to_contain_text("Note")
    expect(notice).to_contain_text("Bx")
    right(page)
    page.reload()
    expect(page.locator(".kept")).to_contain_text("Bx")
    page.locator(".kept").get_by_role("button", name="Close").click()
    kept(page, row, [("Ana", ""), ("Cara", "")])


def test_typed_while_a_turn_of_ones_own_is_added(screen: Screen, there: Care, row: Assessment) -> None:
    page = opened(screen, there, row)
    page.evaluate(TYPES, ON_ITS_WAY)
    typed(page, "note", 1)
    page.evaluate("document.querySelector('button[value=\"add:who\"]').click()")
    expect(page.locator("fieldset.turn")).to_have_count(4)
    expect(field(page, "note", 1)).to_have_value("Bxyz")
    expect(field(page, "note", 1)).to_be_focused()
    kept(page, row, [("Ana", ""), ("Ben", "Bxyz"), ("Cara", ""), ("", "")])


def test_typed_while_a_turn_of_ones_own_is_taken_away(screen: Screen, there: Care, row: Assessment) -> None:
    page = opened(screen, there, row)
    page.evaluate(TYPES, ON_ITS_WAY)
    typed(page, "note", 1)
    page.evaluate("document.querySelector('button[value=\"remove:0:who\"]').click()")
    expect(page.locator("fieldset.turn")).to_have_count(2)
    expect(field(page, "note", 0)).to_have_value("Bxyz")
    kept(page, row, [("Ben", "Bxyz"), ("Cara", "")])


def test_waiting_turns_are_put_back(screen: Screen, there: Care, row: Assessment, watch: Watch) -> None:
    """Two are added and one is taken away while a save is on its way, whose answer says that a colleague took away the first."""
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    watch.forgive("Failed to fetch")
    page = opened(screen, there, row)
    page.context.set_offline(True)
    page.locator("button[value='add:who']").click()
    field(page, "name", 3).fill("Dan")
    expect(page.locator(".saved")).to_contain_text("No connection")
    colleague(there, row, remove=0)

    def late(route: Route) -> None:
        fetched = route.fetch()
        page.locator("button[value='add:who']").click()
        page.keyboard.type("Eve")
        page.get_by_role("button", name=re.compile("^Take away Somebody 3")).click()  # Cara
        route.fulfill(response=fetched)

    page.route(re.compile("/save/"), late, times=1)
    page.context.set_offline(False)
    expect(field(page, "name", 2)).to_have_value("Eve")
    kept(page, row, [("Ben", ""), ("Dan", ""), ("Eve", "")])


def test_a_turn_inside_one_that_was_added_without_a_network(screen: Screen, there: Care, watch: Watch) -> None:
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    watch.forgive("Failed to fetch")
    number = {"linkId": "phone", "type": "string", "text": "Number"}
    phones = {"linkId": "phones", "type": "group", "text": "Phone", "repeats": True, "item": [number]}
    group = {**WHO, "item": [WHO["item"][0], phones]}  # type: ignore[index]  # a list
    content = {"resourceType": "Questionnaire", "status": "active", "url": "urn:test:n", "title": "N", "item": [group]}
    row = begun(there, in_use(content))
    page = opened(screen, there, row)
    page.context.set_offline(True)
    page.locator("button[value='add:who']").click()
    page.keyboard.type("Ana")
    page.locator("[name^='a:phone[']").fill("taken away again")  # each starts with one
    page.get_by_role("button", name="Add: Phone").click()
    page.keyboard.type("555-0199")
    page.get_by_role("button", name="Take away Phone 1").click()
    page.locator("button[value='add:who']").click()
    page.keyboard.type("Ben")
    page.get_by_role("button", name="Add: Phone").nth(1).click()
    page.keyboard.type("555-0123")
    right(page)
    page.context.set_offline(False)
    expect(page.locator(".saved")).to_contain_text(re.compile(r"Saved \d+ s ago"))
    page.get_by_role("button", name="Add: Phone").nth(1).click()  # asked of the server again
    expect(page.locator("fieldset.turn fieldset.turn")).to_have_count(4)
    page.locator("[name='a:phone[1.2]']").fill("555-0124")
    expect(page.locator("[data-answered]")).to_have_text("5 of 6")
    page.reload()
    for key, said in {"name[0]": "Ana", "phone[0.0]": "555-0199", "name[1]": "Ben", "phone[1.1]": "555-0123"}.items():
        expect(page.locator(f"[name='a:{key}']")).to_have_value(said)
    expect(page.locator("[name='a:phone[1.2]']")).to_have_value("555-0124")


def test_a_page_that_was_closed_knows_its_turns_again(
    screen: Screen, there: Care, row: Assessment, watch: Watch
) -> None:
    """Numbers have moved meanwhile: Cara is taken away, and not who has her number now; Ben's note is Ben's."""
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    watch.forgive("Failed to fetch")
    page = opened(screen, there, row)
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^Take away Somebody 3")).click()
    typed(page, "note", 1)
    page.wait_for_timeout(300)
    colleague(there, row, remove=0)
    colleague(there, row)
    context, address = page.context, page.url
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".kept")).to_contain_text("These are answers you gave here before")
    kept(page, row, [("Ben", "B"), ("", "")])
