"""What the calendar, and a changed fact, ask of waitlists."""

from uuid import UUID

from django.db import transaction

from goldthread.casework.intake.actions.leavers import take_over
from goldthread.casework.intake.actions.looking_after import look_after, rank_client
from goldthread.casework.intake.models import Place
from goldthread.casework.intake.models.waiting import OPEN
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job
from goldthread.foundation.programs.models import Program


@job()
def look_after_waitlists(by: Actor) -> None:
    """Give what leavers had to their teams; end offers that nobody answered, end the waiting of who was enrolled or has died, and rank
    everybody anew. Again changes nothing."""
    take_over(by=by)
    for program in Program.objects.filter(waiting__isnull=False).distinct().order_by("pk"):
        look_after(program=program, by=by)


@job()
def rank_client_anew(by: Actor, client: str) -> None:
    """Rank a client (id) anew wherever they wait. Again changes nothing."""
    rank_client(client=UUID(client), by=by)


def ranks_follow(client: UUID) -> None:
    """Something of *client* changed: if they wait anywhere, they are ranked anew once that is written. One query for who does not wait."""
    if Place.objects.filter(OPEN, inquiry__client=client).exists():
        transaction.on_commit(lambda: rank_client_anew.enqueue(str(client)))
