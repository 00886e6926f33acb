"""A shipped instrument that writes facts, asked in the browser."""

import pytest
from django.urls import reverse

from goldthread.casework.assessments.models import Assessment
from goldthread.casework.assessments.shipped import install_shipped
from goldthread.foundation.lib.actor import Actor
from goldthread.people.facts.actions import state_fact
from goldthread.people.facts.models import Fact
from tests.access.world import browser
from tests.casework.assessments.asking import TODAY, actor, care
from tests.factories import AT

pytestmark = pytest.mark.django_db


def test_it_starts_from_what_is_known_and_signing_it_states_nothing_twice() -> None:
    there = care()
    install_shipped(by=Actor(at=AT, today=TODAY))
    for name, labels in (("Lithium", 0), ("Buprenorphine", 1)):
        state_fact(
            person=there.person,
            kind="medicine",
            value={"name": name},
            said_by="client",
            said_on=TODAY,
            labels=labels,
            by=actor(there.worker),
        )
    web = browser(there.worker)
    web.post(reverse("assessments:new", args=[there.person.pk]), {"instrument": "health-assessment"})
    row = Assessment.objects.get()
    assert row.answers["health-medicines"] == [
        {}
    ]  # the other one stands under a label that this assessment does not have
    assert row.answers["health-medicine[0]"] == [{"valueString": "Lithium"}]
    said = {"a:health-said-by": "urn:goldthread:answer|client", "a:health-medicine[0]": "Lithium"}
    web.post(reverse("assessments:sheet", args=[row.person_id, row.pk]), {**said, "seen": "0", "do": "sign"})
    row.refresh_from_db()
    assert row.state == "signed"
    assert Fact.objects.count() == 2
