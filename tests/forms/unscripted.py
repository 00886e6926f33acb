"""A press in a browser that runs no scripts: the recorder cannot hear it, so the hand that presses tells of it.

Who presses through ``presses`` says, in the recorder's words, which form is about to be sent by which button, read from the page as it
stands. What the server answers is heard as ever (``recording``): only what it takes counts.
"""

from playwright.sync_api import Locator, expect

ABOUT = """
button => {
  const form = button.form;
  const place = button.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
  const about = {
    form: form.dataset.form ?? `class ${form.className}`,
    method: (button.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get").toUpperCase(),
    path: new URL(place || location.href, location.href).pathname,
    button: button.dataset.button ?? null,
  };
  console.debug("form-sent " + JSON.stringify(about));
}
"""


def presses(button: Locator) -> None:
    """Press a *button* that can be seen, and tell of it; the page that answers is there afterwards."""
    expect(button).to_be_visible()
    button.evaluate(ABOUT)
    button.click()
