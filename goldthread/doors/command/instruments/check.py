"""``goldthread instruments check FILE… [--json]``: what would install, what is refused, and why."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.assessments.rules.packs import read_pack
from goldthread.casework.assessments.rules.problems import Problem, Problems

HELP = "check Questionnaires, Bundles and XLSForms: every item that is refused and why; ends with 1 when there is one"


def add_arguments(parser: ArgumentParser) -> None:
    """The command line."""
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(options: dict[str, Any], out: OutputWrapper) -> int:
    """Check the files. Returns the exit code."""
    answers = [(file, *found_in(file)) for file in options["files"]]
    if options["json"]:
        out.write(json.dumps([_as_json(file, found) for file, _count, found in answers], ensure_ascii=False, indent=2))
    else:
        for file, count, found in answers:
            out.write(_told(file, count, found))
    return 1 if any(found for _file, _count, found in answers) else 0


def found_in(file: str) -> tuple[int, list[Problem]]:
    """How many questionnaires *file* holds, and everything that keeps them from being installed."""
    try:
        return len(read_pack(Path(file).name, Path(file).read_bytes())), []
    except OSError as error:
        return 0, [Problem("", _("cannot be opened: %(why)s") % {"why": error.strerror or error})]
    except Problems as error:
        return 0, error.problems


def _told(file: str, count: int, found: list[Problem]) -> str:
    if found:
        return "\n".join(f"{file}: {problem}" for problem in found)
    words = ngettext("%(count)s questionnaire would install", "%(count)s questionnaires would install", count)
    return f"{file}: {words % {'count': count}}"


def _as_json(file: str, found: list[Problem]) -> dict[str, Any]:
    return {"file": file, "ok": not found, "errors": [{"item": one.item, "reason": one.reason} for one in found]}
