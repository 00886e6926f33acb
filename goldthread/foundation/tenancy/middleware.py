"""Leads each request to its agency by the host name, before anything else sees it. Only on PostgreSQL."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, StreamingHttpResponse
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django_tenants.utils import schema_context

from goldthread.foundation.tenancy.hosts import schema_of

HEALTH = "/healthz"
"""Asked by machines under any host name; answered for the whole installation, without an agency."""


class AgencyMiddleware:
    """Works for the agency of the request's host, and for none when the request is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """An unknown host is told so in plain words; no statement runs in any agency's schema."""
        if request.path == HEALTH:
            return self.get_response(request)  # answered before anything asks for an agency
        schema = schema_of(split_domain_port(request.get_host())[0])
        if not schema:
            return _unknown_host()
        with schema_context(schema):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _within(schema, iter(response))
        return response


def _unknown_host() -> HttpResponse:
    return HttpResponseNotFound(_("No agency has this address.") + "\n", content_type="text/plain; charset=utf-8")


def _within(schema: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """A streamed answer is read after the middleware has returned: each piece is made inside the agency."""
    while True:
        with schema_context(schema):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk
