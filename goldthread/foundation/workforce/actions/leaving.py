"""When somebody leaves, and when they come back. What they wrote stays; what is open goes to somebody else."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goldthread.foundation.accounts import actions as accounts
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.actions.guards import keep_an_administrator, one_at_a_time, write
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import roles_on


@transaction.atomic
def disable_staff(*, staff: Staff, last_day: date, by: Actor) -> None:
    """Let *last_day* be the last day of *staff*; a day that is over or today switches the account off at once.

    Their roles and teams end with that day. Their clients are not touched: they are handed over, by whoever may.
    DomainError: the last administrator, oneself, or a day before they started.
    """
    if by.staff == staff.pk:
        raise DomainError(_("You cannot switch off your own account. Ask another administrator."))
    if last_day < staff.started_on:
        raise DomainError(_("The last day cannot be before the day they started."), "last_day")
    one_at_a_time()
    if Role.ADMINISTRATOR in roles_on(staff, by.today):
        keep_an_administrator(staff, last_day)
    Staff.objects.filter(pk=staff.pk).update(ended_on=last_day, version=staff.version + 1)
    staff.refresh_from_db(fields=["ended_on", "version"])
    going_on = Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)
    for rows in (staff.roles.filter(going_on), staff.memberships.filter(going_on)):
        rows.filter(starts_on__gt=last_day).delete()
        rows.update(ends_on=last_day)
    if last_day <= by.today:
        accounts.disable(user=staff.user, by=by)
    write(by, "disabled", staff, last_day=str(last_day))


@transaction.atomic
def enable_staff(*, staff: Staff, by: Actor) -> None:
    """Let *staff* work here again from today. Roles and teams are given anew. DomainError for oneself."""
    if by.staff == staff.pk:
        raise DomainError(_("You cannot do this for yourself. Ask another administrator."))
    Staff.objects.filter(pk=staff.pk).update(ended_on=None, version=staff.version + 1)
    staff.refresh_from_db(fields=["ended_on", "version"])
    accounts.enable(user=staff.user, by=by)
    write(by, "enabled", staff)
