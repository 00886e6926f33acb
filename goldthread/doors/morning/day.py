"""The lists of My day as questions to the database. The page shows their rows, the mail their numbers: they cannot disagree."""

from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.relations import members
from goldthread.access.standing_in import AskedBy
from goldthread.access.viewer import Viewer
from goldthread.casework.assessments.models import Assessment
from goldthread.casework.assessments.queries.assessments import open_by
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import on
from goldthread.casework.contacts.enums import ContactState
from goldthread.casework.contacts.models import Contact
from goldthread.casework.record.models import Draft
from goldthread.casework.record.queries import drafts_of
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.casework.tasks.queries.lists import PLACE, Bucket, Place, Whose, on_the_list, ranked
from goldthread.casework.tasks.queries.states import escalated
from goldthread.foundation.lib.compiled import Given


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each the day holds."""

    overdue: int = 0
    missed: int = 0
    today: int = 0
    week: int = 0
    unsigned: int = 0
    returned: int = 0
    escalated: int = 0

    def __bool__(self) -> bool:
        return any(astuple(self))


def whose_list(viewer: Viewer) -> Whose:
    """The viewer's own list, with the tasks of those whom they cover for today. One query."""
    rows = _COVERS.ask(viewer)
    episodes = frozenset(episode for _client, episode in rows if episode)
    clients = frozenset(client for client, episode in rows if episode is None)
    return Whose(viewer.staff.pk, viewer.teams, episodes, clients)


_COVERS: AskedBy[tuple[UUID, UUID | None]] = AskedBy(
    lambda viewer: Assignment.objects.filter(
        on(viewer.today), staff=viewer.staff, kind=AssignmentKind.COVER
    ).values_list("client_id", "episode_id")
)


def places_of(viewer: Viewer, whose: Whose) -> list[Place]:
    """Everything on the list that may be seen, by key and rank alone. One query, compiled once."""
    return _PLACES.ask(viewer, whose.covered, episodes=whose.episodes, clients=whose.clients)


def _places(viewer: Viewer, covers: bool) -> QuerySet[Any, Any]:
    theirs: Any = {"episodes": Given("episodes"), "clients": Given("clients")} if covers else {}
    return tasks_of(viewer, Whose(viewer.staff.pk, viewer.teams, **theirs)).values_list(*PLACE)


_PLACES: AskedBy[Place] = AskedBy(_places)


def tasks_of(viewer: Viewer, whose: Whose) -> QuerySet[Any]:
    """What is on the list and may be seen, each with its ``bucket``: a client who was handed on is seen by who has them now."""
    may_see = Q(client__isnull=True) | gate.content_in(viewer, Act.WRITE_TASK)
    return on_the_list(whose, viewer.today, viewer.at).filter(may_see)


def late_in_the_team(viewer: Viewer) -> QuerySet[Task]:
    """Late tasks of the workers whom the viewer supervises, where their rule says that the supervisor is told."""
    if not viewer.supervised:
        return Task.objects.none()
    may_see = gate.content_in(viewer, Act.WRITE_TASK)
    late = Task.objects.filter(escalated(viewer.today), may_see, owner__in=members(viewer), state=TaskState.OPEN)
    return late.exclude(owner=viewer.staff)


def unsigned_notes(viewer: Viewer) -> QuerySet[Draft]:
    """What the viewer is writing and has not signed, the latest first: of clients about whom they may still write, and of groups."""
    reached = Q(person__in=gate.clients(viewer, Act.WRITE_CONTACT)) | Q(person__isnull=True)
    return drafts_of(viewer.staff.pk).filter(reached)


def open_assessments(viewer: Viewer) -> QuerySet[Assessment]:
    """What the viewer has begun to ask and not signed, the latest first: of clients whom they may still ask."""
    may_see = gate.content_in(viewer, Act.WRITE_ASSESSMENT, client="person")
    return open_by(viewer.staff.pk).filter(may_see)


def returned_notes(viewer: Viewer) -> QuerySet[Contact]:
    """Notes of the viewer's own that came back with a comment, the oldest first."""
    may_see = gate.content_in(viewer, Act.WRITE_CONTACT, client="person")
    back = Contact.objects.filter(may_see, staff=viewer.staff, state=ContactState.RETURNED)
    return back.select_related("person", "returned_by").order_by("returned_at", "pk")


def counts_of(viewer: Viewer) -> Counts:
    """The numbers of My day, with nothing of anybody. Six queries at most."""
    _first, many = ranked(places_of(viewer, whose_list(viewer)), {})
    return Counts(
        overdue=many.get(Bucket.OVERDUE, 0),
        missed=many.get(Bucket.MISSED, 0),
        today=many.get(Bucket.TODAY, 0),
        week=many.get(Bucket.WEEK, 0),
        unsigned=unsigned_notes(viewer).count() + open_assessments(viewer).count(),
        returned=returned_notes(viewer).count(),
        escalated=late_in_the_team(viewer).count() if viewer.supervised else 0,
    )
