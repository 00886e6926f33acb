"""A questionnaire as we understand it: frozen, worked out once from the FHIR JSON, which stays beside it (``Questionnaire.data``)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

Json = Mapping[str, Any]
Value = bool | int | float | str | Json
"""A value of FHIR: a coding, quantity, attachment or reference is a mapping, a date or time its text."""


class ItemType(StrEnum):
    """Types of item, as FHIR R4 names them."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    URL = "url"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    ATTACHMENT = "attachment"
    REFERENCE = "reference"
    QUANTITY = "quantity"

    @property
    def is_question(self) -> bool:
        """Whether it takes answers."""
        return self not in (ItemType.GROUP, ItemType.DISPLAY)

    @property
    def is_choice(self) -> bool:
        """Whether it is answered from a list."""
        return self in (ItemType.CHOICE, ItemType.OPEN_CHOICE)


class Operator(StrEnum):
    """How an answer is compared in enableWhen."""

    EXISTS = "exists"
    EQUAL = "="
    NOT_EQUAL = "!="
    GREATER = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Text:
    """Words in the language of the questionnaire, and their translations."""

    plain: str = ""
    translations: Mapping[str, str] = field(default_factory=dict)

    def within(self, language: str) -> str:
        """The words in *language* (``es``, ``es-MX``), in a wider form of it, or else as they were written."""
        if language in self.translations:
            return self.translations[language]
        wider = language.partition("-")[0]
        by_wider = {key.partition("-")[0]: words for key, words in reversed(list(self.translations.items()))}
        return by_wider.get(wider, self.plain)

    def __bool__(self) -> bool:
        return bool(self.plain)

    def __str__(self) -> str:
        return self.plain


@dataclass(frozen=True, slots=True)
class Option:
    """One permitted answer. ``answer`` is what is kept: ``{"valueCoding": {…}}``, ``{"valueInteger": 3}``."""

    answer: Json
    text: Text
    weight: float | int | None = None
    exclusive: bool = False
    """Chosen together with no other (*none of these*)."""
    initial: bool = False
    prefix: str = ""

    @property
    def token(self) -> str:
        """What stands for it in a form: unique among the options of an item."""
        (value,) = (self.answer[key] for key in self.answer if key.startswith("value"))
        if not isinstance(value, Mapping):
            return str(value)
        system, code = value.get("system", ""), value.get("code", "")
        if not code:
            return str(value.get("display") or value.get("reference") or "")
        return f"{system}|{code}" if system else str(code)


@dataclass(frozen=True, slots=True)
class Condition:
    """One row of enableWhen: the answers of ``question`` compared with ``answer`` (``{"answerInteger": 3}`` is ``3``)."""

    question: str
    operator: Operator
    answer: Value


@dataclass(frozen=True, slots=True)
class Variable:
    """A named expression, seen by the item that has it and all below."""

    name: str
    expression: str


@dataclass(frozen=True, slots=True)
class Constraint:
    """A rule over answers: ``expression`` is true when all is well. ``hard``: otherwise only a warning."""

    key: str
    expression: str
    says: Text
    hard: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure, as a quantity keeps it."""

    code: str
    text: str
    system: str = ""


@dataclass(frozen=True, slots=True)
class Safety:
    """An answer that opens a safety task at once: its weight or number is above ``above``."""

    above: float | int
    says: Text


@dataclass(frozen=True, slots=True)
class Item:
    """A question, a group or a text to show. What the renderer needs is here; the JSON of the item is ``data``."""

    link_id: str
    type: ItemType
    text: Text
    data: Json
    depth: int = 0
    parent: str = ""
    """linkId of the item it stands in; empty at the top."""
    turns: tuple[str, ...] = ()
    """linkIds of the ancestors that can occur several times, outermost first: see ``answers``."""
    prefix: str = ""
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    max_length: int | None = None
    min_length: int | None = None
    min_value: Value | None = None
    max_value: Value | None = None
    min_expression: str = ""
    """Works out the least, where no value says it."""
    max_expression: str = ""
    max_decimals: int | None = None
    min_occurs: int | None = None
    max_occurs: int | None = None
    regex: str = ""
    entry_format: str = ""
    unit: Unit | None = None
    units: tuple[Unit, ...] = ()
    options: tuple[Option, ...] = ()
    initial: tuple[Json, ...] = ()
    mime_types: tuple[str, ...] = ()
    max_bytes: int | None = None
    reference_to: tuple[str, ...] = ()
    """Resource types a reference may name; empty: any."""
    enable_when: tuple[Condition, ...] = ()
    enable_any: bool = False
    """One of the conditions is enough; otherwise all are needed."""
    enable_expression: str = ""
    calculated: str = ""
    initial_expression: str = ""
    answer_expression: str = ""
    variables: tuple[Variable, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    control: str = ""
    """itemControl: ``radio-button``, ``drop-down``, ``autocomplete``, ``check-box``, ``slider``, ``help`` …"""
    help: Text = Text()
    support_link: str = ""
    category: str = ""
    """displayCategory: ``instructions``, ``security``, ``help``."""
    orientation: str = ""
    """choiceOrientation: ``horizontal`` or ``vertical``."""
    slider_step: int | None = None
    safety: Safety | None = None
    items: tuple["Item", ...] = ()

    def everything(self) -> Iterator["Item"]:
        """The item and all below it, in the order of the document."""
        yield self
        for item in self.items:
            yield from item.everything()

    def words(self, language: str) -> str:
        """What is asked, in *language*. A question without words is called by the first words to show below it, else by its linkId."""
        return self._label().within(language) or (self.link_id if self.type.is_question else "")

    @property
    def shown_below(self) -> tuple["Item", ...]:
        """What stands below it, but the words that a question says itself: what it is called by, and its help."""
        if not self.type.is_question:
            return self.items
        said = (self.help, self._label())
        return tuple(i for i in self.items if i.type is not ItemType.DISPLAY or i.support_link or i.text not in said)

    def _label(self) -> Text:
        if self.text or not self.type.is_question:
            return self.text
        return next((item.text for item in self.items if item.type is ItemType.DISPLAY and item.text), Text())

    @property
    def many(self) -> bool:
        """Whether it can be given several times at one place: several answers, or a group again and again."""
        return self.repeats and self.type is not ItemType.DISPLAY


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a score: from ``low`` to ``high``, both included; None has no end."""

    label: Text
    low: float | int | None
    high: float | int | None
    severity: int = 0
    """0 none … 4 severe: the colour and the order, not the words."""
    need_domain: str = ""
    """Life domain in which a score in this band suggests a need; empty suggests none."""
    need_strength: int = 0
    """How strong the need is: 1 watch, 2 needed, 3 urgent."""


class Missing(StrEnum):
    """What happens to a score when answers are missing."""

    NONE = "none"
    """No score unless all are answered."""
    PRORATED = "prorated"
    """Up to ``most_missing`` missing: the value times all, by answered, rounded half up. More: no score."""
    SUM = "sum"
    """What is answered counts; what is missing counts nothing."""


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """How a score is worked out. Either ``expression`` or ``items`` says from what; ``items`` also says what may be missing."""

    name: str
    title: Text
    expression: str
    items: tuple[str, ...] = ()
    reverse: tuple[str, ...] = ()
    mean: bool = False
    """The mean of its items and not their sum, rounded half up to two places. Missing answers count in neither."""
    missing: Missing = Missing.NONE
    most_missing: int = 0
    bands: tuple[Band, ...] = ()
    higher_is_better: bool = False
    says: Text = Text()
    """The rule about missing answers in words."""
    on_item: str = ""
    """linkId of the item whose value it is, when it stands on one."""


@dataclass(frozen=True, eq=False)
class Questionnaire:
    """A whole definition. Two are the same when they are one object: plans of work are remembered for each."""

    data: Json
    items: tuple[Item, ...]
    url: str = ""
    version: str = ""
    name: str = ""
    title: Text = Text()
    description: str = ""
    language: str = ""
    status: str = ""
    licence: str = ""
    source: str = ""
    attribution: str = ""
    variables: tuple[Variable, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    scores: tuple[ScoreRule, ...] = ()
    launch: tuple[str, ...] = ()
    """Names that expressions may read of the record, as variables: ``patient``, ``user``."""

    @cached_property
    def by_link(self) -> dict[str, Item]:
        """Every item by its linkId, in the order of the document."""
        return {item.link_id: item for top in self.items for item in top.everything()}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages it is translated to, apart from its own."""
        texts = [item.text for item in self.by_link.values()]
        return tuple(dict.fromkeys(language for text in [self.title, *texts] for language in text.translations))
