"""Families over HTTP: columns chosen by hand, what is said before they come in, and what stands on each client."""

import pytest

from goldthread.casework.imports.models import Import
from goldthread.casework.imports.tasks import step
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.tasks.making import RULES, program
from tests.doors.web.clients.people import team_with
from tests.doors.web.imports.test_pages import BY, Client, choose, text
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
PEOPLE = b'Case,Name,DOB,HOH\n2019-07,"Vega, Rosa",3/4/1990,Y\n2019-07,"Vega, Leo",5/6/2015,son\n'


def matched(page: Client, run: Import, *fields: str) -> Import:
    sent = {"version": "1"} | {f"column-{place}": field for place, field in enumerate(fields)}
    assert page.post(f"/imports/{run.pk}/match/", sent).status_code == 302
    return step(run.pk, BY)


def test_a_family_comes_in_and_is_enrolled_with_its_workers() -> None:
    page = browser(team_with(Role.PROGRAM_MANAGER))
    families = program(RULES.replace("title: Tried", "title: Tried\nserves: household"))
    families.name = "Families"
    families.save()
    run = matched(page, choose(page, PEOPLE), "household_number", "name", "birth_date", "household_role")
    page.post(f"/imports/{run.pk}/bring/", {"version": run.version})
    step(run.pk, BY)
    leo = Person.objects.get(display_name="Leo Vega")
    along = page.get(f"/clients/{leo.pk}/brought/").content.decode()
    assert "2019-07 · Child" in along
    assert "Household of Rosa Vega" in page.get(f"/clients/{leo.pk}/circle/").content.decode()

    for name in ("Renee Baptiste", "Kim Lund"):
        StaffFactory(name=name)
    rows = "Case,Program,Start,Worker,From,To\n" + "".join(
        f"2019-07,Families,1/15/2020,{days}\n" for days in ("Kim Lund,1/15/2020,6/30/2021", "Renee Baptiste,7/1/2021,")
    )
    run = choose(page, rows.encode(), what="episodes")
    run = matched(page, run, "household_number", "program", "opened", "worker", "assigned_from", "assigned_to")
    shown = text(page, run)
    assert "1 enrollment would come in" in shown
    assert "Rosa Vega · Leo Vega" in shown
    assert "Kim Lund (15 Jan 2020 … 30 Jun 2021)" in shown
    assert "Renee Baptiste (1 Jul 2021)" in shown
    page.post(f"/imports/{run.pk}/bring/", {"version": run.version})
    assert "1 enrollment came in" in text(page, step(run.pk, BY))
