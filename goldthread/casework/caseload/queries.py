"""Reading the caseload."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from goldthread.casework.caseload.models import BY_HAND, Assignment, AssignmentKind, Cover
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff, TeamMembership
from goldthread.foundation.workforce.queries import holders
from goldthread.people.persons.models import Person

ORDER = {kind: place for place, kind in enumerate(("primary", "cover", "secondary", "aftercare"))}


def on(today: date | Given) -> Q:
    """Assignments whose days include *today*."""
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


LAST_COMES_LAST = ("starts_on", F("ends_on").asc(nulls_last=True), "-pk")
"""Of those who got a client on the same day, one after the other, the last is who still has them on the next."""


_CURRENT = Compiled(
    lambda: Assignment.objects.filter(on(Given("today")), client=Given("client")).select_related(
        "staff", "team", "cover__absent"
    )
)


def current(client: Person | UUID, today: date) -> list[Assignment]:
    """The assignments of *client* (a person or their id) on *today*, with worker and team: the primary worker first, then cover, then second workers."""
    found = _CURRENT.ask(client=client if isinstance(client, UUID) else client.pk, today=today)
    return sorted(found, key=lambda one: (ORDER[AssignmentKind(one.kind)], one.starts_on, one.pk))


def own_first(episodes: Iterable[Episode], staff: Staff, client: Person, today: date) -> list[Episode]:
    """*episodes* of *client*: the open ones of which *staff* is a worker today, then other open ones, then those that ended.

    What somebody writes is about their own program unless they say otherwise: a note of a protected program must not slip
    into another one. One query where there is a choice.
    """
    rows = list(episodes)
    if len(rows) < 2:
        return rows
    mine = Assignment.objects.filter(on(today), staff=staff, client=client, episode__isnull=False)
    own = set(mine.values_list("episode_id", flat=True))
    return sorted(rows, key=lambda one: (one.discharged_on is not None, one.pk not in own))


def history(client: Person) -> QuerySet[Assignment]:
    """Every assignment of *client* there has been, newest first."""
    return Assignment.objects.filter(client=client).select_related("staff", "team").order_by("-starts_on", "-id")


def last_workers(client: Person, today: date, known: Q) -> dict[UUID, date]:
    """Who was *client*'s primary worker to the end of an episode that is over, with the last day of the latest one. *known*: of which
    assignments the asker may know."""
    to_the_end = Q(kind=AssignmentKind.PRIMARY, ends_on__gte=F("episode__discharged_on"))
    rows = Assignment.objects.filter(known, to_the_end, client=client, episode__discharged_on__lte=today)
    days = rows.order_by("episode__discharged_on").values_list("staff", "episode__discharged_on")
    return {worker: day for worker, day in days if day}


def caseload_of(
    staff: Staff, today: date, kinds: Iterable[AssignmentKind] = tuple(AssignmentKind)
) -> QuerySet[Assignment]:
    """The assignments that make up *staff*'s caseload on *today*, by client's name."""
    return (
        Assignment.objects.filter(on(today), staff=staff, kind__in=list(kinds))
        .select_related("client", "team")
        .order_by("client__sort_key", "client_id")
    )


CLIENTS: Compiled[tuple[UUID]] = Compiled(
    lambda: Assignment.objects.filter(on(Given("today")), staff=Given("staff")).values_list("client")
)
"""The ids of the clients of *staff* on *today*."""


def clients_of(staff: Staff, today: date) -> set[UUID]:
    """The ids of *staff*'s clients on *today*, whatever they are to them. One query."""
    return {client for (client,) in CLIENTS.ask(staff=staff.pk, today=today)}


def primary_of(episode: Episode | UUID, on: date) -> Staff | None:
    """The primary worker of *episode* on the day *on*: of the longest assignment, where a household has several."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    rows = Assignment.objects.filter(running, episode=episode, kind=AssignmentKind.PRIMARY, starts_on__lte=on)
    last = rows.select_related("staff").order_by(*LAST_COMES_LAST).last()
    return last.staff if last else None


def primaries_of(episode: Episode | UUID, on: date) -> list[Assignment]:
    """The primary assignments of *episode* that still run on the day *on*, with team and worker, longest first."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    rows = Assignment.objects.filter(running, episode=episode, kind=AssignmentKind.PRIMARY)
    return list(rows.select_related("team", "staff").order_by(*LAST_COMES_LAST))


def covers_of(absent: Staff, today: date) -> list[Cover]:
    """The days away of *absent* that are not over, with who covers, soonest first."""
    found = Cover.objects.filter(absent=absent, ends_on__gte=today)
    return list(found.select_related("absent", "colleague").order_by("starts_on", "pk"))


def covers_by(colleague: Staff, today: date) -> list[Cover]:
    """The covers *colleague* has, or will have, soonest first. Those of today are those whose first day is not later."""
    found = Cover.objects.filter(colleague=colleague, ends_on__gte=today)
    return list(found.select_related("absent", "colleague").order_by("starts_on", "pk"))


_COVERING = Compiled(
    lambda: (
        Cover.objects.filter(colleague=Given("colleague"), ends_on__gte=Given("first"), starts_on__lte=Given("last"))
        .select_related("absent")
        .order_by("starts_on", "pk")
    )
)


def covering(colleague: Staff, first: date, last: date) -> list[Cover]:
    """The covers of which *colleague* has at least one day from *first* to *last*, with who is away. One query."""
    return _COVERING.ask(colleague=colleague.pk, first=first, last=last)


def colleagues_for(absent: Staff, today: date, *, teammates: bool = False) -> list[Staff]:
    """The case managers who could look after the clients of *absent*, by name. *teammates*: of their own teams alone."""
    found = holders(Role.CASE_MANAGER, today).exclude(pk=absent.pk)
    if teammates:
        teams = TeamMembership.objects.filter(on(today), staff=absent).values("team")
        found = found.filter(pk__in=TeamMembership.objects.filter(on(today), team__in=teams).values("staff"))
    return list(found)


def counts(staff: Iterable[UUID], today: date) -> dict[UUID, dict[str, int]]:
    """For each of *staff* (ids): how many clients on *today*, by kind (``primary``, ``secondary``, ``cover``). One query."""
    result = {pk: dict.fromkeys(map(str, BY_HAND), 0) for pk in staff}
    rows = (
        Assignment.objects.filter(on(today), staff__in=list(result), kind__in=BY_HAND)
        .values("staff", "kind")
        .annotate(many=Count("client", distinct=True))
    )
    for row in rows:
        result[row["staff"]][row["kind"]] = row["many"]
    return result
