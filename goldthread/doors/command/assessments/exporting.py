"""``goldthread assessments export [--client NUMBER] [--out FILE]``: signed answers as a Bundle of QuestionnaireResponses."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils import timezone

from goldthread.casework.assessments.enums import AssessmentState
from goldthread.casework.assessments.models import Assessment
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor

HELP = "write signed answers as QuestionnaireResponse JSON, in one Bundle"


def add_arguments(parser: ArgumentParser) -> None:
    """The command line."""
    parser.add_argument("--client", type=int, metavar="NUMBER", help="of this client alone, by client number")
    parser.add_argument("--out", metavar="FILE", help="write there instead of to the standard output")


def run(options: dict[str, Any], out: OutputWrapper) -> int:
    """Write what is signed and stands, the oldest first. Returns the exit code."""
    rows = Assessment.objects.filter(state=AssessmentState.SIGNED).order_by("assessed_on", "id")
    if options["client"] is not None:
        rows = rows.filter(person__client_number=options["client"])
    now = timezone.now()
    entries = [{"resource": response} for response in rows.values_list("response", flat=True).iterator()]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    text = json.dumps(bundle, ensure_ascii=False, indent=2)
    by = Actor(at=now, today=timezone.localdate(now), request="assessments export")
    record(by=by, action="assessments.exported", kind="assessment", details={"many": len(entries)})
    if options["out"]:
        Path(options["out"]).write_text(text, "utf-8")
    else:
        out.write(text)
    return 0
