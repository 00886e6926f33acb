"""What was done elsewhere: recorded as evidence and trigger, with where the paper is, until its own room comes."""

from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.record.actions import void_entries, write_entry
from goldthread.casework.tasks.actions.evidence import NewEvidence, record_evidence, void_evidence
from goldthread.casework.tasks.models import Elsewhere
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.rules.spans import read_span
from goldthread.people.persons.models import Person

SOURCE = "elsewhere"
KINDS: tuple[EventKind, ...] = (
    EventKind.REFERRED,
    EventKind.CONSENTED,
    EventKind.ELIGIBLE,
    EventKind.ASSESSMENT,
    EventKind.PLAN_SIGNED,
    EventKind.PLAN_REVIEW,
    EventKind.SERVICES_STARTED,
    EventKind.HEARING,
    EventKind.MEETING,
    EventKind.SUPERVISION,
    EventKind.INCIDENT,
    EventKind.HOSPITAL_ADMISSION,
    EventKind.HOSPITAL_DISCHARGE,
    EventKind.DOCUMENT,
    EventKind.ACUITY,
    EventKind.INTERVAL,
)
"""What can be recorded as done elsewhere; a contact is written as a note."""


@transaction.atomic
def record_elsewhere(
    *,
    kind: EventKind,
    episode: Episode,
    person: Person,
    done_on: date,
    by: Actor,
    done_at: datetime | None = None,
    name: str = "",
    who: str = "",
    where: str = "",
    note: str = "",
    details: dict[str, str] | None = None,
    labels: int = 0,
    form_id: UUID | None = None,
) -> Elsewhere:
    """*kind* (and which one: *name*) happened on *done_on*; *who* did it, *where* the paper is. The same *form_id* makes one.

    *details*: the ``level`` of an acuity, the ``requirement`` and ``every`` of an interval. DomainError: a kind that is written
    otherwise, or a day that lies ahead.
    """
    if made := made_before(Elsewhere, form_id, person_id=person.pk):
        return made
    _check(kind, done_on, done_at, details or {}, by)
    row = Elsewhere.objects.create(
        id=form_id or new_id(),
        kind=str(kind),
        name=name.strip()[:60],
        episode=episode,
        person=person,
        done_on=done_on,
        done_at=done_at,
        who=who.strip()[:200],
        where=where.strip()[:200],
        note=note.strip()[:1000],
        labels=labels_for(episode, labels),
        recorded_by=by.staff,
        recorded_at=by.at,
    )
    _spread(row, details or {}, by)
    record(by=by, action="tasks.done_elsewhere", kind=SOURCE, object_id=row.pk, client=person.pk)
    return row


@transaction.atomic
def void_elsewhere(*, row: Elsewhere, reason: str, by: Actor) -> Elsewhere:
    """It was recorded by mistake: it counts for nothing any more, and stays to be read. DomainError without a reason."""
    if not reason.strip():
        raise DomainError(_("Say why it is taken back."), "reason")
    found = Elsewhere.objects.select_for_update().get(pk=row.pk)
    if found.voided:
        return found
    found.voided, found.void_reason = True, reason.strip()[:300]
    found.voided_by, found.voided_at = by.staff, by.at
    found.version += 1
    found.save()
    void_evidence(source_kind=SOURCE, source_id=found.pk, by=by)
    void_entries(source_kind=SOURCE, source_id=found.pk, by=by)
    record(by=by, action="tasks.elsewhere_voided", kind=SOURCE, object_id=found.pk, client=found.person_id)
    return found


def _check(kind: EventKind, done_on: date, done_at: datetime | None, details: dict[str, str], by: Actor) -> None:
    if kind not in KINDS:
        raise DomainError(_("This is not recorded here."), "kind")
    if done_on > by.today:
        raise DomainError(_("This day has not come yet."), "done_on")
    if done_at and done_at > by.at:
        raise DomainError(_("This time has not come yet."), "done_time")
    needed = {EventKind.ACUITY: {"level": "level"}, EventKind.INTERVAL: {"requirement": "rule", "every": "every"}}
    for name, field in needed.get(kind, {}).items():
        if not details.get(name):
            raise DomainError(_("Say which."), field)
    if kind == EventKind.INTERVAL:
        _check_span(details["every"])


def _check_span(every: str) -> None:
    """DomainError when nobody could read it later."""
    try:
        read_span(every)
    except ValueError as error:
        raise DomainError(_("Say how often: for example every 2 weeks."), "every") from error


def _spread(row: Elsewhere, details: dict[str, str], by: Actor) -> None:
    """The evidence and the line of the timeline that come of it."""
    item = NewEvidence(
        kind=EventKind(row.kind),
        episode=row.episode,
        person=row.person,
        happened_on=row.done_on,
        happened_at=row.done_at,
        name=row.name,
        details=details,
        labels=row.labels,
    )
    record_evidence(source_kind=SOURCE, source_id=row.pk, items=[item], by=by)
    write_entry(
        kind=row.kind,
        person=row.person,
        episode=row.episode,
        happened_at=row.done_at or _noon(row.done_on),
        labels=row.labels,
        source_kind=SOURCE,
        source_id=row.pk,
        title=row.name,
        text=row.note,
        facts={"who": row.who, "where": row.where},
        by=by,
    )


def _noon(day: date) -> datetime:
    """Noon of the agency's *day*: the ledger wants an instant, and noon is on that day for every reader."""
    agency = Agency.objects.first()
    zone = ZoneInfo(agency.time_zone if agency else "UTC")
    return datetime.combine(day, time(12), zone).astimezone(UTC)
