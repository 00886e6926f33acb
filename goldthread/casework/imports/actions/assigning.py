"""Whose client somebody is by the workers that an enrollment of a file names."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.imports.actions.bringing_common import teams_of
from goldthread.casework.imports.actions.stays import days_together
from goldthread.casework.imports.actions.writing_happenings import stand_ins
from goldthread.casework.imports.models import Brought, Import
from goldthread.foundation.lib.actor import Actor

Served = tuple[UUID, date, date | None]
"""A client, with the first and the last day."""


def assignments_of(run: Import, by: Actor) -> Iterator[Assignment]:
    """Of each worker of today a row for everybody served, in the team that they are in. They come in with the rest: a client has one
    worker who goes on, and a stand-in would have many."""
    named = Brought.objects.filter(run=run, worker__isnull=False, worker_until__isnull=True)
    found: list[Any] = list(named.values_list("pk", "of", "worker", "worker_since", "worker_until", "labels"))
    served = _served(run) if found else {}
    teams = teams_of({worker for _pk, _of, worker, *_days in found}, by.today)
    for pk, of, worker, since, until, labels in found:
        for client, first, last in served.get(of or pk, ()):
            days = days_together((first, last), (since, until))
            if days is None or days[1]:
                continue  # written before, unseen
            yield Assignment(
                client_id=client,
                staff_id=worker,
                team_id=teams.get(worker),
                episode_id=of or pk,
                labels=labels,
                kind=AssignmentKind.PRIMARY,
                starts_on=days[0],
                given_by=by.staff,
                given_at=by.at,
            )


def _served(run: Import) -> dict[UUID, list[Served]]:
    """Whom each enrollment of the file serves. Nothing where another worker made them seen in this moment."""
    seats = {pk: seat for seat, pk in enumerate(stand_ins(run))}
    rows = Brought.objects.filter(run=run, seat__isnull=False).values_list("pk", "of", "seat", "person")
    clients = {(of or pk, seat): person for pk, of, seat, person in rows}
    places = EpisodeMember.objects.filter(person__in=seats).values_list("episode", "person", "starts_on", "ends_on")
    found: dict[UUID, list[Served]] = defaultdict(list)
    for episode, nobody, first, last in places:
        found[episode].append((clients[episode, seats[nobody]], first, last))
    return found
