"""What is said when something goes wrong: what happened, what to do, and a way on. Refused looks like not found."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _

RETRY_SECONDS = 60


def page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """The error page: inside the shell for who is signed in, else at the door. The 500 page needs no database."""
    signed_in = getattr(request, "viewer", None) is not None and status != 500
    context = {"title": title, "text": text, "layout": "layouts/app.html" if signed_in else "layouts/door.html"}
    body = loader.render_to_string("errors/page.html", context, request if signed_in else None)
    return HttpResponse(body, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400, and 413 where too much was sent."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return too_large(request)
    return page(
        request, 400, _("That did not arrive whole"), _("Go back and try again. What you wrote is still there.")
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return page(
        request, 413, _("That is too large"), _("Files may have up to 10 MB. Choose a smaller one and try again.")
    )


def refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403."""
    text = _("You cannot do this with your role. Your supervisor can tell you who may.")
    return page(request, 403, _("Not yours to do"), text)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404, the same for what is not there and for what may not be seen."""
    text = _("It may have moved, or it may not be yours to open. Search for the person, or ask your supervisor.")
    return page(request, 404, _("That is not here"), text)


def conflict(request: HttpRequest) -> HttpResponse:
    """409."""
    text = _("Somebody else changed the same thing first. Go back to see what it says now.")
    return page(request, 409, _("Changed in the meantime"), text)


def too_many(request: HttpRequest) -> HttpResponse:
    """429."""
    answer = page(request, 429, _("Too many tries"), _("Wait a minute, then try again."))
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    text = _(
        "It is our mistake, not yours, and it is on record. Go back: what you wrote is still there. Then try again."
    )
    return page(request, 500, _("Something broke on our side"), text)
