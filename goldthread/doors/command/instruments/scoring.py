"""``goldthread instruments score QUESTIONNAIRE.json RESPONSE.json [--json]``: every calculated value and score of a response."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.bounds import read_json
from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.logic import Context
from goldthread.casework.assessments.rules.problems import Problem, Problems, ResponseError
from goldthread.casework.assessments.rules.responses import from_response
from goldthread.casework.assessments.rules.worked import Worked, worked_out

HELP = "score a QuestionnaireResponse: every calculated value and score by linkId; ends with 1 when something fails"


def add_arguments(parser: ArgumentParser) -> None:
    """The command line."""
    parser.add_argument("questionnaire", metavar="QUESTIONNAIRE.json")
    parser.add_argument("response", metavar="RESPONSE.json")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(options: dict[str, Any], out: OutputWrapper) -> int:
    """Score. Returns the exit code."""
    files = (options["questionnaire"], options["response"])
    try:
        found = _work(*files)
    except (OSError, Problems) as error:
        problems = error.problems if isinstance(error, Problems) else [Problem("", str(error.strerror or error))]
        out.write(_failed(problems, options["json"]))
        return 1
    out.write(_written(found, options["json"]))
    return 1 if found.problems else 0


def _work(questionnaire_file: str, response_file: str) -> Worked:
    questionnaire = read_questionnaire(_read(questionnaire_file))
    response = _read(response_file)
    if not isinstance(response, dict) or response.get("resourceType") != "QuestionnaireResponse":
        raise ResponseError([Problem("", _("%(file)s is not a QuestionnaireResponse") % {"file": response_file})])
    return worked_out(questionnaire, from_response(questionnaire, response), Context(timezone.localtime()), response)


def _read(file: str) -> Any:
    return read_json(Path(file).read_text("utf-8-sig", errors="replace"))


def _failed(problems: list[Problem], as_json: bool) -> str:
    if not as_json:
        return "\n".join(map(str, problems))
    errors = [{"item": problem.item, "reason": problem.reason} for problem in problems]
    return json.dumps({"ok": False, "errors": errors}, ensure_ascii=False, indent=2)


def _written(found: Worked, as_json: bool) -> str:
    if as_json:
        return json.dumps(found.values, ensure_ascii=False, indent=2)
    lines = [f"{name}: {_('no value') if value is None else value}" for name, value in found.values.items()]
    return "\n".join([*lines, *found.notes, *map(str, found.problems)])
