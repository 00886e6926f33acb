"""What the tests of the client screens do again and again."""

import re
from uuid import uuid4

from playwright.sync_api import Page

from goldthread.doors.demo.agency import PASSWORD
from tests.browser import sign_in
from tests.looks import right


def enter(page: Page, role: str = "supervisor", to: str = "/clients/") -> None:
    """Be signed in as the demo's first colleague of *role*, on the page *to*: the list of clients."""
    sign_in(page, role, to)


def sign_in_as(page: Page, colleague: str) -> None:
    """Sign in as one colleague of the demo, named as in their address."""
    page.goto("/account/sign-in/")
    page.fill("[name=login]", f"{colleague}@alderquay.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit], main form button.primary")
    page.wait_for_url(re.compile(r"^(?!.*/account/sign-in/)"))


def some_name() -> str:
    """A family name that nobody else has."""
    return "Qu" + uuid4().hex[:10].translate(str.maketrans("0123456789", "ghijklmnop"))


def new_client(page: Page, **more: str) -> str:
    """Add a client of one's own through the form; returns the path of their record, on which the page now is."""
    page.goto("/clients/new/")
    page.fill("[name=given]", more.get("given", "Noor"))
    page.fill("[name=family]", more.get("family") or some_name())
    page.select_option("[name=worker]", label="Renee Baptiste")
    page.click("main form button.primary")
    page.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/$"))
    return page.url[page.url.index("/clients/") :]


def pick(page: Page, name: str, value: str) -> None:
    """Press the chip of a radio or checkbox, as a person does."""
    page.locator(f"label.chip:has([name={name}][value={value!r}])").click()


def open_form(page: Page, section: str, what: str = "Add", row: str = "") -> None:
    """Press *what* in *section* (in the row that says *row*) and wait until its form stands there."""
    place = page.locator(f"#{section}")
    if row:
        place = place.locator("li", has_text=row)
    place.get_by_role("link", name=re.compile(f"^{what}")).first.click()
    page.locator(f"#{section} form button.primary").wait_for()


def fill(page: Page, section: str, **values: str | bool) -> None:
    """Write *values* into the fields of the open form of *section*; True and False press a checkbox."""
    form = page.locator(f"#{section} form:has(button.primary)")
    for name, value in values.items():
        field = form.locator(f"[name={name}]")
        if isinstance(value, bool):
            field.set_checked(value)
        elif field.first.get_attribute("type") == "radio":
            form.locator(f"label.chip:has([name={name}][value={value!r}])").click()
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def save(page: Page, section: str) -> None:
    """Press Save and wait until the section reads again."""
    page.locator(f"#{section} form button.primary").click()
    page.locator(f"#{section} form button.primary").wait_for(state="detached")


def words(page: Page, section: str) -> str:
    """What *section* says, read anew from the server."""
    page.reload()
    return page.locator(f"#{section}").inner_text()


def well(page: Page) -> None:
    """The page is right as it is seen from its top: further down its header lies over part of a button, which axe would measure."""
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    right(page)
