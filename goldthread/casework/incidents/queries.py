"""Reading reports. Who may read which is the gate's to say."""

from django.db.models import QuerySet

from goldthread.casework.incidents.models import MandatedReport


def reports() -> QuerySet[MandatedReport]:
    """Every report with what a line of it shows, newest first."""
    return MandatedReport.objects.select_related("client", "reporter", "episode__program").order_by(
        "-suspected_at", "-pk"
    )
