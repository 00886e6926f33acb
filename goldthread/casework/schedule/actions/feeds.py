"""The secret link of a worker's calendar: made, renewed, taken back. The secret itself is shown once and not kept."""

import secrets
from hashlib import sha256

from django.db import transaction

from goldthread.casework.schedule.models import CalendarFeed
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff

BYTES = 32


def hash_of(token: str) -> str:
    """What is kept of the secret *token*. It has 256 bits of chance, so that no salt is needed."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def renew_feed(*, staff: Staff, by: Actor) -> str:
    """A new secret for *staff*; the one before stops working at once. The answer is the only time it can be read."""
    token = secrets.token_urlsafe(BYTES)
    CalendarFeed.objects.update_or_create(staff=staff, defaults={"token_hash": hash_of(token), "made_at": by.at})
    record(by=by, action="schedule.feed_made", kind="staff", object_id=staff.pk)
    return token


@transaction.atomic
def revoke_feed(*, staff: Staff, by: Actor) -> bool:
    """Switch the link of *staff* off. False when there was none."""
    deleted, _rows = CalendarFeed.objects.filter(staff=staff).delete()
    if deleted:
        record(by=by, action="schedule.feed_revoked", kind="staff", object_id=staff.pk)
    return bool(deleted)
