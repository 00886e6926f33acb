"""A job that looks around."""

from django.db import DatabaseError, transaction

from goldthread.foundation.accounts.models import User
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job
from tests.foundation.tenancy.conftest import ask

seen: list[tuple[str, list[str], str]] = []


@job()
def peek(by: Actor, other: str) -> None:
    """Note the role, the accounts in reach, and what comes of reading those of *other*."""
    role = ask("SELECT current_user::text")[0]
    mine = list(User.objects.values_list("email", flat=True))
    try:
        with transaction.atomic():
            theirs = str(ask(f"SELECT email FROM {other}.accounts_user"))
    except DatabaseError as error:
        theirs = str(error)
    seen.append((role, mine, theirs))
