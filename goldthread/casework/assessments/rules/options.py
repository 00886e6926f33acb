"""The answers an item offers: answerOption, or a value set contained in the questionnaire."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.bounds import MOST_OPTIONS
from goldthread.casework.assessments.rules.extensions import first, text_of, weight_of
from goldthread.casework.assessments.rules.model import Json, Option, Text
from goldthread.casework.assessments.rules.notes import Notes

VALUES = ("valueCoding", "valueInteger", "valueDate", "valueTime", "valueString", "valueReference")


def read_options(item: Json, link_id: str, contained: Mapping[str, Json], notes: Notes) -> tuple[Option, ...]:
    """The options of *item*. *contained*: resources by ``#id`` and by address."""
    listed = item.get("answerOption") or []
    address = item.get("answerValueSet")
    if listed and address:
        notes.add(link_id, _("has both answerOption and answerValueSet"))
    options = tuple(_option(row) for row in listed)
    if address:
        options = tuple(options_of_set(str(address), link_id, contained, notes))
    _check_tokens(options, link_id, notes)
    return options


def options_of_set(address: str, link_id: str, contained: Mapping[str, Json], notes: Notes) -> list[Option]:
    """The options of the value set at *address*; a note when it is not in the questionnaire or not spelled out."""
    codings = _codings_of_set(address, link_id, contained, notes)
    return [_of_coding(coding, weight, _worded(coding)) for coding, weight in codings]


def _worded(coding: Json) -> Text:
    """The words of a code with their translations: those of ``_display``, and its designations in other languages."""
    text = text_of(coding, "display")
    designations = coding.get("designation") or []
    others = {
        str(one["language"]): str(one["value"]) for one in designations if one.get("language") and one.get("value")
    }
    return Text(text.plain, {**others, **text.translations})


def _option(row: Json) -> Option:
    name = next(name for name in VALUES if name in row)
    value = row[name]
    shadow = row.get(f"_{name}")
    initial, exclusive = bool(row.get("initialSelected")), bool(first(row, "optionExclusive"))
    prefix = str(first(row, "optionPrefix") or first(value, "optionPrefix") or "")
    weight = weight_of(row, value, shadow)
    text = text_of(value, "display") if isinstance(value, dict) else text_of({"v": value, "_v": shadow}, "v")
    if name == "valueCoding":
        return _of_coding(dict(value), weight, text, exclusive=exclusive, initial=initial, prefix=prefix)
    if name == "valueReference" and not text:
        text = Text(str(value.get("reference", "")))
    return Option({name: value}, text, weight, exclusive, initial, prefix)


def _of_coding(coding: Json, weight: Any, text: Text, **more: Any) -> Option:
    kept = {key: value for key, value in coding.items() if key in ("system", "version", "code", "display")}
    return Option(
        {"valueCoding": kept}, text or Text(str(coding.get("display") or coding.get("code") or "")), weight, **more
    )


def _check_tokens(options: tuple[Option, ...], link_id: str, notes: Notes) -> None:
    if len(options) > MOST_OPTIONS:
        notes.add(link_id, _("more than %(most)s options") % {"most": MOST_OPTIONS})
    tokens = [option.token for option in options]
    for token in sorted({token for token in tokens if tokens.count(token) > 1} if len(tokens) <= MOST_OPTIONS else ()):
        notes.add(link_id, _("offers “%(option)s” twice") % {"option": token})
    if not all(tokens):
        notes.add(link_id, _("has an option with neither code nor words"))


Coded = tuple[Json, float | int | None]


def contained_in(data: Json) -> Mapping[str, Json]:
    """The resources contained in a questionnaire, by ``#id`` and by address."""
    found: dict[str, Json] = {}
    for resource in data.get("contained") or []:
        for address in (f"#{resource['id']}" if resource.get("id") else "", resource.get("url")):
            if address:
                found[str(address)] = resource
    return found


def codes_of_set(address: str, contained: Mapping[str, Json], notes: Notes) -> list[Coded]:
    """The codes of the value set at *address*, each with its weight."""
    return _codings_of_set(address, "", contained, notes)


def _codings_of_set(
    address: str, link_id: str, contained: Mapping[str, Json], notes: Notes, above: tuple[str, ...] = ()
) -> list[Coded]:
    found = contained.get(address.split("|")[0])
    if found is None or found.get("resourceType") != "ValueSet":
        said = {"address": address}
        notes.add(link_id, _("takes its answers from %(address)s, which the questionnaire does not contain") % said)
        return []
    if address in above:
        notes.add(link_id, _("the value set %(address)s includes itself") % {"address": address})
        return []
    expansion = (found.get("expansion") or {}).get("contains")
    if expansion:
        return list(_expanded(expansion))
    compose = found.get("compose") or {}
    inner = (*above, address)
    kept = [row for part in compose.get("include") or [] for row in _included(part, link_id, contained, notes, inner)]
    gone = [row for part in compose.get("exclude") or [] for row in _included(part, link_id, contained, notes, inner)]
    away = {_identity(coding) for coding, _weight in gone}
    answers = {_identity(coding): (coding, weight) for coding, weight in reversed(kept)}
    answers = dict(reversed(list(answers.items())))
    if not answers:
        notes.add(link_id, _("the value set %(address)s names no codes") % {"address": address})
    return [row for identity, row in answers.items() if identity not in away]


def _identity(coding: Json) -> tuple[str, str]:
    return str(coding.get("system", "")), str(coding.get("code", ""))


def _expanded(rows: list[Json]) -> Iterator[Coded]:
    for row in rows:
        if row.get("code") and not row.get("abstract") and not row.get("inactive"):
            yield row, weight_of(row)
        yield from _expanded(row.get("contains") or [])


def _included(
    part: Json, link_id: str, contained: Mapping[str, Json], notes: Notes, above: tuple[str, ...]
) -> list[Coded]:
    """The codes of one include: those it lists, those of a contained code system, those of other contained sets."""
    rows: list[Coded] | None = None
    if part.get("concept"):
        rows = [(_as_coding(part, concept), weight_of(concept)) for concept in part["concept"]]
    elif part.get("system"):
        rows = _of_system(part, link_id, contained, notes)
    for other in part.get("valueSet") or []:
        codings = _codings_of_set(str(other), link_id, contained, notes, above)
        among = {_identity(coding) for coding, _weight in codings}
        rows = codings if rows is None else [row for row in rows if _identity(row[0]) in among]
    return rows or []


def _of_system(part: Json, link_id: str, contained: Mapping[str, Json], notes: Notes) -> list[Coded]:
    system = str(part["system"])
    found = contained.get(system)
    if found is None or found.get("resourceType") != "CodeSystem" or found.get("content") == "not-present":
        notes.add(
            link_id,
            _("takes its answers from all of %(system)s, which the questionnaire does not contain")
            % {"system": system},
        )
        return []
    if part.get("filter"):
        notes.add(link_id, _("filters the codes of %(system)s, which is not supported") % {"system": system})
        return []
    return [(_as_coding(part, concept), weight_of(concept)) for concept in _concepts(found.get("concept") or [])]


def _concepts(rows: list[Json]) -> Iterator[Json]:
    for row in rows:
        yield row
        yield from _concepts(row.get("concept") or [])


def _as_coding(part: Json, concept: Json) -> Json:
    coding = {"system": part.get("system"), "code": concept.get("code"), "display": concept.get("display")}
    coding |= {name: concept[name] for name in ("_display", "designation") if name in concept}
    return {key: value for key, value in coding.items() if value is not None}
