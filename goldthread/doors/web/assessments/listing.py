"""A client's assessments: what is due, what is begun, what was found and how it changes; and the beginning of a new one."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.assessments.actions import begin
from goldthread.casework.assessments.enums import AssessmentState
from goldthread.casework.assessments.models import Assessment, InstrumentVersion
from goldthread.casework.assessments.queries.assessments import Series, current_scores, of_person, series
from goldthread.casework.assessments.queries.due import Due, asked_by, due_of
from goldthread.casework.assessments.queries.instruments import in_use, version_in_use
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.tasks.models import Task
from goldthread.doors.web.assessments.filling import start_with
from goldthread.doors.web.assessments.outcome import Line, line_of
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.contacts.reading_form import uuid_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.queries import template_on
from goldthread.people.persons.models import Person


@dataclass(slots=True)
class Group:
    """One instrument with all that this client has answered of it."""

    key: str
    title: str
    version: InstrumentVersion | None
    """What is asked today; None: it is no longer asked."""
    form_id: UUID
    signed: list[Assessment] = field(default_factory=list)
    gone: list[Assessment] = field(default_factory=list)
    """Corrected and voided ones."""
    lines: list[Line] = field(default_factory=list)
    due: Due | None = None


@require_GET
@client_page(Act.READ_RECORD)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """Everything that was asked of *client*, by instrument."""
    viewer = request.viewer
    rows = of_person(client, gate.content(viewer, client))
    scores = current_scores(client, gate.content(viewer, client, episode="assessment__episode"))
    due = due_of(client, gate.content(viewer, client), viewer.today)
    groups = _groups(rows, series(scores), due, get_language() or "en")
    may_begin = gate.may_on(viewer, Act.WRITE_ASSESSMENT, client)
    context: dict[str, Any] = {
        "header": header_of(viewer, client, "assessments"),
        "tab_title": _("assessments"),
        "open": [row for row in rows if row.state == AssessmentState.OPEN],
        "answered": [one for one in groups if one.signed or one.gone],
        "rest": [one for one in groups if not (one.signed or one.gone) and one.version],
        "due": due,
        "may_begin": may_begin,
        "primary": "" if may_begin and groups else "note",
    }
    return render(request, "assessments/of_client.html", context)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_ASSESSMENT)
def new(request: StaffRequest, client: Person) -> HttpResponse:
    """Choose what to ask and for which program. ``task`` and ``instrument`` in the address choose beforehand."""
    viewer = request.viewer
    episodes = _episodes(viewer, client)
    task = _task(viewer, client, request.POST.get("task") or request.GET.get("task", ""))
    sent = request.POST if request.method == "POST" else request.GET
    key = sent.get("instrument", "") or _wanted(task, viewer)
    episode = _chosen(episodes, sent.get("episode", "") or (str(task.episode_id) if task else ""))
    wrong = ""
    if request.method == "POST":
        version = version_in_use(key)
        if version is None:
            wrong = _("Choose what to ask.")
        else:
            try:
                made = begin(
                    instrument=version.instrument,
                    person=client,
                    episode=episode,
                    form_id=uuid_of(request.POST.get("form_id", "")),
                    answers=start_with(version, client, episode, viewer),
                    by=viewer.actor,
                )
                return redirect("assessments:sheet", pk=client.pk, row=made.pk)
            except DomainError as error:
                wrong = str(error.message)
    context = {
        "header": header_of(viewer, client, "assessments"),
        "tab_title": _("begin an assessment"),
        "versions": in_use(),
        "key": key,
        "episodes": episodes,
        "episode": episode,
        "task": task,
        "form_id": new_id(),
        "wrong": wrong,
    }
    return render(request, "assessments/new.html", context, status=422 if wrong else 200)


def _groups(rows: list[Assessment], all_series: list[Series], due: list[Due], language: str) -> list[Group]:
    groups = {one.instrument.key: Group(one.instrument.key, one.instrument.title, one, new_id()) for one in in_use()}
    for row in rows:
        if row.state == AssessmentState.OPEN:
            continue
        instrument = row.version.instrument
        group = groups.setdefault(instrument.key, Group(instrument.key, instrument.title, None, new_id()))
        (group.signed if row.state == AssessmentState.SIGNED else group.gone).append(row)
    for one in all_series:
        if one.instrument in groups:
            groups[one.instrument].lines.append(line_of(one.latest, None, one.scores, language))
    for want in due:
        if want.instrument in groups and groups[want.instrument].due is None:
            groups[want.instrument].due = want
    return sorted(groups.values(), key=lambda one: (not one.signed, one.title))


def _episodes(viewer: Viewer, client: Person) -> list[Episode]:
    """The open ones that the viewer may write in, by name of the program."""
    sight = gate.sight(viewer, client, Act.WRITE_ASSESSMENT)
    rows = [one for one in open_episodes(client, viewer.today) if sight.sees_episode(one.pk, one.labels)]
    return sorted(rows, key=lambda one: one.program.name)


def _chosen(episodes: list[Episode], wanted: str) -> Episode | None:
    """The one named; else the only or first one."""
    return next(
        (one for one in episodes if str(one.pk) == wanted), episodes[0] if episodes and wanted != "none" else None
    )


def _task(viewer: Viewer, client: Person, pk: str) -> Task | None:
    found = uuid_of(pk)
    if found is None:
        return None
    rows = Task.objects.filter(gate.content(viewer, client), client=client, pk=found).select_related("episode__program")
    return rows.first()


def _wanted(task: Task | None, viewer: Viewer) -> str:
    """The instrument that the rule of *task* accepts, if it names one."""
    if task is None or task.episode is None or not task.requirement:
        return ""
    return asked_by(template_on(task.episode.program, viewer.today), task.requirement) or ""
