"""A program is closed and opened again on its page."""

from datetime import timedelta

import pytest

from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.casework.caseload.programs import enrolled
from tests.clock import agency_today
from tests.doors.web.episodes.test_handing_on import system, words
from tests.doors.web.programs.helpers import page
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db


def test_closed_with_a_day_and_opened_again() -> None:
    AgencyFactory()
    seat = browser(StaffFactory(role=Role.ADMINISTRATOR))
    row = enrolled(system(), agency_today() - timedelta(days=9)).program
    assert "1 client or family is in it today." in words(seat.get(page("close", row.pk)))
    sent = {"form_id": new_id(), "closed_on": agency_today().isoformat()}
    answer = seat.post(page("close", row.pk), sent)
    assert answer.status_code == 422
    assert "1 client or family is in this program on that day" in words(answer)
    ahead = agency_today() + timedelta(days=30)
    answer = seat.post(page("close", row.pk), sent | {"closed_on": ahead.isoformat()}, follow=True)
    assert "1 client or family is still in it." in words(answer)
    assert Program.objects.get().closed_on == ahead
    assert "It is open again." in words(seat.post(page("reopen", row.pk), follow=True))
    assert Program.objects.get().closed_on is None
