"""The plan on paper: as a page to print, and as a PDF that the worker makes. One template for both."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.plans import actions
from goldthread.casework.plans.actions.papers import FORMS, waits_long
from goldthread.casework.plans.models import Paper
from goldthread.casework.plans.queries import signatures_of
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.plans.common import url_of, version_named
from goldthread.doors.web.plans.fitting import first_that_fits
from goldthread.doors.web.plans.mailing import language_for
from goldthread.doors.web.plans.printing import paper_of, written_in
from goldthread.doors.web.plans.tasks import make_paper
from goldthread.foundation.files.actions import read
from goldthread.people.persons.models import Person


@require_GET
@client_page(Act.READ_RECORD)
def printed(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The page to print. ``form``: plain, large or fridge (one page). ``lang``: of the headings."""
    version = version_named(request, client, row, Act.READ_RECORD)
    form, language = _wanted(request)
    fit, fits = first_that_fits(written_in(version)) if form == "fridge" else ("roomy", True)
    html = paper_of(version, form=form, language=language, back=url_of(client, version), fit=fit, fits=fits)
    return HttpResponse(html)


@require_http_methods(["GET", "POST"])
@client_page(Act.READ_RECORD)
def pdf(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Ask for the PDF, see it being made, open it; where the server cannot make one, the page to print instead."""
    version = version_named(request, client, row, Act.READ_RECORD)
    form, language = _wanted(request)
    stand = actions.stand_of(version, signatures_of(version))
    url = reverse("plans:pdf", args=[client.pk, version.pk]) + f"?form={form}&lang={language}"
    if request.method == "POST":
        by = request.viewer.actor
        with transaction.atomic():
            asked, to_make = actions.ask_for_paper(version=version, form=form, language=language, stand=stand, by=by)
            if to_make:
                transaction.on_commit(lambda: make_paper.enqueue(str(asked.pk)))
        return redirect(url)
    paper = Paper.objects.filter(version=version, form=form, language=language, stand=stand).first()
    context: dict[str, Any] = {
        "client": client,
        "version": version,
        "paper": paper,
        "form": form,
        "language": language,
        "url": url,
        "waits_long": paper is not None and waits_long(paper, request.viewer.at),
        "back": url_of(client, version),
        "tab_title": "PDF",
    }
    if request.htmx:
        return render(request, "plans/pdf_state.html", context)
    context["header"] = header_of(request.viewer, client, "plan")
    return render(request, "plans/pdf.html", context)


@require_GET
@client_page(Act.READ_RECORD)
def pdf_file(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The file itself, decrypted for this one answer."""
    version = version_named(request, client, row, Act.READ_RECORD)
    form, language = _wanted(request)
    papers = Paper.objects.filter(version=version, form=form, language=language).exclude(file=None)
    found = papers.select_related("file").order_by("-asked_at", "-pk").first()
    if found is None or found.file is None:
        raise Http404
    answer = HttpResponse(read(found.file), content_type="application/pdf")
    name = slugify(f"{version.plan.episode.program.name} {version.number}") or "plan"
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _wanted(request: StaffRequest) -> tuple[str, str]:
    """The form and the language asked for; nonsense is the usual."""
    form = request.GET.get("form", "")
    language = request.GET.get("lang") or translation.get_language() or "en"
    return form if form in FORMS else FORMS[0], language_for(language)
