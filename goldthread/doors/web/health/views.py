"""``/healthz``: 200 when all is well, 503 when something is not; a few numbers, no content, for anyone."""

from datetime import datetime

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from goldthread.doors.jobs import queue
from goldthread.doors.jobs.queries import seconds_behind
from goldthread.doors.web.entry import anyone
from goldthread.foundation.audit.queries import seconds_late
from goldthread.foundation.lib.jobs import current_agency
from goldthread.foundation.tenancy.roles import PUBLIC

TOO_LATE = 300
"""Seconds that a job may be due before somebody should look at the worker."""


@anyone
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Database reachable, age of the oldest job that is due, age of the oldest audit row without a seal."""
    now = timezone.now()
    try:
        connection.ensure_connection()
        behind = seconds_behind(now)
        unsealed = _seconds_unsealed(now)
    except DatabaseError:
        return JsonResponse({"well": False, "database": "unreachable"}, status=503)
    well = behind <= TOO_LATE and not unsealed
    return JsonResponse(
        {"well": well, "database": "ok", "queue_seconds": behind, "unsealed_seconds": unsealed},
        status=200 if well else 503,
    )


def _seconds_unsealed(now: datetime) -> int:
    """Of the agency whose address was asked, or, asked under no agency's address, of the worst of all."""
    agencies = [current_agency()]
    if agencies == [PUBLIC]:
        agencies = queue.agencies()
    ages = []
    for agency in agencies:
        with queue.within(agency):
            ages.append(int(seconds_late(now) or 0))
    return max(ages, default=0)
