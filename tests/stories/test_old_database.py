"""4 000 clients come from an old database with 212 duplicates: 150 people who stand in it twice, and 62 who are known here already."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldthread.casework.imports.models import Import
from goldthread.casework.imports.tasks import step
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.doors.web.clients.people import TODAY, team_with
from tests.factories import AT, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BY = Actor(at=AT, today=TODAY)
KNOWN, TWICE, ROWS = 62, 150, 4000


def line(number: int) -> list[str]:
    """Somebody whose name and day of birth nobody else has."""
    born = f"{number % 12 + 1}/{number % 28 + 1}/{1940 + number % 70}"
    return [f"A-{number}", f"Fam{number:05}x, Given{number:05}x", born, "", f"note {number}"]


def old_database() -> bytes:
    """3 850 people and, at the end, 150 of them once more: names the other way round, and what only the second row knows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Client ID", "Name", "DOB", "Phone", "Remark"])
    writer.writerows(line(number) for number in range(ROWS - TWICE))
    for number in range(1000, 1000 + TWICE):
        _id, name, born, _phone, _remark = line(number)
        family, given = name.split(", ")
        writer.writerow(["", f"{given} {family}", born, f"215-555-{number:04}", "second card"])
    return out.getvalue().encode("cp1252")


def known_here(number: int) -> None:
    month, day, year = (int(part) for part in line(number)[2].split("/"))
    PersonFactory(
        given=f"Given{number:05}x",
        family=f"Fam{number:05}x",
        client_number=50_000 + number,
        birth_date=TODAY.replace(year=year, month=month, day=day),
    )


def test_all_of_them_are_here_once() -> None:
    page: Client = browser(team_with(Role.INTAKE))
    for number in range(KNOWN):
        known_here(number)
    answer = page.post("/imports/new/", {"file": SimpleUploadedFile("old.csv", old_database())})
    here = answer.headers["Location"]
    run = Import.objects.get()
    page.post(f"{here}match/", {"version": "1", **{f"column-{n}": key for n, key in enumerate(run.fields.values())}})
    run = step(run.pk, BY)
    assert (run.rows, run.refused, run.alike) == (ROWS, 0, KNOWN + TWICE)

    shown = page.get(here).content.decode()
    assert "212 rows may be people known" in shown
    page.post(f"{here}bring/", {"version": run.version})
    run.refresh_from_db()
    assert run.state == "checked"  # nothing comes in before somebody has decided

    page.post(f"{here}decide/", {"all": "file:same"})
    page.post(f"{here}decide/", {"all": "here:same"})
    page.post(f"{here}bring/", {"version": run.version})
    run = step(run.pk, BY)
    assert run.brought == ROWS - TWICE - KNOWN == 3788
    assert Person.objects.filter(client_number__isnull=False).count() == 3788 + KNOWN

    twice = Person.objects.get(display_name="Given01000x Fam01000x")
    assert twice.contact_points.get().value == "(215) 555-1000"
    assert twice.brought.get().kept == {"Remark": "note 1000", "Remark (row 3852)": "second card"}
    known = Person.objects.get(client_number=50_000)
    assert known.contact_points.count() == 0
    assert known.brought.get().kept["Remark"] == "note 0"

    page.post(f"{here}undo/")
    run = step(run.pk, BY)
    assert run.kept == []
    assert Person.objects.count() == KNOWN
