"""What the front door writes into the audit log."""

from uuid import UUID

from goldthread.foundation.accounts.models import User
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor


def note(
    *, by: Actor, action: str, user: User | None, allowed: bool = True, details: dict[str, str] | None = None
) -> None:
    """Record that *action* (``accounts.signed_in`` …) happened to the account *user*; None when nobody has that email."""
    subject: UUID | str = user.pk if user else ""
    Event.objects.create(
        at=by.at,
        actor=by.staff,
        action=action,
        kind="account",
        object_id=str(subject),
        allowed=allowed,
        request=by.request,
        details=details or {},
    )
