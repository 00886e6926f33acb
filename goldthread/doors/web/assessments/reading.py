"""An assessment as it was signed: with the questions that were asked, what it came to, what follows from it; and for print."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.assessments.actions.safety import alarms_in
from goldthread.casework.assessments.enums import AssessmentState, Skipped
from goldthread.casework.assessments.models import Assessment
from goldthread.casework.assessments.queries.assessments import (
    answers_of,
    current_scores,
    scores_of,
    series,
)
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.assessments.responses import skipped_of
from goldthread.doors.web.assessments.desk import language_of, seen_or_refused
from goldthread.doors.web.assessments.found import needs_found
from goldthread.doors.web.assessments.outcome import lines_of
from goldthread.doors.web.assessments.told import told
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.ui.addresses import address
from goldthread.people.persons.models import Person


@require_GET
@client_page(Act.READ_RECORD)
def read(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The assessment *row*. An open one leads to its sheet, for who may write it."""
    found = seen_or_refused(request, client, row, Act.READ_RECORD)
    if found.state == AssessmentState.OPEN and gate.may_on(request.viewer, Act.WRITE_ASSESSMENT, client):
        return redirect("assessments:sheet", pk=client.pk, row=row)
    return page(request, client, found)


def page(request: StaffRequest, client: Person, row: Assessment, *, status: int = 200, **more: object) -> HttpResponse:
    """The page of *row*, with what is wrong (*more*) after something was tried."""
    viewer = request.viewer
    questionnaire = questionnaire_of(row.version)
    language = language_of(request, questionnaire)
    answers = answers_of(row)
    may_write = gate.may_on(viewer, Act.WRITE_ASSESSMENT, client)
    stands = row.state == AssessmentState.SIGNED
    scores = scores_of(row)
    history = series(_history(request, client, row)) if scores else []
    skipped = {
        key: str(Skipped(why).label) for key, why in skipped_of(row.response or {}).items() if why in Skipped.values
    }
    context: dict[str, Any] = {
        "header": header_of(viewer, client, "assessments"),
        "tab_title": _("assessments"),
        "row": row,
        "title": questionnaire.title.within(language) or row.version.instrument.title,
        "asked": questionnaire,
        "parts": told(questionnaire, answers, skipped, language),
        "scores": lines_of(scores, questionnaire, history, language),
        "needs": needs_found(request, client, row, language) if stands else [],
        "needs_url": f"{address('needs:of_client', client.pk)}#suggested" if may_write else "",
        "may_accept": may_write,
        "alarms": [item.safety.says.within(language) for item in alarms_in(questionnaire, answers) if item.safety],
        "language": language,
        "mine": row.staff_id == viewer.staff.pk,
        "may_correct": may_write and stands,
        "may_void": may_write and stands and (row.signed_by_id == viewer.staff.pk or gate.may(viewer, Act.OVERSEE)),
        "correction": getattr(row, "replaced_by", None),
        "file_address": (client.pk, row.pk),
    }
    return render(request, "assessments/read.html", context | more, status=status)


def _history(request: StaffRequest, client: Person, row: Assessment) -> list[Any]:
    content = gate.content(request.viewer, client, episode="assessment__episode")
    return current_scores(client, content, [row.version.instrument.key])
