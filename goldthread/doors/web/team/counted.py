"""What the team's page counts, as querysets: the number and the list behind it are the same question.

Each takes the viewer and the ids of the workers, and asks for what the viewer may see alone.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import on
from goldthread.casework.contacts.actions.following import SOURCE
from goldthread.casework.contacts.enums import ContactState
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.queries import GONE
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Draft, Entry
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.casework.tasks.queries.loads import late_of, missed_of
from goldthread.casework.tasks.queries.states import escalated
from goldthread.foundation.lib.compiled import AnyOf

UNSEEN = timedelta(days=30)
"""Also the days of *contacts, 30 days*, today included."""
DAY = timedelta(days=1)

Workers = Collection[UUID]


def caseload(viewer: Viewer, workers: Workers) -> QuerySet[Assignment]:
    """Whose primary worker each of *workers* is today: a row a client and program. Who has died is on no caseload."""
    rows = Assignment.objects.filter(
        on(viewer.today), AnyOf(F("staff"), workers), kind=AssignmentKind.PRIMARY, client__deceased=False
    )
    return rows.filter(gate.content_in(viewer, Act.READ_EPISODE))


def notes(viewer: Viewer, workers: Workers, since: timedelta = UNSEEN) -> QuerySet[Contact]:
    """The signed notes of contacts in the last days, tries included; what was voided or replaced is none."""
    first = viewer.today - since + DAY
    return Contact.objects.filter(
        gate.content_in(viewer, client="person"),
        AnyOf(F("staff"), workers),
        started_at__gte=viewer.at - since - DAY,  # by the index; the local day decides
        happened_on__gte=first,
        happened_on__lte=viewer.today,
    ).exclude(state__in=GONE)


def contacts(viewer: Viewer, workers: Workers) -> QuerySet[Contact]:
    """Contacts of the last 30 days in which somebody was reached."""
    return notes(viewer, workers).filter(attempted=False)


def to_cosign(viewer: Viewer, workers: Workers) -> QuerySet[Contact]:
    """Notes that wait for a co-signature; for who may co-sign, those that are theirs to co-sign."""
    act = Act.COSIGN_CONTACT if gate.may(viewer, Act.COSIGN_CONTACT) else Act.READ_RECORD
    rows = Contact.objects.filter(
        gate.content_in(viewer, act, client="person"), AnyOf(F("staff"), workers), state=ContactState.WAITING
    )
    return rows.exclude(staff=viewer.staff)


def unsigned(viewer: Viewer, workers: Workers) -> QuerySet[Draft]:
    """Notes that were begun and not signed."""
    rows = Draft.objects.filter(AnyOf(F("staff"), workers), kind=SOURCE)
    return rows.filter(gate.content_in(viewer, client="person"))


def overdue(viewer: Viewer, workers: Workers) -> QuerySet[Task]:
    """Their overdue tasks, the weightiest and latest first."""
    return late_of(workers, gate.content_in(viewer), viewer.today, viewer.at)


def missed(viewer: Viewer, workers: Workers) -> QuerySet[Task]:
    """Their missed periods that nobody has given a reason for."""
    return missed_of(workers, gate.content_in(viewer), viewer.today)


def passed_up(viewer: Viewer, workers: Workers) -> QuerySet[Task]:
    """Late by so much that their rule tells the supervisor."""
    rows = Task.objects.filter(escalated(viewer.today), AnyOf(F("owner"), workers), state=TaskState.OPEN)
    return rows.filter(gate.content_in(viewer)).exclude(owner=viewer.staff)


def reached(viewer: Viewer, clients: Collection[UUID]) -> set[UUID]:
    """Those of *clients* (ids) with whom somebody, whoever it was, had a contact in the last 30 days. One query."""
    rows = _lately(viewer).filter(AnyOf(F("person"), clients))
    return set(rows.order_by().values_list("person_id", flat=True).distinct())


def came() -> Coalesce:
    """The day from which an assignment's client can be silent: of enrolment, without an episode the first day with the worker."""
    return Coalesce(F("episode__enrolled_on"), F("starts_on"))


def was_reached(viewer: Viewer) -> "ExpressionWrapper[Any]":
    """The same, asked of each assignment that has its day in ``came``. Who came less than 30 days ago counts as reached: nobody has been silent yet."""
    somebody = Exists(_lately(viewer).filter(person=OuterRef("client")))
    return ExpressionWrapper(Q(somebody) | Q(came__gt=viewer.today - UNSEEN), BooleanField())


def _lately(viewer: Viewer) -> QuerySet[Entry]:
    return Entry.objects.filter(kind=EntryKind.CONTACT, voided=False, happened_at__gte=viewer.at - UNSEEN)


def unseen_among(viewer: Viewer, rows: Collection[tuple[UUID, UUID]]) -> set[UUID]:
    """Of pairs of worker and client, the clients whom nobody has reached. One query."""
    clients = {client for _worker, client in rows}
    return clients - reached(viewer, clients)


def known(viewer: Viewer) -> Q:
    """Of entries: those that the viewer may read."""
    return gate.content_in(viewer, client="person")
