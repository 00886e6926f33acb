"""The notice that a note was voided: a link for who may read the note, none for who may not."""

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.actions.afterwards import void
from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.contacts.models import Contact
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.casework.contacts.making import ZONE, actor_of, episode_of, note
from tests.factories import PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("labels", "read"), [(0, True), (int(Label.SEALED), False)], ids=["open", "sealed"])
def test_the_supervisor_reads_why_where_they_may(labels: int, read: bool) -> None:
    team = TeamFactory()
    head = StaffFactory(role=Role.SUPERVISOR, team=team)
    worker = StaffFactory(team=team, name="Renee Baptiste")
    person = PersonFactory()
    episode = episode_of(person, worker)
    Assignment.objects.update(team=team)
    contact = sign(pk=new_id(), note=note(person, episode), zone=ZONE, by=actor_of(worker))
    Contact.objects.update(labels=labels)
    void(contact=contact, reason="Secret words", by=actor_of(worker))
    page = browser(head).get("/notices/").content.decode()
    assert "Renee Baptiste voided a signed note" in page
    assert "Secret words" not in page
    assert (f"/notes/{contact.pk}/" in page) is read
