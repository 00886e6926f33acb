"""The host leads to the agency; a session of one is worthless at the other; an unknown host reaches nobody."""

import time
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django_tenants.utils import schema_context
from pytest_django import Settings

from goldthread.foundation.accounts.models import User
from goldthread.foundation.tenancy import hosts
from goldthread.foundation.tenancy.hosts import schema_of
from tests.foundation.tenancy.conftest import ask

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.usefixtures("two_agencies"),
    pytest.mark.urls("tests.foundation.tenancy.test_middleware"),
]


@pytest.fixture(autouse=True)
def _nothing_but_agency_and_session(settings: Settings) -> None:
    settings.MIDDLEWARE = [
        "goldthread.foundation.tenancy.middleware.AgencyMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ]


def who(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"who": str(request.user), "accounts": list(User.objects.values_list("email", flat=True))})


def stream(request: HttpRequest) -> StreamingHttpResponse:
    def pieces() -> Iterator[str]:
        yield from User.objects.values_list("email", flat=True)
        yield " " + ask("SELECT current_user::text")[0]

    return StreamingHttpResponse(pieces())


def fail(request: HttpRequest) -> JsonResponse:
    User.objects.exists()
    raise ZeroDivisionError


urlpatterns = [path("who", who), path("stream", stream), path("fail", fail)]


def signed_in(schema: str) -> Client:
    client = Client(HTTP_HOST=f"{schema}.test")
    with schema_context(schema):
        client.force_login(User.objects.get(email=f"ann@{schema}.test"))
    return client


def test_each_host_has_its_own_accounts() -> None:
    for schema in ("north", "south"):
        answer = signed_in(schema).get("/who").json()
        assert answer == {"who": f"ann@{schema}.test", "accounts": [f"ann@{schema}.test"]}


def test_a_session_of_one_agency_is_worthless_at_another() -> None:
    client = signed_in("north")
    assert client.get("/who").json()["who"] == "ann@north.test"
    there = client.get("/who", headers={"host": "south.test"})
    assert there.json() == {"who": "AnonymousUser", "accounts": ["ann@south.test"]}


def test_port_and_capitals_of_the_host_do_not_matter() -> None:
    assert signed_in("north").get("/who", headers={"host": "NORTH.test:8443"}).json()["who"] == "ann@north.test"


def test_an_unknown_host_is_told_so_and_no_agency_is_touched() -> None:
    connection.set_schema_to_public()
    with CaptureQueriesContext(connection) as sent:
        answer = Client().get("/who", headers={"host": "elsewhere.test"})
        Client().get("/who", headers={"host": "elsewhere.test"})
    assert answer.status_code == 404
    assert answer.content == b"No agency has this address.\n"
    assert answer["Content-Type"].startswith("text/plain")
    looked_up = [query["sql"] for query in sent.captured_queries if "set_config" not in query["sql"]]
    assert len(looked_up) == 1
    assert "tenancy_domain" in looked_up[0]


def test_a_malformed_host_is_a_bad_request() -> None:
    assert Client().get("/who", headers={"host": "no such host"}).status_code == 400


def test_a_streamed_answer_is_made_inside_the_agency() -> None:
    connection.set_schema_to_public()
    answer = Client(HTTP_HOST="north.test").get("/stream")
    assert connection.schema_name == "public"
    text = answer.getvalue().decode()
    assert text.startswith("ann@north.test ")
    assert text.endswith("_north_app")
    assert connection.schema_name == "public"


def test_after_a_request_that_failed_the_connection_works_for_no_agency() -> None:
    connection.set_schema_to_public()
    Client(HTTP_HOST="north.test", raise_request_exception=False).get("/fail")
    assert connection.schema_name == "public"
    assert ask("SELECT current_user::text") == [connection.settings_dict["USER"]]


def test_hosts_are_looked_up_once() -> None:
    assert schema_of("north.test") == "north"
    with CaptureQueriesContext(connection) as sent:
        assert schema_of("North.TEST") == "north"
    assert not sent.captured_queries


def later(patch: pytest.MonkeyPatch, seconds: int) -> None:
    now = time.monotonic()
    patch.setattr(time, "monotonic", lambda: now + seconds)


def test_hosts_are_looked_up_again_after_half_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "REMEMBERED_SECONDS", 30)
    schema_of("north.test")
    later(monkeypatch, 31)
    with CaptureQueriesContext(connection) as sent:
        assert schema_of("north.test") == "north"
    assert any("tenancy_domain" in query["sql"] for query in sent.captured_queries)


def test_tests_that_count_statements_never_count_that(monkeypatch: pytest.MonkeyPatch) -> None:
    schema_of("north.test")
    later(monkeypatch, 31)
    with CaptureQueriesContext(connection) as sent:
        assert schema_of("north.test") == "north"
    assert not sent.captured_queries
