"""What a number of the team's page counts: the rows, by what they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goldthread.access import gate
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.models import Contact
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Draft, Entry
from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.queries.lists import RANK
from goldthread.doors.web.contacts.note import title_of
from goldthread.doors.web.team import counted
from goldthread.doors.web.team.figures import lag
from goldthread.doors.web.team.passed_up import with_questions
from goldthread.foundation.lib.compiled import AnyOf
from goldthread.people.persons.models import Person

SHOWN = 100
"""Rows of one page."""

Workers = Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Found:
    """Some rows of a list, and how many there are in all. ``persons`` are the clients named in them, for the audit log."""

    rows: list[Any]
    many: int
    persons: list[Person]


@dataclass(frozen=True, slots=True)
class Kind:
    """A list: its title, how its rows look, what is said where there are none, and how they are found."""

    title: Promise
    looks: str
    none: Promise
    find: Callable[[Viewer, Workers, int], Found]


def _clients(viewer: Viewer, workers: Workers, start: int) -> Found:
    ids = set(counted.caseload(viewer, workers).order_by().values_list("client_id", flat=True))
    return _persons(viewer, workers, start, ids)


def _unseen(viewer: Viewer, workers: Workers, start: int) -> Found:
    rows = counted.caseload(viewer, workers).annotate(came=counted.came())
    long_here = rows.filter(came__lte=viewer.today - counted.UNSEEN)  # who came this month was not silent for a month
    pairs = set(long_here.order_by().values_list("staff_id", "client_id"))
    return _persons(viewer, workers, start, counted.unseen_among(viewer, pairs))


def _persons(viewer: Viewer, workers: Workers, start: int, ids: set[UUID]) -> Found:
    """Clients by name, each with programs, workers and the day of the last contact."""
    people = Person.objects.filter(AnyOf(F("pk"), ids)).order_by("sort_key", "pk")
    shown = list(people[start : start + SHOWN])
    keys = [person.pk for person in shown]
    last = dict(
        Entry.objects.filter(counted.known(viewer), AnyOf(F("person"), keys), kind=EntryKind.CONTACT, voided=False)
        .order_by()
        .values_list("person")
        .annotate(at=Max("happened_at"))
    )
    held: dict[UUID, list[Assignment]] = {key: [] for key in keys}
    rows = counted.caseload(viewer, workers).filter(AnyOf(F("client"), keys))
    for one in rows.select_related("staff", "episode__program").order_by("episode__program__name", "pk"):
        held[one.client_id].append(one)
    lines = [{"person": person, "held": held[person.pk], "last": last.get(person.pk)} for person in shown]
    return Found(lines, len(ids), shown)


def _episodes(viewer: Viewer, workers: Workers, start: int) -> Found:
    """The episodes that make up the load, by program; of a household one line with its members."""
    rows = counted.caseload(viewer, workers).filter(episode__isnull=False)
    rows = rows.select_related("client", "staff", "episode__program").order_by(
        "episode__program__name", "client__sort_key", "pk"
    )
    episodes: dict[tuple[UUID, UUID | None], dict[str, Any]] = {}
    for one in rows:
        line = episodes.setdefault((one.staff_id, one.episode_id), {"assignment": one, "persons": []})
        line["persons"].append(one.client)
    lines = list(episodes.values())[start : start + SHOWN]
    return Found(lines, len(episodes), [person for line in lines for person in line["persons"]])


def _contacts(viewer: Viewer, workers: Workers, start: int) -> Found:
    return _notes(counted.contacts(viewer, workers), start)


def _signed(viewer: Viewer, workers: Workers, start: int) -> Found:
    return _notes(counted.notes(viewer, workers), start)


def _cosign(viewer: Viewer, workers: Workers, start: int) -> Found:
    return _notes(counted.to_cosign(viewer, workers), start)


def _notes(found: QuerySet[Contact], start: int) -> Found:
    """Notes, the newest first, each with the days until it was signed."""
    rows = found.select_related("person", "staff", "episode__program").order_by("-started_at", "-pk")
    shown = list(rows[start : start + SHOWN])
    lines = [
        {
            "contact": one,
            "title": title_of(one),
            "lag": lag(one.happened_on, timezone.localdate(one.signed_at)),
        }
        for one in shown
    ]
    return Found(lines, found.count(), [one.person for one in shown])


def _unsigned(viewer: Viewer, workers: Workers, start: int) -> Found:
    """Who is written about since when. What was written is the writer's own until it is signed."""
    found = counted.unsigned(viewer, workers)
    rows = found.select_related("person", "staff").defer("content").order_by("started_at", "pk")
    shown: list[Draft] = list(rows[start : start + SHOWN])
    return Found(shown, found.count(), [one.person for one in shown if one.person])


def _overdue(viewer: Viewer, workers: Workers, start: int) -> Found:
    return _tasks(viewer, counted.overdue(viewer, workers), start)


def _missed(viewer: Viewer, workers: Workers, start: int) -> Found:
    return _tasks(viewer, counted.missed(viewer, workers), start)


def _passed_up(viewer: Viewer, workers: Workers, start: int) -> Found:
    return _tasks(viewer, counted.passed_up(viewer, workers), start)


def _tasks(viewer: Viewer, found: QuerySet[Task], start: int) -> Found:
    rows = found.select_related("client", "episode__program", "owner").order_by(*RANK)
    shown = list(rows[start : start + SHOWN])
    return Found(with_questions(viewer, shown), found.count(), [row.client for row in shown if row.client])


EVERYTHING_DONE = _("Nothing is late")
KINDS = {
    "caseload": Kind(_("Clients"), "clients", _("Nobody is assigned"), _clients),
    "load": Kind(_("Load"), "episodes", _("Nobody is enrolled"), _episodes),
    "contacts": Kind(_("Contacts of 30 days"), "notes", _("No contact in 30 days"), _contacts),
    "signed": Kind(_("Notes of 30 days"), "notes", _("No note in 30 days"), _signed),
    "unsigned": Kind(_("Begun and not signed"), "drafts", _("Every note is signed"), _unsigned),
    "overdue": Kind(_("Overdue"), "tasks", EVERYTHING_DONE, _overdue),
    "missed": Kind(_("Missed, without a reason"), "tasks", EVERYTHING_DONE, _missed),
    "passed-up": Kind(_("Passed up to you"), "tasks", EVERYTHING_DONE, _passed_up),
    "unseen": Kind(_("Not reached for 30 days"), "clients", _("Everybody was reached"), _unseen),
    "cosign": Kind(_("To co-sign"), "notes", _("No note waits"), _cosign),
}


def saw(viewer: Viewer, found: Found) -> None:
    """The audit log: whose names were shown."""
    if found.persons:
        gate.saw(viewer, {person.pk: person for person in found.persons}.values(), "team")
