"""What every change of aftercare shares: its task, its line in the ledger, its end."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from goldthread.casework.aftercare.enums import AfterState, Ended
from goldthread.casework.aftercare.models import Aftercare, AftercareContact
from goldthread.casework.aftercare.rules import TO_WRITE
from goldthread.casework.caseload.actions import end_aftercare, give_aftercare
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import served_on
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.spoken import AFTERCARE
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

SOURCE = "aftercare"
"""Of a task: the contact. Of a line in the ledger: the aftercare, or the contact that was closed."""
HEALTH = 2


def locked(aftercare: Aftercare) -> Aftercare:
    """The row, for whoever changes it or its contacts: one after the other."""
    rows = Aftercare.objects.select_for_update(of=("self",)).select_related("episode__program", "person")
    return rows.get(pk=aftercare.pk)


def still_open(aftercare: Aftercare) -> Aftercare:
    """The row, locked. DomainError: it is over."""
    row = locked(aftercare)
    if row.ended_at is not None:
        raise DomainError(_("This aftercare is over. Nothing can be changed in it any more."))
    return row


def put_on_list(row: AftercareContact, aftercare: Aftercare, by: Actor) -> None:
    """The contact becomes a task of its worker, who reaches the client for it."""
    episode = aftercare.episode
    give_aftercare(episode=episode, clients=served(episode), staff=row.staff, by=by)
    make_task(
        title=f"{AFTERCARE}{row.title}",
        client=aftercare.person,
        episode=episode,
        owner=row.staff,
        due_on=row.due_on,
        weight=HEALTH,
        action=SOURCE,
        source_kind=SOURCE,
        source_id=row.pk,
        labels=row.labels,
        minutes=15,
        by=by,
    )


def served(episode: Episode) -> list[Person]:
    """Whom *episode* served on its last day, by name."""
    return served_on(episode, episode.discharged_on or episode.enrolled_on)


def let_go(aftercare: Aftercare, staff: Staff, by: Actor) -> None:
    """*staff* reaches the client a few days longer, unless more is theirs to do; with the last contact the aftercare is over."""
    planned = AftercareContact.objects.filter(aftercare=aftercare, state=AfterState.PLANNED)
    if not planned.filter(staff=staff).exists():
        end_aftercare(episode=aftercare.episode, staff=staff, ends_on=by.today + timedelta(days=TO_WRITE), by=by)
    if not planned.exists():
        over(aftercare, Ended.DONE, by)


def over(aftercare: Aftercare, how: Ended, by: Actor) -> None:
    """The aftercare has ended."""
    aftercare.how_ended, aftercare.ended_by, aftercare.ended_at = how, by.staff, by.at
    keep(aftercare, "how_ended", "ended_by", "ended_at")
    told(by, "aftercare.ended", aftercare, how=str(how))


def keep(row: Aftercare | AftercareContact, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def tell(aftercare: Aftercare, title: str, text: str, source: Aftercare | AftercareContact, by: Actor) -> None:
    """One line in the ledger of each client served."""
    for person in served(aftercare.episode):
        write_entry(
            kind=EntryKind.AFTERCARE,
            person=person,
            episode=aftercare.episode,
            happened_at=by.at,
            labels=aftercare.labels,
            source_kind=SOURCE,
            source_id=source.pk,
            title=title,
            text=text,
            by=by,
        )


def told(by: Actor, action: str, aftercare: Aftercare, **details: str) -> None:
    """One event in the audit log."""
    record(by=by, action=action, kind=SOURCE, object_id=aftercare.pk, client=aftercare.person_id, details=details)


def check_day(day: date, today: date, left_on: date, farthest: int) -> None:
    """DomainError when nothing can be planned for *day*."""
    if day < today:
        raise DomainError(_("This day is over. Choose a day from today on."), "due_on")
    if day > left_on + timedelta(days=farthest):
        raise DomainError(_("This is too far ahead: two years after the discharge at most."), "due_on")
