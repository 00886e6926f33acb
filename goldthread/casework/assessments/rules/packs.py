"""A file somebody uploads: a Questionnaire, a Bundle of them, or an XLSForm. What it holds, or why it is refused."""

import json
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.bounds import MOST_CHARACTERS, read_json
from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.model import Json, Questionnaire
from goldthread.casework.assessments.rules.problems import DefinitionError, Problem
from goldthread.casework.assessments.rules.xlsform import questionnaire_of_xlsform

MOST_BYTES = MOST_CHARACTERS * 2
MOST_IN_BUNDLE = 100
ZIP = b"PK\x03\x04"
HELPERS = ("ValueSet", "CodeSystem")


def read_pack(name: str, content: bytes) -> list[Questionnaire]:
    """The questionnaires in a file called *name*. DefinitionError with every item that is refused, in all of them."""
    if len(content) > MOST_BYTES:
        raise DefinitionError([Problem("", _("is larger than %(most)s MB") % {"most": MOST_BYTES // 1_000_000})])
    if content.startswith(ZIP):
        return [questionnaire_of_xlsform(content, name)]
    try:
        data = read_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DefinitionError([Problem("", _("is neither JSON in UTF-8 nor an XLSX workbook"))]) from error
    if isinstance(data, dict) and data.get("resourceType") == "Bundle":
        return _read_bundle(data)
    return [read_questionnaire(data)]


def _read_bundle(bundle: Json) -> list[Questionnaire]:
    resources = [entry["resource"] for entry in _entries(bundle) if isinstance(entry.get("resource"), dict)]
    helpers = [one for one in resources if one.get("resourceType") in HELPERS and isinstance(one.get("url"), str)]
    asked = [one for one in resources if one.get("resourceType") == "Questionnaire"]
    if not asked or len(asked) > MOST_IN_BUNDLE:
        raise DefinitionError(
            [Problem("", _("the Bundle holds no Questionnaire, or more than %(most)s") % {"most": MOST_IN_BUNDLE})]
        )
    found: list[Questionnaire] = []
    problems: list[Problem] = []
    for number, data in enumerate(asked, 1):
        try:
            found.append(read_questionnaire(_with_helpers(data, helpers)))
        except DefinitionError as error:
            title = str(data.get("title") or data.get("name") or number)
            problems += [Problem(one.item, f"{title}: {one.reason}") for one in error.problems]
    if problems:
        raise DefinitionError(problems)
    return found


def _entries(bundle: Json) -> list[dict[str, Any]]:
    entries = bundle.get("entry")
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _with_helpers(data: dict[str, Any], helpers: list[dict[str, Any]]) -> dict[str, Any]:
    """*data* with the value sets and code systems of the Bundle that it names contained in it."""
    written, kept = json.dumps(data), []
    waiting = list(helpers)
    while named := [one for one in waiting if f'"{one["url"]}' in written]:
        kept += named
        waiting = [one for one in waiting if one not in named]
        written += json.dumps(named)
    own = data.get("contained")
    return {**data, "contained": [*(own if isinstance(own, list) else []), *kept]} if kept else data
