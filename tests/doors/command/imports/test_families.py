"""The spreadsheets of an old agency: families by their case number, and who had them from when to when."""

import json
from datetime import date
from pathlib import Path

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.imports.models import Import
from goldthread.casework.imports.rules.guessing import guessed
from goldthread.people.persons.models import Household, Person
from tests.casework.tasks.making import RULES, program
from tests.doors.command.imports.test_clients import run, write
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db
CLIENTS = """Case #,Person,Name,DOB,HOH
2019-07,1,"Vega, Rosa",3/4/1990,Y
2019-07,2,"Vega, Leo",5/6/2015,N
2019-09,1,"Haddad, Noor",7/7/1977,Y
2019-09,2,"Haddad, Sami",8/8/2008,N
"""
ENROLLED = """Case #,Program,Open date,Close date,Worker,Assigned from,Assigned to
2019-07,Families,1/15/2020,,Otis Grant,1/15/2020,6/30/2021
2019-07,Families,1/15/2020,,Renee Baptiste,7/1/2021,
2019-09,Families,2/1/2020,12/31/2020,Otis Grant,,
"""


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()
    made = program(RULES.replace("title: Tried", "title: Tried\nserves: household"))
    made.name = "Families"
    made.save()
    StaffFactory(name="Renee Baptiste")
    otis = StaffFactory(name="Otis Grant")
    otis.user.is_active = False
    otis.user.save()


def mapped(folder: Path) -> list[str]:
    """*Case #* is the household's number, which no caption says by itself."""
    path = folder / "map.json"
    path.write_text(
        json.dumps(
            {"Case #": "household_number", "Person": "keep", "Name": "name", "DOB": "dob", "HOH": "relationship"}
        )
    )
    return ["--map", str(path)]


def mapped_stays(folder: Path) -> list[str]:
    path = folder / "stays.json"
    columns = {
        "Case #": "household",
        "Program": "program",
        "Open date": "opened",
        "Close date": "closed",
        "Worker": "worker",
    }
    path.write_text(json.dumps(columns | {"Assigned from": "assigned_from", "Assigned to": "assigned_to"}))
    return ["--map", str(path)]


def test_families_and_their_workers_come_in_by_case_number(tmp_path: Path) -> None:
    answer, code = run(write(tmp_path, CLIENTS), *mapped(tmp_path))
    assert (code, answer["brought"]) == (0, 4)
    assert set(Household.objects.values_list("name", flat=True)) == {
        "Household of Rosa Vega",
        "Household of Noor Haddad",
    }

    stays = write(tmp_path, ENROLLED, "enrollments.csv")
    answer, code = run(stays, *mapped_stays(tmp_path), "--dry-run", what="episodes")
    assert (code, answer["rows"], answer["errors"], Episode.objects.count()) == (0, 3, [], 0)

    answer, code = run(stays, *mapped_stays(tmp_path), what="episodes")
    assert (code, answer["brought"]) == (0, 2)
    assert set(Episode.objects.values_list("household__name", "enrolled_on", "discharged_on")) == {
        ("Household of Rosa Vega", date(2020, 1, 15), None),
        ("Household of Noor Haddad", date(2020, 2, 1), date(2020, 12, 31)),
    }
    rosa = Person.objects.get(display_name="Rosa Vega")
    assert set(Assignment.objects.filter(client=rosa).values_list("staff__name", "starts_on", "ends_on")) == {
        ("Otis Grant", date(2020, 1, 15), date(2021, 6, 30)),
        ("Renee Baptiste", date(2021, 7, 1), None),
    }
    assert Assignment.objects.filter(ends_on__isnull=True).count() == 2  # mother and son, both with Renee
    assert Assignment.objects.filter(staff__name="Otis Grant").count() == 4


def test_one_bad_row_keeps_all_out_and_is_told(tmp_path: Path) -> None:
    run(write(tmp_path, CLIENTS), *mapped(tmp_path))
    bad = ENROLLED + "2019-09,Families,2/1/2022,,Nobody Known,2/1/2022,\n"
    answer, code = run(write(tmp_path, bad, "e.csv"), *mapped_stays(tmp_path), what="episodes")
    assert (code, answer["brought"], Episode.objects.count()) == (1, 0, 0)
    assert [(one["row"], one["column"]) for one in answer["errors"]] == [(5, "Worker")]
    assert Import.objects.filter(what="episodes", state="given_up").count() == 1


def test_what_the_captions_say_is_understood_without_a_map(tmp_path: Path) -> None:
    """*Assigned to* is a day beside *Assigned from* and a worker; alone it is somebody."""
    families = CLIENTS.replace("Case #", "Household ID")
    assert run(write(tmp_path, families))[1] == 0
    answer, code = run(write(tmp_path, ENROLLED.replace("Case #", "Household ID"), "e.csv"), what="episodes")
    assert (code, answer["errors"]) == (0, [])
    assert Assignment.objects.filter(ends_on=date(2021, 6, 30)).count() == 2
    captions = ["Program", "First day", "Assigned to", "Room"]
    assert guessed(captions, "episodes")["Assigned to"] == "worker"
    assert guessed(["Assigned to", "Assigned from", "Case manager"], "episodes") == {
        "Assigned to": "assigned_to",
        "Assigned from": "assigned_from",
        "Case manager": "worker",
    }
