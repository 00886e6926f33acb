"""What a group of questions writes down as facts (``urn:goldthread:fact``): a slot for each thing that a kind of fact holds, and the
question, or the word that is always the same, that fills it.

A filling is ``item:LINKID``, ``value:WORD``, or empty; ``new`` asks for a question that is made for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from goldthread.casework.assessments.rules.building.elements import (
    Row,
    other_language,
    own_language,
    with_extensions,
    with_words_in,
    words_in,
)
from goldthread.casework.assessments.rules.building.options import offered
from goldthread.casework.assessments.rules.building.parts import Around, Part, Values, read_all, write_all
from goldthread.casework.assessments.rules.building.tree import Impossible, new_item, walk, with_item
from goldthread.casework.assessments.rules.building.types import type_of
from goldthread.casework.assessments.rules.extensions import extensions_of, first, named, parts, value_of_extension
from goldthread.casework.assessments.rules.model import ItemType, Json
from goldthread.casework.assessments.rules.options import contained_in
from goldthread.casework.assessments.rules.places import value_of
from goldthread.casework.assessments.rules.reading_writes import FITTING
from goldthread.casework.assessments.rules.reading_writes import WORDS as WORDY
from goldthread.casework.assessments.rules.writes import CLIENT, FACT
from goldthread.people.facts.enums import FactKind, SaidBy
from goldthread.people.facts.rules import Field, fields_of

NEW = "new"
ITEM, VALUE = "item:", "value:"


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a fact holds. ``types``: of the questions that can fill it. ``codes``: the only words that it knows, if it
    knows only some. ``around``: the question may stand outside of the group. ``field``: it is a field of the kind.
    """

    name: str
    label: StrOrPromise
    types: tuple[ItemType, ...]
    codes: tuple[tuple[str, StrOrPromise], ...] = ()
    required: bool = False
    around: bool = False
    field: bool = True
    hint: StrOrPromise = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A fact where it stands: the item that writes it (a group, if it is right), its kind."""

    group: str
    kind: str
    row: Json


@dataclass(frozen=True, slots=True)
class Place:
    """A question where it stands: in which items, and in which of them that are asked again and again."""

    item: Json
    above: tuple[str, ...]
    turns: tuple[str, ...]


def facts_in(content: Json) -> list[Held]:
    """The facts that *content* writes, in the order of the document."""
    return [
        Held(str(item.get("linkId", "")), str(first(one, "kind") or ""), one)
        for _path, item in walk(content)
        for one in named(dict(item), FACT)
    ]


def fact_called(content: Json, group: str, kind: str) -> Held | None:
    """The fact of *kind* that *group* writes; None where it writes none."""
    return next((one for one in facts_in(content) if (one.group, one.kind) == (group, kind)), None)


def with_fact(content: Json, group: str, kind: str, row: Json | None) -> Row:
    """*content* with that fact replaced by *row*, or (None) without it. One that is not there is added."""

    def change(item: Json) -> Row:
        every = extensions_of(dict(item))
        held = next((one for one in every if one.get("url") == FACT and str(first(one, "kind") or "") == kind), None)
        if held is None and row is None:
            raise Impossible(_("This fact is no longer written here."))
        made = [row] if row is not None else []
        if held is None:
            return with_extensions(item, [*every, *made])
        return with_extensions(item, [new for one in every for new in (made if one is held else [one])])

    return with_item(content, group, change)


def slots_of(kind: str, row: Json | None = None) -> list[Slot]:
    """What a fact of *kind* holds; what *row* fills besides comes last, so that it can be emptied."""
    if kind not in FactKind.values:
        return []
    known = [_slot(field) for field in fields_of(kind)]
    names = {slot.name for slot in known}
    strange = [name for name in _filled(row) if name not in names] if row else []
    return [*known, *REST, *(Slot(name, name, ()) for name in dict.fromkeys(strange))]


def _slot(field: Field) -> Slot:
    return Slot(field.name, field.label, FITTING[field.how], field.choices, field.required, hint=field.hint)


REST = (
    Slot(
        "said_by",
        gettext_lazy("Who says so"),
        (ItemType.CHOICE,),
        tuple(SaidBy.choices),
        required=True,
        around=True,
        field=False,
    ),
    Slot(
        "said_words", gettext_lazy("Who exactly, or which paper"), (*WORDY, ItemType.CHOICE), around=True, field=False
    ),
    Slot("starts_on", gettext_lazy("Since when"), (ItemType.DATE,), field=False),
    Slot("ends_on", gettext_lazy("Until when"), (ItemType.DATE,), field=False),
)


def _filled(row: Json) -> list[str]:
    return [str(parts(one).get("name", [""])[0]) for one in extensions_of(row) if one.get("url") == "field"]


def read_fact(held: Held) -> Values:
    """What fills each slot."""
    return read_all([_part(slot) for slot in slots_of(held.kind, held.row)], held.row, Around())


def write_fact(row: Json | None, kind: str, values: Mapping[str, Any]) -> Row:
    """The fact with *values*; without *row* a new one."""
    base: Json = row or {"url": FACT, "extension": [{"url": "kind", "valueCode": kind}]}
    return write_all([_part(slot) for slot in slots_of(kind, row)], base, values, Around())


def _part(slot: Slot) -> Part:
    return _field_part(slot.name) if slot.field else _rest_part(slot.name)


def _field_part(name: str) -> Part:
    """What fills a field of the kind."""

    def mine(one: Json) -> bool:
        return one.get("url") == "field" and first(one, "name") == name

    def read(row: Json, _around: Around) -> str:
        held = next((one for one in extensions_of(row) if mine(one)), None)
        if held is None:
            return ""
        link = first(held, "item")
        return f"{VALUE}{first(held, 'value') or ''}" if link is None else f"{ITEM}{link}"

    def write(row: Json, filling: str, _around: Around) -> Row:
        every = extensions_of(row)
        place = next((n for n, one in enumerate(every) if mine(one)), None)
        made = [_field(name, filling)] if filling else []
        if place is not None:
            return with_extensions(row, [*every[:place], *made, *every[place + 1 :]])
        after = max((n for n, one in enumerate(every) if one.get("url") in ("kind", "field")), default=-1) + 1
        return with_extensions(row, [*every[:after], *made, *every[after:]])

    return Part(name, read, write)


def _field(name: str, filling: str) -> Row:
    key = "item" if filling.startswith(ITEM) else "value"
    said = filling.partition(":")[2]
    return {"url": "field", "extension": [{"url": "name", "valueCode": name}, {"url": key, "valueString": said}]}


def _rest_part(name: str) -> Part:
    """A day, who says so, or in which words. Where nothing is said of it, the client says so."""
    url, empty = name.replace("_", "-"), f"{VALUE}{CLIENT}" if name == "said_by" else ""

    def read(row: Json, _around: Around) -> str:
        held = next((one for one in extensions_of(row) if one.get("url") == url), None)
        if held is None:
            return empty
        return f"{VALUE if name == 'said_by' and 'valueCode' in held else ITEM}{value_of_extension(held) or ''}"

    def write(row: Json, filling: str, _around: Around) -> Row:
        every = extensions_of(row)
        key = "valueString" if filling.startswith(ITEM) else "valueCode"
        made = [] if filling in ("", empty) else [{"url": url, key: filling.partition(":")[2]}]
        place = next((n for n, one in enumerate(every) if one.get("url") == url), len(every))
        return with_extensions(row, [*every[:place], *made, *every[place + 1 :]])

    return Part(name, read, write)


def placed(content: Json) -> dict[str, Place]:
    """Every item by its linkId with what it stands in."""
    return dict(_placed(content, (), ()))


def _placed(holder: Json, above: tuple[str, ...], turns: tuple[str, ...]) -> Iterator[tuple[str, Place]]:
    for item in holder.get("item") or []:
        link = str(item.get("linkId", ""))
        yield link, Place(item, above, turns)
        yield from _placed(item, (*above, link), (*turns, link) if item.get("repeats") else turns)


def in_reach(slot: Slot, group: str, places: Mapping[str, Place]) -> list[str]:
    """The questions of a type that fits, and that are answered once in each turn of *group*."""
    home = places.get(group)
    if home is None:
        return []
    turns = (*home.turns, group) if home.item.get("repeats") else home.turns
    return [link for link, place in places.items() if _reaches(slot, group, turns, place)]


def _reaches(slot: Slot, group: str, turns: tuple[str, ...], place: Place) -> bool:
    inside = group in place.above
    once = place.turns == turns if inside else slot.around and place.turns == turns[: len(place.turns)]
    return once and not place.item.get("repeats") and type_of(place.item) in slot.types


def strange_answers(slot: Slot, item: Json, contained: Mapping[str, Json]) -> list[str]:
    """The answers of *item*, in words, that *slot* does not know."""
    known = dict(slot.codes)
    if not known:
        return []
    if type_of(item) is ItemType.BOOLEAN:
        return [] if {"yes", "no"} <= known.keys() else [_("Yes"), _("No")]
    answers = [value_of(dict(option)) for option in offered(item, contained)]
    coded = [one if isinstance(one, Mapping) else {"code": str(one)} for one in answers]
    return [str(one.get("display") or one.get("code")) for one in coded if one.get("code") not in known]


def why_not(slot: Slot, filling: str, group: str, content: Json) -> str:
    """Why *filling* cannot fill *slot*; empty when it can."""
    if slot.required and not filling:
        return _("Choose what says this: without it nothing is written.")
    if filling in ("", NEW):
        return ""
    said = filling.partition(":")[2]
    if filling.startswith(VALUE):
        return "" if not slot.codes or said in dict(slot.codes) else _("“%(word)s” is not known here.") % {"word": said}
    places = placed(content)
    if said not in places:
        return _("This question is no longer here.")
    if said not in in_reach(slot, group, places):
        return _("This question does not fit: it is of another kind, or not answered once in the group.")
    strange = strange_answers(slot, places[said].item, contained_in(content))
    if not strange:
        return ""
    return _("Some of its answers mean nothing here: %(answers)s. Known are: %(known)s.") % {
        "answers": ", ".join(strange[:5]),
        "known": ", ".join(f"{words} ({code})" for code, words in slot.codes),
    }


def made_for(content: Json, slot: Slot) -> Row:
    """A question that fills *slot*, with the answers that it knows."""
    own, other = own_language(content), other_language(content)
    item = new_item(content, slot.types[0], _said(slot, own))
    bilingual = any(words_in(one, "text", other) for _path, one in walk(content))
    if bilingual:
        item = with_words_in(item, "text", other, _said(slot, other))
    if slot.required:
        item["required"] = True
    if slot.codes:
        item["answerOption"] = [_answer(code, words, own, other if bilingual else "") for code, words in slot.codes]
    return item


def _answer(code: str, words: StrOrPromise, own: str, other: str) -> Row:
    coding: Row = {"code": code, "display": _in(own, words)}
    return {"valueCoding": with_words_in(coding, "display", other, _in(other, words)) if other else coding}


def _said(slot: Slot, language: str) -> str:
    words = _in(language, slot.label)
    return f"{words} ({_in(language, slot.hint)})" if slot.hint else words


def _in(language: str, words: StrOrPromise) -> str:
    known = dict(settings.LANGUAGES)
    base = language.partition("-")[0]
    with translation.override(base if base in known else settings.LANGUAGE_CODE):
        return str(words)


def is_repeated(content: Json, group: str) -> bool:
    """Can the group be asked again and again?"""
    item = next((item for _path, item in walk(content) if item.get("linkId") == group), {})
    return bool(item.get("repeats"))
