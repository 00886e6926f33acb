"""``goldthread assessments import FILE… --by EMAIL``: answers given elsewhere become signed assessments, kept as they came."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import OutputWrapper
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goldthread.casework.assessments.actions.importing import import_response
from goldthread.casework.assessments.queries.instruments import by_canonical
from goldthread.casework.assessments.rules.bounds import read_json
from goldthread.casework.assessments.rules.problems import Problems
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

HELP = "read QuestionnaireResponse JSON (one, or a Bundle): all of a file, or nothing; ends with 1 when something is refused"


def add_arguments(parser: ArgumentParser) -> None:
    """The command line."""
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--by", required=True, metavar="EMAIL", help="the worker who answers for it")
    parser.add_argument("--client", type=int, metavar="NUMBER", help="whose answers they are, where they do not say")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(options: dict[str, Any], out: OutputWrapper) -> int:
    """Import the files. Returns the exit code."""
    now = timezone.now()
    staff = Staff.objects.filter(user__email__iexact=options["by"]).first()
    if staff is None:
        out.write(_("Nobody works here with this address: %(email)s") % {"email": options["by"]})
        return 1
    by = Actor(at=now, today=timezone.localdate(now), staff=staff.pk, name=staff.name, request="assessments import")
    answers = [_file(file, options["client"], by) for file in options["files"]]
    if options["json"]:
        out.write(json.dumps(answers, ensure_ascii=False, indent=2))
    else:
        for answer in answers:
            out.write("\n".join(answer["errors"]) or _("%(file)s: %(new)s new, %(old)s known") % answer)
    return 1 if any(answer["errors"] for answer in answers) else 0


def _file(file: str, number: int | None, by: Actor) -> dict[str, Any]:
    answer: dict[str, Any] = {"file": file, "ok": True, "new": 0, "old": 0, "errors": []}
    with transaction.atomic():
        try:
            for content in _responses(file):
                new = _one(content, number, by)
                answer["new" if new else "old"] += 1
        except (DomainError, Problems, OSError, UnicodeDecodeError) as error:
            said = error.message if isinstance(error, DomainError) else error
            answer |= {"ok": False, "new": 0, "old": 0, "errors": [f"{file}: {line}" for line in str(said).split("\n")]}
            transaction.set_rollback(True)
    return answer


def _responses(file: str) -> Iterator[dict[str, Any]]:
    data = read_json(Path(file).read_bytes().decode("utf-8-sig"))
    entries = (
        data.get("entry") if isinstance(data, dict) and data.get("resourceType") == "Bundle" else [{"resource": data}]
    )
    for entry in entries if isinstance(entries, list) else []:
        content = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(content, dict) or content.get("resourceType") != "QuestionnaireResponse":
            raise DomainError(_("holds something that is not a QuestionnaireResponse"))
        if "\0" in json.dumps(content, ensure_ascii=False):
            raise DomainError(_("holds characters that cannot be kept"))
        yield content


def _one(content: dict[str, Any], number: int | None, by: Actor) -> bool:
    canonical = str(content.get("questionnaire") or "")
    version = by_canonical(canonical)
    if version is None:
        raise DomainError(_("asks %(what)s, which is not installed here") % {"what": canonical or "?"})
    _row, new = import_response(content=content, version=version, person=_person(content, number), by=by)
    return new


def _person(content: dict[str, Any], number: int | None) -> Person:
    """Whose answers they are: the subject by our own id, else the client of the command line."""
    subject = content.get("subject")
    reference = str(subject.get("reference", "")) if isinstance(subject, dict) else ""
    try:
        found = Person.objects.filter(pk=UUID(reference.rpartition("/")[2]), client_number__isnull=False).first()
    except ValueError:
        found = None
    found = found or (Person.objects.filter(client_number=number).first() if number is not None else None)
    if found is None:
        raise DomainError(_("does not say whose answers they are: name the client with --client"))
    return found
