"""Who comes first on a waitlist: read as sentences, changed as text, refused with its line where it cannot be read."""

from datetime import date

import pytest

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.queries import latest, parsed
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.doors.web.clients.people import team_with

pytestmark = pytest.mark.django_db


def test_read_looked_at_and_changed(actor: Actor):
    admin = browser(team_with(Role.ADMINISTRATOR))
    program = open_program(
        key="recovery", name="Recovery", template=shipped()["substance-use"], template_key="substance-use", team=None,
        opened_on=date(2026, 1, 1), by=actor,
    )  # fmt: skip
    where = f"/settings/programs/{program.pk}/waitlist/"
    shown = admin.get(where).content.decode()
    assert "Pregnant, and injects drugs" in shown
    assert "Leaving a hospital (known from: Sent by: Hospital)" in shown
    assert "Whoever waits is called every 7 days." in shown
    text = "first: [pregnant, {key: veteran, title: Veterans, when: {coverage: [veterans]}}]\ncontact: 2 weeks\nsource: judgement\n"
    form = {"form_id": str(new_id()), "version": "1", "in_force_from": "2026-12-01", "text": text}
    assert "Veterans (known from: Coverage" in admin.post(where, form | {"look": "1"}).content.decode()
    assert latest(program).number == 1
    refused = admin.post(where, form | {"text": text.replace("pregnant", "pregnat")})
    assert refused.status_code == 422
    assert "Did you mean “pregnant”?" in refused.content.decode()
    assert admin.post(where, form).status_code == 302
    assert [one.key for one in parsed(latest(program)).comes_first] == ["pregnant", "veteran"]
    assert "Veterans" in admin.get(f"/settings/programs/{program.pk}/versions/2/").content.decode()
