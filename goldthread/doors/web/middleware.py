"""Who is looking, and at what instant: read once, at the entry."""

from codecs import lookup
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from goldthread.access.viewer import viewer_for
from goldthread.doors.web.encodings import CLAIMED
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.lib.ids import new_id

NOTHING = "\0"
"""The character that no text of ours may hold: PostgreSQL keeps none, so a query with one would fail."""


LARGEST = 26 * 1024 * 1024
"""Bytes of one request: a document of 25 MB with the form around it. More is refused before it is read."""


class WholeTextMiddleware:
    """Turns away what is too large to be read (413), and an address or a form that holds a null character, which nobody
    types, or that comes in another encoding than our pages, in which half a character can be written (400); all before a view sees
    them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NOTHING in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("a null character in the address")
        if _in_another_encoding(request.META.get(CLAIMED) or request.encoding or ""):
            raise SuspiciousOperation("text in another encoding than that of our pages")
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            raise RequestDataTooBig("a request larger than anything we ask for")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        """After CSRF was checked."""
        if any(NOTHING in f"{name}{value}" for name, values in request.POST.lists() for value in values):
            raise SuspiciousOperation("a null character in a form")


def _in_another_encoding(claimed: str) -> bool:
    """Of one that nobody knows nothing is said: such text is read as ours."""
    try:
        return bool(claimed) and lookup(claimed).name != "utf-8"
    except (LookupError, ValueError):
        return False


class HeadMiddleware:
    """A HEAD is answered as the GET of that page; the web server leaves the body out. Link previews and monitors ask so whether a
    page is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"  # as the log is to tell it
        return response


class ViewerMiddleware:
    """Puts ``agency``, ``at``, ``viewer`` and ``request_id`` on the request, and the reader's language and zone in force.

    Comes after authentication and the session limits: ``viewer`` is None for who is not, or no longer, a working staff member.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = getattr(request, "request_id", "") or new_id().hex  # type: ignore[attr-defined]  # ours, beside what Django says of a request
        request.at = timezone.now()  # type: ignore[attr-defined]  # ours, beside what Django says of a request
        request.agency = agency = the_agency()  # type: ignore[attr-defined]  # ours, beside what Django says of a request
        request.viewer = None  # type: ignore[attr-defined]  # ours, beside what Django says of a request
        zone = ZoneInfo(agency.time_zone if agency else "UTC")
        if agency and request.user.is_authenticated:
            today = request.at.astimezone(zone).date()  # type: ignore[attr-defined]  # ours, beside what Django says of a request
            request.viewer = viewer_for(request.user, at=request.at, today=today, request=request.request_id)  # type: ignore[attr-defined]  # ours, beside what Django says of a request
            speak(request, request.user.language)
        with timezone.override(zone):
            return self.get_response(request)


def speak(request: HttpRequest, language: str) -> None:
    """Answer this request in the reader's own language, when we have it."""
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
        request.LANGUAGE_CODE = language
