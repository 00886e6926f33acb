"""``goldthread import clients FILE [--map MAP.json] [--dry-run] [--json]``: all of a file, or nothing."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import OutputWrapper
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.actions.checking import findings
from goldthread.casework.imports.actions.deciding import decide_all, leave_refused, undecided
from goldthread.casework.imports.actions.starting import give_up, match, start
from goldthread.casework.imports.enums import Decision, State
from goldthread.casework.imports.models import Finding, Import
from goldthread.casework.imports.queries import Opened, opened_bytes, with_fields
from goldthread.casework.imports.rules.rows import needs_name, read_map
from goldthread.casework.imports.tasks import step
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.likeness import Score
from goldthread.people.persons.likeness.words import why

HELP = "bring clients from CSV or XLSX; ends with 1 when a row is refused or undecided: then nothing comes in"
REFUSED = 1


def add_arguments(parser: ArgumentParser) -> None:
    """The command line."""
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--map", metavar="MAP.json", help='which field each column holds: {"column": "field"}')
    parser.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")
    parser.add_argument(
        "--same", choices=["skip", "new"], help="people who may be known: leave them out, or bring them as new"
    )
    parser.add_argument("--leave-refused", action="store_true", help="bring the other rows when some are refused")
    parser.add_argument("--by", metavar="EMAIL", default="", help="the worker who answers for it")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(options: dict[str, Any], out: OutputWrapper) -> int:
    """Try or bring the file. Returns the exit code."""
    try:
        by = _actor(options["by"])
        data = Path(options["file"]).read_bytes()
        file = _mapped(opened_bytes(data, {}, {}, by), options["map"])
        answer = _tried(file) if options["dry_run"] else _brought(data, file, options, by)
    except OSError as error:
        answer = _failed(_("cannot be opened: %(why)s") % {"why": error.strerror or error})
    except DomainError as error:
        answer = _failed(str(error.message))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        answer = _failed(_("The map is no JSON: %(why)s") % {"why": error})
    out.write(json.dumps(answer, ensure_ascii=False, indent=2) if options["json"] else _told(answer))
    undecided = answer.get("undecided") and not options["dry_run"]
    return REFUSED if answer["errors"] or undecided else 0


def _actor(email: str) -> Actor:
    now = timezone.now()
    staff = Staff.objects.filter(user__email__iexact=email).first() if email else None
    if email and staff is None:
        raise DomainError(_("Nobody works here with this address: %(email)s") % {"email": email})
    agency = the_agency()
    today = timezone.localdate(now, ZoneInfo(agency.time_zone if agency else "UTC"))
    name = staff.name if staff else "goldthread import"
    return Actor(at=now, today=today, staff=staff.pk if staff else None, name=name, request="import clients")


def _mapped(file: Opened, path: str | None) -> Opened:
    if path:
        given = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        file = with_fields(file, read_map(given, [column.caption for column in file.table.columns]))
    if needs_name(file.reading.fields):
        raise DomainError(_("Say which column holds the name."))
    return file


def _tried(file: Opened) -> dict[str, Any]:
    """What would happen. Nothing is written."""
    found = list(findings(Import(), file))
    return _answer(len(file.table.rows), found) | _left_out(file)


def _brought(data: bytes, file: Opened, options: dict[str, Any], by: Actor) -> dict[str, Any]:
    """Bring the file in, or give it up when a row is refused or undecided."""
    row = start(data=data, name=Path(options["file"]).name, by=by)
    row = match(
        run=row.pk,
        fields=dict(file.reading.fields),
        chosen={"order": file.reading.order},
        version_seen=row.version,
        by=by,
    )
    row = step(row.pk, by)
    found = list(Finding.objects.filter(run=row).order_by("row"))
    answer = _answer(row.rows, found) | _left_out(file)
    if options["same"]:
        while undecided(row):  # who is nobody known here may still be another row of the file
            decide_all(run=row.pk, decision=Decision.LEAVE if options["same"] == "skip" else Decision.NEW, by=by)
        answer["undecided"] = 0
    if options["leave_refused"] and row.refused:
        leave_refused(run=row.pk, leave=True, by=by)
        answer["refused"], answer["errors"] = answer["errors"], []
    if answer["errors"] or answer["undecided"]:
        give_up(run=row.pk, by=by)
        return answer | {"brought": 0}
    begin_bringing(run=row.pk, version_seen=row.version, by=by)
    row = step(row.pk, by)
    if row.state != State.BROUGHT:
        raise DomainError(_("Somebody gave this file up meanwhile."))
    return answer | {"brought": row.brought, "import": str(row.pk)}


def _answer(rows: int, found: list[Finding]) -> dict[str, Any]:
    errors = [{"row": one.row, "column": column, "reason": reason} for one in found for column, reason in one.told]
    alike = [
        {"row": one.row, "like_row": one.twin_row, "known": bool(one.twin_id), "why": why_of(one)}
        for one in found
        if not one.told
    ]
    return {"rows": rows, "errors": errors, "alike": alike, "undecided": len(alike)}


def why_of(one: Finding) -> list[str]:
    """What is the same, in words."""
    return list(why(Score(0, tuple((field, how) for field, how in one.why))))


def _left_out(file: Opened) -> dict[str, Any]:
    return {"left_out": [{"row": one.number, "reason": one.words} for one in file.table.left_out]}


def _failed(why: str) -> dict[str, Any]:
    return {"rows": 0, "errors": [{"row": 0, "column": "", "reason": why}]}


def _told(answer: dict[str, Any]) -> str:
    lines = [
        _("Row %(row)d, %(column)s: %(reason)s") % one if one["column"] else _("Row %(row)d: %(reason)s") % one
        for one in answer["errors"]
    ]
    lines += [
        _("Row %(row)d may be the same person as row %(like_row)d.") % one
        if not one["known"]
        else _("Row %(row)d may be somebody known here.") % one
        for one in answer.get("alike", ())
    ]
    lines += [_("Row %(row)d stays out: %(reason)s") % one for one in answer.get("left_out", ())]
    if "brought" in answer:
        lines.append(
            ngettext("%(n)d client came in.", "%(n)d clients came in.", answer["brought"]) % {"n": answer["brought"]}
        )
    else:
        lines.append(
            ngettext("%(n)d row was looked at.", "%(n)d rows were looked at.", answer["rows"]) % {"n": answer["rows"]}
        )
    return "\n".join(lines)
