"""A task that is given on while somebody else gives it on."""

import pytest
from django.test import Client

from goldthread.casework.tasks.models import Task
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.doors.web.day.test_my_day import make, marcus, page, renee
from tests.factories import StaffFactory

__all__ = ["marcus", "page", "renee"]
pytestmark = pytest.mark.django_db


def test_who_gives_on_what_a_colleague_gave_on_meanwhile_is_told(page: Client, renee: Staff, marcus: Person) -> None:
    """Renee's page is of this morning; since then Gloria asked Andre. Dana is not asked over his head, unless Renee sees that and presses again."""
    task = make(renee, "Call the landlord", marcus)
    andre, dana = StaffFactory(name="Andre Fields"), StaffFactory(name="Dana Cole")
    address = f"/clients/{marcus.pk}/tasks/{task.pk}/"
    had = page.get(address).content.decode().split('name="had" value="')[1].split('"')[0]
    assert had == str(renee.pk)
    Task.objects.filter(pk=task.pk).update(owner=andre)
    refused = page.post(address, {"do": "give", "to": dana.pk, "had": had})
    assert refused.status_code == 422
    assert "Andre Fields has it now" in refused.content.decode()
    assert Task.objects.get(pk=task.pk).owner == andre
    now = refused.content.decode().split('name="had" value="')[1].split('"')[0]
    assert page.post(address, {"do": "give", "to": dana.pk, "had": now}).status_code == 302
    assert Task.objects.get(pk=task.pk).owner == dana
