"""The form of an item: what its type can have, and nothing else."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldthread.casework.assessments.rules.building.items import names_for
from goldthread.casework.assessments.rules.building.lists import SET, codes_at
from goldthread.casework.assessments.rules.building.options import read_options
from goldthread.casework.assessments.rules.building.parts import Around
from goldthread.casework.assessments.rules.building.types import (
    CHOICES,
    NAMES,
    WORDS,
    Unreadable,
    type_of,
    value_from,
)
from goldthread.casework.assessments.rules.model import ItemType, Json
from goldthread.casework.assessments.rules.patterns import PatternError, check_pattern
from goldthread.casework.skills.rules import SKILLS
from goldthread.doors.web.assessments.outcome import NOTHING
from goldthread.doors.web.instruments.building.answers import Answers
from goldthread.doors.web.instruments.building.expressions import check_expression
from goldthread.doors.web.instruments.building.item_rows import (
    YES_NO,
    ConditionForm,
    NumberField,
    OptionForm,
    UnitForm,
    call_second,
    values_of,
    words,
)
from goldthread.doors.web.instruments.building.lines import ANSWER
from goldthread.doors.web.instruments.building.rows import RowForm, Typed, after_button, said_of, typed_rows
from goldthread.doors.web.instruments.building.shared_rows import NAMES as SHARED
from goldthread.doors.web.instruments.building.shared_rows import shared_rows, told_twice, with_own_keys
from goldthread.people.facts.enums import FactKind

ROWS = ("units", "conditions", "variables", "constraints")
LONGEST = 20_000
SHOWN = 10
"""Lines with a mistake that are told at once."""
PREFILLED = (
    ("%patient.name.text", _("The client's name"), WORDS),
    ("%patient.birthDate", _("The client's birth date"), frozenset((ItemType.DATE,))),
    ("%patient.age", _("The client's age in years"), frozenset((ItemType.INTEGER, ItemType.DECIMAL))),
    ("%patient.communication.language.text", _("The client's language"), WORDS),
    ("%user.name.text", _("Who asks"), WORDS),
    *((f"%facts.where(kind = '{kind.value}').words.join('; ')", kind.label, WORDS) for kind in FactKind),
    ("today()", _("Today"), frozenset((ItemType.DATE,))),
)
"""What an answer can start from: expression, words, the types that take it."""
CONTROLS = {
    **dict.fromkeys(CHOICES, ("radio-button", "check-box", "drop-down", "autocomplete")),
    ItemType.INTEGER: ("slider",),
}
CONTROL_WORDS = {
    "radio-button": _("Buttons"),
    "check-box": _("Boxes to tick"),
    "drop-down": _("A list to open"),
    "autocomplete": _("Type to find"),
    "slider": _("A row of numbers"),
}


def _area(label: Any, hint: Any = "", rows: int = 2, code: bool = False) -> forms.CharField:
    attributes = {"rows": rows, "class": "code", "spellcheck": "false"} if code else {"rows": rows, "dir": "auto"}
    widget = forms.Textarea(attributes)
    return forms.CharField(label=label, help_text=hint, required=False, strip=False, max_length=LONGEST, widget=widget)


def _check(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False)


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=100_000)


class ItemForm(forms.Form):
    """An item. *row*: as it is; *sent*: what was typed, *judged* when it is to be kept."""

    type = forms.ChoiceField(
        required=False, label=_("Kind of question"), choices=[(str(kind), words_) for kind, words_ in NAMES.items()]
    )
    text = _area(_("Question"))
    text2 = _area("")
    prefix = words(_("Number shown"), 40)  # type: ignore[assignment]  # a field; the form has its own prefix set on it
    help = _area(_("Help"), _("Unfolded by whoever asks."))
    help2 = _area("")
    support_link = words(_("Link to read more"), 2000)
    required = _check(_("An answer is needed"))
    repeats = _check(_("Several answers"))
    read_only = _check(_("Shown, not typed"))
    hidden = _check(_("Not shown"), _("For values that are only worked out."))
    value_set = forms.ChoiceField(label=_("Answers are"), required=False)
    control = forms.ChoiceField(label=_("Shown as"), required=False)
    orientation = forms.ChoiceField(
        label=_("Answers stand"),
        required=False,
        choices=[("", _("as they fit")), ("horizontal", _("beside each other")), ("vertical", _("below each other"))],
    )
    min_value = words(_("Least"), 60)
    max_value = words(_("Most"), 60)
    max_decimals = _count(_("Decimal places"))
    slider_step = _count(_("Steps of"))
    max_size = NumberField(label=_("At most megabytes"), required=False)
    min_length = _count(_("At least characters"))
    max_length = _count(_("At most characters"))
    regex = words(_("Pattern (regular expression)"), 1000)
    entry_format = words(_("Example of the pattern"), 200)
    min_occurs = _count(_("At least times"))
    max_occurs = _count(_("At most times"))
    initial = _area(_("Starts with"))  # type: ignore[assignment]  # a field; the form has its own set on it
    prefill = forms.ChoiceField(label=_("Starts with, from the record"), required=False)
    initial_expression = _area(_("Starts with what this comes to (FHIRPath)"), code=True)
    calculated = _area(_("Is worked out (FHIRPath)"), code=True)
    enable_expression = _area(_("Asked when this is true (FHIRPath)"), code=True)
    behaviour = forms.ChoiceField(
        label=_("Asked when"),
        required=False,
        choices=[("all", _("all of these hold")), ("any", _("any of these holds"))],
        widget=forms.RadioSelect,
    )
    safety = _check(_("An answer opens a safety task at once"))
    safety_above = NumberField(label=_("When its weight or number is above"), required=False)
    safety_says = words(_("The task says"))
    safety_says2 = words("")
    skill = forms.ChoiceField(label=_("Is the level of a skill"), required=False)
    evidence = forms.ChoiceField(label=_("What was seen is said in"), required=False)
    link_id = words(_("Code of the question"), 255)

    def __init__(
        self,
        row: Json,
        around: Around,
        values: Mapping[str, Any],
        sent: QueryDict | None,
        *,
        judged: bool = True,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """*typed*: the kind and the code that were typed, where they are shown again."""
        self.row, self.around, self.was = row, around, values
        self.kind = type_of(row)
        own = {"type": str(self.kind), "link_id": row.get("linkId", "")}
        super().__init__(sent, initial={**_shown(values), **own, **(typed or {})}, prefix="i")
        if not judged:
            self._errors = forms.utils.ErrorDict()
        self.judged = judged
        allowed = names_for(self.kind) | {"type", "link_id"} | ({"prefill"} if self._prefills() else set())
        for name in set(self.fields) - allowed:
            del self.fields[name]
        self._fit()
        call_second(self, around.other)
        self.rows: dict[str, list[Any]] = {name: self._rows(name) for name in ROWS if name in allowed}
        self.answers: Answers | None = None
        if "options" in allowed:
            held: list[dict[str, Any]] = values.get("options") or []
            self.answers = Answers(held, sent, ANSWER, self._options, judged=judged)

    def _prefills(self) -> list[tuple[str, Any]]:
        return [(text, said) for text, said, kinds in PREFILLED if self.kind in kinds]

    def _fit(self) -> None:
        choose = self._choose
        choose(
            "control", [("", _("as it fits")), *((code, CONTROL_WORDS[code]) for code in CONTROLS.get(self.kind, ()))]
        )
        lists = [("", _("its own")), *lists_of(self.around.contained)]
        choose("value_set", lists)
        choose("prefill", [("", NOTHING), *self._prefills()])
        choose("skill", [("", NOTHING), *((key, name) for key, (name, _about) in SKILLS.items())])
        said = [(link, name_of(item)) for link, item in (self.around.items or {}).items() if type_of(item) in WORDS]
        choose("evidence", [("", _("the words of the answer")), *said])
        if self.kind is ItemType.GROUP:
            self.fields["text"].label, self.fields["repeats"].label = _("Heading"), _("Can be asked again and again")
            self.fields["required"].label = _("Something in it is needed")
        if self.kind is ItemType.DISPLAY:
            self.fields["text"].label = _("Words")
        if self.kind is ItemType.BOOLEAN:
            self.fields["initial"] = forms.ChoiceField(
                label=_("Starts with"), required=False, choices=[("", NOTHING), *YES_NO]
            )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        if name not in self.fields:
            return
        held = str(self.was.get(name, ""))
        known = {code for code, _words in choices}
        self.fields[name].choices = [*choices, *([(held, held)] if held not in known else [])]  # type: ignore[attr-defined]  # a choice field

    def _rows(self, name: str) -> list[RowForm]:
        if self.is_bound:
            return self._made(name, typed_rows(self.data, name))  # type: ignore[arg-type]  # a QueryDict where it is bound
        return self._made(name, said_of(self.was.get(name) or []))

    def _options(self, typed: list[Typed]) -> list[OptionForm]:
        rows = [OptionForm(row, n, "options", judged=self.is_bound and self.judged) for n, row in enumerate(typed)]
        for row in rows:
            call_second(row, self.around.other)
        return rows

    def _made(self, name: str, typed: list[Typed]) -> list[RowForm]:
        bound = self.is_bound and self.judged
        if name in SHARED:
            return shared_rows(name, typed, self.around.other, judged=bound)
        if name == "units":
            return [UnitForm(row, n, name, judged=bound) for n, row in enumerate(typed)]
        items = dict(self.around.items or {})
        known = [
            (link, name_of(item))
            for link, item in items.items()
            if type_of(item).is_question and link != self.row.get("linkId")
        ]
        more: dict[str, Any] = {"questions": known, "items": items, "contained": self.around.contained}
        return [ConditionForm(row, n, name, judged=bound, **more) for n, row in enumerate(typed)]

    def press(self, do: str) -> None:
        """Change the rows as the button *do* says (``options:up:2``), and show the form as it was typed."""
        name, _colon, what = do.partition(":")
        if name == "options" and self.answers is not None:
            self.answers.press(what, self.data, self._like)  # type: ignore[arg-type]  # it is bound
        elif name in self.rows:
            self.rows[name] = self._made(name, after_button(typed_rows(self.data, name), what))  # type: ignore[arg-type]  # it is bound

    def _like(self, name: str) -> list[Mapping[str, Any]]:
        """The answers of another question, or (``#id``) of a list, as new ones of this."""
        if name.startswith("#"):
            rows = codes_at(name, self.around.contained, self.around.other)
            return [{key: value for key, value in row.items() if key != "system"} for row in rows]
        return [*read_options((self.around.items or {}).get(name, {}), self.around)]

    def is_valid(self) -> bool:
        """Everything, rows included, that is not blank."""
        rows = [row.is_valid() for name in self.rows for row in self.rows[name] if not row.is_blank]
        twice, read = told_twice(self.rows), self.shares or self.answers is None or self.answers.is_valid()
        right = super().is_valid() and all(rows) and read and not twice
        if self.answers is not None and not read:
            for reason in self.answers.errors[:SHOWN]:
                self.add_error(None, reason)
        return right

    @property
    def shares(self) -> bool:
        """Do its answers come from a list?"""
        return "value_set" in self.fields and bool(self["value_set"].value())

    def clean(self) -> dict[str, Any]:
        """What cannot be kept because it cannot be read."""
        said = super().clean() or {}
        for name in ("min_value", "max_value"):
            self._read(name, said.get(name, ""))
        for line in _lines(said.get("initial", "")):
            self._read("initial", line)
        for name in ("initial_expression", "calculated", "enable_expression"):
            check_expression(self, name, said.get(name, ""))
        try:
            check_pattern(said.get("regex", ""))
        except PatternError as error:
            self.add_error("regex", str(error))
        if said.get("enable_expression") and any(not row.is_blank for row in self.rows.get("conditions", [])):
            self.add_error("enable_expression", gettext("Either conditions or an expression, not both."))
        return said

    def _read(self, name: str, text: str) -> None:
        try:
            if text:
                value_from(self.kind, text.strip())
        except Unreadable as error:
            self.add_error(name, str(error))

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the builder writes it. What differs from what is there by blanks around it alone is not changed."""
        said = {name: kept_words(value, self.was.get(name)) for name, value in self.cleaned_data.items()}
        said.pop("type"), said.pop("link_id")
        if "prefill" in said:
            said["initial_expression"] = self._start(said.pop("prefill"), said["initial_expression"])
        if "initial" in said:
            said["initial"] = [line.strip() for line in _lines(said["initial"])]
        for name, rows in self.rows.items():
            said[name] = [row_kept(row, self.was.get(name) or []) for row in values_of(rows)]
        if self.answers is not None:
            rows_of = [] if said.get("value_set") else self.answers.values
            said["options"] = [row_kept(row, self.was.get("options") or []) for row in rows_of]
        said = with_own_keys(said)
        if len(said.get("conditions", [])) < 2:
            said["behaviour"] = self.was.get("behaviour", "")
        return said

    def _start(self, chosen: str, typed: str) -> str:
        """The expression that was typed; where nobody touched it, the one that was chosen."""
        was = str(self.was.get("initial_expression") or "")
        before = was if was in {text for text, _words, _kinds in PREFILLED} else ""
        return chosen if typed == was and chosen != before else typed


def lists_of(contained: Mapping[str, Json]) -> list[tuple[str, str]]:
    """The lists inside the file to choose from: how an item names each, what it is called."""
    sets = {address: row for address, row in contained.items() if row.get("resourceType") == SET}
    by_id = [(address, row) for address, row in sets.items() if address.startswith("#")]
    return [(address, str(row.get("title") or row.get("name") or address[1:])) for address, row in by_id]


def name_of(item: Json) -> str:
    """An item in a list: its words, else its code."""
    text = " ".join(str(item.get("text") or "").split())
    shown = text if len(text) <= 70 else f"{text[:69]}…"
    return f"{item.get('prefix') or ''} {shown or item.get('linkId', '')}".strip()


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in values.items() if name not in (*ROWS, "options")}
    known = {text for text, _words, _kinds in PREFILLED}
    if found.get("initial_expression") in known:
        found["prefill"] = found["initial_expression"]
    return {**found, "initial": "\n".join(values.get("initial") or []), "behaviour": values.get("behaviour") or "all"}


def kept_words(value: Any, before: Any) -> Any:
    """*value*; what is there already where both say the same but for line ends and blanks around."""
    if not isinstance(value, str):
        return value
    value = value.replace("\0", "").replace("\r\n", "\n")
    if isinstance(before, str) and value.strip() == before.replace("\r\n", "\n").strip():
        return before
    return value.strip()


def row_kept(row: dict[str, Any], before: list[dict[str, Any]]) -> dict[str, Any]:
    held = next((one for one in before if one.get("was") == row.get("was")), {})
    return {name: kept_words(value, held.get(name)) for name, value in row.items()}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
