"""However many ask or wait, the pages of intake ask the database as often as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldthread.casework.intake.models import AskedProgram, HandOff, Inquiry, Offer, Place
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.doors.web.clients.people import TODAY, team_with
from tests.doors.web.intake.test_inquiry_pages import a_program
from tests.factories import AT, PersonFactory

pytestmark = pytest.mark.django_db
PAGES = ("/inquiries/today/", "/inquiries/", "/waitlists/", "/waitlists/adults/", "/hand-offs/")


def some(many: int, program: Program) -> None:
    """*many* clients who ask, urgently or not; as many who wait, each third with an offer that runs out, and were referred elsewhere."""
    asking = {"received_at": AT, "received_on": TODAY, "due_on": TODAY, "display_name": "Ana Ruiz"}
    rows = [Inquiry(urgency=("urgent", "routine")[n % 2], client=PersonFactory(), **asking) for n in range(2 * many)]
    Inquiry.objects.bulk_create(rows)
    AskedProgram.objects.bulk_create(AskedProgram(inquiry=row, program=program) for row in rows)
    HandOff.objects.bulk_create(HandOff(inquiry=row, ask_on=TODAY, made_on=TODAY, made_at=AT) for row in rows)
    states = ("offered", "waiting", "accepted")
    places = [
        Place(inquiry=row, program=program, state=states[n % 3], since=TODAY, contact_on=TODAY, made_at=AT)
        for n, row in enumerate(rows)
    ]
    Place.objects.bulk_create(places)
    Offer.objects.bulk_create(
        Offer(place=place, made_on=TODAY - timedelta(days=2), answer_by=TODAY, made_at=AT)
        for place in places
        if place.state == "offered"
    )


def counted(page: Client, path: str) -> int:
    page.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert page.get(path).status_code == 200
    return len(asked)


def test_statements_do_not_grow_with_who_asks_and_who_waits(actor: Actor) -> None:
    page = browser(team_with(Role.INTAKE))
    program = a_program(actor)
    some(2, program)
    few = {path: counted(page, path) for path in PAGES}
    some(10, program)
    assert {path: counted(page, path) for path in PAGES} == few
