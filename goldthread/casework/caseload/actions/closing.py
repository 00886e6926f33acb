"""Closing a program: nobody is enrolled from a day on. Who is in it is never closed with it."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.episodes.models import Episode
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.models import Program

FARTHEST = timedelta(days=2 * 366)
"""A closing is announced two years ahead at most (product judgement)."""


def close_program(*, program: Program, closed_on: date, by: Actor) -> Program:
    """From *closed_on* on nobody is enrolled in *program*. Closing it for the same day again changes nothing.

    A day ahead may be set while clients are in it: they are served, and discharged one by one, until then and after.
    DomainError: somebody is, or was, in it on that day, which is today or before; or a day that cannot be.
    """
    with transaction.atomic():
        row = Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
        if row.closed_on == closed_on:
            return row
        if closed_on < row.opened_on:
            raise DomainError(_("The program was not open yet on that day."), "closed_on")
        if closed_on > by.today + FARTHEST:
            raise DomainError(_("This is too far ahead: two years at most."), "closed_on")
        _check_nobody(row, closed_on, by.today)
        return _set(row, closed_on, "programs.closed", by)


def reopen_program(*, program: Program, by: Actor) -> Program:
    """Enroll in *program* again. Not closed: nothing changes."""
    with transaction.atomic():
        row = Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
        return _set(row, None, "programs.reopened", by) if row.closed_on else row


def still_in(program: Program, day: date) -> int:
    """How many episodes of *program* are open on *day* or begin after it. One query."""
    running = Q(discharged_on__isnull=True) | Q(discharged_on__gte=day)
    return Episode.objects.filter(running, program=program).count()


def _check_nobody(program: Program, closed_on: date, today: date) -> None:
    if closed_on > today:
        return
    many = still_in(program, closed_on)
    if many:
        text = ngettext(
            "%(n)d client or family is in this program on that day. Discharge them first, or close it from a later day.",
            "%(n)d clients or families are in this program on that day. Discharge them first, or close it from a later day.",
            many,
        )
        raise DomainError(text % {"n": many}, "closed_on")


def _set(program: Program, closed_on: date | None, action: str, by: Actor) -> Program:
    program.closed_on = closed_on
    program.version += 1
    program.save(update_fields=["closed_on", "version"])
    details = {"who": by.name, "closed_on": closed_on.isoformat() if closed_on else None}
    record(by=by, action=action, kind="program", object_id=program.pk, details=details)
    return program
