"""Where this installation is reached, so that mail can hold links. Set at the entry of each request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

_origin: ContextVar[str] = ContextVar("origin", default="")


def current_origin() -> str:
    """Scheme and host without a slash at the end, as ``https://agency.example``; outside a request the configured one."""
    return _origin.get() or str(settings.ORIGIN)


def remember_origin(origin: str) -> None:
    """Called at the entry, with a host that ALLOWED_HOSTS has let through."""
    _origin.set(origin)


@contextmanager
def reached_at(origin: str) -> Iterator[None]:
    """Inside it links lead to *origin*; empty: to the configured one. For jobs, which no request starts."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)
