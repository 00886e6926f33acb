"""A contact that said something of a service is voided: only what still stands as it said is not known any more."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from goldthread.casework.plans.actions.taking_back import take_back_service
from goldthread.casework.plans.models import PlannedService
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from tests.casework.plans.making import SERVICE, episode_of, in_force
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
THIRD, TENTH = date(2026, 11, 3), date(2026, 11, 10)
STOOD = {"confirmed_on": THIRD, "ended_on": TENTH, "helped": "yes", "helped_words": "He cooks"}


@pytest.fixture
def service(actor: Actor) -> PlannedService:
    worker = StaffFactory()
    in_force(episode_of(worker, replace(actor, staff=worker.pk)), replace(actor, staff=worker.pk))
    PlannedService.objects.filter(pk=SERVICE).update(**STOOD)
    return PlannedService.objects.get(pk=SERVICE)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({"confirmed_on": THIRD}, STOOD | {"confirmed_on": None}),
        ({"ended_on": TENTH}, STOOD | {"ended_on": None}),
        ({"helped": "yes"}, STOOD | {"helped": "", "helped_words": ""}),
        ({"confirmed_on": TENTH, "ended_on": THIRD, "helped": "no"}, STOOD),  # somebody has said otherwise since
    ],
    ids=["confirmed", "ended", "helped", "said otherwise since"],
)
def test_only_what_still_stands_so(
    service: PlannedService, actor: Actor, said: dict[str, Any], left: dict[str, Any]
) -> None:
    take_back_service(service=service, by=actor, **said)
    found = PlannedService.objects.get(pk=SERVICE)
    assert {name: getattr(found, name) for name in STOOD} == left
    assert Event.objects.get(action="plans.service_taken_back").client == found.plan.person_id
