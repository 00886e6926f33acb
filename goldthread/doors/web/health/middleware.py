"""``/healthz`` is answered before anything reads the database, so that it can say that there is none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from goldthread.doors.web.health.views import healthz

PATH = "/healthz"


class HealthMiddleware:
    """Answers machines that watch; every other request goes on. No session, no agency, nobody signed in is needed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return healthz(request) if request.path == PATH else self.get_response(request)  # type: ignore[return-value]  # healthz is any answer; Django means the same
