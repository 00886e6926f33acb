"""The steps that take longer than a page: looking at every row, bringing in, taking back. Each can run twice."""

from datetime import timedelta
from uuid import UUID

from django.utils import translation

from goldthread.casework.imports.actions.bringing import bring
from goldthread.casework.imports.actions.checking import check
from goldthread.casework.imports.actions.taking_back import take_back
from goldthread.casework.imports.enums import WORKING, State, What
from goldthread.casework.imports.models import Import
from goldthread.casework.tasks.tasks import look_again
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job
from goldthread.foundation.workforce.models import Staff

SILENT = timedelta(minutes=15)
"""After so long without a sign of life a step was killed, with the machine or the window in which it ran."""


@job()
def work_on_import(by: Actor, run: str) -> None:
    """Do the step that is next for a file; of what happened to clients the requirements are worked out next."""
    with translation.override(_language_of(UUID(run))):
        row = step(UUID(run), by)
    if row.what != What.CLIENTS and row.state in (State.BROUGHT, State.UNDONE):
        look_again.enqueue()


def _language_of(run: UUID) -> str | None:
    """Of whoever brings the file *run*: what is found in it is kept in the words that they read."""
    made_by = Import.objects.filter(pk=run).values("made_by")
    return Staff.objects.filter(pk__in=made_by).values_list("user__language", flat=True).first()


@job()
def look_after_imports(by: Actor) -> None:
    """Go on with steps that were killed, whoever began them."""
    silent = Import.objects.filter(state__in=WORKING, beat_at__lt=by.at - SILENT)
    for run in silent.values_list("pk", flat=True):
        work_on_import.enqueue(str(run))


def step(run: UUID, by: Actor) -> Import:
    """Check, bring in or take back: whatever the file waits for. What cannot come in after all is taken back at once."""
    row = Import.objects.get(pk=run)
    steps = {State.CHECKING: check, State.BRINGING: bring, State.LEAVING: take_back}
    following = steps.get(State(row.state))
    after = following(run=run, by=by) if following else row
    return step(run, by) if row.state == State.BRINGING and after.state == State.LEAVING else after
