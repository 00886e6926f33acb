"""The figures of the team's page, for all workers at once: eight queries, however many workers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db.models import Count

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment, AssignmentKind, Cover
from goldthread.casework.caseload.queries import on
from goldthread.casework.contacts.queries import waiting
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.queries.loads import late_counts
from goldthread.foundation.programs.queries import in_force, rules_of
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

UNSEEN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Share:
    """How many episodes of one program, against the number from which its template says that it is too many."""

    program: str
    episodes: int
    flag: int

    @property
    def over(self) -> bool:
        """More than the flag?"""
        return bool(self.flag) and self.episodes > self.flag


@dataclass(slots=True)
class Row:
    """One worker."""

    staff: Staff
    clients: int = 0
    shares: list[Share] = field(default_factory=list)
    contacts: int = 0
    late: int = 0
    missed: int = 0
    unseen: int = 0
    cosign: int = 0
    covered_by: Cover | None = None

    @property
    def load(self) -> int:
        """Percent: the sum of each program's episodes against its flag. 100 is full."""
        return round(sum(100 * share.episodes / share.flag for share in self.shares if share.flag))

    @property
    def over(self) -> bool:
        return self.load > 100


def rows_of(viewer: Viewer, workers: Sequence[Staff]) -> list[Row]:
    """A row for each of *workers*, in their order."""
    found = {worker.pk: Row(worker) for worker in workers}
    _load(viewer, found)
    _late(viewer, found)
    _contacts(viewer, found)
    for contact in waiting(gate.content_in(viewer, client="person")).filter(staff__in=list(found)):
        found[contact.staff_id].cosign += 1
    today = viewer.today
    for cover in Cover.objects.filter(on(today), absent__in=list(found)).select_related("colleague"):
        found[cover.absent_id].covered_by = cover
    return list(found.values())


def unseen_of(viewer: Viewer, staff: UUID) -> list[Person]:
    """The clients of *staff* whom nobody has reached for 30 days, by name; as far as the viewer may know of them."""
    clients = _clients_of(viewer, [staff])[staff]
    silent = clients - _reached(viewer, clients)
    return list(Person.objects.filter(pk__in=silent).order_by("sort_key", "pk"))


def _load(viewer: Viewer, found: dict[UUID, Row]) -> None:
    rows = (
        Assignment.objects.filter(on(viewer.today), staff__in=list(found), kind=AssignmentKind.PRIMARY)
        .filter(episode__isnull=False)
        .values("staff", "episode__program", "episode__program__name")
        .annotate(many=Count("episode", distinct=True))
        .order_by("episode__program__name")
    )
    counted = list(rows)
    rules = rules_of({row["episode__program"] for row in counted})
    for row in counted:
        template = in_force(rules[row["episode__program"]], viewer.today)
        share = Share(row["episode__program__name"], row["many"], template.caseload_flag)
        found[row["staff"]].shares.append(share)


def _late(viewer: Viewer, found: dict[UUID, Row]) -> None:
    counts = late_counts(found, gate.content_in(viewer), viewer.today, viewer.at)
    for staff, (late, missed) in counts.items():
        found[staff].late, found[staff].missed = late, missed


def _contacts(viewer: Viewer, found: dict[UUID, Row]) -> None:
    clients = _clients_of(viewer, list(found))
    reached = _reached(viewer, {client for own in clients.values() for client in own})
    for staff, own in clients.items():
        found[staff].clients = len(own)
        found[staff].unseen = len(own - reached)
    made = Entry.objects.filter(
        gate.content_in(viewer, client="person"),
        actor__in=list(found),
        kind=EntryKind.CONTACT,
        voided=False,
        happened_at__gte=viewer.at - UNSEEN,
    )
    for row in made.order_by().values("actor").annotate(many=Count("source_id", distinct=True)):
        found[row["actor"]].contacts = row["many"]


def _clients_of(viewer: Viewer, staff: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """Whose primary worker each of *staff* is today, as far as the viewer may find them. One query."""
    own: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Assignment.objects.filter(on(viewer.today), staff__in=staff, kind=AssignmentKind.PRIMARY)
    rows = rows.filter(client__in=gate.clients(viewer, Act.READ).values("pk"), client__deceased=False)
    for worker, client in rows.values_list("staff_id", "client_id"):
        own[worker].add(client)
    return own


def _reached(viewer: Viewer, clients: set[UUID]) -> set[UUID]:
    """Those of *clients* with whom somebody had a contact in the last 30 days. One query."""
    rows = Entry.objects.filter(
        person__in=clients, kind=EntryKind.CONTACT, voided=False, happened_at__gte=viewer.at - UNSEEN
    )
    return set(rows.order_by().values_list("person_id", flat=True).distinct())
