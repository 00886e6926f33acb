"""Who saw this client; what did this worker see."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access import queries as access
from goldthread.access.acts import Act
from goldthread.casework.merging.queries.merged import parts_of
from goldthread.doors.web.audit.forms import BlockForm
from goldthread.doors.web.audit.protected import hidden_from, hidden_on
from goldthread.doors.web.audit.words import lines
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page, page_of, staff_page
from goldthread.foundation.audit import queries
from goldthread.foundation.audit.actions import record
from goldthread.people.persons.models import Person

PAGE = 50


@require_GET
@client_page(Act.SEE_WHO_SAW)
def who_saw(request: StaffRequest, client: Person) -> HttpResponse:
    """The tab *Who saw this*: every event about the client, newest first; and the blocks on the record."""
    return access_page(request, client)


def access_page(
    request: StaffRequest, client: Person, form: BlockForm | None = None, status: int = 200
) -> HttpResponse:
    """The tab, with a block form that may hold errors, for who may set blocks."""
    viewer = request.viewer
    parts = parts_of(client.pk)
    page = queries.who_saw(client.pk, request.GET.get("before", ""), PAGE, hidden_on(viewer, client), parts)
    context = {
        "header": header_of(viewer, client, "access"),
        "tab_title": _("who saw this"),
        "lines": lines(viewer, page.events),
        "before": page.before,
        "blocks": access.blocks_on(client, viewer.today),
        "form": form or (BlockForm(viewer=viewer) if gate.may_on(viewer, Act.SET_BLOCK, client) else None),
    }
    return render(request, "audit/who_saw.html", context, status=status)


@require_GET
@staff_page(Act.READ_WORKER_AUDIT)
def workers(request: StaffRequest) -> HttpResponse:
    """The workers whose reading the viewer may look at, by name, a page at a time."""
    found = gate.workers(request.viewer, Act.READ_WORKER_AUDIT).order_by("name", "pk")
    name, _bar, pk = request.GET.get("after", "").rpartition("|")
    if _is_uuid(pk):
        found = found.filter(Q(name__gt=name) | Q(name=name, pk__gt=pk))
    rows = list(found[: PAGE + 1])
    more = f"{rows[PAGE - 1].name}|{rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    return render(request, "audit/workers.html", {"workers": rows[:PAGE], "after": more})


@require_GET
@staff_page(Act.READ_WORKER_AUDIT)
def what_saw(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Everything that one worker saw or did, newest first. Looking is itself recorded."""
    viewer = request.viewer
    worker = gate.workers(viewer, Act.READ_WORKER_AUDIT).filter(pk=pk).first()
    if worker is None:
        gate.refuse(viewer, Act.READ_WORKER_AUDIT, why="relation", page=page_of(request))
        raise Http404
    record(by=viewer.actor, action="audit.worker_read", kind="staff", object_id=worker.pk)
    page = queries.what_saw(worker.pk, request.GET.get("before", ""), PAGE, hidden_from(viewer))
    told = lines(viewer, page.events)
    gate.saw(viewer, Person.objects.filter(pk__in={line.client for line in told if line.client}), page_of(request))
    context = {"worker": worker, "lines": told, "before": page.before}
    return render(request, "audit/worker.html", context)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
