"""What may not be done whoever asks: give oneself access, and leave the agency without an administrator."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goldthread.foundation.agency.models import Agency
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import other_administrators


def one_at_a_time() -> None:
    """Wait until nobody else changes roles: two administrators who take each other's role away come one after the other."""
    list(Agency.objects.select_for_update().values_list("pk", flat=True))


def refuse_own(staff: Staff, by: Actor) -> None:
    """DomainError when *by* would widen what they themselves may do (separation of duties)."""
    if by.staff == staff.pk:
        raise DomainError(_("You cannot do this for yourself. Ask another administrator."))


def keep_an_administrator(staff: Staff, last_day: date) -> None:
    """DomainError when nobody but *staff* can administer after *last_day*."""
    if not other_administrators(staff, last_day).exists():
        raise DomainError(_("This is the last administrator. Give the role to somebody else first."))


def check_dates(starts_on: date, ends_on: date | None, field: str = "ends_on") -> None:
    """DomainError when the last day comes before the first."""
    if ends_on is not None and ends_on < starts_on:
        raise DomainError(_("The last day cannot be before the first day."), field)


def write(by: Actor, action: str, staff: Staff, **details: Any) -> None:
    """Put what happened to *staff* into the audit log."""
    record(by=by, action=f"workforce.{action}", kind="staff", object_id=staff.pk, details={"who": by.name} | details)
