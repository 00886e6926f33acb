"""Pages for when something did not work: what happened, what to do, a way on. They tell nothing about what is not shown."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

STATUSES = (400, 403, 404, 409, 413, 429, 500)


def page(request: HttpRequest, status: int) -> HttpResponse:
    """The page of one of ``STATUSES``, inside the shell for who is signed in. Views may answer with it."""
    if status == 500:
        return broken(request)
    return render(request, f"{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be read. Django also comes here with what was too large to be read."""
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not from here or not like this (a client that may not be seen is *not found*, never *forbidden*)."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not there, or not for this person: the same page, to the letter."""
    return page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Asks nothing of the database, the session or the shell: any of them may be what broke."""
    reference = str(getattr(request, "id", ""))[-8:]
    try:
        body: str = render_to_string("500.html", {"reference": reference})
    except Exception:
        logging.getLogger("goldthread.shell").exception("the page for faults could not be shown")
        body = "Something went wrong on our side. Please try again in a minute."
    return HttpResponse(body, status=500)
