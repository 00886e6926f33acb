"""An episode ends: nobody owes the steps of its plan any more, and a version that was being made is given up with it. What is in
force stays readable. Taking the end back brings all of it back."""

from datetime import datetime

from django.db import transaction

from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.actions.common import told
from goldthread.casework.plans.actions.putting_in_force import STEP
from goldthread.casework.plans.enums import SignatureState, VersionState
from goldthread.casework.plans.models import PlanVersion
from goldthread.casework.plans.queries import IN_THE_MAKING
from goldthread.casework.tasks.actions.of_episodes import cancel_of_episode, reopen_of_episode
from goldthread.foundation.lib.actor import Actor

KINDS = (STEP, "thread")
"""Sources of tasks that end with the episode: steps, and breaks of the thread (a room above this one makes those)."""


@transaction.atomic
def end_with_episode(*, episode: Episode, by: Actor) -> None:
    """*episode* has just been discharged. Twice changes nothing."""
    cancel_of_episode(episode=episode.pk, kinds=KINDS, by=by)
    rows = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan")
    for version in rows.filter(plan__episode=episode, state__in=IN_THE_MAKING):
        version.state, version.ended_at = VersionState.WITHDRAWN, by.at
        version.save(update_fields=["state", "ended_at"])
        version.signatures.filter(state=SignatureState.ASKED).update(state=SignatureState.WITHDRAWN, at=by.at)
        told(version, "plans.withdrawn", by)


@transaction.atomic
def begin_again_with_episode(*, episode: Episode, at: datetime, by: Actor) -> None:
    """The discharge of *episode*, written down at the instant *at*, is taken back."""
    reopen_of_episode(episode=episode.pk, kinds=KINDS, at=at, by=by)
    rows = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan")
    if rows.filter(plan__episode=episode, state__in=IN_THE_MAKING).exists():
        return
    for version in rows.filter(plan__episode=episode, state=VersionState.WITHDRAWN, ended_at=at):
        version.state = VersionState.SIGNING if version.digest else VersionState.DRAFT  # a draft has none yet
        version.ended_at = None
        version.save(update_fields=["state", "ended_at"])
        version.signatures.filter(state=SignatureState.WITHDRAWN, at=at).update(state=SignatureState.ASKED, at=None)
        told(version, "plans.taken_up_again", by)
