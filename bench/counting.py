"""Says in a header how many statements an answer took, when asked by a header. Loaded by bench.settings only."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ASK = "X-Bench-Count"
ANSWER = "X-Bench-Statements"


class CountStatements:
    """Counts with an execute wrapper, so that nothing is kept and nothing slows a request that does not ask."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if ASK not in request.headers:
            return self.get_response(request)
        statements: list[str] = []

        def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        response[ANSWER] = str(len(statements))
        return response
