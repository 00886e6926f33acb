"""Reading what the gate has written down: broken glass that waits for review, blocks; and people who are no clients."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from goldthread.access import gate, relations
from goldthread.access.acts import Act
from goldthread.access.models import Block, BreakGlass
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment, Cover
from goldthread.foundation.audit import actions as audit
from goldthread.people.persons.models import Person, Relationship


def glass_to_review(viewer: Viewer) -> QuerySet[BreakGlass]:
    """Broken glass nobody has judged yet, on clients the viewer may judge it for, oldest first; never the viewer's own."""
    return _glass(viewer).filter(reviewed_at__isnull=True).order_by("opened_at", "pk")


def glass_reviewed(viewer: Viewer) -> QuerySet[BreakGlass]:
    """Broken glass that has been judged, newest first."""
    return _glass(viewer).filter(reviewed_at__isnull=False).order_by("-opened_at", "-pk")


def _glass(viewer: Viewer) -> QuerySet[BreakGlass]:
    mine = gate.clients(viewer, Act.REVIEW_GLASS).values("pk")
    return (
        BreakGlass.objects.filter(client__in=mine)
        .exclude(staff=viewer.staff)
        .select_related("staff", "client", "reviewed_by")
    )


def blocks_on(person: Person, today: date) -> list[Block]:
    """The blocks on *person* that hold on *today* or later."""
    standing = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return list(Block.objects.filter(standing, person=person).select_related("staff").order_by("starts_on", "pk"))


def not_covered(cover: Cover) -> int:
    """How many of the clients of *cover* its colleague is blocked from: somebody else must look after them."""
    held = Assignment.objects.filter(cover=cover).values("client")
    standing = Q(ends_on__isnull=True) | Q(ends_on__gte=cover.starts_on)
    blocks = Block.objects.filter(standing, staff=cover.colleague_id, starts_on__lte=cover.ends_on, person__in=held)
    return blocks.values("person").distinct().count()


@dataclass(frozen=True, slots=True)
class Seen:
    """A person who is no client, seen through *client*, to whom they are related."""

    person: Person
    client: Person


def open_person(viewer: Viewer, pk: UUID) -> Seen:
    """Somebody who is no client: seen by whoever may read a client they are related to, today. The read is recorded.

    A client is opened by gate.open_client alone. Otherwise Http404, and the refusal is recorded.
    """
    person = (
        Person.objects.filter(pk=pk, client_number__isnull=True)
        .exclude(pk__in=relations.blocks(viewer).values("person"))
        .first()
    )
    through = _through(viewer, person) if person else None
    if person is None or through is None:
        gate.refuse(viewer, Act.READ, pk, why="relation" if person else "unknown")
        raise Http404
    audit.record(
        by=viewer.actor,
        action="person.read",
        kind="person",
        object_id=pk,
        client=pk,
        details={"through": str(through.pk)},
    )
    return Seen(person, through)


def _through(viewer: Viewer, person: Person) -> Person | None:
    """A client through whom the viewer may see *person*: every label on the tie and on the person is cleared there."""
    today = Q(ends_on__isnull=True) | Q(ends_on__gte=viewer.today)
    ties = dict(Relationship.objects.filter(today, other=person).values_list("person", "labels")[:50])
    for client in gate.clients(viewer, Act.READ).filter(pk__in=list(ties)):
        labels = person.labels | ties[client.pk]
        if not labels or not labels & ~gate.cleared_labels(viewer, client):
            return client
    return None
