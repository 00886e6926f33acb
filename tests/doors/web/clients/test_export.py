"""An exported list runs nothing in a spreadsheet, holds what the screen showed, and every client in it is recorded."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from goldthread.doors.web.clients.columns import COLUMNS
from goldthread.doors.web.clients.export import as_csv, as_xlsx, harmless
from goldthread.foundation.audit.models import Event
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.models import Person
from tests.factories import PersonFactory, StaffFactory, viewer_of


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1 (555) 010-4418", "'+1 (555) 010-4418"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =HYPERLINK(1)", "'  =HYPERLINK(1)"),
        ("O'Brien", "O'Brien"),
        ("(555) 010-4418", "(555) 010-4418"),
        (None, ""),
        (47, 47),
    ],
)
def test_what_a_spreadsheet_would_run_is_defused(typed: object, cell: object) -> None:
    assert harmless(typed) == cell


@pytest.mark.django_db
def test_the_csv_has_a_line_for_each_client_by_name(today: date) -> None:
    viewer = viewer_of(StaffFactory(role=Role.QUALITY), today)
    PersonFactory(given="Zoë", family="Zamora", pronouns="she/her")
    PersonFactory(given="=cmd", family="Abel")
    columns = [COLUMNS["number"], COLUMNS["pronouns"]]
    with as_csv(Person.objects.all(), columns, viewer) as file:
        lines = list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"))))
    assert lines[0] == ["Name", "Number", "Pronouns"]
    assert [line[0] for line in lines[1:]] == ["'=cmd Abel", "Zoë Zamora"]
    assert lines[2][2] == "she/her"


@pytest.mark.django_db
def test_the_workbook_says_the_same(today: date) -> None:
    viewer = viewer_of(StaffFactory(role=Role.QUALITY), today)
    PersonFactory(given="Zoë", family="Zamora", client_number=77)
    with as_xlsx(Person.objects.all(), [COLUMNS["number"]], viewer) as file:
        rows = list(load_workbook(file).active.values)
    assert rows == [("Name", "Number"), ("Zoë Zamora", 77)]


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["\ufffe", "\uffff", "\x1b"])
def test_what_no_workbook_can_hold_is_left_out_and_the_file_opens(odd: str, today: date) -> None:
    viewer = viewer_of(StaffFactory(role=Role.QUALITY), today)
    PersonFactory(given=f"Zo{odd}ë", family="Zamora")
    with as_xlsx(Person.objects.all(), [], viewer) as file:
        assert list(load_workbook(file).active.values)[1] == ("Zoë Zamora",)


@pytest.mark.django_db
def test_every_client_in_a_file_is_recorded(today: date) -> None:
    staff = StaffFactory(role=Role.QUALITY)
    clients = [PersonFactory() for _number in range(3)]
    as_csv(Person.objects.all(), [COLUMNS["number"]], viewer_of(staff, today)).close()
    events = Event.objects.filter(action="clients.exported", actor=staff.pk)
    assert {event.client for event in events} == {client.pk for client in clients}
