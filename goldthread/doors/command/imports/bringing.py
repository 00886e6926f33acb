"""What the subcommands of ``goldthread import`` share: all of a file, or nothing."""

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
from goldthread.casework.imports.enums import Decision, State, What
from goldthread.casework.imports.models import Finding, Import
from goldthread.casework.imports.queries import Opened, opened_bytes, with_fields
from goldthread.casework.imports.rules.fields import KEEP
from goldthread.casework.imports.rules.mapping import check_fields, read_map
from goldthread.casework.imports.rules.sheets import MOST_BYTES
from goldthread.casework.imports.tasks import step
from goldthread.casework.tasks.actions.runs import refresh
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.likeness import Score
from goldthread.people.persons.likeness.words import why

REFUSED = 1
SAME = {"skip": Decision.LEAVE, "new": Decision.NEW, "likeliest": Decision.SAME}
CAME = {
    What.CLIENTS.value: lambda n: ngettext("%(n)d client came in.", "%(n)d clients came in.", n) % {"n": n},
    What.EPISODES.value: lambda n: ngettext("%(n)d enrollment came in.", "%(n)d enrollments came in.", n) % {"n": n},
    What.CONTACTS.value: lambda n: (
        ngettext("%(n)d past contact came in.", "%(n)d past contacts came in.", n) % {"n": n}
    ),
}


def add_arguments(parser: ArgumentParser, what: str) -> None:
    """The command line of a file whose rows are *what*."""
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--map", metavar="MAP.json", help='which field each column holds: {"column": "field"}')
    parser.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")
    choices = ["skip", "new"] if what == What.CLIENTS else ["skip", "likeliest"]
    parser.add_argument(
        "--same",
        choices=choices,
        help="rows of which it is not sure who it is: leave them out, or take them as the other word says",
    )
    parser.add_argument("--leave-refused", action="store_true", help="bring the other rows when some are refused")
    parser.add_argument("--by", metavar="EMAIL", default="", help="the worker who answers for it")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(options: dict[str, Any], out: OutputWrapper, what: str) -> int:
    """Try or bring the file, whose rows are *what*. Returns the exit code."""
    try:
        by = _actor(options["by"], what)
        data = _bytes_of(options["file"])
        file = _mapped(opened_bytes(data, {}, {}, by, what=what), options["map"], what)
        answer = _tried(file, what) if options["dry_run"] else _brought(data, file, options, what, by)
    except OSError as error:
        said = {"file": error.filename, "why": error.strerror or error}
        answer = _failed(_("%(file)s cannot be opened: %(why)s") % said)
    except DomainError as error:
        answer = _failed(str(error.message))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        answer = _failed(_("The map is no JSON: %(why)s") % {"why": error})
    out.write(json.dumps(answer, ensure_ascii=False, indent=2) if options["json"] else _told(answer, what))
    undecided = answer.get("undecided") and not options["dry_run"]
    return REFUSED if answer["errors"] or undecided else 0


def _bytes_of(path: str) -> bytes:
    """The file at *path*; of one that is too large, or has no end, enough to be refused."""
    with Path(path).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _actor(email: str, what: str) -> Actor:
    now = timezone.now()
    staff = Staff.objects.filter(user__email__iexact=email).first() if email else None
    if email and staff is None:
        raise DomainError(_("Nobody works here with this address: %(email)s") % {"email": email})
    agency = the_agency()
    today = timezone.localdate(now, ZoneInfo(agency.time_zone if agency else "UTC"))
    name = staff.name if staff else "goldthread import"
    return Actor(at=now, today=today, staff=staff.pk if staff else None, name=name, request=f"import {what}")


def _mapped(file: Opened, path: str | None, what: str) -> Opened:
    if path:
        given = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        file = with_fields(file, read_map(given, [column.caption for column in file.table.columns], what))
    check_fields(file.reading.fields, what)
    return file


def _tried(file: Opened, what: str) -> dict[str, Any]:
    """What would happen. Nothing is written."""
    found = list(findings(Import(what=what), file))
    return _answer(len(file.table.rows), found) | _left_out(file)


def _brought(data: bytes, file: Opened, options: dict[str, Any], what: str, by: Actor) -> dict[str, Any]:
    """Bring the file in, or give it up when a row is refused or undecided."""
    row = start(data=data, name=Path(options["file"]).name, by=by, what=what)
    fields = dict(file.reading.fields)
    row = match(
        run=row.pk,
        fields=fields,
        said={
            caption for caption, key in fields.items() if key != KEEP
        },  # a map says nothing of the columns that it does not name
        chosen={"order": file.reading.order},
        version_seen=row.version,
        by=by,
    )
    row = step(row.pk, by)
    found = list(Finding.objects.filter(run=row).order_by("row"))
    answer = _answer(row.rows, found) | _left_out(file)
    if options["same"]:
        while undecided(row):  # who is nobody known here may still be another row of the file
            decide_all(run=row.pk, decision=SAME[options["same"]], by=by)
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
        raise DomainError(row.why or _("Somebody gave this file up meanwhile."))
    while what != What.CLIENTS and refresh(by=by):
        """What the requirements ask of those who came is there when this ends."""
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


def _told(answer: dict[str, Any], what: str) -> str:
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
        lines.append(CAME[what](answer["brought"]))
    else:
        lines.append(
            ngettext("%(n)d row was looked at.", "%(n)d rows were looked at.", answer["rows"]) % {"n": answer["rows"]}
        )
    return "\n".join(lines)
