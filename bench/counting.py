"""Says in headers what an answer cost, when asked by a header. Loaded by bench.settings only."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ASK = "X-Bench"
"""``cpu``: the time of the processor. ``all``: the statements, too."""
STATEMENTS = "X-Bench-Statements"
CPU = "X-Bench-Cpu-Ms"


class Cost:
    """Outermost of all middleware. It counts with an execute wrapper, so that what is not asked for costs nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.headers.get(ASK)
        if not asked:
            return self.get_response(request)
        started = time.thread_time()
        response = self._counted(request) if asked == "all" else self.get_response(request)
        response[CPU] = f"{(time.thread_time() - started) * 1000:.3f}"
        return response

    def _counted(self, request: HttpRequest) -> HttpResponseBase:
        statements: list[str] = []

        def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        response[STATEMENTS] = str(len(statements))
        return response
