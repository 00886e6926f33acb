"""Who and when at the front door, where there may be nobody yet."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from goldthread.foundation.accounts.models import User
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff


def instant_of(request: HttpRequest) -> datetime:
    """The one instant at which this request happens."""
    return getattr(request, "at", None) or timezone.now()


def actor_at_door(request: HttpRequest, user: User | None = None) -> Actor:
    """The actor of a request before, at or after sign-in: *user*'s staff member, or the system when there is none."""
    at = instant_of(request)
    agency = getattr(request, "agency", None)
    staff = staff_of(user) if user else None
    return Actor(
        at=at,
        today=at.astimezone(ZoneInfo(agency.time_zone if agency else "UTC")).date(),
        staff=staff.pk if staff else None,
        name=staff.name if staff else "Goldthread",
        request=getattr(request, "request_id", ""),
    )


def staff_of(user: User) -> Staff | None:
    """The staff member whose account this is."""
    try:
        return user.staff
    except Staff.DoesNotExist:
        return None
