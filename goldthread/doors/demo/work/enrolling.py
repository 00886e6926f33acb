"""Everybody's episode: one for each client, or for each household of a family, fitting the assignments that are there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.db.models import Q

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.episodes.rules import is_child, labels_for
from goldthread.doors.demo.agency import FAMILIES, MENTAL_HEALTH, OLDER_ADULTS
from goldthread.doors.demo.bulk import write_rows
from goldthread.doors.demo.kin import FOSTER_HOME
from goldthread.doors.demo.past import Past
from goldthread.doors.demo.work.programs import BY_TEAM, FOSTER, Offer
from goldthread.foundation.lib.bulk import update_rows
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import HouseholdMember, Person

REMEMBERED = 725
"""Days: who came earlier was enrolled when the agency's records began."""
OLD = 60
IN_FOSTER_HOME = Q(household__name__endswith=FOSTER_HOME)
REASONS = {
    "Died.": "deceased",
    "Reached their goals.": "goals-reached",
    "Moved away.": "moved",
    "Chose another agency.": "transferred",
    "Did not wish to go on.": "refused",
}


@dataclass(slots=True)
class Care:
    """An episode with whom it serves and who has worked in it: (first day, last day or None, worker), the earliest first."""

    episode: Episode
    offer: Offer
    clients: list[Person]
    workers: list[tuple[date, date | None, Staff]] = field(default_factory=list)

    @property
    def worker(self) -> Staff | None:
        """The primary worker now."""
        return self.workers[-1][2] if self.workers and self.workers[-1][1] is None else None

    def worker_on(self, day: date) -> Staff | None:
        """Who worked with them on *day*; before anybody did, the first one."""
        for starts_on, ends_on, staff in self.workers:
            if starts_on <= day and (ends_on is None or day <= ends_on):
                return staff
        return self.workers[0][2] if self.workers else None


def enrol_everybody(past: Past, programs: dict[str, Program], rng: Random) -> list[Care]:
    """Write the episodes of everybody with a worker, now or once, and of those who wait for one; in a fixed order."""
    groups = _groups()
    cares = [_care(past, programs, rows) for rows in groups]
    waiting = Person.objects.filter(client_number__isnull=False, deceased=False, assignments__isnull=True)
    cares += [_waiting(past, programs, one, rng) for one in waiting.order_by("client_number")]
    write_rows(Episode, [care.episode for care in cares])
    write_rows(EpisodeMember, [member for care in cares for member in _members(care)])
    rows = [row for group in groups for row in group]
    update_rows(rows, ("episode", "labels"))
    return cares


def load_workers(cares: Sequence[Care]) -> None:
    """Read who has worked in each episode."""
    found: dict[object, list[tuple[date, date | None, Staff]]] = {}
    rows = Assignment.objects.filter(kind=AssignmentKind.PRIMARY, episode__isnull=False).select_related("staff")
    for row in rows.order_by("starts_on", "ends_on"):
        spans = found.setdefault(row.episode_id, [])
        span = (row.starts_on, row.ends_on, row.staff)
        if span not in spans:
            spans.append(span)
    for care in cares:
        care.workers = sorted(found.get(care.episode.pk, []), key=lambda span: (span[1] is None, span[0]))


def _groups() -> list[list[Assignment]]:
    """The primary assignments that belong together: of one client, or of the clients of a family that lives together.

    Children in a foster home live there for themselves: each has an episode of their own.
    """
    places = HouseholdMember.objects.filter(person__client_number__isnull=False)
    homes = dict(places.exclude(IN_FOSTER_HOME).values_list("person_id", "household_id"))
    fostered = set(places.filter(IN_FOSTER_HOME).values_list("person_id", flat=True))
    rows = Assignment.objects.filter(kind=AssignmentKind.PRIMARY).select_related("client", "staff", "team")
    groups: dict[object, list[Assignment]] = {}
    for row in rows.order_by("client__client_number", "starts_on"):
        family = row.team is not None and row.team.name == FAMILIES
        home = homes.get(row.client_id) if family else None
        groups.setdefault((home, row.staff_id) if home else row.client_id, []).append(row)
        # Noted for _care, never saved.
        row.client._home = home  # type: ignore[attr-defined]  # noted for _care, which takes the group
        row.client._offer = _offer(row, fostered)  # type: ignore[attr-defined]  # as above
    return list(groups.values())


def _offer(row: Assignment, fostered: set[UUID]) -> Offer:
    """The program that fits: the one of the worker's team, or the one for children in foster homes."""
    team = row.team.name if row.team else MENTAL_HEALTH
    return FOSTER if team == FAMILIES and row.client_id in fostered else BY_TEAM[team]


def _care(past: Past, programs: dict[str, Program], rows: list[Assignment]) -> Care:
    clients = list(dict.fromkeys(row.client for row in rows))
    home, offer = clients[0]._home, clients[0]._offer  # type: ignore[attr-defined]  # noted above
    program = programs[offer.template]
    begun = min(row.starts_on for row in rows)
    last = None if any(row.ends_on is None for row in rows) else max(row.ends_on for row in rows if row.ends_on)
    remembered = past.day(REMEMBERED)
    enrolled_on = begun if last and last < remembered else max(begun, remembered)
    episode = Episode(
        program=program,
        person=None if home else clients[0],
        household_id=home,
        enrolled_on=enrolled_on,
        referred_on=enrolled_on - timedelta(days=5) if enrolled_on == begun else None,
        discharged_on=last,
        discharge_reason=REASONS[rows[-1].reason] if last else "",
        discharged_at=past.now if last else None,
        labels=labels_for(program),
        enrolled_at=past.now,
    )
    for row in rows:
        row.episode, row.labels = episode, episode.labels
    return Care(episode, offer, clients)


def _waiting(past: Past, programs: dict[str, Program], client: Person, rng: Random) -> Care:
    """Somebody referred lately, whom nobody works with yet."""
    old = client.birth_date is not None and (past.today - client.birth_date).days > OLD * 365
    offer = BY_TEAM[OLDER_ADULTS if old else MENTAL_HEALTH]
    program = programs[offer.template]
    enrolled_on = max(past.day(rng.randint(1, 8)), client.client_since or past.today)
    episode = Episode(
        program=program,
        person=client,
        enrolled_on=enrolled_on,
        referred_on=enrolled_on - timedelta(days=rng.randint(2, 9)),
        labels=labels_for(program),
        enrolled_at=past.now,
    )
    return Care(episode, offer, [client])


def _members(care: Care) -> list[EpisodeMember]:
    episode = care.episode
    return [
        EpisodeMember(
            episode=episode,
            person=client,
            child=is_child(client, episode.enrolled_on),
            starts_on=max(episode.enrolled_on, client.client_since or episode.enrolled_on)
            if episode.discharged_on is None
            else episode.enrolled_on,
            ends_on=episode.discharged_on,
        )
        for client in care.clients
    ]
