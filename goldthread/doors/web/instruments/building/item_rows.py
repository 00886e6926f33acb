"""The rows in the form of an item: the answers it offers, its units, and when it is asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.casework.assessments.rules.building.logic import answer_to
from goldthread.casework.assessments.rules.building.options import offered, token_of
from goldthread.casework.assessments.rules.building.types import MOMENTS, NUMBERS, Unreadable, number_from, type_of
from goldthread.casework.assessments.rules.model import ItemType, Json, Operator
from goldthread.doors.web.assessments.outcome import NOTHING
from goldthread.doors.web.instruments.building.rows import RowForm

OPERATORS = (
    (Operator.EQUAL, _("is")),
    (Operator.NOT_EQUAL, _("is not")),
    (Operator.EXISTS, _("has an answer")),
    (Operator.GREATER, _("is more than")),
    (Operator.AT_LEAST, _("is at least")),
    (Operator.LESS, _("is less than")),
    (Operator.AT_MOST, _("is at most")),
)
SECOND = {"es": _("In Spanish"), "en": _("In English")}
"""What the words in the second language of an instrument are called."""
ORDERED = NUMBERS | MOMENTS
LOOKS = {"hx-post": "", "hx-trigger": "change", "hx-vals": '{"do": "conditions:look"}'}
"""Once a question is chosen its answers are asked for; the button does the same without a script."""
YES_NO = (("true", _("Yes")), ("false", _("No")))


class NumberField(forms.CharField):
    """A number as people write it, kept as a whole one where it is one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=24, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **kwargs
        )

    def clean(self, value: Any) -> Any:
        """The number; None for nothing."""
        words = super().clean(value)
        if not words:
            return None
        try:
            return number_from(words)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error


def words(label: Any, longest: int = 1000) -> forms.CharField:
    """Words on one line."""
    return forms.CharField(label=label, max_length=longest, required=False, strip=False, widget=_line())


def _line() -> forms.TextInput:
    return forms.TextInput({"autocomplete": "off"})


class OptionForm(RowForm):
    blank = ("was", "code")
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    text = words(_("Answer"))
    text2 = words("")
    weight = NumberField(label=_("Weight"), required=False)
    exclusive = forms.BooleanField(label=_("Alone"), required=False)
    at_first = forms.BooleanField(label=_("Chosen at first"), required=False)
    prefix_word = words(_("Number shown"), 40)
    code = words(_("Code"), 200)

    @property
    def values(self) -> dict[str, Any]:
        """The row as the builder writes it."""
        found = dict(self.cleaned_data)
        own = {"prefix": found.pop("prefix_word"), "initial": found.pop("at_first")}
        return {**found, **own}


class UnitForm(RowForm):
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    text = words(_("Unit"), 100)
    code = words(_("UCUM code"), 60)

    @property
    def values(self) -> dict[str, Any]:
        """The row as the builder writes it."""
        return dict(self.cleaned_data)


class ConditionForm(RowForm):
    """One condition. The control of its answer is that of the question."""

    blank = ("was", "operator", "answer")
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    question = forms.ChoiceField(label=_("Question"), required=False, widget=forms.Select(LOOKS))
    operator = forms.ChoiceField(label=_("How"), choices=[(str(value), words) for value, words in OPERATORS])
    answer = forms.CharField(label=_("Answer"), required=False, max_length=2000)

    def __init__(
        self,
        *args: Any,
        questions: list[tuple[str, str]],
        items: dict[str, Json],
        contained: Mapping[str, Json],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self.data.get(self.add_prefix("question"), ""))
        self.asked: Json = items.get(chosen, {})
        self.offered = offered(self.asked, contained)
        known = {code for code, _words in questions}
        gone = [(chosen, _("no longer here: %(code)s") % {"code": chosen})] if chosen and chosen not in known else []
        self.fields["question"].choices = [("", NOTHING), *gone, *questions]  # type: ignore[attr-defined]  # a choice field
        if self.asked:
            self._fit()

    def _fit(self) -> None:
        kind = type_of(self.asked)
        if kind not in ORDERED:
            plain = {Operator.EQUAL, Operator.NOT_EQUAL, Operator.EXISTS, self._operator}
            self.fields["operator"].choices = [  # type: ignore[attr-defined]  # a choice field
                (str(value), said) for value, said in OPERATORS if value in plain
            ]
        choices = self._answers(kind)
        if choices:
            self.fields["answer"].widget = forms.Select(choices=choices)
        elif kind in NUMBERS:
            self.fields["answer"].widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        elif kind is ItemType.DATE:
            self.fields["answer"].widget = forms.DateInput({"type": "date"})

    @property
    def _operator(self) -> str:
        return str(self.data.get(self.add_prefix("operator"), ""))

    def _answers(self, kind: ItemType) -> list[tuple[str, Any]]:
        if self._operator == Operator.EXISTS or kind is ItemType.BOOLEAN:
            return list(YES_NO)
        offered = [(token_of(row), words_of(row)) for row in self.offered]
        typed = str(self.data.get(self.add_prefix("answer"), ""))
        gone = [(typed, typed)] if offered and typed and typed not in dict(offered) else []
        return [("", NOTHING), *gone, *offered] if offered else []

    def clean(self) -> dict[str, Any]:
        """The answer has to be one to the question."""
        said = super().clean() or {}
        operator, typed = said.get("operator", ""), said.get("answer", "")
        if not said.get("question"):
            return said
        if operator != Operator.EXISTS and not typed:
            self.add_error("answer", _("Say which answer."))
            return said
        try:
            answer_to(self.asked, operator, typed, self.offered)
        except Unreadable as error:
            self.add_error("answer", str(error))
        return said

    @property
    def values(self) -> dict[str, Any]:
        """The row as the builder writes it."""
        found = dict(self.cleaned_data)
        was = found.pop("was")
        if found["operator"] == Operator.EXISTS:
            found["answer"] = "false" if found["answer"] == "false" else "true"
        return {"was": int(was), **found} if was.isdecimal() and len(was) < 6 else found


def words_of(option: Json) -> str:
    """An option in words."""
    value = next((value for key, value in option.items() if key.startswith("value")), "")
    return str(value.get("display") or value.get("code") or "") if isinstance(value, dict) else str(value)


def call_second(form: forms.Form, language: str) -> None:
    """Call the fields for words in the second language by that language."""
    for name in form.fields:
        if name.endswith("2"):
            form.fields[name].label = SECOND.get(language, language)


def values_of(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What rows that are right say; blank ones say nothing."""
    return [row.values for row in rows if not row.is_blank]
