"""Reads of accounts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from goldthread.foundation.accounts.models import Invitation, Session, User
from goldthread.foundation.accounts.rules import LinkState, digest_of, link_state


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser in which a person is signed in."""

    device: str
    signed_in_at: datetime
    seen_at: datetime
    here: bool


def invitation_behind(token: str) -> Invitation | None:
    """The invitation that the link was made for, whatever its state."""
    return Invitation.objects.select_related("user").filter(digest=digest_of(token)).first()


def state_of(invitation: Invitation | None, at: datetime) -> LinkState:
    """What the link is good for at *at*."""
    if invitation is None or not invitation.user.is_active:
        return LinkState.UNKNOWN
    return link_state(
        accepted_at=invitation.accepted_at, voided_at=invitation.voided_at, expires_at=invitation.expires_at, at=at
    )


def where_signed_in(user: User, *, this_key: str | None, at: datetime) -> list[SignedIn]:
    """The browsers in which *user* is signed in at *at*, the one with *this_key* first, then the last used."""
    rows = Session.objects.filter(user=user.pk, expire_date__gt=at)
    live = [(row, row.get_decoded()) for row in rows]
    now_valid = user.get_session_auth_hash()
    found = [_signed_in(row, data, this_key) for row, data in live if data.get("_auth_user_hash") == now_valid]
    return sorted(found, key=lambda one: (not one.here, -one.seen_at.timestamp()))


def _signed_in(row: Session, data: dict[str, Any], this_key: str | None) -> SignedIn:
    since = data.get("signed_in_at", 0.0)
    return SignedIn(
        device=data.get("device", ""),
        signed_in_at=datetime.fromtimestamp(since, UTC),
        seen_at=datetime.fromtimestamp(data.get("seen_at", since), UTC),
        here=row.session_key == this_key,
    )
