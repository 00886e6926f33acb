"""My day: everything one worker has to do, in one list, ranked; act in place."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from django.db.models import Count, F, Q, Window
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.gate import Shown
from goldthread.access.standing_in import AskedBy
from goldthread.access.viewer import Viewer
from goldthread.casework.schedule.queries import Booked, planned_for
from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.queries.lists import RANK, Bucket, Listed, Place, in_full, ranked
from goldthread.doors.morning.day import (
    late_in_the_team,
    open_assessments,
    places_of,
    returned_notes,
    unsigned_notes,
    whose_list,
)
from goldthread.doors.web.day.lines import Line, line_of
from goldthread.doors.web.day.rows import html_of
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.schedule.visits import named_in, visits_of
from goldthread.foundation.lib.compiled import AnyOf, Given
from goldthread.foundation.lib.text import plain
from goldthread.foundation.programs.queries import rules_spoken_with

SHOWN = {
    Bucket.OVERDUE: 12,
    Bucket.MISSED: 8,
    Bucket.TODAY: 12,
    Bucket.WEEK: 8,
    Bucket.SOON: 6,
    Bucket.TEAM: 5,
    Bucket.WAITING: 6,
}
WHOLE = 100
"""Of one bucket that somebody asked to see whole."""
NOT_NOW = (Bucket.LATER, Bucket.PUT_OFF)
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
    html: SafeString | None = None
    """The lines as the page shows them."""

    @property
    def rest(self) -> int:
        """How many more there are than shown."""
        return self.count - len(self.lines)


@require_GET
@staff_page(Act.WRITE_TASK)
def my_day(request: StaffRequest) -> HttpResponse:
    """The list of whoever is signed in; narrowed by the address (``kind``, ``text``, ``bucket``)."""
    viewer = request.viewer
    whose = whose_list(viewer)
    everything = places_of(viewer, whose)
    places = _narrowed(everything, request.GET.get("kind", ""), request.GET.get("text", ""))
    bucket = _bucket(request.GET.get("bucket", ""))
    first, counts = ranked(places, {bucket: WHOLE} if bucket else SHOWN)
    sections = sections_of(in_full(first), counts, viewer, [bucket] if bucket else list(SHOWN))
    drafts, asking, returned = (_some(wanted, viewer) for wanted in (_DRAFTS, _ASKING, _RETURNED))
    visits, escalated = visits_of(viewer, covers=bool(whose.covered)), _escalated(viewer)
    lines = [*(line for section in sections for line in section.lines), *escalated.get("lines", [])]
    people = [row.person for found in (drafts, asking, returned) for row in found["rows"] if row.person]
    tell_audit(viewer, [*clients_of(lines), *people, *named_in(visits)], "day")
    token = get_token(request)
    context: dict[str, Any] = {
        "sections": [replace(one, html=html_of(one.lines, token, viewer.today)) for one in sections],
        "csrf_token": token,
        "counts": {one.value: counts.get(one, 0) for one in Bucket},
        "greeting": _greeting(viewer),
        "kinds": _kinds(everything, request.GET.get("kind", "")),
        "kind": request.GET.get("kind", ""),
        "text": request.GET.get("text", ""),
        "bucket": bucket.value if bucket else "",
        "drafts": drafts,
        "asking": asking,
        "returned": returned,
        "visits": visits,
        "with_clients": [line for line in visits if line.row.client_id],
        "escalated": escalated,
        "covering": bool(whose.covered),
        "query": _without_bucket(request),
        "may_log": gate.may(viewer, Act.WRITE_CONTACT),
    }
    return render(request, "day/list.html" if request.htmx else "day/my_day.html", context)


def _narrowed(places: list[Place], kind: str, text: str) -> list[Place]:
    """Those for doing *kind*, and with every word of *text* in the client's name or the title. One query for words."""
    if kind:
        places = [place for place in places if place[2] == kind]
    words = plain(text).split()[:6]
    if not words:
        return places
    tasks = Task.objects.filter(AnyOf(F("pk"), [place[0] for place in places]))
    for word in words:
        called = Q(title__icontains=word) | Q(title__in=rules_spoken_with(word))
        tasks = tasks.filter(Q(client__search_text__contains=word) | called)
    found = set(tasks.values_list("pk", flat=True))
    return [place for place in places if place[0] in found]


def _bucket(word: str) -> Bucket | None:
    return Bucket(word) if word in {one.value for one in Bucket} else None


def sections_of(
    rows: dict[Bucket, list[Listed]], counts: dict[Bucket, int], viewer: Viewer, wanted: list[Bucket]
) -> list[Section]:
    """The headings of the buckets *wanted* that hold something, in their order."""
    looks = {
        Bucket.OVERDUE: (_("Overdue"), "alert", "red"),
        Bucket.MISSED: (_("Missed: say why"), "alert", "red"),
        Bucket.TODAY: (_("Today"), "clock", "amber"),
        Bucket.WEEK: (_("Within a week"), "cal", ""),
        Bucket.SOON: (_("Coming up"), "cal", ""),
        Bucket.TEAM: (_("For the team"), "people", ""),
        Bucket.WAITING: (_("Waiting on others"), "hour", ""),
        Bucket.PUT_OFF: (_("Put off"), "clock", ""),
        Bucket.LATER: (_("Later"), "cal", ""),
    }
    visits = [task.pk for tasks in rows.values() for task in tasks if task.action == "visit"]
    booked = {row[0]: Booked(*row) for row in _BOOKED.ask(viewer, tasks=visits)} if visits else {}
    return [
        Section(
            bucket.value,
            *looks[bucket],
            [
                line_of(task, viewer.today, viewer.staff.pk, viewer.at, back="day", booked=booked.get(task.pk))
                for task in rows.get(bucket, [])
            ],
            counts[bucket],
        )
        for bucket in wanted
        if counts.get(bucket)
    ]


def _kinds(places: list[Place], chosen: str) -> list[tuple[str, str, int]]:
    """What there is to do, with how many of each."""
    words = {
        "visit": _("Visits"),
        "note": _("Calls and notes"),
        "elsewhere": _("Papers"),
        "assess": _("Assessments"),
        "task": _("Own tasks"),
    }
    found: Counter[str] = Counter()
    for (bucket, action), many in Counter(map(itemgetter(1, 2), places)).items():
        if bucket not in NOT_NOW:
            found[action] += many
    return [(key, label, found[key]) for key, label in words.items() if found[key] or key == chosen]


_BOOKED: AskedBy[tuple[Any, ...]] = AskedBy(
    lambda viewer: planned_for(Given("tasks"), gate.content_in(viewer, Act.WRITE_SCHEDULE))
)
_MANY = Window(Count("pk"))
# of notes and assessments that wait, the latest; of those that came back, first those that wait longest
_DRAFTS: AskedBy[Any] = AskedBy(lambda viewer: unsigned_notes(viewer).annotate(many=_MANY)[:DRAFTS])
_ASKING: AskedBy[Any] = AskedBy(lambda viewer: open_assessments(viewer).annotate(many=_MANY)[:DRAFTS])
_RETURNED: AskedBy[Any] = AskedBy(lambda viewer: returned_notes(viewer).annotate(many=_MANY)[:DRAFTS])
_LATE: AskedBy[Any] = AskedBy(
    lambda viewer: (
        late_in_the_team(viewer)
        .annotate(many=_MANY)
        .select_related("client", "owner", "episode__program")
        .order_by(*RANK)[:ESCALATED]
    )
)


def _some(wanted: AskedBy[Any], viewer: Viewer) -> dict[str, Any]:
    """The first of what is *wanted*, and how many there are: one query."""
    rows = wanted.ask(viewer)
    return {"rows": rows, "count": rows[0].many if rows else 0}


def _escalated(viewer: Viewer) -> dict[str, Any]:
    """Late tasks of the team, the weightiest first, and how many there are: one query, none for who supervises nobody."""
    if not viewer.supervised:
        return {}
    rows = _LATE.ask(viewer)
    lines = [line_of(task, viewer.today, viewer.staff.pk) for task in rows]
    return {"lines": lines, "count": rows[0].many if rows else 0}


def clients_of(lines: Iterable[Line]) -> list[Shown]:
    """The clients of the tasks on *lines*."""
    return [line.task.client for line in lines if line.task.client]


def tell_audit(viewer: Viewer, shown: Iterable[Shown], page: str) -> None:
    """Record whom the viewer was *shown* on *page*, each once, with one statement."""
    people = {one.pk: one for one in shown}
    if people:
        gate.saw(viewer, people.values(), page)


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
