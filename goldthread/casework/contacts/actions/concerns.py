"""The life of a concern: raised → who was asked → resolved → is the person satisfied? Each step keeps its day."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.contacts.enums import CONCERN, RaisedBy, Satisfied
from goldthread.casework.contacts.models import Concern, Contact
from goldthread.casework.contacts.queries import tasks_of_concerns
from goldthread.casework.contacts.rules.clocks import concern_due, grievance_due
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.tasks.actions.tasks import cancel_of_source, make_task, settle_source
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

LEGAL, HEALTH = 1, 2


@transaction.atomic
def raise_concern(
    *,
    person: Person,
    episode: Episode | None,
    about: str,
    what: str,
    raised_by: str = RaisedBy.CLIENT,
    raised_on: date,
    by: Actor,
    contact: Contact | None = None,
    grievance: bool = False,
    form_id: UUID | None = None,
) -> Concern:
    """Raise a concern about the service *about*; it becomes a task of whoever raises it. The same *form_id* raises one.

    *grievance*: a formal one, with its clock. DomainError: nothing said, or a day to come.
    """
    if made := made_before(Concern, form_id, person_id=person.pk):
        return made
    if not about.strip():
        raise DomainError(_("Say which service it is about."), "about")
    if not what.strip():
        raise DomainError(_("Say what the problem is."), "what")
    _not_ahead(raised_on, by, "raised_on")
    if by.staff is None:
        raise ValueError("concerns are written down by people")
    concern = Concern.objects.create(
        id=form_id or new_id(),
        person=person,
        episode=episode,
        contact=contact,
        about=about.strip()[:200],
        what=what.strip()[:4000],
        raised_by=raised_by,
        raised_on=raised_on,
        staff_id=by.staff,
        grievance=grievance,
        grievance_on=raised_on if grievance else None,
        answer_due_on=grievance_due(raised_on) if grievance else None,
        made_by=by.staff,
        made_at=by.at,
        labels=labels_for(episode) if episode else 0,
    )
    _make_its_task(concern, by)
    return _kept(concern, "contacts.concern_raised", by)


@transaction.atomic
def ask(*, concern: Concern, whom: str, on: date, version_seen: int, by: Actor) -> Concern:
    """Somebody was asked about it."""
    row = _locked(concern, version_seen)
    if not whom.strip():
        raise DomainError(_("Say who was asked."), "asked")
    _in_order(on, row, by, "asked_on")
    row.asked, row.asked_on = whom.strip()[:200], on
    return _changed(row, "contacts.concern_asked", by)


@transaction.atomic
def resolve(*, concern: Concern, resolution: str, on: date, version_seen: int, by: Actor) -> Concern:
    """Something came of it. It stays open until the person was asked whether they are satisfied.

    What did not satisfy them stays under ``earlier``; the person is asked anew.
    """
    row = _locked(concern, version_seen)
    if not resolution.strip():
        raise DomainError(_("Say what came of it."), "resolution")
    _in_order(on, row, by, "resolved_on")
    if row.satisfied == Satisfied.NO and row.resolved_on and row.satisfied_on:
        tried = {
            "resolution": row.resolution,
            "resolved_on": str(row.resolved_on),
            "satisfied_on": str(row.satisfied_on),
        }
        row.earlier = [*row.earlier, tried]
        row.satisfied, row.satisfied_on = "", None
    row.resolution, row.resolved_on = resolution.strip()[:4000], on
    return _changed(row, "contacts.concern_resolved", by)


@transaction.atomic
def ask_satisfied(*, concern: Concern, satisfied: str, on: date, version_seen: int, by: Actor) -> Concern:
    """The person said whether they are satisfied: its task is done. *Not satisfied* opens it again."""
    row = _locked(concern, version_seen)
    if row.resolved_on is None:
        raise DomainError(_("Say first what came of it."), "satisfied")
    if satisfied not in Satisfied.values:
        raise DomainError(_("Say whether the person is satisfied."), "satisfied")
    _in_order(on, row, by, "satisfied_on")
    row.satisfied, row.satisfied_on = satisfied, on
    if satisfied == Satisfied.NO:
        cancel_of_source(CONCERN, row.pk, by)
        _make_its_task(row, by)
    else:
        settle_source(CONCERN, row.pk, by)
    return _changed(row, "contacts.concern_answered", by)


@transaction.atomic
def file_grievance(*, concern: Concern, on: date, version_seen: int, by: Actor) -> Concern:
    """It becomes a formal grievance: the clock of its answer starts on the day it is filed."""
    row = _locked(concern, version_seen)
    if row.grievance:
        return row
    _in_order(on, row, by, "grievance_on")
    row.grievance, row.grievance_on, row.answer_due_on = True, on, grievance_due(on)
    cancel_of_source(CONCERN, row.pk, by)
    _make_its_task(row, by)
    return _changed(row, "contacts.grievance_filed", by)


@transaction.atomic
def hand_on(*, concern: Concern, to: Staff, by: Actor) -> Concern:
    """A colleague answers for it from now on: the concern and its open task are theirs."""
    row = Concern.objects.select_for_update().get(pk=concern.pk)
    if row.staff_id == to.pk:
        return row
    row.staff = to
    tasks = Task.objects.select_for_update().filter(source_kind=CONCERN, source_id=row.pk, state=TaskState.OPEN)
    for task in tasks:
        task.owner, task.team, task.asked_by = to, None, None
        task.version += 1
        task.save(update_fields=["owner", "team", "asked_by", "version"])
    return _changed(row, "contacts.concern_handed_on", by)


@transaction.atomic
def let_go(*, concern: Concern, resolution: str, by: Actor) -> Concern:
    """The episode ends, and nobody asks any more whether the person is satisfied: what came of it is written down, its task goes."""
    row = Concern.objects.select_for_update().get(pk=concern.pk)
    if row.grievance:
        raise DomainError(_("A grievance has to be answered. Give it to a colleague, or close it on its own page."))
    if not resolution.strip():
        raise DomainError(_("Say what came of it."), "words")
    row.resolution = "\n".join(filter(None, [row.resolution, resolution.strip()]))[:4000]
    row.resolved_on = by.today
    cancel_of_source(CONCERN, row.pk, by)
    return _changed(row, "contacts.concern_resolved", by)


def state_of(concern: Concern) -> str:
    """Where it stands: raised, asked, resolved, closed."""
    if concern.satisfied and concern.satisfied != Satisfied.NO:
        return "closed"
    if concern.resolved_on and not concern.satisfied:
        return "resolved"
    return "asked" if concern.asked_on else "raised"


def _locked(concern: Concern, version_seen: int) -> Concern:
    row = Concern.objects.select_for_update().get(pk=concern.pk)
    if row.version != version_seen:
        raise DomainError(_("Somebody else wrote on this concern meanwhile. Look at it again, then go on."))
    row.staff = _who_has_its_task(row) or row.staff
    return row


def _who_has_its_task(row: Concern) -> Staff | None:
    """Its task goes along when the client goes to another worker: who has it for good answers for the concern."""
    task = tasks_of_concerns(row.pk).select_related("owner").first()
    return task.owner if task else None


def _not_ahead(day: date, by: Actor, field: str) -> None:
    if day > by.today:
        raise DomainError(_("This day has not come yet."), field)


def _in_order(day: date, row: Concern, by: Actor, field: str) -> None:
    _not_ahead(day, by, field)
    if day < row.raised_on:
        raise DomainError(_("This is before the concern was raised."), field)


def _make_its_task(row: Concern, by: Actor) -> None:
    title = _("Grievance: %(about)s") if row.grievance else _("Concern: %(about)s")
    make_task(
        title=title % {"about": row.about},
        client=row.person,
        episode=row.episode,
        owner=row.staff,
        due_on=row.answer_due_on or concern_due(max(row.raised_on, by.today)),
        weight=LEGAL if row.grievance else HEALTH,
        action=CONCERN,
        source_kind=CONCERN,
        source_id=row.pk,
        labels=row.labels,
        by=by,
    )


def _changed(row: Concern, action: str, by: Actor) -> Concern:
    row.version += 1
    row.save()
    return _kept(row, action, by)


def _kept(row: Concern, action: str, by: Actor) -> Concern:
    """The ledger's entry says how it stands now; the audit log, that it changed."""
    facts: dict[str, Any] = {"state": state_of(row), "grievance": row.grievance, "satisfied": row.satisfied}
    write_entry(
        kind=EntryKind.CONCERN,
        person=row.person,
        episode=row.episode,
        happened_at=datetime.combine(row.raised_on, time(12), UTC),
        labels=row.labels,
        source_kind=CONCERN,
        source_id=row.pk,
        title=row.about,
        text="\n\n".join(filter(None, [row.what, *(one["resolution"] for one in row.earlier), row.resolution])),
        facts={name: value for name, value in facts.items() if value},
        by=by,
    )
    record(by=by, action=action, kind=CONCERN, object_id=row.pk, client=row.person_id)
    return row
