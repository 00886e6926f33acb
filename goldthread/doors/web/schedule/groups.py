"""A group of the calendar: one time of the same workers with several clients. Each one's part stands on their own page."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.schedule import actions
from goldthread.casework.schedule.actions.groups import version_of
from goldthread.casework.schedule.enums import CALLED_OFF, AppointmentState, Which
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.queries import of_group
from goldthread.casework.schedule.rules import NamesSomebody
from goldthread.doors.web.contacts.reading_form import uuid_of
from goldthread.doors.web.entry import StaffRequest, page_of, staff_page
from goldthread.doors.web.schedule.clashes import clash_lines
from goldthread.doors.web.schedule.forms import filled_anew, filled_from
from goldthread.doors.web.schedule.group_forms import AttendanceForm, GroupForm, OffForm, PeopleForm
from goldthread.doors.web.schedule.group_offered import Circle, circle
from goldthread.doors.web.schedule.lines import GroupLine, Line, group_line_of, line_of
from goldthread.doors.web.schedule.one import workers_for
from goldthread.doors.web.schedule.week import asked_day
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.ui.toasts import tell


@dataclass(frozen=True, slots=True)
class Group:
    """``rows``: all that are in it; ``seen``: those whom the reader may see. ``leads``: they may change it for everybody."""

    pk: UUID
    rows: list[Appointment]
    seen: list[Appointment]
    leads: bool
    line: GroupLine

    @property
    def series(self) -> bool:
        """Does it come again?"""
        return self.rows[0].series_id is not None

    @property
    def hidden(self) -> int:
        """How many the reader may not see."""
        return len(self.rows) - len(self.seen)


@require_http_methods(["GET", "POST"])
@staff_page(Act.WRITE_SCHEDULE)
def new(request: StaffRequest) -> HttpResponse:
    """A new group. ``program``, ``wide``: whom the page offers; ``with``: who is ticked; ``from``: at another time instead of that one."""
    viewer = request.viewer
    asked = request.GET if request.method == "GET" else request.POST
    moved = _found(request, pk) if (pk := uuid_of(request.GET.get("from", ""))) else None
    ticked = (
        asked.getlist("clients")
        or asked.getlist("with")
        or [str(one.client_id) for one in (moved.seen if moved else [])]
    )
    offered = _circle(request, viewer.today, ticked, moved)
    start = _start(request, moved) | {"clients": [str(one.person_id) for one in offered.members(ticked)]}
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        initial=start,
        workers=workers_for(viewer, None, []),
        members=[*offered.mine, *offered.others],
    )
    clashes: list[Line] = []
    if form.is_bound and form.is_valid():
        try:
            made = actions.make_group(
                form_id=form.own_id or new_id(),
                wanted=form.wanted,
                members=offered.members(form.cleaned_data["clients"]),
                by=viewer.actor,
                names_are_right=form.cleaned_data.get("names_are_right", False),
            )
        except DomainError as error:
            clashes = _refused(request, form, error)
        else:
            tell(request, _("It is in the calendar."))
            return redirect("schedule:group", made)
    gate.saw(viewer, {one.person for one in (*offered.mine, *offered.others)}, "schedule:group_new")
    context = {"form": form, "offered": offered, "clashes": clashes, "day": asked.get("day", ""), "ticked": ticked}
    return render(request, "schedule/group_new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@staff_page(Act.WRITE_SCHEDULE)
def group(request: StaffRequest, group: UUID) -> HttpResponse:
    """One group: who is in it, what became of it for each, and its time."""
    found = _found(request, group)
    if request.method != "POST":
        return _page(request, found)
    form = _form(request, found, request.POST)
    if not _leads(found) or not form.is_valid():
        return _page(request, found, form=form)
    try:
        actions.change_group(
            group=group,
            wanted=form.wanted,
            which=Which(form.cleaned_data.get("which") or Which.ONE),
            version_seen=form.cleaned_data.get("version"),
            names_are_right=form.cleaned_data.get("names_are_right", False),
            by=request.viewer.actor,
        )
    except DomainError as error:
        return _page(request, found, form=form, clashes=_refused(request, form, error))
    tell(request, _("The appointment is changed."))
    return redirect("schedule:group", group)


@require_POST
@staff_page(Act.WRITE_SCHEDULE)
def settle(request: StaffRequest, group: UUID) -> HttpResponse:
    """What became of it. ``state=kept``: all came of whom nothing is said yet; else of each what the page says."""
    found = _found(request, group)
    if request.POST.get("state") == AppointmentState.KEPT:
        said = {row.pk: (AppointmentState.KEPT, "") for row in found.seen if row.state == AppointmentState.PLANNED}
        try:
            actions.attend_group(group=group, said=said, by=request.viewer.actor)
        except DomainError as error:
            tell(request, str(error.message))
            return redirect("schedule:group", group)
        tell(request, _("Kept."))
        return _back(request, found)
    form = AttendanceForm(request.POST, rows=found.seen, begun=found.line.begun)
    if form.is_valid():
        try:
            actions.attend_group(group=group, said=form.said, by=request.viewer.actor)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        else:
            tell(request, _("Written down."))
            return redirect("schedule:group", group)
    return _page(request, found, attendance=form)


@require_POST
@staff_page(Act.WRITE_SCHEDULE)
def call_off(request: StaffRequest, group: UUID) -> HttpResponse:
    """The whole group does not take place."""
    found = _found(request, group)
    form = OffForm(request.POST, series=found.series, auto_id="off_%s")
    if not _leads(found) or not form.is_valid():
        return _page(request, found, off=form)
    state = AppointmentState(form.cleaned_data["state"])
    try:
        actions.call_off_group(
            group=group,
            state=state,
            reason=form.cleaned_data["reason"],
            which=Which(form.cleaned_data.get("which") or Which.ONE),
            by=request.viewer.actor,
        )
    except DomainError as error:
        form.refuse(error)
        return _page(request, found, off=form)
    if state == AppointmentState.RESCHEDULED:
        tell(request, _("Now choose the new time."))
        return redirect(f"{reverse('schedule:group_new')}?from={group}")
    tell(request, _("Written down."))
    return redirect("schedule:group", group)


@require_POST
@staff_page(Act.WRITE_SCHEDULE)
def people(request: StaffRequest, group: UUID) -> HttpResponse:
    """Who comes to it, too (``do=add``), or is not in it any more (``do=take``); this time, or from it on."""
    found = _found(request, group)
    adds = request.POST.get("do") != "take"
    form = _people(request, found, request.POST, adds=adds)
    if not _leads(found) or not form.is_valid():
        return _page(request, found, people=form)
    which = Which(form.cleaned_data.get("which") or Which.ONE)
    try:
        if adds:
            chosen = _nearby(request, found).members(form.cleaned_data["clients"])
            right = form.cleaned_data.get("names_are_right", False)
            actions.join_group(group=group, members=chosen, which=which, by=request.viewer.actor, names_are_right=right)
        else:
            chosen_ids = [UUID(pk) for pk in form.cleaned_data["clients"]]
            actions.leave_group(group=group, clients=chosen_ids, which=which, by=request.viewer.actor)
    except DomainError as error:
        if isinstance(error, NamesSomebody):
            form.ask_about_names()
        form.refuse(error)
        return _page(request, found, people=form)
    tell(request, _("The group is changed."))
    return redirect("schedule:group", group)


def _found(request: StaffRequest, pk: UUID) -> Group:
    """The group, when the viewer may see somebody of it, or goes there. Otherwise Http404."""
    viewer = request.viewer
    rows = list(of_group(pk).prefetch_related("workers"))
    may = gate.content_in(viewer, Act.WRITE_SCHEDULE)
    seen_ids = set(Appointment.objects.filter(may, group=pk).values_list("pk", flat=True)) if rows else set()
    goes = bool(rows) and any(one.pk == viewer.staff.pk for one in rows[0].workers.all())
    seen = [row for row in rows if row.pk in seen_ids]
    if not seen:
        gate.refuse(viewer, Act.WRITE_SCHEDULE, None, why="unknown", page=page_of(request))
        raise Http404
    line = group_line_of(rows, line_of(seen[0], viewer.at, staff=viewer.staff.pk), seen)
    return Group(pk, rows, seen, goes or len(seen) == len(rows), line)


def _leads(found: Group) -> bool:
    """Http404 where the reader may not change it for everybody: the page has no such form for them."""
    if not found.leads:
        raise Http404
    return True


def _circle(request: StaffRequest, day: date, ticked: list[str], moved: Group | None = None) -> Circle:
    asked = request.GET if request.method == "GET" else request.POST
    program = asked.get("program", "")
    if moved and not program and moved.seen[0].episode:
        program = str(moved.seen[0].episode.program_id)
    chosen = {pk for pk in map(uuid_of, ticked) if pk}
    return circle(request.viewer, day, program=program, wide=bool(asked.get("wide")), chosen=chosen)


def _nearby(request: StaffRequest, found: Group) -> Circle:
    """Who could come, too: of the same program, and not in it yet."""
    episode = found.seen[0].episode
    offered = circle(
        request.viewer, request.viewer.today, program=str(episode.program_id if episode else ""), wide=True
    )
    there = {row.client_id for row in found.rows}
    mine, others = ([one for one in some if one.person_id not in there] for some in (offered.mine, offered.others))
    return Circle(offered.programs, offered.program, mine, others, True)


def _people(request: StaffRequest, found: Group, sent: Any, *, adds: bool) -> PeopleForm:
    if adds:
        nearby = _nearby(request, found)
        return PeopleForm(
            sent, members=[*nearby.mine, *nearby.others], series=found.series, initial=WHICH, auto_id="add_%s"
        )
    form = PeopleForm(sent, members=[], series=found.series, initial=WHICH, auto_id="take_%s")
    offered: Any = form.fields["clients"]
    planned = [row for row in found.seen if row.state == AppointmentState.PLANNED and row.client]
    offered.choices = [(str(row.client_id), row.client.display_name) for row in planned if row.client]
    return form


WHICH = {"which": Which.ONE.value}


def _start(request: StaffRequest, moved: Group | None) -> dict[str, Any]:
    viewer = request.viewer
    if moved:
        return filled_from(moved.seen[0]) | {"version": None, "unit": "", "every": None, "until": None}
    start = filled_anew(viewer.at, asked_day(request.GET.get("day", ""), viewer.today))
    return start | {"workers": [str(viewer.staff.pk)], "kind": "meeting"}


def _form(request: StaffRequest, found: Group, sent: Any = None) -> GroupForm:
    there = list(found.rows[0].workers.all())
    start = filled_from(found.seen[0]) | {"version": version_of(found.rows)}
    return GroupForm(sent, initial=start, workers=workers_for(request.viewer, None, there), series=found.series)


def _refused(request: StaffRequest, form: GroupForm, error: DomainError) -> list[Line]:
    """Show *error*; when somebody is busy, with what."""
    busy = isinstance(error, actions.DoubleBooking)
    if busy:
        form.ask_to_confirm()
    if isinstance(error, NamesSomebody):
        form.ask_about_names()
    form.refuse(error)
    return clash_lines(request.viewer, error) if isinstance(error, actions.DoubleBooking) else []


def _back(request: StaffRequest, found: Group) -> HttpResponse:
    if request.POST.get("back") == "day":
        return redirect("day:my_day")
    if request.POST.get("back") == "week":
        return redirect(f"{reverse('schedule:week')}?day={timezone.localtime(found.rows[0].starts_at):%Y-%m-%d}")
    return redirect("schedule:group", found.pk)


def _page(
    request: StaffRequest,
    found: Group,
    *,
    form: GroupForm | None = None,
    clashes: list[Line] | None = None,
    attendance: AttendanceForm | None = None,
    off: OffForm | None = None,
    people: PeopleForm | None = None,
) -> HttpResponse:
    viewer = request.viewer
    gate.saw(viewer, {row.client for row in found.seen if row.client}, "schedule:group")
    wrong = any(one is not None for one in (form, attendance, off, people))
    takes = people is not None and request.POST.get("do") == "take"
    asked = attendance or AttendanceForm(rows=found.seen, begun=found.line.begun)
    planned = any(row.state == AppointmentState.PLANNED for row in found.rows)
    settled = any(row.state in (AppointmentState.KEPT, AppointmentState.MISSED) for row in found.rows)
    context = {
        "group": found,
        "line": found.line,
        "people": [_person(row, asked) for row in found.seen],
        "attendance": asked,
        "may_say": any(row.contact is None for row in found.seen),
        "form": (form or _form(request, found)) if found.leads and planned and not settled else None,
        "clashes": clashes or [],
        "off": (off or OffForm(series=found.series, initial=WHICH, auto_id="off_%s"))
        if found.leads and planned
        else None,
        "adding": people
        if people and not takes
        else _people(request, found, None, adds=True)
        if found.leads and _stands(found)
        else None,
        "taking": people if takes else _people(request, found, None, adds=False) if found.leads and planned else None,
        "said_wrong": attendance is not None,
    }
    return render(request, "schedule/group.html", context, status=422 if wrong else 200)


def _stands(found: Group) -> bool:
    return any(row.state not in CALLED_OFF for row in found.rows)


def _person(row: Appointment, form: AttendanceForm) -> dict[str, Any]:
    """One client's line, with their two fields where nothing is signed yet."""
    said = f"m_{row.pk}" in form.fields
    return {
        "row": row,
        "client": row.client,
        "line": None if said else line_of(row, row.starts_at, go={}),
        "state": form[f"m_{row.pk}"] if said else None,
        "why": form[f"why_{row.pk}"] if said else None,
    }
