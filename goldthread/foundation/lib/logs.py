"""Logs: one JSON object a line, for machines and for people with grep. No client content, ever.

What may stand in a line is listed here, by name; everything else is left out. A message of ours is a fixed sentence.
Of an exception only its kind and the places in the code are written, never its message; of a request the name of its
route, never its path, query or body.
"""

import json
import logging
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from goldthread.foundation.lib.ids import new_id

FIELDS = ("request", "method", "route", "status", "ms", "agency", "job", "error", "count", "event")
"""The extra fields that a line may carry."""
OURS = "goldthread"


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "message": _message(record),
        }
        line |= {name: value for name in FIELDS if (value := _plain(getattr(record, name, None))) not in (None, "")}
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            line["error"] = f"{kind.__module__}.{kind.__qualname__}"
            line["trace"] = places(trace)
        return json.dumps(line, ensure_ascii=False)


def places(trace: TracebackType | None) -> list[str]:
    """Where in the code an error came from: all of it that may be written down."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def _plain(value: object) -> str | int | float | None:
    """The value, when it can be nothing but a name or a number. Django hands over the whole request: its id will do."""
    if isinstance(value, HttpRequest):
        value = getattr(value, "id", None)
    return value if isinstance(value, str | int | float) else None


def _message(record: logging.LogRecord) -> str:
    """Our own messages are fixed sentences. Those of libraries may have paths and names filled in: only the pattern is kept."""
    return str(record.msg) if isinstance(record.msg, str) else type(record.msg).__qualname__


class Handler(logging.StreamHandler[TextIO]):
    """Writes to standard error. A line that cannot be written is not explained: Python's explanation holds its arguments."""

    def handleError(self, record: logging.LogRecord) -> None:
        sys.stderr.write('{"level": "error", "message": "a line of the log could not be written"}\n')


class RequestLog:
    """Middleware: gives every request an id and writes one line when it has been answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.log = logging.getLogger(f"{OURS}.requests")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.id = new_id().hex  # type: ignore[attr-defined]  # ours, beside what Django says of a request
        started = time.perf_counter()
        response = self.get_response(request)
        self.log.info(
            "answered",
            extra={
                "request": request.id,  # type: ignore[attr-defined]  # ours, beside what Django says of a request
                "method": request.method,
                "route": request.resolver_match.view_name if request.resolver_match else "",
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
                "agency": getattr(connection, "schema_name", ""),
            },
        )
        return response


def logging_settings(level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING: everything to standard error through the formatter above."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": f"{__name__}.JsonFormatter"}},
        "handlers": {"stderr": {"class": f"{__name__}.Handler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            OURS: {"level": level},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},
        },
    }
