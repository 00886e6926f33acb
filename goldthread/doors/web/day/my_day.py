"""My day: everything one worker has to do, in one list, ranked; act in place."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.relations import members
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import on
from goldthread.casework.record.queries import drafts_of
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.casework.tasks.queries.lists import (
    RANK,
    Bucket,
    Whose,
    actions_of,
    first_of_each,
    on_the_list,
)
from goldthread.casework.tasks.queries.states import escalated
from goldthread.doors.web.day.lines import Line, line_of
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.schedule.visits import visits_of
from goldthread.foundation.lib.text import plain

SHOWN = {Bucket.OVERDUE: 12, Bucket.MISSED: 8, Bucket.TODAY: 12, Bucket.WEEK: 8, Bucket.TEAM: 5, Bucket.WAITING: 6}
WHOLE = 100
"""Of one bucket that somebody asked to see whole."""
PRINTED = {Bucket.OVERDUE: 60, Bucket.MISSED: 20, Bucket.TODAY: 60, Bucket.WEEK: 60, Bucket.WAITING: 20}
DRAFTS = 6
ESCALATED = 8


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the list, with its first lines. ``count`` is of all there are."""

    key: str
    title: str
    icon: str
    tone: str
    lines: list[Line]
    count: int

    @property
    def rest(self) -> int:
        """How many more there are than shown."""
        return self.count - len(self.lines)


@require_GET
@staff_page(Act.WRITE_TASK)
def my_day(request: StaffRequest) -> HttpResponse:
    """The list of whoever is signed in; narrowed by the address (``kind``, ``text``, ``bucket``)."""
    viewer = request.viewer
    whose = _whose(viewer)
    everything = _mine(viewer, whose)
    tasks = _narrowed(everything, request.GET.get("kind", ""), request.GET.get("text", ""))
    bucket = _bucket(request.GET.get("bucket", ""))
    listed = first_of_each(tasks, {bucket: WHOLE} if bucket else SHOWN)
    sections = _sections(listed.rows, listed.counts, viewer, [bucket] if bucket else list(SHOWN))
    _tell_audit(viewer, [line.task for section in sections for line in section.lines])
    context: dict[str, Any] = {
        "sections": sections,
        "counts": {one.value: listed.counts.get(one, 0) for one in Bucket},
        "greeting": _greeting(viewer),
        "kinds": _kinds(everything, request.GET.get("kind", "")),
        "kind": request.GET.get("kind", ""),
        "text": request.GET.get("text", ""),
        "bucket": bucket.value if bucket else "",
        "drafts": _drafts(viewer),
        "visits": visits_of(viewer),
        "escalated": _escalated(viewer),
        "covering": bool(whose.covered),
        "query": _without_bucket(request),
    }
    return render(request, "day/list.html" if request.htmx else "day/my_day.html", context)


@require_GET
@staff_page(Act.WRITE_TASK)
def printed(request: StaffRequest) -> HttpResponse:
    """The whole day on paper, without the rest of the house around it."""
    viewer = request.viewer
    listed = first_of_each(_mine(viewer, _whose(viewer)), PRINTED)
    sections = _sections(listed.rows, listed.counts, viewer, list(PRINTED))
    _tell_audit(viewer, [line.task for section in sections for line in section.lines], "day.print")
    return render(request, "day/print.html", {"sections": sections})


def _whose(viewer: Viewer) -> Whose:
    covers = Assignment.objects.filter(on(viewer.today), staff=viewer.staff, kind=AssignmentKind.COVER)
    rows = list(covers.values_list("client_id", "episode_id"))
    if not rows:
        return Whose(viewer.staff.pk, viewer.teams)
    clients = {client for client, episode in rows if episode is None}
    covered = Q(episode__in={episode for _client, episode in rows if episode}) | Q(client__in=clients)
    return Whose(viewer.staff.pk, viewer.teams, covered & Q(owner__isnull=False))


def _mine(viewer: Viewer, whose: Whose) -> QuerySet[Any]:
    """What is on the list and may be seen: a client who was handed on is seen by who has them now."""
    may_see = Q(client__isnull=True) | gate.content_in(viewer, Act.WRITE_TASK)
    return on_the_list(whose, viewer.today, viewer.at).filter(may_see)


def _narrowed(tasks: QuerySet[Any], kind: str, text: str) -> QuerySet[Any]:
    if kind:
        tasks = tasks.filter(action=kind)
    for word in plain(text).split()[:6]:
        tasks = tasks.filter(Q(client__search_text__contains=word) | Q(title__icontains=word))
    return tasks


def _bucket(word: str) -> Bucket | None:
    return Bucket(word) if word in {one.value for one in Bucket} else None


def _sections(
    rows: dict[Bucket, list[Task]], counts: dict[Bucket, int], viewer: Viewer, wanted: list[Bucket]
) -> list[Section]:
    looks = {
        Bucket.OVERDUE: (_("Overdue"), "alert", "red"),
        Bucket.MISSED: (_("Missed: say why"), "alert", "red"),
        Bucket.TODAY: (_("Today"), "clock", "amber"),
        Bucket.WEEK: (_("This week"), "cal", ""),
        Bucket.TEAM: (_("For the team"), "people", ""),
        Bucket.WAITING: (_("Waiting on others"), "hour", ""),
        Bucket.PUT_OFF: (_("Put off"), "clock", ""),
        Bucket.LATER: (_("Later"), "cal", ""),
    }
    return [
        Section(
            bucket.value,
            *looks[bucket],
            [line_of(task, viewer.today, viewer.staff.pk) for task in rows.get(bucket, [])],
            counts[bucket],
        )
        for bucket in wanted
        if counts.get(bucket)
    ]


def _kinds(tasks: QuerySet[Any], chosen: str) -> list[tuple[str, str, int]]:
    words = {"visit": _("Visits"), "note": _("Calls and notes"), "elsewhere": _("Papers"), "task": _("Own tasks")}
    found = actions_of(tasks)
    return [(key, label, found.get(key, 0)) for key, label in words.items() if found.get(key) or key == chosen]


def _drafts(viewer: Viewer) -> dict[str, Any]:
    mine = drafts_of(viewer.staff.pk)
    rows = list(mine.select_related("person")[: DRAFTS + 1])
    seen = gate.clients(viewer, Act.WRITE_CONTACT).filter(pk__in=[row.person_id for row in rows if row.person_id])
    reached = set(seen.values_list("pk", flat=True)) if rows else set()
    shown = [row for row in rows if row.person_id in reached]
    if shown:
        gate.saw(viewer, {row.person for row in shown if row.person}, "day")
    return {"rows": shown[:DRAFTS], "more": len(shown) > DRAFTS}


def _escalated(viewer: Viewer) -> dict[str, Any]:
    """Late tasks of the workers whom the viewer supervises, where their rule says that the supervisor is told."""
    if not viewer.supervised:
        return {}
    may_see = gate.content_in(viewer, Act.WRITE_TASK)
    late = Task.objects.filter(escalated(viewer.today), may_see, owner__in=members(viewer), state=TaskState.OPEN)
    late = late.exclude(owner=viewer.staff)
    rows = list(late.select_related("client", "owner", "episode__program").order_by(*RANK)[:ESCALATED])
    _tell_audit(viewer, rows)
    lines = [line_of(task, viewer.today, viewer.staff.pk) for task in rows]
    return {"lines": lines, "count": late.count() if len(rows) == ESCALATED else len(rows)}


def _tell_audit(viewer: Viewer, tasks: list[Task], page: str = "day") -> None:
    shown = {task.client for task in tasks if task.client}
    if shown:
        gate.saw(viewer, shown, page)


def _greeting(viewer: Viewer) -> str:
    hour = timezone.localtime(viewer.at).hour
    words = _("Good morning, %(name)s") if hour < 12 else _("Good afternoon, %(name)s")
    if hour >= 18:
        words = _("Good evening, %(name)s")
    return words % {"name": viewer.staff.name.split()[0]}


def _without_bucket(request: StaffRequest) -> str:
    query = request.GET.copy()
    query.pop("bucket", None)
    return query.urlencode()
