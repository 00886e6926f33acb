"""Ways out, and what hangs on them."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from goldthread.casework.discharge.enums import WayState
from goldthread.casework.discharge.models import Settlement, WayOut
from goldthread.casework.discharge.rules.tries import Logged, Tried, tried
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.models import Evidence
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.rules.template import Template
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

AFTERWARDS = timedelta(days=30)
"""So long whoever signed or ended it may open the confirmation, though nothing else binds them to the client any more (ADR 0054)."""
ALIVE = (WayState.OPEN, WayState.WAITING, WayState.DONE)


def way_of_episode(episode: Episode | UUID) -> WayOut | None:
    """The way out that is open, signed or done. One query."""
    rows = WayOut.objects.filter(episode=episode, state__in=ALIVE)
    return rows.select_related("episode__program__team__site", "person", "signed_by", "ended_by", "begun_by").first()


def ways_of(person: Person, seen: Q) -> list[WayOut]:
    """Every way out of *person* that may be seen, the latest first."""
    rows = WayOut.objects.filter(seen, Q(person=person) | Q(episode__members__person=person)).distinct()
    return list(rows.select_related("episode__program", "signed_by", "ended_by").order_by("-begun_at", "-pk"))


def way_named(person: Person, pk: UUID, seen: Q) -> WayOut | None:
    """The way out *pk*, when it is of *person* and may be seen. One query."""
    own = Q(person=person) | Q(episode__members__person=person)
    rows = WayOut.objects.filter(seen, own, pk=pk).select_related(
        "episode__program__team__site",
        "person",
        "signed_by",
        "ended_by",
        "begun_by",
        "returned_by",
        "override_by",
    )
    return rows.first()


def settlements_of(way: WayOut) -> dict[tuple[str, UUID], Settlement]:
    """What was decided, by kind and id of the thing. One query."""
    rows = way.settlements.select_related("to_staff__user", "made_by").order_by("made_at", "pk")
    return {(row.kind, row.source_id): row for row in rows}


def told_of(way: WayOut) -> list[Settlement]:
    """Those of its decisions that everybody may read who may read the way out: nothing under a label that it has not. One query."""
    return [row for row in settlements_of(way).values() if not row.labels & ~way.labels]


def tries_of(episode: Episode, person: Person, rules: Template, on: date) -> Tried:
    """The tries to reach *person* that are logged, against what the program asks for. One query."""
    rows = Evidence.objects.filter(episode=episode, person=person, kind=EventKind.CONTACT, voided=False)
    rows = rows.filter(happened_on__lte=on).order_by("happened_on", "pk")
    logged: list[Logged] = []
    reached: date | None = None
    for day, mode, source, attempted in rows.values_list("happened_on", "mode", "source_id", "attempted"):
        if attempted:
            logged.append(Logged(day, mode, source))
        else:
            reached = day
    return tried(rules.way_out, logged, reached, on)


def still_mine(staff: Staff, at: datetime) -> Q:
    """Ways out that *staff* signed or ended, not longer ago than ``AFTERWARDS`` before *at*."""
    return Q(Q(signed_by=staff) | Q(ended_by=staff), state=WayState.DONE, ended_at__gt=at - AFTERWARDS)


def done_way(episode: Episode) -> WayOut | None:
    """The way out by which *episode* ended, when it was signed and not taken back."""
    return WayOut.objects.filter(episode=episode, state=WayState.DONE).first()
