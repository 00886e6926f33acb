"""Tasks that somebody made go with the client when the client goes to another worker: nobody else would have them on a list."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.audit.actions import record_each
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff


@transaction.atomic
def go_along(
    *,
    episode: UUID | None,
    clients: Collection[UUID],
    from_staff: UUID,
    to_staff: Staff | None,
    by: Actor,
    team: UUID | None = None,
) -> int:
    """Open tasks of *episode* (an id; None: of none), and those of *clients* in no program, go from *from_staff* to *to_staff*, or to
    the *team* where there is nobody yet. Returns how many.

    Those of rules follow the primary worker by themselves (``set_owner``). What a colleague had asked *from_staff* for stays: it is in
    sight of who asked. What *from_staff* had asked a colleague for is waited for by *to_staff* from now on. The tasks of a report
    name no client, and stay with the reporter.
    """
    if to_staff is None and team is None:
        return 0
    of_no_program = Q(episode=None, client__in=list(clients))
    meant = (Q(episode=episode) | of_no_program) if episode else of_no_program
    rows = Task.objects.filter(meant, state=TaskState.OPEN)
    own = list(rows.filter(owner=from_staff, asked_by=None, requirement="").values_list("pk", "client"))
    one_more = {"version": F("version") + 1}
    if to_staff:
        rows.filter(owner=to_staff, asked_by=from_staff).update(asked_by=None, **one_more)
        rows.filter(asked_by=from_staff).update(asked_by=to_staff, **one_more)
    rows.filter(pk__in=[pk for pk, _client in own]).update(
        owner=to_staff, team_id=None if to_staff else team, **one_more
    )
    to = str(to_staff.pk) if to_staff else ""
    record_each(by=by, action="tasks.went_along", kind="task", objects=own, details={"from": str(from_staff), "to": to})
    return len(own)
