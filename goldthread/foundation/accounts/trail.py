"""What the front door writes into the audit log."""

from goldthread.foundation.accounts.models import User
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor


def note(
    *, by: Actor, action: str, user: User | None, allowed: bool = True, details: dict[str, str] | None = None
) -> None:
    """Record that *action* (``accounts.signed_in`` …) happened to the account *user*; None when nobody has that email."""
    record(
        by=by,
        action=action,
        kind="account",
        object_id=user.pk if user else "",
        allowed=allowed,
        details=details,
    )
