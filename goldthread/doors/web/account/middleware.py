"""The front door on every request: headers, first run, session limits, who may go further.

``HeadersMiddleware`` stands outermost. ``FrontDoorMiddleware`` stands after ViewerMiddleware: it needs ``request.viewer``.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.doors.web.account.asking import answer_anywhere, ask_to_sign_in
from goldthread.doors.web.account.at import actor_at_door, instant_of
from goldthread.foundation.accounts.models import User
from goldthread.foundation.accounts.rules import Ended, Limits, session_ended
from goldthread.foundation.accounts.trail import note
from goldthread.foundation.lib.origin import remember_origin

WRITTEN_AT_MOST_EVERY = 60
"""Seconds between two writes of *last used*: a session row is not written at every click."""

FIRST_RUN = "/first-run/"
BEFORE_FIRST_RUN = frozenset({FIRST_RUN, "/healthz"})

HEADERS = {
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
Answer = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """The headers that no response goes without. What is not a static file is not stored by browsers or proxies."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response


class FrontDoorMiddleware:
    """Ends sessions whose time is over, and turns back who may not go further."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        remember_origin(f"{request.scheme}://{request.get_host()}")
        if request.agency is None and request.path not in BEFORE_FIRST_RUN:  # type: ignore[attr-defined]  # ours, beside what Django says of a request
            return answer_anywhere(request, FIRST_RUN)
        request.ended = None  # type: ignore[attr-defined]  # ours, beside what Django says of a request
        owner = getattr(request, "session_owner", None)
        if request.user.is_authenticated:
            keep_or_end(request)
        elif owner:
            request.ended = Ended.ELSEWHERE  # type: ignore[attr-defined]  # ours, beside what Django says of a request
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """After CSRF was checked and before the view: answer in its stead, or None to let it go on."""
        if getattr(view, "gate", "anyone") == "anyone":
            return None
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        if getattr(request, "viewer", None) is None:
            return no_place(request)
        if must_set_up_second_step(request) and not getattr(view, "before_second_step", False):
            return answer_anywhere(request, "/account/second-step/set-up/")
        return None


class SessionOwnerMiddleware:
    """Remembers whose session came in, before Django's check throws an ended one away. Stands right after SessionMiddleware."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.session_owner = request.session.get(SESSION_KEY)  # type: ignore[attr-defined]  # ours, beside what Django says of a request
        return self.get_response(request)


def keep_or_end(request: HttpRequest) -> None:
    """End the session when its time is over; otherwise note that it is in use, at most once a minute."""
    agency = getattr(request, "agency", None)
    if agency is None:
        return
    now = instant_of(request).timestamp()
    seen_at = request.session.get("seen_at", 0.0)
    limits = Limits(idle=timedelta(minutes=agency.idle_minutes), whole=timedelta(hours=agency.session_hours))
    over = session_ended(signed_in_at=request.session.get("signed_in_at", 0.0), seen_at=seen_at, now=now, limits=limits)
    if over is None:
        if now - seen_at >= WRITTEN_AT_MOST_EVERY:
            request.session["seen_at"] = now
        return
    user = request.user if isinstance(request.user, User) else None
    note(by=actor_at_door(request, user), action="accounts.session_ended", user=user, details={"why": over.value})
    logout(request)
    request.ended = over  # type: ignore[attr-defined]  # ours, beside what Django says of a request
    request.viewer = None  # type: ignore[attr-defined]  # ours, beside what Django says of a request


def must_set_up_second_step(request: HttpRequest) -> bool:
    """Does the agency ask for a second step that this person does not have yet?"""
    return bool(request.agency.mfa_required) and not getattr(request.user, "has_second_step", False)  # type: ignore[attr-defined]  # ours, beside what Django says of a request


def no_place(request: HttpRequest) -> HttpResponse:
    """Signed in, but not working here today (left, not started, or without a role): sign out and say whom to ask."""
    logout(request)
    if request.headers.get("HX-Request"):
        return answer_anywhere(request, "/account/no-place/")
    return render(request, "door/no_place.html", status=403)
