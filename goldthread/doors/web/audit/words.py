"""Events of the audit log in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.roles import ACT_WORDS, RELATION_WORDS
from goldthread.access.rules import Relation
from goldthread.access.viewer import Viewer
from goldthread.foundation.audit.models import Event
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff

WHAT: dict[str, StrOrPromise] = {
    Act.READ: gettext_lazy("Opened the record"),
    Act.EDIT: gettext_lazy("Opened the record to change it"),
    Act.ASSIGN: gettext_lazy("Opened the record to assign it"),
    Act.SEE_WHO_SAW: gettext_lazy("Looked at who saw the record"),
    Act.REVEAL_IDENTIFIER: gettext_lazy("Saw a whole identifying number"),
    Act.SET_BLOCK: gettext_lazy("Opened the record to set a block"),
    "client.listed": gettext_lazy("Saw the name in a list"),
    "person.read": gettext_lazy("Opened a relative or friend"),
    "access.refused": gettext_lazy("Was refused"),
    "access.hinted": gettext_lazy("Was told to ask somebody about a match"),
    "audit.worker_read": gettext_lazy("Looked at what a worker saw"),
    "glass.broken": gettext_lazy("Broke the glass"),
    "glass.reviewed": gettext_lazy("Reviewed broken glass"),
    "block.set": gettext_lazy("Set a block"),
    "block.lifted": gettext_lazy("Lifted a block"),
    "caseload.assigned": gettext_lazy("Assigned to a worker"),
    "caseload.ended": gettext_lazy("Ended an assignment"),
    "caseload.reopened": gettext_lazy("Undid the end of an assignment"),
    "caseload.covered": gettext_lazy("Covered by a colleague for some days"),
    "caseload.move_undone": gettext_lazy("Took back a move to another worker"),
    "caseload.hand_over_read": gettext_lazy("Read the hand-over"),
    "episodes.enrolled": gettext_lazy("Enrolled in a program"),
    "episodes.paused": gettext_lazy("Paused a program"),
    "episodes.resumed": gettext_lazy("Went on after a pause"),
    "episodes.pause_withdrawn": gettext_lazy("Took back a pause"),
    "episodes.discharged": gettext_lazy("Discharged from a program"),
    "episodes.discharge_undone": gettext_lazy("Took back a discharge"),
    Act.READ_EPISODE: gettext_lazy("Opened the programs"),
    Act.ENROL: gettext_lazy("Opened the record to enroll"),
    Act.MANAGE_EPISODE: gettext_lazy("Opened a program to change it"),
    Act.READ_RECORD: gettext_lazy("Opened notes and tasks"),
    "team.exported": gettext_lazy("Took the team's figures along in a file"),
    "clients.exported": gettext_lazy("Took the record along in a file"),
    "clients.export_started": gettext_lazy("Asked for a file of clients"),
    "identifier.revealed": gettext_lazy("Saw a whole identifying number"),
    "persons.identifier_revealed": gettext_lazy("Saw a whole identifying number"),
    "persons.created": gettext_lazy("Added the person"),
    "persons.became_client": gettext_lazy("Made the person a client"),
    "persons.about_changed": gettext_lazy("Changed who the person is"),
    "persons.labelled": gettext_lazy("Changed the labels"),
    "report.make": gettext_lazy("Opened the guide of a safety report"),
    "reports.listed": gettext_lazy("Saw a safety report in a list"),
    "reports.read": gettext_lazy("Read a safety report"),
    "reports.printed": gettext_lazy("Opened a safety report to print it"),
    "reports.started": gettext_lazy("Started a safety report"),
    "reports.called": gettext_lazy("Logged the call of a safety report"),
    "reports.written": gettext_lazy("Wrote a safety report"),
    "reports.sent": gettext_lazy("Logged a safety report as sent"),
    "reports.closed": gettext_lazy("Closed a safety report that was started by mistake"),
    "reports.taken_up": gettext_lazy("Took up a safety report again"),
    "reports.received": gettext_lazy("Logged the receipt of a safety report"),
    "persons.photo_set": gettext_lazy("Changed the photo"),
    "persons.photo_removed": gettext_lazy("Took the photo out"),
}


PARTS = (
    ("persons.name", gettext_lazy("Changed a name")),
    ("persons.reach", gettext_lazy("Changed a phone or an email")),
    ("persons.address", gettext_lazy("Changed an address")),
    ("persons.identifier", gettext_lazy("Changed a number")),
    ("persons.alert", gettext_lazy("Changed an alert")),
    ("persons.relat", gettext_lazy("Changed the people around them")),
    ("persons.household", gettext_lazy("Changed the household")),
)
"""Actions that are named after a part of the record, by how they begin."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event as a row: *who* did *what* to *whom*, when, and why they could."""

    at: datetime
    who: str
    what: str
    whom: str
    client: UUID | None
    why: str
    refused: bool
    glass: bool


def lines(viewer: Viewer, events: Iterable[Event]) -> list[Line]:
    """*events* as rows. A client's name is shown only where the viewer may find the client. Two queries."""
    rows = list(events)
    staff = dict(Staff.objects.filter(pk__in={row.actor for row in rows if row.actor}).values_list("pk", "name"))
    among = gate.clients(viewer, Act.FIND).filter(pk__in={row.client for row in rows if row.client})
    names = dict(among.values_list("pk", "display_name"))
    return [_line(row, staff, names) for row in rows]


def _line(event: Event, staff: dict[UUID, str], names: dict[UUID, str]) -> Line:
    name = names.get(event.client, "") if event.client else ""
    return Line(
        at=event.at,
        who=staff.get(event.actor, "") if event.actor else _("Goldthread"),
        what=what(event),
        whom=name or (_("Somebody you may not see") if event.client else ""),
        client=event.client if name else None,
        why=why(event),
        refused=not event.allowed,
        glass=event.break_glass is not None,
    )


def what(event: Event) -> str:
    """What was done, in words; the bare action where there are none yet."""
    if event.action in WHAT:
        return str(WHAT[event.action])
    return str(next((words for part, words in PARTS if event.action.startswith(part)), event.action))


def why(event: Event) -> str:
    """Why it was possible (role and relation), or what was refused."""
    if not event.allowed:
        asked = event.details.get("act", "")
        return str(ACT_WORDS[Act(asked)]) if asked in list(Act) else ""
    return ", ".join(_way(way) for way in event.details.get("way", []))


def _way(way: str) -> str:
    role, _slash, to = way.partition("/")
    return f"{Role(role).label}: {RELATION_WORDS[Relation(to)]}"
