"""What the actions of this room share."""

from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.discharge.enums import WayState
from goldthread.casework.discharge.models import WayOut
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError

SOURCE = "discharge"
"""Of entries, tasks and notices: with the id of the way out."""


def locked(way: WayOut) -> WayOut:
    """The way out, held until the transaction ends."""
    rows = WayOut.objects.select_for_update(of=("self",)).select_related("episode__program__team__site", "person")
    return rows.get(pk=way.pk)


def still_open(way: WayOut) -> WayOut:
    """The way out, held, while it can be written. DomainError: it is signed, over, or was given up."""
    row = locked(way)
    if row.state != WayState.OPEN:
        raise DomainError(_("This discharge is signed, or was given up. Open the page again to see how it stands."))
    if row.episode.discharged_on is not None:
        raise DomainError(_("The program has ended meanwhile. There is nothing left to prepare."))
    return row


def staff_of(by: Actor) -> UUID:
    """Who acts. ValueError: a way out is written by people."""
    if by.staff is None:
        raise ValueError("A way out is written by people.")
    return by.staff


def told(way: WayOut, action: str, by: Actor, **details: str | int | bool) -> None:
    """The audit log: what was done, never what was written."""
    record(by=by, action=action, kind=SOURCE, object_id=way.pk, client=way.person_id, details=details)
