"""A page as somebody reads it: lines of words under headings, rows of tables, links, forms with what stands in them."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

LINES = frozenset({"li", "tr", "p", "h1", "h2", "h3", "h4", "legend", "dt", "dd", "blockquote", "summary"})
HEADINGS = frozenset({"h1", "h2", "h3"})
BLOCKS = frozenset({"facts", "toast", "step"})
"""Classes of what is read as one line, whatever the element."""
CELLS = frozenset({"td", "th"})
UNREAD = frozenset({"script", "style", "template", "svg", "title", "option", "textarea"})
EMPTY = frozenset({"input", "br", "img", "meta", "link", "hr", "use", "path", "col", "source"})
PIECES = frozenset({"a", "span", "time", "button", "b", "br", "div", "dd", "dt", "p", "ul", "meter"}) | CELLS
Said = dict[str, str]


def tidy(text: str) -> str:
    """One space between words."""
    return re.sub(r"\s+", " ", text).strip()


def around(text: str, word: str) -> str:
    """Where in *text* it stands."""
    at = text.lower().find(word.lower())
    return text[max(at - 200, 0) : at + 100]


@dataclass
class Line:
    """One line: its words, the heading that it stands under, and where its links lead."""

    words: str
    under: str
    links: Said = field(default_factory=dict)


@dataclass
class Form:
    """One form: where it goes, what stands in it, and by which words its choices are offered."""

    action: str
    ahead: str = ""
    """Where the composer asks what signing would do."""
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, Said] = field(default_factory=dict)
    """Name → words of a choice → its value."""
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)

    def fill(self, **given: object) -> None:
        """Write into fields that are there; choose, in their words, among what is offered."""
        for name, value in given.items():
            assert name in self.values or name in self.choices, f"There is no field {name!r}: {sorted(self.values)}"
            wanted = [str(one) for one in value] if isinstance(value, list) else [str(value)]
            self.values[name] = [self._chosen(name, one) for one in wanted]

    def _chosen(self, name: str, words: str) -> str:
        offered = self.choices.get(name)
        if offered is None or words in offered.values():
            return words
        assert words in offered, f"{words!r} is not offered in {name!r}: {sorted(offered)}"
        return offered[words]


class Reader(HTMLParser):
    """Knows which elements are open, and whether their words are read by the eye."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag not in EMPTY:
            self.open.append((tag, tag in UNREAD or "vh" in said.get("class", "").split()))
        self.begin(tag, said)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not any(one == tag for one, _unread in self.open):
            return
        while True:
            closed, _unread = self.open.pop()
            self.end(closed)
            if closed == tag:
                return

    @property
    def unread(self) -> bool:
        return any(unread for _tag, unread in self.open)

    def begin(self, tag: str, said: Said) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element has ended."""


class Lines(Reader):
    """The words, line by line, and the cells of tables."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.rows: list[list[str]] = []
        self.heading = ""
        self.line: Line | None = None
        self.depth = 0
        self.pieces: list[str] = [""]
        self.link = ""

    def begin(self, tag: str, said: Said) -> None:
        if self.line is None and (tag in LINES or not BLOCKS.isdisjoint(said.get("class", "").split())):
            self.line, self.depth, self.pieces = Line("", self.heading), len(self.open), [""]
        elif tag in PIECES:
            self._next_piece()
        if tag == "tr":
            self.rows.append([])
        elif tag in CELLS:
            self.rows[-1].append("")
        elif tag == "a":
            self.link = said.get("href", "")

    def end(self, tag: str) -> None:
        if tag == "a":
            self.link = ""
        if tag in PIECES:
            self._next_piece()
        if self.line and len(self.open) < self.depth:
            self._finish(self.line, tag)

    def _next_piece(self) -> None:
        self.pieces.append("")
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += " "

    def _finish(self, line: Line, tag: str) -> None:
        line.words = " · ".join(filter(None, map(tidy, self.pieces)))
        if tag in HEADINGS:
            self.heading, line.under = line.words, ""
        if line.words:
            self.lines.append(line)
        self.line = None

    def handle_data(self, data: str) -> None:
        if self.line and self.link and data.strip():
            self.line.links[tidy(data)] = self.link
        if self.unread:
            return
        self.pieces[-1] += data
        if any(tag in CELLS for tag, _unread in self.open):
            self.rows[-1][-1] += data


class Forms(Reader):
    """What can be filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words = ""
        self.select = ""
        self.last: tuple[str, str] = ("", "")

    def begin(self, tag: str, said: Said) -> None:
        if tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("data-ahead", "")))
        begun = getattr(self, f"begin_{tag}", None)
        if self.forms and begun:
            begun(self.forms[-1], said, said.get("name", ""), said.get("value", ""))

    def begin_input(self, form: Form, said: Said, name: str, value: str) -> None:
        if not name:
            return
        if said.get("type") not in ("radio", "checkbox"):
            several = name in form.choices  # beside boxes of the same name: sent with them
            form.values[name] = [*form.values.get(name, []), value] if several else [value]
            return
        value = said.get("value", "on")
        self.last = (name, value)
        form.choices.setdefault(name, {})
        if "checked" in said:
            form.values.setdefault(name, []).append(value)

    def begin_select(self, form: Form, _said: Said, name: str, _value: str) -> None:
        self.select, form.choices[name] = name, {}

    def begin_option(self, form: Form, said: Said, _name: str, value: str) -> None:
        self.words, self.last = "", (self.select, value)
        if "selected" in said or self.select not in form.values:
            form.values[self.select] = [value]

    def begin_textarea(self, _form: Form, _said: Said, name: str, _value: str) -> None:
        self.words, self.last = "", (name, "")

    def begin_label(self, _form: Form, _said: Said, _name: str, _value: str) -> None:
        self.words, self.last = "", ("", "")

    def begin_button(self, _form: Form, _said: Said, name: str, value: str) -> None:
        self.words, self.last = "", (name, value)

    def end(self, tag: str) -> None:
        if not self.forms:
            return
        form, (name, value) = self.forms[-1], self.last
        if tag in ("option", "label") and name:
            form.choices[name][tidy(self.words)] = value
            self.last = ("", "")
        elif tag == "textarea":
            form.values[name] = [self.words.removeprefix("\n")]
        elif tag == "button":
            form.buttons[tidy(self.words)] = self.last

    def handle_data(self, data: str) -> None:
        self.words += data


class Page:
    """One page. ``whole`` is the text as it came, for what must be nowhere in it. It is read when somebody asks what stands there."""

    def __init__(self, whole: str, address: str) -> None:
        self.whole, self.address = whole, address

    @cached_property
    def lines(self) -> list[Line]:
        return self._read.lines

    @cached_property
    def rows(self) -> list[list[str]]:
        return self._read.rows

    @cached_property
    def forms(self) -> list[Form]:
        forms = Forms()
        forms.feed(self.whole)
        forms.close()
        return forms.forms

    @cached_property
    def _read(self) -> Lines:
        lines = Lines()
        lines.feed(self.whole)
        lines.close()
        return lines

    def saying(self, *pieces: str, under: str = "") -> list[Line]:
        """The lines in which all *pieces* stand, under a heading that begins so."""
        found = [line for line in self.lines if line.under.startswith(under)]
        return [line for line in found if all(piece in line.words for piece in pieces)]

    def form_with(self, name: str, value: str = "") -> Form:
        """The form with a field of that *name* (and *value*)."""
        found = [one for one in self.forms if name in one.values or name in one.choices]
        found = [one for one in found if not value or value in one.values.get(name, [])]
        assert found, f"No form with {name} on {self}"
        return found[0]

    def form_if(self, name: str) -> Form | None:
        """The first form with a field of that *name*, if there is one."""
        return next((one for one in self.forms if name in one.values or name in one.choices), None)

    def row(self, first: str) -> Said:
        """The table's row that begins with *first*: what stands in each column, by the words on top of it."""
        row = next(row for row in self.rows if row and first in row[0])
        return {tidy(head): tidy(cell) for head, cell in zip(self.rows[0], row, strict=True)}

    def __str__(self) -> str:
        """The page for whoever reads why a story failed."""
        lines = [line for line in self.lines if "no longer needed." not in line.words and line.under != "Keys"]
        return "\n".join([self.address, *(f"[{line.under}] {line.words}" for line in lines[:40])])
