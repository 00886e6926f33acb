"""Reading the caseload."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

ORDER = {AssignmentKind.PRIMARY: 0, AssignmentKind.COVER: 1, AssignmentKind.SECONDARY: 2}


def on(today: date | Given) -> Q:
    """Assignments whose days include *today*."""
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


_CURRENT = Compiled(
    lambda: Assignment.objects.filter(on(Given("today")), client=Given("client")).select_related("staff", "team")
)


def current(client: Person | UUID, today: date) -> list[Assignment]:
    """The assignments of *client* (a person or their id) on *today*, with worker and team: the primary worker first, then cover, then second workers."""
    found = _CURRENT.ask(client=client if isinstance(client, UUID) else client.pk, today=today)
    return sorted(found, key=lambda one: (ORDER[AssignmentKind(one.kind)], one.starts_on, one.pk))


def history(client: Person) -> QuerySet[Assignment]:
    """Every assignment of *client* there has been, newest first."""
    return Assignment.objects.filter(client=client).select_related("staff", "team").order_by("-starts_on", "-id")


def caseload_of(
    staff: Staff, today: date, kinds: Iterable[AssignmentKind] = tuple(AssignmentKind)
) -> QuerySet[Assignment]:
    """The assignments that make up *staff*'s caseload on *today*, by client's name."""
    return (
        Assignment.objects.filter(on(today), staff=staff, kind__in=list(kinds))
        .select_related("client", "team")
        .order_by("client__sort_key", "client_id")
    )


_CLIENTS = Compiled(lambda: Assignment.objects.filter(on(Given("today")), staff=Given("staff")).values_list("client"))


def clients_of(staff: Staff, today: date) -> set[UUID]:
    """The ids of *staff*'s clients on *today*, whatever they are to them. One query."""
    return {client for (client,) in _CLIENTS.ask(staff=staff.pk, today=today)}


def counts(staff: Iterable[UUID], today: date) -> dict[UUID, dict[str, int]]:
    """For each of *staff* (ids): how many clients on *today*, by kind (``primary``, ``secondary``, ``cover``). One query."""
    result = {pk: dict.fromkeys(AssignmentKind.values, 0) for pk in staff}
    rows = (
        Assignment.objects.filter(on(today), staff__in=list(result)).values("staff", "kind").annotate(many=Count("pk"))
    )
    for row in rows:
        result[row["staff"]][row["kind"]] = row["many"]
    return result
