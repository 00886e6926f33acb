"""Administrators hear of a sealer that is late: once an hour."""

from dataclasses import replace
from datetime import timedelta

import pytest

from goldthread.access.tasks import watch_the_sealer
from goldthread.foundation.audit import actions
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice
from tests.factories import StaffFactory


@pytest.mark.django_db
def test_administrators_hear_of_a_late_sealer_once_an_hour(actor: Actor) -> None:
    boss = StaffFactory(role=Role.ADMINISTRATOR)
    StaffFactory()
    actions.record(by=actor, action="client.read", kind="person")
    for seconds, told in ((60, 0), (61, 1), (3660, 1), (3661, 2)):
        watch_the_sealer.func(replace(actor, at=actor.at + timedelta(seconds=seconds)))
        assert Notice.objects.filter(to=boss, kind="audit_unsealed").count() == told
    assert Notice.objects.count() == 2
