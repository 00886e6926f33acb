"""FHIR R4 Questionnaire JSON read into our own dataclasses, or refused with every item at fault and why.

``fhir.resources`` (its R4B classes) says whether the JSON is a Questionnaire at all; it takes a third of a second to
import, so that happens when the first definition is read. What it does not look at (codes, logic, expressions, size) is
looked at here.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.bounds import check_bounds
from goldthread.casework.assessments.rules.circles import check_links
from goldthread.casework.assessments.rules.extensions import extensions_of, name_of, parts, within
from goldthread.casework.assessments.rules.model import (
    Band,
    Condition,
    Constraint,
    Item,
    ItemType,
    Json,
    Missing,
    Operator,
    Option,
    Questionnaire,
    Safety,
    ScoreRule,
    Text,
    Unit,
    Variable,
)
from goldthread.casework.assessments.rules.notes import Notes
from goldthread.casework.assessments.rules.options import contained_in
from goldthread.casework.assessments.rules.problems import DefinitionError, Problem
from goldthread.casework.assessments.rules.reading_items import REFUSED, ItemReader
from goldthread.casework.assessments.rules.reading_scores import ATTRIBUTION, LICENCE, SOURCE, read_scores, said
from goldthread.casework.assessments.rules.reading_writes import check_writes
from goldthread.casework.assessments.rules.rehearsal import check_expressions
from goldthread.casework.assessments.rules.shape import check_shape

__all__ = [
    "Band",
    "Condition",
    "Constraint",
    "DefinitionError",
    "Item",
    "ItemType",
    "Missing",
    "Operator",
    "Option",
    "Problem",
    "Questionnaire",
    "Safety",
    "ScoreRule",
    "Text",
    "Unit",
    "Variable",
    "read_questionnaire",
    "trust_questionnaire",
]


def read_questionnaire(data: Any) -> Questionnaire:
    """The definition that *data* (JSON as Python reads it) is. DefinitionError with everything that is wrong or not supported."""
    check_bounds(data)
    check_shape(data)
    notes = Notes()
    questionnaire = _read(data, notes)
    if not notes.problems:
        check_links(questionnaire, notes)
        check_writes(questionnaire, notes)
    if not notes.problems:
        check_expressions(questionnaire, notes)
    if notes.problems:
        raise DefinitionError(notes.problems)
    return questionnaire


def trust_questionnaire(data: Json) -> Questionnaire:
    """The same of a definition that ``read_questionnaire`` has let in before: nothing is checked again (five times as fast)."""
    return _read(data, Notes())


def _read(data: Json, notes: Notes) -> Questionnaire:
    _refuse(data, notes)
    reader = ItemReader(contained_in(data), notes, json.dumps(data))
    questionnaire = Questionnaire(
        data=data,
        items=reader.items(data.get("item") or []),
        url=str(data.get("url") or ""),
        version=str(data.get("version") or ""),
        name=str(data.get("name") or ""),
        title=reader.text(data, "title", ""),
        description=str(data.get("description") or ""),
        language=str(data.get("language") or ""),
        status=str(data.get("status") or ""),
        licence=said(data, LICENCE) or str(data.get("copyright") or ""),
        source=said(data, SOURCE),
        attribution=said(data, ATTRIBUTION) or str(data.get("publisher") or ""),
        variables=reader.variables(data, ""),
        constraints=reader.constraints(data, ""),
        launch=tuple(_launch_name(value) for value in _launch_contexts(data)),
    )
    return _with_scores(questionnaire, notes)


def _with_scores(questionnaire: Questionnaire, notes: Notes) -> Questionnaire:
    """The frozen questionnaire once more with its scores, which are read against its items."""
    return replace(questionnaire, scores=read_scores(questionnaire.data, questionnaire.by_link, notes))


def _refuse(data: Json, notes: Notes) -> None:
    for one in data.get("modifierExtension") or []:
        notes.add("", _("has the modifierExtension %(url)s, which is not known") % {"url": one.get("url", "")})
    if data.get("implicitRules"):
        notes.add("", _("follows implicitRules %(url)s, which are not known") % {"url": data["implicitRules"]})
    for one in within(data):
        reason = REFUSED.get(name_of(str(one.get("url", ""))))
        if reason:
            notes.add("", str(reason))


def _launch_contexts(data: Json) -> list[dict[str, list[Any]]]:
    return [parts(one) for one in extensions_of(data) if name_of(str(one.get("url", ""))) == "launchContext"]


def _launch_name(pieces: dict[str, list[Any]]) -> str:
    """``launchContext`` names its variable as a Coding or, in older releases, as an id."""
    name = next(iter(pieces.get("name", [])), "")
    return str(name.get("code", "")) if isinstance(name, Mapping) else str(name)
