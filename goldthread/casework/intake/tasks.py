"""What the calendar asks of waitlists."""

from goldthread.casework.intake.actions.looking_after import look_after
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job
from goldthread.foundation.programs.models import Program


@job()
def look_after_waitlists(by: Actor) -> None:
    """End offers that nobody answered, end the waiting of who was enrolled, and rank everybody anew. Again changes nothing."""
    for program in Program.objects.filter(waiting__isnull=False).distinct().order_by("pk"):
        look_after(program=program, by=by)
