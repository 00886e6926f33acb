"""What the actions of this room share."""

from uuid import UUID

from goldthread.casework.plans.models import PlanVersion
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor


def staff_of(by: Actor) -> UUID:
    """Who acts. Plans are people's: the system itself writes none."""
    if by.staff is None:
        raise ValueError("Plans are people's.")
    return by.staff


def lock_version(version: PlanVersion) -> PlanVersion:
    """The version as it is now, locked; one after the other for each plan."""
    found = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan__episode__program", "plan__person")
    return found.get(pk=version.pk)


def told(version: PlanVersion, action: str, by: Actor, **details: str) -> None:
    """The audit event of what happened to a version."""
    record(
        by=by, action=action, kind="plan", object_id=version.pk, client=version.plan.person_id, details=dict(details)
    )
