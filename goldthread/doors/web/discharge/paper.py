"""The packet on paper: a page for the person in plain words, and the full summary. To print, or as a PDF that the worker makes."""

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
from goldthread.casework.discharge import actions
from goldthread.casework.discharge.actions.packets import waits_long
from goldthread.casework.discharge.enums import PacketForm, WayState
from goldthread.casework.discharge.models import Packet
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.discharge.desk import Desk, desk_of
from goldthread.doors.web.discharge.printing import html_of, staying
from goldthread.doors.web.discharge.tasks import make_packet
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.plans.mailing import language_for
from goldthread.foundation.files.actions import read
from goldthread.people.persons.models import Person

SIGNED = (WayState.WAITING, WayState.DONE, WayState.UNDONE)


@require_GET
@client_page(Act.READ_RECORD)
def printed(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The page to print. ``form``: person or full. ``lang``: of the headings."""
    desk = _signed(request, client, row)
    form, language = wanted(request)
    back = reverse("discharge:read", args=[client.pk, row])
    return HttpResponse(html_of(desk.way, form=form, language=language, back=back))


@require_http_methods(["GET", "POST"])
@client_page(Act.READ_RECORD)
def pdf(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Ask for the PDF, see it being made, open it; where the server cannot make one, the page to print instead."""
    desk = _signed(request, client, row)
    form, language = wanted(request)
    stand = actions.stand_of(desk.way, [(str(one.pk), one.version) for one in staying(desk.way)])
    url = reverse("discharge:pdf", args=[client.pk, row]) + f"?form={form}&lang={language}"
    if request.method == "POST":
        by = request.viewer.actor
        with transaction.atomic():
            asked, to_make = actions.ask_for_packet(way=desk.way, form=form, language=language, stand=stand, by=by)
            if to_make:
                transaction.on_commit(lambda: make_packet.enqueue(str(asked.pk)))
        return redirect(url)
    packet = Packet.objects.filter(way=desk.way, form=form, language=language, stand=stand).first()
    context: dict[str, Any] = {
        "client": client,
        "way": desk.way,
        "paper": packet,
        "form": form,
        "language": language,
        "url": url,
        "print_url": reverse("discharge:print", args=[client.pk, row]) + f"?form={form}&lang={language}",
        "file_url": reverse("discharge:pdf_file", args=[client.pk, row]) + f"?form={form}&lang={language}",
        "waits_long": packet is not None and waits_long(packet, request.viewer.at),
        "tab_title": "PDF",
    }
    if request.htmx:
        return render(request, "discharge/pdf_state.html", context)
    context["header"] = header_of(request.viewer, client, "ready")
    return render(request, "discharge/pdf.html", context)


@require_GET
@client_page(Act.READ_RECORD)
def pdf_file(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The file itself, decrypted for this one answer."""
    desk = _signed(request, client, row)
    form, language = wanted(request)
    rows = Packet.objects.filter(way=desk.way, form=form, language=language).exclude(file=None)
    found = rows.select_related("file").order_by("-asked_at", "-pk").first()
    if found is None or found.file is None:
        raise Http404
    answer = HttpResponse(read(found.file), content_type="application/pdf")
    name = slugify(f"{desk.way.episode.program.name} {form}") or "discharge"
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def wanted(request: StaffRequest) -> tuple[str, str]:
    """The form and the language asked for; nonsense is the page for the person, in the reader's language."""
    form = request.GET.get("form", "")
    language = request.GET.get("lang") or translation.get_language() or "en"
    return form if form in PacketForm.values else str(PacketForm.PERSON), language_for(language)


def _signed(request: StaffRequest, client: Person, row: UUID) -> Desk:
    """The desk of a way out that was signed; else Http404: there is nothing to print yet."""
    desk = desk_of(request, client, row, Act.READ_RECORD)
    if desk.way.state not in SIGNED:
        raise Http404
    return desk
