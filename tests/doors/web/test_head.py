"""A HEAD asks whether a page is there: it is answered as a GET, without what the page holds."""

import pytest
from django.test import Client

from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.doors.web.clients.people import team_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> None:
    team_with(Role.INTAKE)


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize(
    ("page", "status"),
    [("/ask/", 200), ("/ask/nothing/", 404), ("/account/sign-in/", 200), ("/", 302), ("/day/tasks/new/", 302)],
)
def test_who_has_not_signed_in_gets_the_answer_of_a_get(client: Client, page: str, status: int) -> None:
    asked, got = client.head(page), client.get(page)
    assert (asked.status_code, asked.content) == (status, b"")
    assert (got.status_code, asked.headers.get("Location")) == (status, got.headers.get("Location"))


def test_so_does_a_colleague_and_what_only_takes_forms_still_says_so() -> None:
    web = browser(team_with(Role.INTAKE))
    assert web.head("/clients/").status_code == 200
    assert web.head(f"/day/tasks/{new_id()}/reopen/").status_code == 405
