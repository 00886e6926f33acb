"""What cannot be right about a report, said so that it can be put right."""

from datetime import datetime

from django.utils.translation import gettext as _

from goldthread.foundation.lib.errors import DomainError

LONGEST = 40_000
"""Characters of what was seen, and of the written report."""


def check_suspicion(suspected_at: datetime, at: datetime) -> None:
    """DomainError when the suspicion began after the instant *at*."""
    if suspected_at > at:
        raise DomainError(_("This lies in the future. Say when you first suspected it."), "suspected_on")


def check_done(done_at: datetime, after: datetime, at: datetime, field: str) -> None:
    """DomainError when something was done after now (*at*), or before what it follows (*after*)."""
    if done_at > at:
        raise DomainError(_("This lies in the future."), field)
    if done_at < after:
        raise DomainError(_("This is before what it follows. Look at the day and the time."), field)


def check_text(text: str, field: str, missing: str) -> str:
    """*text* without blank ends. DomainError: there is none (then *missing* is said), or too much."""
    kept = text.strip()
    if not kept:
        raise DomainError(missing, field)
    if len(kept) > LONGEST:
        raise DomainError(_("This is too long. Keep it under 40,000 characters."), field)
    return kept
