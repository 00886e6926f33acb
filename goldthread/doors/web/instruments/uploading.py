"""Installing instruments from a file: a Questionnaire, a Bundle of them, an XLSForm. All of a file, or nothing."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.assessments.actions import install
from goldthread.casework.assessments.enums import MadeBy
from goldthread.casework.assessments.models import InstrumentVersion
from goldthread.casework.assessments.rules.definition import DefinitionError
from goldthread.casework.assessments.rules.packs import MOST_BYTES, read_pack
from goldthread.casework.assessments.rules.problems import Problem
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell

SHOWN = 200
"""Mistakes that are told of on one page."""


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_INSTRUMENTS)
def upload(request: StaffRequest) -> HttpResponse:
    """Choose a file and install it; what is wrong with it is said item by item, and nothing of it is installed."""
    problems: list[Problem] = []
    sent = request.FILES.get("file") if request.method == "POST" else None
    if isinstance(sent, UploadedFile):
        try:
            return _done(request, _install(request, sent))
        except DefinitionError as error:
            problems = error.problems
        except DomainError as error:
            problems = [Problem("", str(error.message))]
    elif request.method == "POST":
        problems = [Problem("", _("Choose a file."))]
    context = {
        "problems": problems[:SHOWN],
        "rest": max(0, len(problems) - SHOWN),
        "name": sent.name if isinstance(sent, UploadedFile) else "",
        "most": MOST_BYTES // 1_000_000,
    }
    return render(request, "instruments/upload.html", context, status=422 if problems else 200)


@transaction.atomic
def _install(request: StaffRequest, sent: UploadedFile[bytes]) -> list[InstrumentVersion]:
    """Every definition of the file, or none."""
    if (sent.size or 0) > MOST_BYTES:
        raise DefinitionError([Problem("", _("is larger than %(most)s MB") % {"most": MOST_BYTES // 1_000_000})])
    found = read_pack((sent.name or "").replace("\0", "")[:200], sent.read())
    return [install(content=dict(one.data), made_by=MadeBy.INSTALLED, by=request.viewer.actor) for one in found]


def _done(request: StaffRequest, made: list[InstrumentVersion]) -> HttpResponse:
    said = ngettext(
        "%(n)s instrument is installed. Look at it, then put it in use.",
        "%(n)s instruments are installed. Look at them, then put them in use.",
        len(made),
    )
    tell(request, said % {"n": len(made)})
    if len(made) == 1:
        return redirect("instruments:instrument", key=made[0].instrument.key)
    return redirect("instruments:list")
