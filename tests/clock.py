"""Today, as the agency of the tests reads it on its wall: the pages do, and between midnight in UTC and midnight in New York
the two are not the same day."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from goldthread.foundation.agency.rules import local_date

ZONE = "America/New_York"
"""Where the agency of the factories and the demo's are."""


def agency_today() -> date:
    """The agency's date now."""
    return local_date(timezone.now(), ZONE)


@pytest.fixture
def well_into_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what began an hour ago *today*: in the first hour after midnight at the agency they run as if it were an hour later."""
    now = timezone.now
    if now().astimezone(ZoneInfo(ZONE)).hour == 0:
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(hours=1))
