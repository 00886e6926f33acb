"""The places that a program has are given one after the other: the last one is not promised twice."""

from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.intake.queries.vacancies import vacancies
from goldthread.casework.intake.queries.waiting import rules_today
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.models import Program


def one_at_a_time(program: UUID) -> None:
    """Whoever gives a place of *program* waits until who is doing so has done it. Before any place or person is locked, as ``enrol`` does."""
    Program.objects.select_for_update(no_key=True).get(pk=program)


def check_free(program: UUID, why: str, field: str, *, may_exceed: bool, by: Actor) -> bool:
    """Is what is given more than *program* has? DomainError: it is, without a reason (*why*), or of somebody who may not."""
    found = vacancies({program: rules_today(program, by.today).waitlist}).get(program)
    if found is None or found.free:
        return False
    said = {"taken": found.taken, "places": found.places}
    if not may_exceed:
        text = _(
            "No place is free: %(taken)s of %(places)s are taken, offers that wait for an answer among them. A supervisor or program manager "
            "may give one more, with a reason."
        )
        raise DomainError(text % said, field)
    if not why.strip():
        text = _("No place is free: %(taken)s of %(places)s are taken. Say why one more all the same.")
        raise DomainError(text % said, field)
    return True
