"""Giving roles and ending them, by dates. Nobody gives themselves a role; the last administrator keeps theirs."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.agency.models import Site
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.workforce.actions.guards import (
    check_dates,
    keep_an_administrator,
    one_at_a_time,
    refuse_own,
    write,
)
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff
from goldthread.foundation.workforce.rules import overlaps


@transaction.atomic
def give_role(
    *,
    staff: Staff,
    role: Role,
    starts_on: date,
    by: Actor,
    ends_on: date | None = None,
    site: Site | None = None,
    form_id: UUID | None = None,
) -> RoleAssignment:
    """Let *staff* hold *role* from *starts_on* to *ends_on* (both included), a program manager at one *site* only. Twice is once.

    DomainError: for oneself, dates that cannot be, the role held already on some of these days, a site for another role.
    """
    refuse_own(staff, by)
    if made := made_before(RoleAssignment, form_id, staff_id=staff.pk):
        return made
    check_dates(starts_on, ends_on)
    if site and role != Role.PROGRAM_MANAGER:
        raise DomainError(_("Only a program manager can be kept to one site."), "site")
    one_at_a_time()
    if overlaps(RoleAssignment.objects.filter(staff=staff, role=role), starts_on, ends_on):
        raise DomainError(_("They hold this role on some of these days already."), "role")
    row = RoleAssignment(
        pk=form_id or new_id(), staff=staff, role=role, site=site, starts_on=starts_on, ends_on=ends_on
    )
    row.save(force_insert=True)
    write(by, "role_given", staff, role=role, starts_on=str(starts_on), ends_on=str(ends_on or ""))
    return row


@transaction.atomic
def end_role(*, assignment: RoleAssignment, last_day: date, by: Actor) -> None:
    """Let the role end with *last_day*. A day before its first takes it back altogether: *yesterday* ends it at once.

    DomainError: the last administrator's role, or a day after the one on which it ends already.
    """
    one_at_a_time()
    row = RoleAssignment.objects.select_related("staff").filter(pk=assignment.pk).first()
    if row is None or row.ends_on == last_day:
        return
    if row.ends_on is not None and last_day > row.ends_on:
        raise DomainError(_("It ends before that day already. Give the role again for a longer time."), "last_day")
    if row.role == Role.ADMINISTRATOR:
        keep_an_administrator(row.staff, last_day + timedelta(days=1))
    if last_day < row.starts_on:
        row.delete()
    else:
        row.ends_on = last_day
        row.save(update_fields=["ends_on"])
    write(by, "role_ended", row.staff, role=row.role, ends_on=str(last_day))
