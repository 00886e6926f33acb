"""One appointment: made, changed, settled. With a client it stands on the client's page, without one on the worker's own."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.queries import caseload_of, current
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.schedule import actions
from goldthread.casework.schedule.enums import AppointmentKind, AppointmentState, Which
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.queries import beside
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page, page_of, staff_page
from goldthread.doors.web.schedule.clashes import clash_lines
from goldthread.doors.web.schedule.forms import AppointmentForm, SettleForm, filled_anew, filled_from
from goldthread.doors.web.schedule.lines import Line, line_of
from goldthread.doors.web.schedule.week import asked_day
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.ui.toasts import tell
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import working_on
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_SCHEDULE)
def new(request: StaffRequest, client: Person) -> HttpResponse:
    """A new appointment with this client."""
    return _make(request, client)


@require_http_methods(["GET", "POST"])
@staff_page(Act.WRITE_SCHEDULE)
def new_own(request: StaffRequest) -> HttpResponse:
    """A new appointment without a client; or the choice of the client it is with."""
    if request.GET.get("client", ""):
        chosen = _uuid(request.GET["client"])
        if chosen and _caseload(request.viewer).filter(client_id=chosen).exists():
            return redirect(
                f"{reverse('schedule:new', args=[chosen])}?{urlencode({'day': request.GET.get('day', '')})}"
            )
        raise Http404
    return _make(request, None)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_SCHEDULE)
def one(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """One appointment of this client."""
    return _change(request, client, _found(request, client, row))


@require_http_methods(["GET", "POST"])
@staff_page(Act.WRITE_SCHEDULE)
def own(request: StaffRequest, row: UUID) -> HttpResponse:
    """One appointment of the viewer's own. Where they go with a client, a notice may name no client: it leads to that day."""
    with_client = Appointment.objects.filter(client__isnull=False, places__staff=request.viewer.staff, pk=row).first()
    if with_client:
        return redirect(f"{reverse('schedule:week')}?day={timezone.localtime(with_client.starts_at):%Y-%m-%d}")
    return _change(request, None, _found(request, None, row))


@require_POST
@client_page(Act.WRITE_SCHEDULE)
def settle(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Say what became of an appointment of this client."""
    return _settle(request, client, _found(request, client, row))


@require_POST
@staff_page(Act.WRITE_SCHEDULE)
def settle_own(request: StaffRequest, row: UUID) -> HttpResponse:
    """Say what became of one of the viewer's own."""
    return _settle(request, None, _found(request, None, row))


def _found(request: StaffRequest, client: Person | None, row: UUID) -> Appointment:
    """The appointment, when the viewer may change it. Otherwise Http404."""
    viewer = request.viewer
    rows = Appointment.objects.select_related("series", "client", "episode__program").prefetch_related("workers")
    if client is None:
        found = rows.filter(client__isnull=True, places__staff=viewer.staff, pk=row).first()
    else:
        may = gate.content(viewer, client, Act.WRITE_SCHEDULE)
        found = rows.filter(may, client=client, pk=row).first()
    if found is None:
        pk = client.pk if client else None
        gate.refuse(viewer, Act.WRITE_SCHEDULE, pk, why="label" if client else "unknown", page=page_of(request))
        raise Http404
    return found


def _make(request: StaffRequest, client: Person | None) -> HttpResponse:
    viewer = request.viewer
    moved = _moved(request, client)
    form = _form(request, client, _start(request, client, moved))
    if form.is_bound and form.is_valid():
        task = _task_of(viewer, client, form.wanted.task)
        wanted = replace(form.wanted, task=task.pk if task else None)
        try:
            made = actions.make(form_id=form.cleaned_data["form_id"], wanted=wanted, client=client, by=viewer.actor)
        except DomainError as error:
            return _page(request, client, form, clashes=_refused(viewer, form, error))
        tell(request, _("It is in the calendar."))
        return _back(request, made)
    return _page(request, client, form)


def _change(request: StaffRequest, client: Person | None, row: Appointment) -> HttpResponse:
    viewer = request.viewer
    form = _form(request, client, filled_from(row), row=row)
    if form.is_bound and form.is_valid():
        try:
            changed = actions.change(
                appointment=row,
                wanted=form.wanted,
                which=Which(form.cleaned_data.get("which") or Which.ONE),
                version_seen=form.cleaned_data.get("version"),
                by=viewer.actor,
            )
        except DomainError as error:
            return _page(request, client, form, row=row, clashes=_refused(viewer, form, error))
        tell(request, _("The appointment is changed."))
        return _back(request, changed)
    return _page(request, client, form, row=row)


def _settle(request: StaffRequest, client: Person | None, row: Appointment) -> HttpResponse:
    viewer = request.viewer
    form = SettleForm(
        request.POST, begun=row.starts_at <= viewer.at, series=row.series_id is not None, own=client is None
    )
    if form.is_valid():
        state = AppointmentState(form.cleaned_data["state"])
        which = Which(form.cleaned_data.get("which") or Which.ONE)
        try:
            actions.attend(
                appointment=row, state=state, reason=form.cleaned_data["reason"], which=which, by=viewer.actor
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return _settled(request, client, row, state)
    return _page(
        request, client, _form(request, client, filled_from(row), row=row, looked=True), row=row, settling=form
    )


def _settled(request: StaffRequest, client: Person | None, row: Appointment, state: AppointmentState) -> HttpResponse:
    if state == AppointmentState.RESCHEDULED:
        tell(request, _("Now choose the new time."))
        where = reverse("schedule:new", args=[client.pk]) if client else reverse("schedule:new_own")
        return redirect(f"{where}?from={row.pk}")
    said = {AppointmentState.PLANNED: _("Taken back: it is planned again."), AppointmentState.KEPT: _("Kept.")}
    tell(request, said.get(state, _("Written down.")))
    if state == AppointmentState.PLANNED and row.ends_at > request.viewer.at and beside(row):
        tell(request, _("There is something else at that time now. Look at the day, and move one of them."))
    return _back(request, row)


def _back(request: StaffRequest, row: Appointment) -> HttpResponse:
    """To where the reader came from: the week, My day, or the client's calendar."""
    back = request.POST.get("back", "")
    if back == "day":
        return redirect("day:my_day")
    if back == "week" or row.client_id is None:
        return redirect(f"{reverse('schedule:week')}?day={timezone.localtime(row.starts_at):%Y-%m-%d}")
    return redirect("schedule:of_client", pk=row.client_id)


def _form(
    request: StaffRequest,
    client: Person | None,
    start: dict[str, Any],
    row: Appointment | None = None,
    looked: bool = False,
) -> AppointmentForm:
    viewer = request.viewer
    sent = request.POST if request.method == "POST" and not looked else None
    there = list(row.workers.all()) if row else []
    return AppointmentForm(
        sent,
        initial=start,
        workers=workers_for(viewer, client, there),
        episodes=_episodes(viewer, client) if client else [],
        own=client is None,
        series=bool(row and row.series_id),
    )


def _start(request: StaffRequest, client: Person | None, moved: Appointment | None) -> dict[str, Any]:
    viewer, asked = request.viewer, request.GET
    if moved:
        return filled_from(moved) | {"version": None, "unit": "", "every": None, "until": None}
    start = filled_anew(viewer.at, asked_day(asked.get("day", ""), viewer.today)) | {"workers": [str(viewer.staff.pk)]}
    if client is None:
        return start | {"kind": AppointmentKind.MEETING.value}
    if asked.get("kind") in AppointmentKind.values:
        start["kind"] = asked["kind"]
    mine = [one.episode_id for one in current(client, viewer.today) if one.staff_id == viewer.staff.pk]
    offered = [pk for pk, _name in _episodes(viewer, client)]
    theirs = [str(pk) for pk in mine if pk and str(pk) in offered]
    start["episode"] = (theirs or offered or [""])[0]
    task = _task_of(viewer, client, _uuid(asked.get("task", "")))
    return start | _for_task(task, viewer.today) if task else start


def _task_of(viewer: Viewer, client: Person | None, pk: UUID | None) -> Task | None:
    """The client's open task for which the appointment is made, when the viewer may see it."""
    if client is None or pk is None:
        return None
    rows = Task.objects.filter(gate.content(viewer, client), pk=pk, client=client, state=TaskState.OPEN)
    return rows.select_related("episode").first()


def _for_task(task: Task, today: date) -> dict[str, Any]:
    """What the form knows from *task*: a visit where its rule asks for one, by its due day."""
    kind = AppointmentKind.VISIT if task.action == "visit" else AppointmentKind.MEETING
    known = {
        "task": task.pk,
        "kind": kind.value,
        "day": max(task.due_on or today, today),
        "title": spoken(task.title)[:120],
    }
    return known | ({"episode": str(task.episode_id)} if task.episode_id else {})


def _moved(request: StaffRequest, client: Person | None) -> Appointment | None:
    """The appointment for which a new time is looked for."""
    pk = _uuid(request.GET.get("from", ""))
    return _found(request, client, pk) if pk else None


def _episodes(viewer: Viewer, client: Person) -> list[tuple[str, str]]:
    known = gate.sight(viewer, client, Act.WRITE_SCHEDULE)
    rows = open_episodes(client, viewer.today)
    return [(str(one.pk), one.program.name) for one in rows if known.sees_episode(one.pk, one.labels)]


def workers_for(viewer: Viewer, client: Person | None, there: list[Staff]) -> list[tuple[str, str]]:
    """Who can go: the viewer, who works with the client, the viewer's teams, whoever goes already."""
    known = [viewer.staff, *there]
    if client:
        sight = gate.sight(viewer, client, Act.WRITE_SCHEDULE)
        known += [one.staff for one in current(client, viewer.today) if sight.sees(one)]
    teams = viewer.teams | viewer.supervised
    known += list(
        Staff.objects.filter(working_on(viewer.today), memberships__team__in=teams, memberships__ends_on__isnull=True)
        .distinct()
        .order_by("name", "pk")[:30]
    )
    return list({str(one.pk): (str(one.pk), one.name) for one in known}.values())


def _caseload(viewer: Viewer) -> Any:
    seen = gate.clients(viewer, Act.WRITE_SCHEDULE)
    return caseload_of(viewer.staff, viewer.today).filter(client__in=seen)


def _refused(viewer: Viewer, form: AppointmentForm, error: DomainError) -> list[Line]:
    """Show *error*; when somebody is busy, with what."""
    if isinstance(error, actions.DoubleBooking):
        form.ask_to_confirm()
        form.refuse(error)
        return clash_lines(viewer, error)
    form.refuse(error)
    return []


def _page(
    request: StaffRequest,
    client: Person | None,
    form: AppointmentForm,
    row: Appointment | None = None,
    clashes: list[Line] | None = None,
    settling: SettleForm | None = None,
) -> HttpResponse:
    viewer = request.viewer
    line = line_of(row, viewer.at) if row else None
    begun = bool(line and line.begun)
    series = bool(row and row.series_id)
    context: dict[str, Any] = {
        "client": client,
        "form": form,
        "line": line,
        "clashes": clashes or [],
        "settling": settling or SettleForm(begun=begun, series=series, own=client is None),
        "layout": "clients/layout.html" if client else "layouts/app.html",
        "tab_title": _("appointment"),
        "may_write": True,
        "back": request.POST.get("back") or request.GET.get("back", ""),
    }
    if client:
        context["header"] = header_of(viewer, client, "calendar")
    elif row is None and not form.is_bound:
        context["caseload"] = list({one.client_id: one.client for one in _caseload(viewer)}.values())
        context["day"] = request.GET.get("day", "")
        gate.saw(viewer, context["caseload"], "schedule:new_own")
    wrong = form.is_bound or settling is not None
    return render(request, "schedule/one.html", context, status=422 if wrong else 200)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
