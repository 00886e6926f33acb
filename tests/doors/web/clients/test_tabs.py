"""The tabs of a client: screens.md's row, the rest under *More*, which says where one is; without scripts."""

import re

import pytest
from django.urls import reverse

from goldthread.doors.web.clients.tabs import MORE, ROW
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.doors.web.clients.people import client_of, team_with


def test_every_page_is_named_once_and_has_an_address() -> None:
    keys = [one.key for one in (*ROW, *MORE)]
    assert len(set(keys)) == len(keys)
    assert all(reverse(one.url, args=[new_id()]) for one in (*ROW, *MORE))


@pytest.mark.django_db
def test_the_row_is_that_of_the_design_and_more_says_where_one_is() -> None:
    worker = team_with(Role.CASE_MANAGER)
    dana = client_of(worker, worker.memberships.get().team)
    body = browser(worker).get(f"/clients/{dana.pk}/facts/").content.decode()
    nav = re.search(r'<nav class="tabs".*?</nav>', body, re.DOTALL)
    assert nav
    row, _opener, more = nav[0].partition("<button")
    words = [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<a.*?</a>", row)]
    assert words == ["Brief", "Timeline", "Thread", "Assessments", "Plan", "Circle", "Calendar", "Documents"]
    assert "aria-current" not in row
    assert re.search(r'class="more-tabs here"[^>]*popovertarget="more-tabs">More: Facts', nav[0])
    assert more.count('aria-current="page"') == 1  # it opens without scripts, and the page that is open is marked in it
