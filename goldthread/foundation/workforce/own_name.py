"""What staff may change about themselves."""

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.agency.editing import change
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
