"""What staff may change about themselves."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.agency.editing import change
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.workforce.models import Staff


@transaction.atomic
def rename_oneself(*, staff: Staff, name: str, version: int, by: Actor) -> None:
    """Change the name that colleagues see. DomainError when somebody changed it since *version* was read."""
    try:
        change(staff, {"name": name.strip()}, version=version, by=by, action="workforce.renamed_oneself", kind="staff")
    except EditConflict as conflict:
        raise DomainError(_("Somebody changed your name meanwhile. Check it and save again."), "name") from conflict


@transaction.atomic
def choose_morning_mail(*, staff: Staff, weekdays: Iterable[int], by: Actor) -> None:
    """Mail the morning's list on these *weekdays* (0 Monday … 6 Sunday) when the agency works; none: never."""
    days = sum(1 << one for one in set(weekdays) if 0 <= one <= 6)
    Staff.objects.filter(pk=staff.pk).update(morning_mail_days=days)
    record(
        by=by, action="workforce.morning_mail_chosen", kind="staff", object_id=staff.pk, details={"days": f"{days:07b}"}
    )
