"""Codes of an authenticator app open once, whichever process is asked; their secrets lie under the agency's newest keys."""

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.db import transaction

from goldthread.foundation.accounts.secrets import locked_anew
from goldthread.foundation.lib.encryption import Tampered


@transaction.atomic
def spend(*, authenticator: int, step: int) -> bool:
    """Take the code of the half-minute *step* (since 1970) for *authenticator* (its id). False: it, or a later one, was taken.

    Source: RFC 6238, 5.2: a code that was accepted is not accepted again.
    """
    row = Authenticator.objects.select_for_update().filter(pk=authenticator).first()
    if row is None or step <= row.data.get("spent", 0):
        return False
    row.data["spent"] = step
    row.save(update_fields=["data"])
    return True


def lock_second_steps_anew() -> tuple[int, int]:
    """Lock the secrets of every second step that are not under the agency's newest keys. Row by row: killed at any moment,
    it goes on where it was. Returns how many, and how many do not open with any key (and stay as they are)."""
    changed = unreadable = 0
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        try:
            changed += _lock_anew(pk)
        except (Tampered, InvalidTag, FileNotFoundError):
            unreadable += 1
    return changed, unreadable


@transaction.atomic
def _lock_anew(authenticator: int) -> bool:
    row = Authenticator.objects.select_for_update().get(pk=authenticator)
    fresh = locked_anew(row.data)
    if fresh == row.data:
        return False
    row.data = fresh
    row.save(update_fields=["data"])
    return True
