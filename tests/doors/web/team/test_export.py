"""The figures as a file: a row a worker, nobody's name of those they serve."""

import csv
import io

import pytest
from openpyxl import load_workbook

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


def body(staff: Staff, kind: str) -> bytes:
    answer = browser(staff).get(f"/team/export/{kind}/")
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
