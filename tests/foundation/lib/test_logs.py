import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from goldthread.foundation.lib.logs import Handler, JsonFormatter
from tests.factories import AgencyFactory

pytestmark = pytest.mark.both  # a line names the agency
NAME = "Whitfield"


def page(request: HttpRequest, word: str = "") -> HttpResponse:
    if "fail" in request.GET:
        raise ValueError(f"cannot read {word} {NAME}")
    return HttpResponse(status=int(request.GET.get("status", "200")))


page.gate = "anyone"  # type: ignore[attr-defined]  # ours, put there on purpose
urlpatterns = [path("people/<str:word>/", page, name="people")]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that would stand in the log."""
    stream = io.StringIO()
    handler = Handler(stream)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("query", ["", "fail=1&", "status=404&", "status=500&", "status=400&"])
def test_no_name_of_a_request_reaches_the_log(
    lines: io.StringIO, capfd: pytest.CaptureFixture[str], query: str
) -> None:
    AgencyFactory()
    client = Client(raise_request_exception=False)
    client.post(f"/people/{NAME}/?{query}q={NAME}", {"name": NAME}, headers={"user-agent": NAME, "referer": NAME})
    client.get(f"/nowhere/{NAME}?q={NAME}")
    written = lines.getvalue()
    assert '"route": "people"' in written
    assert '"method": "POST"' in written
    assert NAME not in written
    assert NAME not in "".join(capfd.readouterr())


def test_of_an_exception_only_kind_and_places_are_written() -> None:
    try:
        raise ValueError(NAME)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "went wrong: %s", (NAME,), sys.exc_info())
    line = json.loads(JsonFormatter().format(record))
    assert line["message"] == "went wrong: %s"
    assert line["error"] == "builtins.ValueError"
    assert line["trace"][0].endswith("test_of_an_exception_only_kind_and_places_are_written")
    assert NAME not in json.dumps(line)


def test_only_the_listed_fields_are_written() -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, "answered", None, None)
    record.status, record.path = 200, f"/people/{NAME}"
    line = json.loads(JsonFormatter().format(record))
    assert line["status"] == 200
    assert "path" not in line


def test_a_line_that_cannot_be_written_says_nothing_else(capfd: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    stream.close()
    Handler(stream).handle(logging.LogRecord("x", logging.INFO, "f", 1, "%s", (NAME,), None))
    assert capfd.readouterr().err == '{"level": "error", "message": "a line of the log could not be written"}\n'
