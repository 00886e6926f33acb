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
AUDIT = "X-Bench-Audit-Ms"
"""The time, by the clock, that adding to the audit log took: each insert with its commit, where it is one of its own."""
AUDIT_INSERT = "INSERT INTO audit_event"


class Cost:
    """Outermost of all middleware. It counts with an execute wrapper, some microseconds a statement."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.headers.get(ASK)
        if not asked:
            return self.get_response(request)
        started = time.thread_time()
        response = self._counted(request, asked)
        response[CPU] = f"{(time.thread_time() - started) * 1000:.3f}"
        return response

    def _counted(self, request: HttpRequest, asked: str) -> HttpResponseBase:
        statements, audit = 0, 0.0

        def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            nonlocal statements, audit
            statements += 1
            started = time.perf_counter()
            answer = execute(sql, params, many, context)
            if sql.startswith(AUDIT_INSERT):
                audit += time.perf_counter() - started
            return answer

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        response[AUDIT] = f"{audit * 1000:.3f}"
        if asked == "all":
            response[STATEMENTS] = str(statements)
        return response
