"""``/healthz``: 200 when all is well, 503 when something is not; a few numbers, no content, for anyone."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from goldthread.doors.jobs.queries import seconds_behind
from goldthread.doors.web.entry import anyone
from goldthread.foundation.audit.queries import seconds_late

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
        queue = seconds_behind(now)
        unsealed = seconds_late(now)
    except DatabaseError:
        return JsonResponse({"well": False, "database": "unreachable"}, status=503)
    well = queue <= TOO_LATE and not unsealed
    return JsonResponse(
        {"well": well, "database": "ok", "queue_seconds": queue, "unsealed_seconds": unsealed},
        status=200 if well else 503,
    )
