"""A contact is voided: what it made known of a service is not known any more."""

from datetime import date

from django.db import transaction

from goldthread.casework.plans.models import PlannedService
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor


@transaction.atomic
def take_back_service(
    *,
    service: PlannedService,
    by: Actor,
    confirmed_on: date | None = None,
    ended_on: date | None = None,
    helped: str = "",
) -> None:
    """Take back what a contact said of *service*, where it still stands so: what somebody has said since stays."""
    found = PlannedService.objects.select_for_update(of=("self",)).select_related("plan").get(pk=service.pk)
    if confirmed_on and found.confirmed_on == confirmed_on:
        found.confirmed_on = None
    if ended_on and found.ended_on == ended_on:
        found.ended_on = None
    if helped and found.helped == helped:
        found.helped = found.helped_words = ""
    found.save()
    record(
        by=by,
        action="plans.service_taken_back",
        kind="service",
        object_id=found.pk,
        client=found.plan.person_id,
        details={},
    )
