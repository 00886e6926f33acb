"""When something did not work: what happened, what to do, a way on; and nothing that was not to be shown."""

import re
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse
from django.test import RequestFactory

from goldthread.doors.web.shell import errors

RF = RequestFactory()


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("status", errors.STATUSES)
def test_every_error_says_what_happened_and_offers_one_way_on(status: int) -> None:
    answer = errors.page(RF.get("/somewhere/secret-name/"), status)
    assert answer.status_code == status
    assert re.search(r"<h1>\S.+</h1>", text(answer))
    assert text(answer).count("btn primary") == 1
    assert "secret-name" not in text(answer)


def test_what_is_too_large_is_told_as_that() -> None:
    assert errors.bad_request(RF.post("/"), RequestDataTooBig()).status_code == 413
    assert errors.bad_request(RF.post("/"), SuspiciousOperation()).status_code == 400


def test_not_found_says_the_same_whatever_was_asked_for() -> None:
    pages = {text(errors.not_found(RF.get(path), Exception(path))) for path in ("/a/", "/clients/b/")}
    assert len({re.sub(r'value="\w+"', "", page) for page in pages}) == 1


def test_a_fault_needs_no_database() -> None:
    """This test asks for no database: pytest-django fails it when one is touched."""
    request: Any = RF.get("/")
    request.id = "0123456789abcdef"
    answer = errors.broken(request)
    assert answer.status_code == 500
    assert "89abcdef" in text(answer)


def test_a_fault_in_the_page_for_faults_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(errors, "render_to_string", fail)
    answer = errors.broken(RF.get("/"))
    assert answer.status_code == 500
    assert "try again" in text(answer)
