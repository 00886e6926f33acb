"""Whether what a definition says it writes can be written: kinds, fields and skills that there are, from items that fit."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.model import Item, ItemType, Option, Questionnaire
from goldthread.casework.assessments.rules.notes import Notes
from goldthread.casework.assessments.rules.places import value_of
from goldthread.casework.assessments.rules.scoring import option_weight
from goldthread.casework.assessments.rules.writes import FactRule, SkillRule, fact_rules, skill_rules
from goldthread.casework.skills.enums import Level
from goldthread.casework.skills.rules import SKILLS
from goldthread.people.facts.enums import FactKind, SaidBy
from goldthread.people.facts.rules import Field, How, fields_of

WORDS = (ItemType.STRING, ItemType.TEXT, ItemType.OPEN_CHOICE)
FITTING = {
    How.TEXT: WORDS,
    How.CODE: WORDS,
    How.CHOICE: (ItemType.CHOICE, ItemType.BOOLEAN),
    How.MONEY: (ItemType.DECIMAL, ItemType.INTEGER),
    How.NUMBER: (ItemType.INTEGER,),
    How.DAY: (ItemType.DATE,),
}


def check_writes(questionnaire: Questionnaire, notes: Notes) -> None:
    """Note, at its item, every fact and skill that could not be written."""
    seen: set[tuple[str, str]] = set()
    for rule in fact_rules(questionnaire):
        _check_fact(rule, questionnaire, notes)
        if (
            rule.group.link_id,
            rule.kind,
        ) in seen:  # signing knows a fact by its group and kind: the second would be lost
            notes.add(
                rule.group.link_id, _("writes the fact “%(kind)s” twice: each needs a group") % {"kind": rule.kind}
            )
        seen.add((rule.group.link_id, rule.kind))
    for skill in skill_rules(questionnaire):
        _check_skill(skill, questionnaire, notes)


def _check_fact(rule: FactRule, questionnaire: Questionnaire, notes: Notes) -> None:
    here = rule.group.link_id
    if rule.group.type is not ItemType.GROUP:
        notes.add(here, _("writes a fact and is no group"))
        return
    if rule.kind not in FactKind.values:
        notes.add(here, _("there is no kind of fact “%(kind)s”") % {"kind": rule.kind})
        return
    fields = {field.name: field for field in fields_of(rule.kind)}
    for name in (*rule.fields, *rule.fixed):
        if name not in fields:
            said = {"kind": rule.kind, "name": name}
            notes.add(here, _("the fact “%(kind)s” has no field “%(name)s”") % said)
    for field in fields.values():
        _check_filled(rule, field, questionnaire, notes)
    _check_rest(rule, questionnaire, notes)


def _check_filled(rule: FactRule, field: Field, questionnaire: Questionnaire, notes: Notes) -> None:
    """Whether an item, or a word that is always the same, fills *field* as it has to be filled."""
    here, said = rule.group.link_id, {"name": field.name, "value": rule.fixed.get(field.name, "")}
    if field.name in rule.fields:
        item = _in_group(rule.fields[field.name], rule, questionnaire, notes)
        if item:
            _check_field(item, field, notes)
    elif field.name not in rule.fixed:
        if field.required:
            notes.add(here, _("the fact needs the field “%(name)s”, which no item fills") % said)
    elif field.choices and said["value"] not in dict(field.choices):
        notes.add(here, _("“%(value)s” is no word of the field “%(name)s”") % said)


def _check_rest(rule: FactRule, questionnaire: Questionnaire, notes: Notes) -> None:
    """Days, who said it, and in which words."""
    for link_id in (rule.starts_on, rule.ends_on):
        item = _in_group(link_id, rule, questionnaire, notes) if link_id else None
        if item and item.type is not ItemType.DATE:
            notes.add(item.link_id, _("is the day of a fact and no date"))
    if rule.said_by not in SaidBy.values:
        notes.add(rule.group.link_id, _("“%(word)s” does not say who said it") % {"word": rule.said_by})
    for link_id in (rule.said_by_item, rule.said_words):
        if link_id:
            _in_reach(link_id, rule, questionnaire, notes)
    item = questionnaire.by_link.get(rule.said_by_item)
    if item and not _codes(item.options) <= set(SaidBy.values):
        notes.add(item.link_id, _("offers answers that do not say who said it"))


def _in_group(link_id: str, rule: FactRule, questionnaire: Questionnaire, notes: Notes) -> Item | None:
    """The item, when it is asked once in each turn of the group."""
    item = questionnaire.by_link.get(link_id)
    below = {one.link_id for one in rule.group.everything()} - {rule.group.link_id}
    turns = (*rule.group.turns, rule.group.link_id) if rule.group.many else rule.group.turns
    if item is None or link_id not in below:
        notes.add(rule.group.link_id, _("writes a fact of %(item)s, which is not in the group") % {"item": link_id})
        return None
    if not item.type.is_question or item.repeats or item.turns != turns:
        notes.add(link_id, _("writes a field of a fact and is not a question that is answered once in the group"))
        return None
    return item


def _in_reach(link_id: str, rule: FactRule, questionnaire: Questionnaire, notes: Notes) -> None:
    item = questionnaire.by_link.get(link_id)
    turns = (*rule.group.turns, rule.group.link_id) if rule.group.many else rule.group.turns
    if item is None or not item.type.is_question or item.turns != turns[: len(item.turns)]:
        notes.add(rule.group.link_id, _("%(item)s cannot say who said it: it is not asked once") % {"item": link_id})


def _check_field(item: Item, field: Field, notes: Notes) -> None:
    said = {"name": field.name, "type": item.type.value}
    if item.type not in FITTING[field.how]:
        notes.add(item.link_id, _("cannot fill the field “%(name)s”: its type is %(type)s") % said)
        return
    if field.how is not How.CHOICE:
        return
    offered = {"yes", "no"} if item.type is ItemType.BOOLEAN else _codes(item.options)
    for code in sorted(offered - set(dict(field.choices))):
        notes.add(item.link_id, _("“%(value)s” is no word of the field “%(name)s”") % {"value": code, **said})


def _codes(options: Iterable[Option]) -> set[str]:
    values = [value_of(dict(option.answer)) for option in options]
    return {str(value.get("code", "")) if isinstance(value, dict) else str(value) for value in values}


def _check_skill(rule: SkillRule, questionnaire: Questionnaire, notes: Notes) -> None:
    here = rule.item.link_id
    if rule.skill not in SKILLS:
        notes.add(here, _("there is no skill “%(skill)s”") % {"skill": rule.skill})
    if rule.item.repeats or rule.item.turns:
        notes.add(here, _("is the level of a skill and can be answered several times"))
    weights = [option_weight(option) for option in rule.item.options]
    if not weights or any(weight not in Level.values for weight in weights):
        notes.add(here, _("is the level of a skill: each of its answers needs a weight from 1 to 4"))
    evidence = questionnaire.by_link.get(rule.evidence)
    if rule.evidence and (evidence is None or evidence.type not in WORDS or evidence.turns):
        notes.add(
            here, _("%(item)s cannot say what was seen: it is no question answered in words") % {"item": rule.evidence}
        )
