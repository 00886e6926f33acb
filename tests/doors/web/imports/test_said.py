"""What the pages of a file say: of households, of what cannot come in, and of where it is found afterwards."""

import pytest
from django.test import Client

from goldthread.casework.imports.tasks import step
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.doors.web.clients.people import team_with
from tests.doors.web.imports.test_families import PEOPLE, matched
from tests.doors.web.imports.test_pages import BY, choose, text

pytestmark = pytest.mark.django_db
FAMILY = ("household_number", "name", "birth_date", "household_role")


@pytest.fixture
def page() -> Client:
    return browser(team_with(Role.INTAKE))


def test_a_household_is_said_before_and_after_it_comes_in(page: Client) -> None:
    run = matched(page, choose(page, PEOPLE), *FAMILY)
    before = text(page, run)
    assert "Household 2019-07 (head of household)" in before
    assert "Household 2019-07 (child)" in before
    page.post(f"/imports/{run.pk}/bring/", {"version": run.version})
    assert "They live in 1 household." in text(page, step(run.pk, BY))


def test_where_every_row_is_refused_nothing_is_offered_to_bring(page: Client) -> None:
    run = matched(page, choose(page, b"Name,DOB\nEva,1/1/2090\n"), "name", "birth_date")
    said = text(page, run)
    assert "Nothing of this file would come in" in said
    assert "Bring 0 clients in" not in said
    assert "bring the others" not in said


@pytest.mark.parametrize(("role", "reads"), [(Role.INTAKE, False), (Role.PROGRAM_MANAGER, True)])
def test_only_who_may_open_it_is_sent_to_what_was_brought_along(role: Role, reads: bool) -> None:
    page = browser(team_with(role))
    run = matched(page, choose(page, PEOPLE), *FAMILY)
    page.post(f"/imports/{run.pk}/bring/", {"version": run.version})
    assert ("stands under “Brought along” on each" in text(page, step(run.pk, BY))) is reads
    assert ("/imports/additional/" in page.get("/help/bringing/").content.decode()) is reads
    assert ("Also look in what clients brought along" in page.get("/search/?q=vega").content.decode()) is reads
