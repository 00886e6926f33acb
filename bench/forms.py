"""Reads a form off a page with what it holds, as a browser would send it that runs the page's script."""

from html.parser import HTMLParser

Values = dict[str, str | list[str]]
UNSENT = {"submit", "button", "reset", "image", "file"}


def form_on(page: str) -> Values:
    """The values of the page's main form: of those that are posted, the one with the most fields."""
    reader = _Reader()
    reader.feed(page)
    return max(reader.forms, key=len, default={})


class _Reader(HTMLParser):
    """Collects the posted forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Values] = []
        self._open = False
        self._name = ""
        self._text: list[str] | None = None
        self._single = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = found.get("method", "get").lower() == "post"
            if self._open:
                self.forms.append({})
        if not self._open:
            return
        if tag == "input":
            self._input(found)
        elif tag == "select":
            self._name, self._single = found.get("name", ""), "multiple" not in found
        elif tag == "option":
            self._option(found)
        elif tag == "textarea":
            self._name, self._text = found.get("name", ""), []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            self._put(self._name, "".join(self._text).removeprefix("\n"))
            self._text = None
        if tag == "form":
            self._open = False

    def _input(self, found: dict[str, str]) -> None:
        kind = found.get("type", "text")
        if kind in UNSENT or (kind in ("checkbox", "radio") and "checked" not in found):
            return
        if "data-if-written" in found and not found.get("value"):
            return  # the page's script leaves it out
        self._put(found.get("name", ""), found.get("value", "on" if kind == "checkbox" else ""))

    def _option(self, found: dict[str, str]) -> None:
        """A select that allows one answer sends its first option when none is chosen."""
        if self._single and ("selected" in found or self._name not in self.forms[-1]):
            self.forms[-1][self._name] = found.get("value", "")
        elif not self._single and "selected" in found:
            self._put(self._name, found.get("value", ""))

    def _put(self, name: str, value: str) -> None:
        form = self.forms[-1]
        if not name:
            return
        if name not in form:
            form[name] = value
            return
        before = form[name]
        form[name] = [*(before if isinstance(before, list) else [before]), value]
