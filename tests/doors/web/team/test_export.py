"""The figures as a file: a row a worker, nobody's name of those they serve."""

import csv
import io

import pytest
from openpyxl import load_workbook

from goldthread.access.standing_in import AskedBy
from goldthread.doors.web.team import people
from goldthread.foundation.audit.models import Event
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.casework.tasks.making import program
from tests.doors.web.clients.people import team_with
from tests.doors.web.team.making import RULES, ago, contact, draft, enrolled_with, served, worker_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gloria() -> Staff:
    supervisor = team_with(Role.SUPERVISOR)
    andre = worker_of(supervisor, "=Andre Okoye")
    ana, _bo = served(andre, "Ana", "Bo")
    enrolled_with(andre, program(RULES), ana)
    contact(andre, ana, 8, signed_after=2)
    draft(andre, ana, 3)
    return supervisor


def body(staff: Staff, kind: str, query: str = "") -> bytes:
    answer = browser(staff).get(f"/team/export/{kind}/{query}")
    assert f".{kind}" in answer["Content-Disposition"]
    return b"".join(answer)


def test_csv_says_what_the_page_says(gloria: Staff) -> None:
    head, row = csv.reader(io.StringIO(body(gloria, "csv").decode("utf-8-sig")))
    told = dict(zip(head, row, strict=True))
    assert told["Worker"] == "'=Andre Okoye"
    assert (told["Enrollments"], told["Load in percent"], told["Clients"]) == ("1", "50", "2")
    assert (told["Contacts, 30 days"], told["Not reached, 30 days"], told["Unsigned"]) == ("1", "1", "1")
    assert (told["Oldest unsigned since"], told["Days until signed, median"]) == (str(ago(3)), "2")
    assert [told[f"Contacts, week {n} of 8"] for n in range(1, 9)] == ["0", "0", "0", "0", "0", "0", "1", "0"]


def test_a_workbook_holds_the_same_and_the_log_tells(gloria: Staff) -> None:
    sheet = load_workbook(io.BytesIO(body(gloria, "xlsx"))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][0] == "'=Andre Okoye"
    assert rows[1][4] == 2
    event = Event.objects.get(action="team.exported")
    assert (event.actor, event.details) == (gloria.pk, {"as": "xlsx", "rows": 1})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_all_workers_are_in_it_however_many_pages_they_take(
    gloria: Staff, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of whichever page it was asked for, each worker once, in their order; and the log says how many there were."""
    monkeypatch.setattr(people, "MOST", 1)
    monkeypatch.setattr(people, "_FIRST", AskedBy(lambda viewer: people._first(people.workers_of(viewer))))
    worker_of(gloria, "Bea Ruiz")
    worker_of(gloria, "Cy Ito")
    data = body(gloria, kind, f"?after={Staff.objects.get(name='Bea Ruiz').pk}")
    if kind == "csv":
        names = [row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))]
    else:
        sheet = load_workbook(io.BytesIO(data)).active
        assert sheet is not None
        names = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    assert names == ["Worker", "'=Andre Okoye", "Bea Ruiz", "Cy Ito"]
    assert Event.objects.get(action="team.exported").details == {"as": kind, "rows": 3}
