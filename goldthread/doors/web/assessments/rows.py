"""A questionnaire with answers as rows for the template: one pass over the places, nesting told by opening and closing rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from goldthread.casework.assessments.changes import Clash, Said
from goldthread.casework.assessments.enums import Skipped
from goldthread.casework.assessments.rules.answers import Answer, key_of, to_form, value_of
from goldthread.casework.assessments.rules.definition import Item, ItemType, Questionnaire
from goldthread.doors.web.assessments.typed import OWN, is_typed
from goldthread.doors.web.assessments.words import said

RADIOS = 12
"""Options that are shown at once; more are a list to open …"""
LISTED = 60
"""… and beyond that one types to find."""
SCALE = 11
"""Steps of a slider that are shown as buttons."""
SHORT = 26
"""Characters of an option that fits beside others."""
CHOICES = ("radio", "check", "select", "find")
INPUTS = {
    ItemType.DATE: "date",
    ItemType.TIME: "time",
    ItemType.DATE_TIME: "date",
    ItemType.URL: "url",
    ItemType.STRING: "text",
    ItemType.INTEGER: "number",
    ItemType.DECIMAL: "number",
    ItemType.QUANTITY: "number",
}


@dataclass(slots=True)
class Row:
    """One line of the page. ``kind``: ``group``, ``/group``, ``turn``, ``/turn``, ``more``, ``display``, or a question's control."""

    kind: str
    key: str = ""
    id: str = ""
    text: str = ""
    prefix: str = ""
    help: str = ""
    link: str = ""
    off: bool = False
    """Not asked at the moment: there, and hidden, so that it can appear without asking the server for it."""
    required: bool = False
    answered: bool = False
    many: bool = False
    wide: bool = False
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)
    """What stands in each input, and beside it (the time of a date)."""
    own: list[str] | None = None
    """Words of their own beside the options; None where there can be none."""
    units: list[tuple[str, str, bool]] = field(default_factory=list)
    type: str = "text"
    limits: str = ""
    """Attributes of the input, made of numbers and dates alone."""
    unit: str = ""
    skipped: str = ""
    before: str = ""
    wrong: list[str] = field(default_factory=list)
    clash: dict[str, str] | None = None
    number: int = 0
    typed: bool = True
    html: str = ""
    """The control, made by ``controls``."""


@dataclass(slots=True)
class Section:
    """Part of the sheet, with a place in the list at the left."""

    id: str
    title: str
    rows: list[Row] = field(default_factory=list)
    answered: int = 0
    asked: int = 0
    off: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """What the rows are made of."""

    questionnaire: Questionnaire
    answers: Mapping[str, list[Answer]]
    enabled: frozenset[str]
    language: str
    skipped: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, list[str]] = field(default_factory=dict)
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    who: Mapping[str, str] = field(default_factory=dict)
    """Names of those who answered too, by id."""
    next: "Paper | None" = None
    """The same with one more turn of every repeating group: from it a page without a network adds one."""


def sections(paper: Paper) -> list[Section]:
    """The sheet, section by section."""
    return list(_Writer(paper).sections())


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.number = 0
        self.section = Section("", "")

    def sections(self) -> Iterator[Section]:
        for number, (title, items) in enumerate(_parts(self.paper)):
            self.section = Section(f"part-{number}", title)
            self.section.off = len(items) == 1 and items[0].link_id not in self.paper.enabled
            for item in items:
                self.item(item, (), opens=item.type is not ItemType.GROUP or item.many or len(items) > 1)
            if self.section.rows:
                yield self.section

    def add(self, row: Row) -> Row:
        self.section.rows.append(row)
        return row

    def item(self, item: Item, turns: tuple[int, ...], *, opens: bool = True) -> None:
        """The rows of *item* and all below. *opens*: whether a group says its own name (a section has said it)."""
        if item.hidden:
            return
        key = key_of(item, turns)
        if item.type is ItemType.DISPLAY:
            self.display(item, key)
        elif item.type is ItemType.GROUP:
            self.group(item, key, turns, opens=opens)
        else:
            self.question(item, key, turns)

    def display(self, item: Item, key: str) -> None:
        kind = "help" if "help" in (item.control, item.category) else "display"
        row = self.head(kind, item, key)
        row.link = item.support_link

    def group(self, item: Item, key: str, turns: tuple[int, ...], *, opens: bool) -> None:
        if opens:
            self.head("group", item, key)
        if item.many:
            for number in range(len(self.paper.answers.get(key, []))):
                self.add(Row("turn", key, text=item.text.within(self.paper.language), number=number + 1))
                self.below(item, (*turns, number))
                self.add(Row("/turn", key))
            if self.paper.next:
                self.shape(item, key, (*turns, len(self.paper.answers.get(key, []))), self.paper.next)
            self.add(Row("more", key, text=item.text.within(self.paper.language)))
        else:
            self.below(item, turns)
        if opens:
            self.add(Row("/group"))

    def shape(self, item: Item, key: str, turns: tuple[int, ...], paper: Paper) -> None:
        """A turn that is not there yet. It counts for nothing."""
        held, part = self.paper, self.section
        self.paper, self.section = paper, Section(part.id, part.title, part.rows)
        self.add(Row("shape", key))
        self.add(Row("turn", key, text=item.text.within(paper.language), number=turns[-1] + 1))
        self.below(item, turns)
        self.section.rows += [Row("/turn", key), Row("/shape", key)]
        self.paper, self.section = held, part

    def below(self, item: Item, turns: tuple[int, ...]) -> None:
        for child in item.shown_below:
            self.item(child, turns)

    def head(self, kind: str, item: Item, key: str) -> Row:
        self.number += 1
        language = self.paper.language
        row = Row(kind, key, f"q{self.number}", item.words(language), item.prefix)
        row.off = key not in self.paper.enabled
        row.help = item.help.within(language)
        row.link = item.support_link
        return self.add(row)

    def question(self, item: Item, key: str, turns: tuple[int, ...]) -> None:
        paper, answers = self.paper, self.paper.answers.get(key, [])
        row = self.head(control_of(item), item, key)
        row.typed = is_typed(item) or item.type is ItemType.ATTACHMENT
        row.required, row.many = item.required, item.many
        row.answered, row.skipped = bool(answers), paper.skipped.get(key, "")
        row.before, row.wrong = paper.before.get(key, ""), paper.wrong.get(key, [])
        _fill(row, item, answers, paper)
        clash = paper.clashes.get(key)
        if clash:
            row.clash = _both(item, clash, paper)
        if not row.off and row.typed and item.type is not ItemType.DISPLAY:
            self.section.asked += 1
            self.section.answered += row.answered or bool(row.skipped)
        if not item.items:
            return
        if item.many:
            for number in range(len(answers)):
                self.below(item, (*turns, number))
        else:
            self.below(item, turns)


def control_of(item: Item) -> str:
    """How a question is answered: by its type, what it asks for, and how many options there are."""
    kind = item.type
    if not is_typed(item) and kind is not ItemType.ATTACHMENT:
        return "fixed"
    if kind is ItemType.BOOLEAN:
        return "radio"
    if item.options:
        return _choice(item)
    if kind is ItemType.REFERENCE:
        return "check" if item.many else "select"
    if kind is ItemType.INTEGER and item.control == "slider" and _steps(item):
        return "radio"
    return {ItemType.TEXT: "area", ItemType.ATTACHMENT: "file", ItemType.DATE_TIME: "moment"}.get(kind, "input")


def _choice(item: Item) -> str:
    many = len(item.options)
    if item.control == "autocomplete" or many > LISTED:
        return "find"
    if item.many:
        return "check"
    if item.control == "drop-down" or (many > RADIOS and item.control != "radio-button"):
        return "select"
    return "radio"


def _steps(item: Item) -> range | None:
    """The values of a slider that are few enough to be buttons."""
    low, high = item.min_value, item.max_value
    if not isinstance(low, int) or not isinstance(high, int) or high < low:
        return None
    steps = range(low, high + 1, item.slider_step or 1)
    return steps if len(steps) <= SCALE else None


def _fill(row: Row, item: Item, answers: list[Answer], paper: Paper) -> None:
    """Options, values and limits of the control."""
    if row.kind == "fixed":
        row.values = [(words, "") for words in said(item, answers, paper.language)]
    elif row.kind in CHOICES:
        _fill_choice(row, item, answers, paper)
    elif row.kind == "file":
        row.values = [(_name_of(answer), _id_of(answer)) for answer in answers]
    else:
        _fill_input(row, item, answers)


def _fill_choice(row: Row, item: Item, answers: list[Answer], paper: Paper) -> None:
    tokens = to_form(item, answers)
    row.options = _options(item, tokens, answers, paper)
    short = all(len(words) <= SHORT for _token, words, _chosen in row.options)
    row.wide = row.kind in ("radio", "check") and short and len(row.options) <= SCALE
    known = {token for token, _words, _chosen in row.options}
    if item.type is ItemType.OPEN_CHOICE:
        row.own = [token for token in tokens if token not in known] or [""]
        if item.many and row.own != [""]:
            row.own = [*row.own, ""]
    if row.kind == "find":
        row.values = [(words, "") for _token, words, chosen in row.options if chosen]
        row.values = [*row.values, ("", "")] if item.many or not row.values else row.values


def _fill_input(row: Row, item: Item, answers: list[Answer]) -> None:
    row.type = INPUTS.get(item.type, "text")
    row.values = [moment(item, text) for text in to_form(item, answers)]
    if item.many or not row.values:
        row.values = [*row.values, ("", "")]
    row.limits = limits_of(item)
    if item.type is ItemType.QUANTITY:
        _units(row, item, answers)
    elif item.unit:
        row.unit = item.unit.text or item.unit.code


def _options(item: Item, tokens: list[str], answers: list[Answer], paper: Paper) -> list[tuple[str, str, bool]]:
    if item.type is ItemType.BOOLEAN:
        return [("true", _("Yes"), "true" in tokens), ("false", _("No"), "false" in tokens)]
    if item.type is ItemType.REFERENCE and not item.options:
        chosen = {str(value_of(answer).get("reference", "")).rpartition("/")[2] for answer in answers}
        return [(pk, name, pk in chosen) for pk, name in paper.people.items()]
    steps = _steps(item) if not item.options else None
    if steps:
        return [(str(value), str(value), str(value) in tokens) for value in steps]
    return [
        (option.token, f"{option.prefix} {option.text.within(paper.language)}".strip(), option.token in tokens)
        for option in item.options
    ]


def moment(item: Item, text: str) -> tuple[str, str]:
    """What stands in the input: of a moment its day and its time, as the agency's clock says it."""
    if item.type is ItemType.TIME:
        return text[:5] if len(text) >= 5 else text, ""
    if item.type is not ItemType.DATE_TIME or "T" not in text:
        return text, ""
    try:
        at = datetime.fromisoformat(text)
        local = at if at.tzinfo is None else timezone.localtime(at)
    except (ValueError, OverflowError):  # the last evening of the calendar is on no clock east of here
        return text, ""
    return local.date().isoformat(), local.strftime("%H:%M")


def _units(row: Row, item: Item, answers: list[Answer]) -> None:
    known = list(item.units) or ([item.unit] if item.unit else [])
    quantity = value_of(answers[0]) if answers else None
    said_unit = quantity.get("code") or quantity.get("unit") if isinstance(quantity, Mapping) else ""
    if len(known) > 1:
        row.units = [(unit.code, unit.text or unit.code, unit.code == said_unit) for unit in known]
    elif known:
        row.unit = known[0].text or known[0].code


def limits_of(item: Item) -> str:
    """min, max, step and length as attributes. They are numbers, dates and times that the definition was checked for."""
    parts: list[tuple[str, Any]] = []
    if item.type in (ItemType.INTEGER, ItemType.DECIMAL, ItemType.QUANTITY, ItemType.DATE, ItemType.TIME):
        parts += [("min", _plain(item.min_value)), ("max", _plain(item.max_value))]
    if item.type in (ItemType.DECIMAL, ItemType.QUANTITY):
        parts.append(("step", "any"))
    if item.max_length and item.type in (ItemType.STRING, ItemType.TEXT, ItemType.URL):
        parts.append(("maxlength", item.max_length))
    return "".join(f' {name}="{value}"' for name, value in parts if value not in (None, ""))


def _plain(value: Any) -> str:
    """A limit for the browser. That of an amount depends on the unit that is chosen: the server looks at it."""
    text = "" if value is None or isinstance(value, Mapping) else str(value)
    return text if text.replace("-", "").replace(":", "").replace(".", "").replace("T", "").isalnum() else ""


def _name_of(answer: Answer) -> str:
    value = value_of(answer)
    return str(value.get("title") or _("A file")) if isinstance(value, Mapping) else ""


def _id_of(answer: Answer) -> str:
    value = value_of(answer)
    return str(value.get("url", "")).rpartition(":")[2] if isinstance(value, Mapping) else ""


def _both(item: Item, clash: Clash, paper: Paper) -> dict[str, str]:
    return {
        "mine": in_words(item, clash.mine, paper.language),
        "theirs": in_words(item, clash.theirs, paper.language),
        "who": paper.who.get(str(clash.by), "") or _("Somebody else"),
    }


def in_words(item: Item, what: Said, language: str) -> str:
    """What a page says of *item*, as one line."""
    if what.skipped:
        return str(Skipped(what.skipped).label)
    return "; ".join(said(item, what.answers, language)) or _("no answer")


def _parts(paper: Paper) -> Iterator[tuple[str, list[Item]]]:
    """The sections: each group at the top; questions between them are one together. A single group around all is opened."""
    top = [item for item in paper.questionnaire.items if not item.hidden]
    if (
        len(top) == 1
        and top[0].type is ItemType.GROUP
        and not top[0].many
        and _is_wrapper(top[0])
        and top[0].link_id in paper.enabled
    ):
        top = [item for item in top[0].items if not item.hidden]
    loose: list[Item] = []
    for item in top:
        if item.type is not ItemType.GROUP:
            loose.append(item)
            continue
        if loose:
            yield "", loose
            loose = []
        yield item.text.within(paper.language), [item]
    if loose:
        yield "", loose


def _is_wrapper(item: Item) -> bool:
    return (
        any(child.type is ItemType.GROUP for child in item.items)
        and not item.enable_when
        and not item.enable_expression
    )


__all__ = ["OWN", "Paper", "Row", "Section", "control_of", "in_words", "sections"]
