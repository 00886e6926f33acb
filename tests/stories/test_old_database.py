"""4 000 clients come from an old database with 212 duplicates: 150 people who stand in it twice, and 62 who are known here already."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldthread.casework.imports.models import Import
from goldthread.casework.imports.tasks import step
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.merging.making import client
from tests.doors.web.clients.people import TODAY, team_with
from tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BY = Actor(at=AT, today=TODAY)
KNOWN, TWICE, ROWS = 62, 150, 4000
SYLLABLES = "ba ko mi ru te shal vor nig pum den gra lu fex zo hin jas wel quo tyr bend".split()  # noqa: SIM905  # reads better so


def called(number: int) -> str:
    """A name of three syllables; none of 8 000 numbers shares its own with another."""
    return "".join(SYLLABLES[number // 20**place % 20] for place in range(3)).capitalize()


def family_and_given(number: int) -> tuple[str, str]:
    """Whoever has a similar family name has quite another given name."""
    return called(number * 1009 % 8000) + "son", called(number * 3371 % 8000)


def birth_date(number: int) -> date:
    """A day within 44 years on which nobody else was born, and far from that of whoever is called alike."""
    return date(1950, 1, 1) + timedelta(days=number * 7919 % 16_000)


def line(number: int) -> list[str]:
    """Somebody whose name and day of birth nobody else has."""
    (family, given), born = family_and_given(number), birth_date(number)
    return [f"A-{number}", f"{family}, {given}", f"{born.month}/{born.day}/{born.year}", "", f"note {number}"]


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
    """As intake wrote them down."""
    family, given = family_and_given(number)
    values = {"birth_date": birth_date(number), "birth_date_kind": "exact"}
    client(BY, {"given": given, "family": family}, **values)


def test_all_of_them_are_here_once() -> None:
    page: Client = browser(team_with(Role.INTAKE))
    for number in range(KNOWN):
        known_here(number)
    answer = page.post("/imports/new/", {"file": SimpleUploadedFile("old.csv", old_database())})
    here = answer.headers["Location"]
    run = Import.objects.get()
    columns = {f"column-{n}": run.fields[caption] for n, caption in enumerate(run.captions)}
    page.post(f"{here}match/", {"version": "1", **columns})
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

    twice = Person.objects.get(display_name=" ".join(reversed(family_and_given(1000))))
    assert twice.contact_points.get().value == "(215) 555-1000"
    assert twice.brought.get().kept == {"Remark": "note 1000", "Remark (row 3852)": "second card"}
    known = Person.objects.get(display_name=" ".join(reversed(family_and_given(0))))
    assert known.contact_points.count() == 0
    assert known.brought.get().kept["Remark"] == "note 0"

    page.post(f"{here}undo/")
    run = step(run.pk, BY)
    assert run.kept == []
    assert Person.objects.count() == KNOWN
