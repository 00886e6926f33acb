"""Today, as the agency of the tests reads it on its wall: the pages do, and between midnight in UTC and midnight in New York
the two are not the same day."""

from datetime import date

from django.utils import timezone

from goldthread.foundation.agency.rules import local_date

ZONE = "America/New_York"
"""Where the agency of the factories and the demo's are."""


def agency_today() -> date:
    """The agency's date now."""
    return local_date(timezone.now(), ZONE)
