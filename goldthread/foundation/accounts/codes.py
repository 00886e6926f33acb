"""Codes of an authenticator app open once, whichever process is asked."""

from allauth.mfa.models import Authenticator
from django.db import transaction


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
