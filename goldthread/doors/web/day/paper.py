"""The whole day on paper: the list, and a brief of each client who is to be seen or called today."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.gate import Admission
from goldthread.access.many import admit_all
from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.models import Concern
from goldthread.casework.contacts.queries import open_concerns
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.record.queries import latest_of_each
from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.queries.lists import Bucket, Listed, in_full, ranked, soon_of_clients
from goldthread.doors.morning.day import places_of, whose_list
from goldthread.doors.web.clients.header import ALERT_ICONS, RED_ALERTS, about_line
from goldthread.doors.web.day.lines import Line, line_of
from goldthread.doors.web.day.my_day import clients_of, sections_of, tell_audit
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.schedule.lines import Line as Visit
from goldthread.doors.web.schedule.visits import named_in, visits_of
from goldthread.people.persons.enums import AlertKind
from goldthread.people.persons.models import Address, Alert, ContactPoint, Person
from goldthread.people.persons.queries import holds

PRINTED = {Bucket.OVERDUE: 60, Bucket.MISSED: 20, Bucket.TODAY: 60, Bucket.WEEK: 60, Bucket.WAITING: 20}
URGENT = (Bucket.OVERDUE, Bucket.TODAY)
MOST = 40
"""Briefs on one paper: nobody sees more people in a day. How many are left out is said."""
MOST_DUE = 8
"""Lines of what is due in one brief; how many more there are is said."""
VISITS = "visits"


@dataclass(slots=True)
class Paper:
    """What to know of one client before their door or their number. Rows under labels that are not cleared are not there."""

    client: Person
    about: str
    visits: list[Visit] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    phones: list[ContactPoint] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    due: list[Line] = field(default_factory=list)
    due_more: int = 0
    last: Entry | None = None
    concerns: list[Concern] = field(default_factory=list)

    @property
    def promised(self) -> tuple[str, date] | None:
        """The next step that was promised at the last contact, and by when."""
        facts = self.last.facts if self.last else {}
        return (facts["next_step"], date.fromisoformat(facts["next_on"])) if "next_step" in facts else None


@require_GET
@staff_page(Act.WRITE_TASK)
def printed(request: StaffRequest) -> HttpResponse:
    """The whole day on paper. ``briefs=visits``: of those alone with whom there is an appointment."""
    viewer = request.viewer
    whose = whose_list(viewer)
    first, counts = ranked(places_of(viewer, whose), PRINTED)
    rows = in_full(first)
    sections = sections_of(rows, counts, viewer, list(PRINTED))
    visits = visits_of(viewer, covers=bool(whose.covered))
    lines = [line for section in sections for line in section.lines]
    tell_audit(viewer, [*clients_of(lines), *named_in(visits)], "day.print")
    only_visits = request.GET.get("briefs") == VISITS
    urgent = [] if only_visits else [task for bucket in URGENT for task in rows.get(bucket, [])]
    wanted = _in_order(visits, urgent)
    context: dict[str, Any] = {
        "sections": sections,
        "visits": visits,
        "briefs": papers_of(viewer, wanted[:MOST], visits),
        "left_out": max(0, len(wanted) - MOST),
        "only_visits": only_visits,
    }
    return render(request, "day/print.html", context)


def _in_order(visits: Iterable[Visit], urgent: Iterable[Listed]) -> list[UUID]:
    """The clients of the day: appointments by the clock, then what is late or due by its rank."""
    ids = [pk for one in visits for pk in one.clients] + [task.client_id for task in urgent]
    return list(dict.fromkeys(pk for pk in ids if pk))


def papers_of(viewer: Viewer, clients: list[UUID], visits: Iterable[Visit] = ()) -> list[Paper]:
    """A brief of each of *clients* (ids) who may be opened; each is on the audit log. As many queries for forty as for one."""
    admitted = admit_all(viewer, Act.READ, clients, "day:print")
    if not admitted:
        return []
    ids = [one.client.pk for one in admitted]
    today = viewer.today
    current = Q(person__in=ids) & holds(today)
    alerts = _each(Alert.objects.filter(person__in=ids, ended_on__isnull=True).order_by("-kind", "pk"))
    phones = _each(ContactPoint.objects.filter(current, ~Q(kind="email")).order_by("-first_choice", "pk"))
    addresses = _each(Address.objects.filter(current).order_by("kind", "pk"))
    may_read = gate.content_in(viewer)
    of_person = gate.content_in(viewer, client="person")
    due: dict[UUID, list[Line]] = defaultdict(list)
    for task in sorted(soon_of_clients(ids, may_read, today), key=lambda task: _is_over(task, today)):
        if task.client_id:
            due[task.client_id].append(line_of(task, today, viewer.staff.pk, viewer.at))
    last = latest_of_each(ids, of_person, EntryKind.CONTACT)
    concerns = _each(open_concerns(ids, of_person))
    calls: dict[UUID | None, list[Visit]] = defaultdict(list)
    for visit in visits:
        for pk in visit.clients:
            calls[pk].append(visit)
    return [
        Paper(
            client=one.client,
            about=" · ".join(filter(None, about_line(one.client, today))),
            visits=calls[one.client.pk],
            alerts=[_looking(row) for row in _seen(alerts[one.client.pk], one)],
            phones=_seen(phones[one.client.pk], one),
            addresses=_seen(addresses[one.client.pk], one),
            due=due[one.client.pk][:MOST_DUE],
            due_more=max(0, len(due[one.client.pk]) - MOST_DUE),
            last=last.get(one.client.pk),
            concerns=concerns[one.client.pk],
        )
        for one in admitted
    ]


def _is_over(task: Task, today: date) -> bool:
    """What can still be done comes first; periods that are over ask for a reason alone."""
    return task.period_end is not None and task.period_end < today


def _each(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _seen(rows: list[Any], admission: Admission) -> list[Any]:
    """A safe address, a hidden number: only for who is cleared for their labels on this client."""
    return [row for row in rows if not row.labels & ~admission.cleared]


def _looking(alert: Alert) -> Alert:
    """With the colour and the drawing it has everywhere."""
    alert.tone = "red" if alert.kind in RED_ALERTS else "amber"  # type: ignore[attr-defined]  # for the template
    alert.icon = ALERT_ICONS[AlertKind(alert.kind)]  # type: ignore[attr-defined]  # for the template
    return alert
