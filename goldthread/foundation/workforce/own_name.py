"""What staff may change about themselves."""

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.accounts.trail import note
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff


@transaction.atomic
def rename_oneself(*, staff: Staff, name: str, version: int, by: Actor) -> None:
    """Change the name that colleagues see. Raises DomainError when somebody changed the row since *version* was read."""
    changed = Staff.objects.filter(pk=staff.pk, version=version).update(name=name.strip(), version=version + 1)
    if not changed:
        raise DomainError(_("Somebody changed your entry meanwhile. Check the name and save again."), "name")
    note(by=by, action="workforce.renamed_oneself", user=staff.user)
