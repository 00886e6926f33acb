"""The form of what a group writes as a fact: for each thing that the fact holds, the question that says it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.casework.assessments.rules.building.facts import (
    ITEM,
    NEW,
    VALUE,
    Held,
    Slot,
    in_reach,
    placed,
    read_fact,
    slots_of,
    strange_answers,
    why_not,
)
from goldthread.casework.assessments.rules.model import Json
from goldthread.casework.assessments.rules.options import contained_in
from goldthread.doors.web.instruments.building.item_form import name_of
from goldthread.people.facts.enums import SaidBy
from goldthread.people.facts.rules import ONE_AT_A_TIME


class FactForm(forms.Form):
    """One select for each slot. *was*: what fills them; *sent*: what was chosen."""

    repeats = forms.BooleanField(
        required=False,
        label=gettext_lazy("The group is asked again and again"),
        help_text=gettext_lazy("Each turn of it becomes a fact of its own: one for each medicine, each person."),
    )

    def __init__(
        self, content: Json, group: str, kind: str, was: Mapping[str, Any], sent: QueryDict | None, row: Json | None
    ) -> None:
        super().__init__(sent, initial=dict(was), prefix="f")
        self.content, self.group, self.was = content, group, was
        self.slots = {slot.name: slot for slot in slots_of(kind, row)}
        places = placed(content)
        for slot in self.slots.values():
            held = str(self.data.get(self.add_prefix(slot.name), was.get(slot.name, "")))
            questions = [
                (f"{ITEM}{link}", self._called(slot, places[link].item)) for link in in_reach(slot, group, places)
            ]
            self.fields[slot.name] = forms.ChoiceField(
                label=slot.label, required=False, choices=_choices(slot, questions, held, places)
            )

    def _called(self, slot: Slot, item: Json) -> str:
        strange = strange_answers(slot, item, contained_in(self.content))
        return _("%(question)s (other answers)") % {"question": name_of(item)} if strange else name_of(item)

    @property
    def of_kind(self) -> list[forms.BoundField]:
        """What the kind holds …"""
        return [self[name] for name, slot in self.slots.items() if slot.field]

    @property
    def about_it(self) -> list[forms.BoundField]:
        """… and since when, until when, who says so."""
        return [self[name] for name, slot in self.slots.items() if not slot.field]

    def clean(self) -> dict[str, Any]:
        """What fills a slot has to fit, and what the fact needs has to be filled."""
        said = super().clean() or {}
        for name, slot in self.slots.items():
            filling = said.get(name, "")
            if filling.startswith(VALUE) and not slot.codes and filling != self.was.get(name):
                self.add_error(name, _("Choose a question, or nothing."))  # nobody types what it always is
            if name not in self.errors and (reason := why_not(slot, said.get(name, ""), self.group, self.content)):
                self.add_error(name, reason)
        return said


def _choices(slot: Slot, questions: list[tuple[str, str]], held: str, places: Mapping[str, Any]) -> list[Any]:
    always = [(f"{VALUE}{code}", words) for code, words in slot.codes] if slot.types else []
    known = {code for code, _words in [*questions, *always]}
    gone = [(held, _gone(held, places))] if held not in ("", NEW, *known) else []
    found: list[Any] = [*gone] if slot.required and not slot.field else [("", _("is not written down")), *gone]
    if slot.types:
        found.append((NEW, _("a new question for it")))
    if questions:
        found.append((_("Questions"), questions))
    if always:
        found.append((_("Always the same"), always))
    return found


def _gone(held: str, places: Mapping[str, Any]) -> str:
    said = held.partition(":")[2]
    if held.startswith(ITEM) and said in places:
        return _("does not fit: %(question)s") % {"question": name_of(places[said].item)}
    return _("no longer here: %(code)s") % {"code": said} if held.startswith(ITEM) else f"“{said}”"


def values_of_new(content: Json, group: str, kind: str) -> dict[str, Any]:
    """What a fact that is not written yet starts with: the questions that are called as it calls its fields, else a new one for
    each that it needs; and the client says so.
    """
    places = placed(content)
    item = places[group].item
    found: dict[str, Any] = {"said_by": f"{VALUE}{SaidBy.CLIENT}"}
    found["repeats"] = bool(item.get("repeats")) or (not item.get("item") and kind not in ONE_AT_A_TIME)
    for slot in slots_of(kind):
        called = [
            link
            for link in in_reach(slot, group, places)
            if name_of(places[link].item).casefold() == str(slot.label).casefold()
        ]
        fitting = [link for link in called if not why_not(slot, f"{ITEM}{link}", group, content)]
        found.setdefault(slot.name, f"{ITEM}{fitting[0]}" if fitting else NEW if slot.required else "")
    return found


def lines_of(held: Held, content: Json) -> list[tuple[Any, str]]:
    """What fills the slots of a fact, each in words: label, and the question or the word."""
    places = placed(content)
    values = read_fact(held)
    return [
        (slot.label, _filling(slot, values[slot.name], places))
        for slot in slots_of(held.kind, held.row)
        if values[slot.name]
    ]


def _filling(slot: Slot, filling: str, places: Mapping[str, Any]) -> str:
    said = filling.partition(":")[2]
    if filling.startswith(VALUE):
        return _("always: %(words)s") % {"words": dict(slot.codes).get(said, said)}
    return f"“{name_of(places[said].item)}”" if said in places else _("no longer here: %(code)s") % {"code": said}
