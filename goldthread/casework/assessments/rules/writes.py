"""What answers write elsewhere once they are signed: facts (``urn:goldthread:fact``) and skills (``urn:goldthread:skill``). Pure.

See docs/instruments.md for the extensions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldthread.casework.assessments.rules.extensions import OURS, extensions_of, named, parts, value_of_extension
from goldthread.casework.assessments.rules.model import Item, ItemType, Json, Questionnaire
from goldthread.casework.assessments.rules.places import Answer, key_of, places, value_of
from goldthread.casework.assessments.rules.scoring import weight_of_answer
from goldthread.people.facts.enums import SaidBy

FACT, SKILL = f"{OURS}fact", f"{OURS}skill"
CLIENT = str(SaidBy.CLIENT)


@dataclass(frozen=True, slots=True)
class FactRule:
    """A group writes facts of ``kind``, one each turn. Names of items are linkIds; empty: none."""

    group: Item
    kind: str
    fields: Mapping[str, str] = field(default_factory=dict)
    """Field of the kind → the item that fills it."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Field of the kind → what it always is."""
    starts_on: str = ""
    ends_on: str = ""
    said_by: str = CLIENT
    """A word of SaidBy, always."""
    said_by_item: str = ""
    said_words: str = ""


@dataclass(frozen=True, slots=True)
class SkillRule:
    """The answer of ``item`` is the level of ``skill``; what ``evidence`` says was seen."""

    item: Item
    skill: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class SaidFact:
    """What one turn says. ``name``: of the turn within the assessment, the same whenever it is read. ``keys``: field → key."""

    name: str
    kind: str
    value: Mapping[str, Any]
    starts_on: date | None
    ends_on: date | None
    said_by: str
    said_words: str
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SaidSkill:
    """One rung: skill, level, what was seen, and the key of the answer."""

    skill: str
    level: int
    evidence: str
    key: str


def fact_rules(questionnaire: Questionnaire) -> list[FactRule]:
    """The groups that write facts, in the order of the document."""
    return [_fact_rule(item, one) for item in questionnaire.by_link.values() for one in named(item.data, FACT)]


def skill_rules(questionnaire: Questionnaire) -> list[SkillRule]:
    """The items that write skills, in the order of the document."""
    found = []
    for item in questionnaire.by_link.values():
        for one in named(item.data, SKILL):
            pieces = {name: str(values[0]) for name, values in parts(one).items()}
            found.append(SkillRule(item, pieces.get("skill", ""), pieces.get("evidence", "")))
    return found


def said_facts(
    questionnaire: Questionnaire, answers: Mapping[str, list[Answer]], enabled: frozenset[str]
) -> list[SaidFact]:
    """The facts that *answers* state, unchecked. A turn of which nothing is answered states none; what is not asked is not said."""
    asked = {key: given for key, given in answers.items() if key in enabled}
    rules = fact_rules(questionnaire)
    found = []
    for place in places(questionnaire, answers) if rules else ():
        for rule in rules:
            if rule.group.link_id == place.item.link_id:
                for turns in turns_of(rule.group, place.turns, answers):
                    found += _said_fact(rule, turns, questionnaire, asked)
    return found


def said_skills(
    questionnaire: Questionnaire, answers: Mapping[str, list[Answer]], enabled: frozenset[str]
) -> list[SaidSkill]:
    """The rungs that *answers* state. Without words of what was seen, those of the answer stand for it."""
    found = []
    for rule in skill_rules(questionnaire):
        key = key_of(rule.item, ())
        answer = next(iter(answers.get(key, [])), None) if key in enabled else None
        level = weight_of_answer(rule.item, answer) if answer else None
        if answer and level is not None:
            seen = _words_at(rule.evidence, (), questionnaire, answers) or _words(answer)
            found.append(SaidSkill(rule.skill, int(level), seen, key))
    return found


def turns_of(group: Item, outer: tuple[int, ...], answers: Mapping[str, list[Answer]]) -> Iterator[tuple[int, ...]]:
    """The turns of *group* at one place: as many as it was given, or the one of a group that does not repeat."""
    if not group.many:
        yield outer
        return
    for number in range(len(answers.get(key_of(group, outer), []))):
        yield (*outer, number)


def key_below(link_id: str, turns: tuple[int, ...], questionnaire: Questionnaire) -> str:
    """The key of an item in the turn *turns*, or of one that stands outside of it and is asked once."""
    item = questionnaire.by_link[link_id]
    return key_of(item, turns[: len(item.turns)])


def plain(answer: Answer) -> Any:
    """What an answer says to a fact: the code of a choice, the number of a quantity, yes or no, else the value."""
    value = value_of(answer)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return value.get("code") or value.get("display") or value.get("value")
    return value


def _fact_rule(item: Item, extension: Json) -> FactRule:
    fields: dict[str, str] = {}
    fixed: dict[str, str] = {}
    given: dict[str, Json] = {}
    for one in extensions_of(extension):
        if one.get("url") != "field":
            given[str(one.get("url", ""))] = one
            continue
        pieces = {name: str(values[0]) for name, values in parts(one).items()}
        into, said = (fields, "item") if "item" in pieces else (fixed, "value")
        into[pieces.get("name", "")] = pieces.get(said, "")
    words = {name: str(value_of_extension(one) or "") for name, one in given.items()}
    by_item = "valueString" in given.get("said-by", {})
    return FactRule(
        group=item,
        kind=words.get("kind", ""),
        fields=fields,
        fixed=fixed,
        starts_on=words.get("starts-on", ""),
        ends_on=words.get("ends-on", ""),
        said_by=CLIENT if by_item else words.get("said-by", CLIENT),
        said_by_item=words.get("said-by", "") if by_item else "",
        said_words=words.get("said-words", ""),
    )


def _said_fact(
    rule: FactRule, turns: tuple[int, ...], questionnaire: Questionnaire, asked: Mapping[str, list[Answer]]
) -> list[SaidFact]:
    keys = {name: key_below(link, turns, questionnaire) for name, link in rule.fields.items()}
    value = {}
    for name, key in keys.items():
        answer = next(iter(asked.get(key, [])), None)
        if answer and (said := _field_value(questionnaire.by_link[rule.fields[name]], answer)) not in (None, ""):
            value[name] = said
    if not value:
        return []
    days = {"starts_on": rule.starts_on, "ends_on": rule.ends_on}
    keys |= {name: key_below(link, turns, questionnaire) for name, link in days.items() if link}
    by = _first(rule.said_by_item, turns, questionnaire, asked)
    place = ".".join(map(str, turns))
    made = SaidFact(
        name=f"{rule.kind} {rule.group.link_id}[{place}]",
        kind=rule.kind,
        value={**rule.fixed, **value},
        starts_on=_day(rule.starts_on, turns, questionnaire, asked),
        ends_on=_day(rule.ends_on, turns, questionnaire, asked),
        said_by=str(plain(by)) if by else rule.said_by,
        said_words=_words_at(rule.said_words, turns, questionnaire, asked),
        keys=keys,
    )
    return [made]


def _field_value(item: Item, answer: Answer) -> Any:
    """The code of a choice, where a word of a list is wanted; of an open choice its words."""
    return _words(answer) if item.type is ItemType.OPEN_CHOICE else plain(answer)


def _first(
    link_id: str, turns: tuple[int, ...], questionnaire: Questionnaire, answers: Mapping[str, list[Answer]]
) -> Answer | None:
    return next(iter(answers.get(key_below(link_id, turns, questionnaire), [])), None) if link_id else None


def _day(
    link_id: str, turns: tuple[int, ...], questionnaire: Questionnaire, answers: Mapping[str, list[Answer]]
) -> date | None:
    answer = _first(link_id, turns, questionnaire, answers)
    return date.fromisoformat(str(value_of(answer))) if answer else None


def _words_at(
    link_id: str, turns: tuple[int, ...], questionnaire: Questionnaire, answers: Mapping[str, list[Answer]]
) -> str:
    answer = _first(link_id, turns, questionnaire, answers)
    return _words(answer) if answer else ""


def _words(answer: Answer) -> str:
    value = value_of(answer)
    return str((value.get("display") or value.get("code")) if isinstance(value, Mapping) else value)
