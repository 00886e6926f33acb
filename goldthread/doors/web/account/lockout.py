"""Lock-out after failed sign-ins. django-axes counts; how much is too much, and what the locked person reads, is here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from math import ceil
from threading import Lock
from typing import Any
from zlib import crc32

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.doors.web.account.at import actor_at_door
from goldthread.foundation.accounts.models import User
from goldthread.foundation.accounts.trail import note

ALLOWED = {("username", "ip_address"): 5, ("ip_address",): 50, ("username",): 100}
"""Failures before a lock: of one account from one address, from one address at all, of one account from anywhere.

The last is NIST SP 800-63B, 3.2.2: no more than 100 failures in a row for one account.
"""


class LockoutHandler(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """Counts each pair, address and account against its own limit (axes knows one limit for all)."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Failures measured on the scale of the first limit: the highest share of any limit that is used up."""
        first, *_others = ALLOWED.values()
        counts = (
            sum(attempts.values_list("failures_since_start", flat=True))
            for attempts in self.get_user_attempts(request, credentials)
        )
        shares: list[int] = [count * first // limit for count, limit in zip(counts, ALLOWED.values(), strict=True)]
        return max(shares)


GUESSES = [Lock() for _ in range(64)]


@contextmanager
def one_guess(email: str) -> Iterator[None]:
    """Inside it this process checks no other password or code of the account *email*.

    The count is read before a check and written after it: side by side, many guesses would pass on one count. So as
    many can pass the limit as there are processes beside the first, not as there are connections.
    """
    with GUESSES[crc32(email.strip().lower().encode()) % len(GUESSES)]:
        yield


def email_of(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """Under which name axes counts: the email as it is stored, so that capitals do not make another account."""
    typed = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(typed).strip().lower()[:254] or None


def count_failure(request: HttpRequest, user: User) -> bool:
    """Count a wrong code of the second step like a wrong password. Is the person locked out now?"""
    AxesProxyHandler.user_login_failed(get_user_model(), {"email": user.email}, request)
    return bool(getattr(request, "axes_locked_out", False))


def is_locked(request: HttpRequest, user: User) -> bool:
    """May this person, from this address, not try at present?"""
    return not AxesProxyHandler.is_allowed(request, {"email": user.email})


def locked_page(
    request: HttpRequest, _original: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Too many failures: says until when, and what can be done meanwhile. The same for an email that has no account."""
    email = email_of(request, credentials)
    by = actor_at_door(request)
    note(by=by, action="accounts.locked_out", user=User.objects.filter(email=email).first(), allowed=False)
    minutes = minutes_left(request, credentials, by.at)
    answer = render(request, "door/locked.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer


def minutes_left(request: HttpRequest, credentials: dict[str, Any] | None, at: datetime) -> int:
    """Whole minutes until the next try, at least one."""
    handler = AxesProxyHandler.get_implementation()
    times = [
        attempts.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
        for attempts in handler.get_user_attempts(request, credentials)[:1]
    ]
    last = max((time for time in times if time), default=at)
    left = min(
        last + settings.AXES_COOLOFF_TIME - at, settings.AXES_COOLOFF_TIME
    )  # the count is stamped just after *at*
    return max(1, ceil(left.total_seconds() / 60))
