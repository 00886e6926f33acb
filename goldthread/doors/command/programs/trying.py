"""``goldthread programs try SCENARIO.yaml [--json]``: where every rule stands for an invented client, on the days asked."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from goldthread.casework.tasks.rules.engine import Standing
from goldthread.casework.tasks.rules.scenario import Asked, Scenario, read_scenario
from goldthread.casework.tasks.rules.scenario_answers import answers_of, as_json
from goldthread.casework.tasks.rules.words import explain
from goldthread.foundation.programs.rules.problems import Problem, TemplateError
from goldthread.foundation.programs.shipped import shipped

HELP = "try rules on an invented client: where each requirement stands on the days asked; ends with 1 when the file is wrong"


def add_arguments(parser: ArgumentParser) -> None:
    """The command line."""
    parser.add_argument("file", metavar="SCENARIO.yaml")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(options: dict[str, Any], out: OutputWrapper) -> int:
    """Try the rules. Returns the exit code."""
    scenario, problems = _read(options["file"])
    if scenario is None:
        found = [{"file": one.file, "line": one.line, "what": one.what} for one in problems]
        out.write(
            json.dumps({"problems": found}, ensure_ascii=False, indent=2) if options["json"] else _lines(problems)
        )
        return 1
    answers = answers_of(scenario)
    if options["json"]:
        out.write(json.dumps(as_json(answers), ensure_ascii=False, indent=2))
    else:
        out.write("\n\n".join(_table(asked, rows) for asked, rows in answers))
    return 0


def _read(file: str) -> tuple[Scenario | None, list[Problem]]:
    try:
        text = Path(file).read_bytes().decode("utf-8-sig")
        return read_scenario(text, file, shipped(), timezone.localdate()), []
    except OSError as error:
        return None, [Problem(file, 0, _("cannot be opened: %(why)s") % {"why": error.strerror or error})]
    except UnicodeDecodeError:
        return None, [Problem(file, 0, _("is not text in UTF-8"))]
    except TemplateError as error:
        return None, error.problems


def _lines(problems: list[Problem]) -> str:
    return "\n".join(str(problem) for problem in problems)


def _table(asked: Asked, rows: list[Standing]) -> str:
    cells = [_cells(row, asked) for row in rows]
    widths = [max((len(row[column]) for row in cells), default=0) for column in range(4)]
    lines = [
        "  ".join([*(text.ljust(width) for text, width in zip(row[:4], widths, strict=True)), row[4]]) for row in cells
    ]
    return "\n".join([asked.text, *(f"  {line}".rstrip() for line in lines)])


def _cells(row: Standing, asked: Asked) -> tuple[str, str, str, str, str]:
    one = row.obligation
    who = f" ({one.member})" if one.member is not None else ""
    period = f"{one.period[0]} to {one.period[1]}" if one.period else ""
    return row.key + who, period, one.due.isoformat() if one.due else "", str(row.state), explain(row.why, asked.on)
