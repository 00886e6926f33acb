"""Planning aftercare at the discharge, and changing what was planned."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.aftercare.actions.common import SOURCE as SOURCE
from goldthread.casework.aftercare.actions.common import (
    check_day,
    keep,
    let_go,
    over,
    put_on_list,
    served,
    still_open,
    tell,
    told,
)
from goldthread.casework.aftercare.enums import AfterState, Ended
from goldthread.casework.aftercare.models import Aftercare, AftercareContact
from goldthread.casework.aftercare.queries import open_aftercare, planned_of, rules_at
from goldthread.casework.aftercare.rules import FARTHEST, contacts_due, way_of_leaving
from goldthread.casework.caseload.actions import end_aftercare, give_aftercare
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import primary_of
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.record.actions import void_entries
from goldthread.casework.tasks.actions.tasks import cancel_of_source
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.agency.queries import calendar_of, the_agency
from goldthread.foundation.agency.rules import Calendar
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.lib.text import tidy
from goldthread.foundation.programs.enums import AftercareBy, Mode
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import supervisors_of
from goldthread.people.persons.models import Person

ASKS_AFTER = "package"
"""The source of tasks that ask after somebody who went elsewhere: that room is above this one."""
LONGEST = 120
LONGEST_WHY = 300


@transaction.atomic
def plan(*, episode: Episode, by: Actor, begun_for: Person | None = None, calls_kept: bool = False) -> Aftercare | None:
    """What the program plans after *episode*, which has just ended: tasks of its workers. None where it plans nothing.

    *begun_for*: with whom of a family the goodbye was begun. *calls_kept*: also where nobody is called by itself. Twice changes
    nothing. Who is to make it and is gone is replaced by the supervisor, else by who discharges.
    """
    if episode.discharged_on is None:
        raise ValueError("aftercare follows a discharge")
    if there := open_aftercare(episode):
        return there
    people = served(episode)
    if not people:
        return None
    _let_ask_after(episode, people, by)
    rules = rules_at(episode)
    due = contacts_due(
        rules.aftercare,
        way_of_leaving(rules, episode.discharge_reason),
        episode.discharged_on,
        by.today,
        _calendar(episode.discharged_on),
        deceased=all(one.deceased for one in people),
        kept=calls_kept,
    )
    workers = _workers(episode, by) if due else {}
    if not workers:
        return None
    made = _begun(episode, begun_for, by)
    for one in due:
        _add(made, one.rule.title, one.rule.mode, one.on, workers[one.rule.by], by)
    words = [f"{line.title} ({line.due_on:%Y-%m-%d})" for line in planned_of(made)]
    tell(made, _("Aftercare planned"), "\n".join(words), made, by)
    told(by, "aftercare.planned", made, contacts=str(len(due)), client=str(made.person_id))
    return made


@transaction.atomic
def add(
    *,
    episode: Episode,
    title: str,
    mode: str,
    due_on: date,
    staff: Staff,
    by: Actor,
    person: Person | None = None,
    form_id: UUID | None = None,
) -> AftercareContact:
    """One contact more, of *staff*, by *due_on*; where there was no aftercare, or it is over, this begins it, with *person* of a
    family. The same *form_id* adds once.

    DomainError: the episode goes on, the client came back, no words, a day that cannot be, a worker who is not here.
    """
    own = open_aftercare(episode)
    if there := made_before(AftercareContact, form_id, aftercare_id=own.pk if own else None):
        return there
    row = Episode.objects.select_for_update(of=("self",)).select_related("program").get(pk=episode.pk)
    if row.discharged_on is None:
        raise DomainError(_("This program goes on: aftercare begins when it has ended."))
    if row.continued_by.exists():
        raise DomainError(_("The client has come back to this program. Plan it there."))
    if mode not in set(Mode):
        raise DomainError(_("Choose one from the list."), "mode")
    check_day(due_on, by.today, row.discharged_on, FARTHEST)
    aftercare = open_aftercare(row) or _begun(row, person, by)
    made = _add(aftercare, _words(title), Mode(mode), due_on, staff, by, form_id)
    told(by, "aftercare.added", aftercare)
    return made


@transaction.atomic
def change(*, contact: AftercareContact, due_on: date, staff: Staff, by: Actor, version_seen: int) -> AftercareContact:
    """Another day, or another worker. DomainError: it was made or closed, somebody else changed it, a day that cannot be."""
    aftercare = still_open(contact.aftercare)
    row = _planned(contact)
    if row.version != version_seen:
        raise DomainError(_("Somebody else has just changed this. Look again, then decide."))
    if (row.due_on, row.staff_id) == (due_on, staff.pk):
        return row
    if due_on != row.due_on:
        check_day(due_on, by.today, aftercare.episode.discharged_on or by.today, FARTHEST)
    before = row.staff
    row.due_on, row.staff = due_on, staff
    keep(row, "due_on", "staff")
    cancel_of_source(SOURCE, row.pk, by)
    put_on_list(row, aftercare, by)
    if before.pk != staff.pk:
        let_go(aftercare, before, by)
    told(by, "aftercare.changed", aftercare, contact=str(row.pk))
    return row


@transaction.atomic
def close(*, contact: AftercareContact, reason: str, by: Actor) -> AftercareContact:
    """It will not be made, for a stated reason. Twice changes nothing. DomainError: no reason, or it was made."""
    row = AftercareContact.objects.select_related("aftercare", "staff").get(pk=contact.pk)
    if row.state == AfterState.CLOSED:
        return row
    why = tidy(reason)
    if not why:
        raise DomainError(_("Say why it is not made."), "reason")
    if len(why) > LONGEST_WHY:
        raise DomainError(_("Say it in at most %(n)s letters.") % {"n": LONGEST_WHY}, "reason")
    aftercare = still_open(row.aftercare)
    row = _planned(row)
    _close(row, why, by)
    tell(aftercare, _("Not made: %(title)s") % {"title": spoken(row.title)}, why, row, by)
    told(by, "aftercare.closed", aftercare, contact=str(row.pk))
    let_go(aftercare, row.staff, by)
    return row


@transaction.atomic
def call_off(*, episode: Episode, by: Actor) -> None:
    """The discharge was taken back: nothing of its aftercare is asked of anybody. Nothing was planned: nothing changes."""
    aftercare = open_aftercare(episode)
    if aftercare is None:
        return
    _end(aftercare, Ended.UNDONE, str(_("The discharge was taken back.")), by)
    void_entries(source_kind=SOURCE, source_id=aftercare.pk, by=by)


def end_because_back(episode: Episode, by: Actor) -> None:
    """The client came back: who asked how it goes serves them again, or somebody else does."""
    aftercare = open_aftercare(episode)
    if aftercare is not None:
        _end(aftercare, Ended.BACK, str(_("The client came back.")), by)


def _end(aftercare: Aftercare, how: Ended, why: str, by: Actor) -> None:
    row = still_open(aftercare)
    for contact in AftercareContact.objects.select_for_update().filter(aftercare=row, state=AfterState.PLANNED):
        _close(contact, why, by)
    end_aftercare(episode=row.episode, staff=None, ends_on=by.today, by=by)
    over(row, how, by)


def _close(row: AftercareContact, why: str, by: Actor) -> None:
    row.state, row.reason, row.closed_by, row.closed_at = AfterState.CLOSED, why, by.staff, by.at
    keep(row, "state", "reason", "closed_by", "closed_at")
    cancel_of_source(SOURCE, row.pk, by)


def _planned(contact: AftercareContact) -> AftercareContact:
    rows = AftercareContact.objects.select_for_update(of=("self",)).select_related("aftercare", "staff")
    row = rows.get(pk=contact.pk)
    if row.state != AfterState.PLANNED:
        raise DomainError(_("This contact was made or closed already."))
    return row


def _begun(episode: Episode, begun_for: Person | None, by: Actor) -> Aftercare:
    people = served(episode)
    return Aftercare.objects.create(
        episode=episode,
        person=_stands_with(people, begun_for),
        after_death=all(one.deceased for one in people),
        planned_by=by.staff,
        planned_at=by.at,
        labels=labels_for(episode),
    )


def _stands_with(people: list[Person], begun_for: Person | None) -> Person:
    """Whom the goodbye was *begun for*, else the first of *people* by name; nobody who died while others live."""
    living = [one for one in people if not one.deceased] or people
    return begun_for if begun_for and begun_for in living else living[0]


def _add(
    aftercare: Aftercare, title: str, mode: Mode, due_on: date, staff: Staff, by: Actor, pk: UUID | None = None
) -> AftercareContact:
    row = AftercareContact.objects.create(
        id=pk or new_id(),
        aftercare=aftercare,
        title=title,
        mode=mode,
        due_on=due_on,
        staff=staff,
        labels=aftercare.labels,
    )
    put_on_list(row, aftercare, by)
    return row


def _words(title: str) -> str:
    words = tidy(title)
    if not words:
        raise DomainError(_("Say what the contact is for."), "title")
    if len(words) > LONGEST:
        raise DomainError(_("Say it in at most %(n)s letters.") % {"n": LONGEST}, "title")
    return words


def _workers(episode: Episode, by: Actor) -> dict[AftercareBy, Staff]:
    """Who makes the contacts, of those who work here today; empty when nobody does."""
    last_day = episode.discharged_on or by.today
    primary = _here(primary_of(episode, last_day), by)
    boss = supervisors_of(primary, by.today).first() if primary else None
    discharger = Staff.objects.filter(pk=by.staff).first() if by.staff else None
    first = primary or _here(discharger, by)
    if first is None:
        return {}
    second = Assignment.objects.filter(episode=episode, kind=AssignmentKind.SECONDARY, ends_on__gte=last_day)
    other = next((_here(row.staff, by) for row in second.select_related("staff").order_by("starts_on", "pk")), None)
    return {AftercareBy.WORKER: first, AftercareBy.SECOND: other or first, AftercareBy.SUPERVISOR: boss or first}


def _let_ask_after(episode: Episode, people: list[Person], by: Actor) -> None:
    """Who still asks whether somebody was seen elsewhere reaches them for that."""
    rows = Task.objects.filter(client__in=people, source_kind=ASKS_AFTER, state=TaskState.OPEN, owner__isnull=False)
    for row in rows.select_related("owner", "client"):
        if row.owner and row.client and _here(row.owner, by):
            give_aftercare(episode=episode, clients=[row.client], staff=row.owner, by=by)


def _here(staff: Staff | None, by: Actor) -> Staff | None:
    return staff if staff and (staff.ended_on is None or staff.ended_on >= by.today) else None


def _calendar(left_on: date) -> Calendar:
    agency = the_agency()
    return calendar_of(agency, [left_on.year + one for one in range(4)]) if agency else Calendar()
