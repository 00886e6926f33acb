"""Who speaks the language of whom it is about is marked where a worker is chosen; staff say which languages they speak."""

from datetime import date
from uuid import uuid4

import pytest

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.workforce.actions.teams import join_team
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import who_speak
from tests.access.world import browser
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
RULES = "template: adults\ntitle: Adults\nrequirements: []\n"


def test_said_in_the_settings_and_marked_where_a_worker_is_chosen(actor: Actor):
    intake = team_with(Role.INTAKE)
    team = intake.memberships.get().team
    ana, bo = (StaffFactory(name=name, role=Role.CASE_MANAGER) for name in ("Ana Bell", "Bo Cruz"))
    for one in (ana, bo):
        join_team(staff=one, team=team, supervises=False, starts_on=date(2026, 1, 1), by=actor)
    admin = browser(StaffFactory(role=Role.ADMINISTRATOR))
    address = f"/settings/staff/{bo.pk}/edit/"
    form = {
        "name": "Bo Cruz",
        "title": "",
        "phone": "",
        "site": "",
        "version": str(bo.version),
        "form_id": str(uuid4()),
    }
    assert admin.post(address, form | {"languages": ["es", "ht"]}).status_code == 302
    assert Staff.objects.get(pk=bo.pk).languages == ["es", "ht"]
    assert admin.post(address, form | {"languages": ["xx"]}).status_code == 422
    assert "Spanish, Haitian Creole" in admin.get(f"/settings/staff/{bo.pk}/").content.decode()
    assert (who_speak("es", actor.today), who_speak("en", actor.today)) == ({bo.pk}, set())

    program = open_program(
        key="adults", name="Adults", template=read_template(RULES), template_key="", team=team,
        opened_on=date(2026, 1, 1), by=actor,
    )  # fmt: skip
    page, pk = browser(intake), uuid4()
    page.post(f"/inquiries/{pk}/save/", {"version": "0", "given": "Luz", "program": "adults", "language": "es"})
    shown = page.get(f"/inquiries/{pk}/?take={program.pk}").content.decode()
    assert "Worker: who speaks Spanish first, then most room" in shown
    assert shown.index("Bo Cruz") < shown.index("Ana Bell")  # by name and room alone, Ana is first
    client = client_of(ana, team, language="es")
    offered = page.get(f"/clients/{client.pk}/programs/enroll/").content.decode()
    assert "Bo Cruz · speaks Spanish" in offered
    assert "Ana Bell · speaks" not in offered
