"""``goldthread programs check FILE… [--json]``: is each file a template that can be used?"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from goldthread.foundation.programs.rules.problems import Problem, TemplateError
from goldthread.foundation.programs.rules.reading import read_template

HELP = "check template files: every mistake with file, line and what is wrong; ends with 1 when there is one"


def add_arguments(parser: ArgumentParser) -> None:
    """The command line."""
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(options: dict[str, Any], out: OutputWrapper) -> int:
    """Check the files. Returns the exit code."""
    answers = [(file, problems_of(file)) for file in options["files"]]
    if options["json"]:
        out.write(json.dumps([_as_json(file, problems) for file, problems in answers], ensure_ascii=False, indent=2))
    else:
        for file, problems in answers:
            out.write("\n".join(str(problem) for problem in problems) or _("%(file)s: nothing wrong") % {"file": file})
    return 1 if any(problems for _file, problems in answers) else 0


def problems_of(file: str) -> list[Problem]:
    """Everything that is wrong with the template in *file*."""
    try:
        read_template(Path(file).read_bytes().decode("utf-8-sig"), file)
    except OSError as error:
        return [Problem(file, 0, _("cannot be opened: %(why)s") % {"why": error.strerror or error})]
    except UnicodeDecodeError:
        return [Problem(file, 0, _("is not text in UTF-8"))]
    except TemplateError as error:
        return error.problems
    return []


def _as_json(file: str, problems: list[Problem]) -> dict[str, Any]:
    found = [{"file": problem.file, "line": problem.line, "what": problem.what} for problem in problems]
    return {"file": file, "ok": not problems, "problems": found}
