"""Each number of the team's page opens its list, and the list counts the same."""

import re

import pytest
from django.test import Client

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.models import Contact
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.casework.tasks.making import by_on, enrolled, program
from tests.doors.web.clients.people import TODAY, team_with
from tests.doors.web.team.making import RULES, ago, contact, draft, enrolled_with, said, served, worker_of
from tests.factories import AssignmentFactory

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a[^>]*href="(/team/[^"]+)"[^>]*>(.*?)</a>', re.S)


@pytest.fixture
def gloria() -> Staff:
    return team_with(Role.SUPERVISOR)


def busy(worker: Staff) -> None:
    """Something of everything, some of it under a label that hides it from a supervisor."""
    ana, bo, cy = served(worker, "Ana", "Bo", "Cy")
    small, other = program(RULES), program(RULES)
    enrolled_with(worker, small, ana)
    enrolled_with(worker, other, ana)
    episode = enrolled(small, ago(9), children=[bo, cy])
    for person in (bo, cy):
        AssignmentFactory(client=person, staff=worker, team=worker.memberships.get().team, episode=episode)
    for days, later in ((1, 0), (4, 2), (29, 1), (30, 0), (50, 0)):
        contact(worker, ana, days, signed_after=later)
    contact(worker, bo, 3, attempted=True)
    contact(worker, bo, 3, labels=Label.SEALED)
    waits = contact(worker, bo, 2)
    Contact.objects.filter(pk=waits.pk).update(state="waiting")
    draft(worker, ana, 2)
    draft(worker, cy, 1)
    for title, day in (("Call", 1), ("Visit", 3), ("Later", -3)):
        task = make_task(title=title, client=ana, owner=worker, due_on=ago(day), by=by_on(TODAY))
        if title == "Visit":
            Task.objects.filter(pk=task.pk).update(escalate_on=ago(1))
    missed = make_task(title="Monthly", client=bo, owner=worker, due_on=ago(5), by=by_on(TODAY))
    Task.objects.filter(pk=missed.pk).update(period_start=ago(35), period_end=ago(5))


def numbers(page: Client) -> dict[str, int]:
    """Where each number of the overview leads, and the number; of a share (*2 of 3*) the first."""
    found = {}
    for address, words in LINK.findall(page.get("/team/").content.decode()):
        digits = re.findall(r"\d+", said(words))
        if digits and "signed" not in address and "export" not in address and "share" not in address:
            found[address] = int(digits[0])
    return found


def test_every_number_is_that_of_its_list(gloria: Staff) -> None:
    for name in ("Andre Okoye", "Mei-Lin Zhao"):
        busy(worker_of(gloria, name))
    page = browser(gloria)
    found = numbers(page)
    kinds = {address.strip("/").rsplit("/", 1)[1] for address in found}
    assert kinds >= {"caseload", "contacts", "overdue", "missed", "unseen", "cosign", "load", "passed-up"}
    assert len(found) == 2 * 7 + 6
    for address, number in found.items():
        if address.endswith("/load/"):
            continue  # told against the flags: below
        body = page.get(address).content.decode()
        heading = re.search(r'<span class="count">(\d+)</span></h1>', body)
        assert heading, address
        assert int(heading.group(1)) == number, address
        assert body.split('class="sheet rows', 1)[1].split("</ul>")[0].count("<li") == number, address


def test_who_came_this_month_is_on_the_caseload_and_not_among_the_silent(gloria: Staff) -> None:
    andre = worker_of(gloria, "Andre Okoye")
    served(andre, "Ana", "Bo")
    new = Assignment.objects.filter(staff=andre, client__display_name__startswith="Bo").update(starts_on=ago(5))
    assert new == 1
    page = browser(gloria)
    found = {address.rsplit("/", 2)[1]: number for address, number in numbers(page).items() if str(andre.pk) in address}
    assert (found["caseload"], found["unseen"]) == (2, 1)
    for what, many in (("caseload", 2), ("unseen", 1)):
        assert f'<span class="count">{many}</span></h1>' in page.get(f"/team/{andre.pk}/{what}/").content.decode()


def test_the_numbers_by_hand(gloria: Staff) -> None:
    andre = worker_of(gloria, "Andre Okoye")
    busy(andre)
    own = {
        address.rsplit("/", 2)[1]: number
        for address, number in numbers(browser(gloria)).items()
        if str(andre.pk) in address
    }
    assert own == {
        "caseload": 3,
        "load": 150,  # two of two, and one of two
        "contacts": 4,  # one and four days ago, 29 days ago, and the one that waits for a co-signature
        "overdue": 2,
        "missed": 1,
        "unseen": 1,  # Cy: nobody; Bo was reached in the note that waits
        "cosign": 1,
    }


def test_the_load_lists_episodes_and_a_household_once(gloria: Staff) -> None:
    andre = worker_of(gloria, "Andre Okoye")
    busy(andre)
    body = browser(gloria).get(f"/team/{andre.pk}/load/").content.decode()
    assert '<span class="count">3</span>' in body
    assert "Bo Served" in body
    assert "Cy Served" in body


def test_unsigned_tells_about_whom_and_since_when_and_nothing_of_the_text(gloria: Staff) -> None:
    andre = worker_of(gloria, "Andre Okoye")
    busy(andre)
    body = said(browser(gloria).get(f"/team/{andre.pk}/unsigned/").content.decode())
    assert "Ana Served begun 2 days ago" in body
    assert "Cy Served begun yesterday" in body


def test_who_is_shown_stands_in_the_audit_log(gloria: Staff) -> None:
    andre = worker_of(gloria, "Andre Okoye")
    ana, bo = served(andre, "Ana", "Bo")
    contact(andre, ana, 1)
    page = browser(gloria)
    silent = page.get(f"/team/{andre.pk}/unseen/").content.decode()
    assert "Bo Served" in silent
    assert "Ana Served" not in silent
    assert Event.objects.filter(action="client.listed", client=bo.pk, actor=gloria.pk).count() == 1
    assert not Event.objects.filter(action="client.listed", client=ana.pk).exists()


def test_a_long_list_is_told_whole_and_shown_page_by_page(gloria: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldthread.doors.web.team.lists.SHOWN", 2)
    monkeypatch.setattr("goldthread.doors.web.team.behind.SHOWN", 2)
    andre = worker_of(gloria, "Andre Okoye")
    served(andre, "Ana", "Bo", "Cy")
    page = browser(gloria)
    first = page.get(f"/team/{andre.pk}/caseload/").content.decode()
    assert '<span class="count">3</span>' in first
    assert "Cy Served" not in first
    second = page.get(f"/team/{andre.pk}/caseload/?start=2").content.decode()
    assert "Cy Served" in second
    assert "Ana Served" not in second
    assert page.get(f"/team/{andre.pk}/caseload/?start=nonsense").content.decode().count("Served") == first.count(
        "Served"
    )


@pytest.mark.parametrize("what", ["caseload", "load", "contacts", "signed", "unsigned", "overdue", "unseen", "cosign"])
def test_an_empty_list_says_so(gloria: Staff, what: str) -> None:
    andre = worker_of(gloria, "Andre Okoye")
    body = browser(gloria).get(f"/team/{andre.pk}/{what}/").content.decode()
    assert 'class="empty"' in body
