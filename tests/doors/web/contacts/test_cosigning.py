"""Co-signing one note after another, and what *When you sign* asks for first."""

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.enums import ContactState
from goldthread.casework.contacts.models import Contact
from goldthread.casework.record.models import Draft
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.doors.web.contacts.test_composer import at, sent
from tests.factories import AgencyFactory, AssignmentFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


def signed(web: Client, assignment: Assignment, start: str) -> Contact:
    row = new_id()
    said = sent(assignment.client, start=start, end=start[:-1] + "5", do="sign")
    assert web.post(at("write", assignment.client, row), said).status_code == 302
    return Contact.objects.get(pk=row)


def test_after_a_co_signature_comes_the_queue_while_more_wait_and_the_note_at_last() -> None:
    AgencyFactory()
    team = TeamFactory()
    worker = StaffFactory(team=team)
    gloria = StaffFactory(role=Role.SUPERVISOR, team=team)
    carried = [AssignmentFactory(staff=worker, team=team, cosign=True) for _ in range(2)]
    web, hers = browser(worker), browser(gloria)
    first, second = (signed(web, one, start) for one, start in zip(carried, ("09:00", "10:00"), strict=True))
    assert first.state == second.state == ContactState.WAITING
    for contact, leads_to in (
        (first, reverse("contacts:to_cosign")),
        (second, reverse("contacts:read", args=[second.person_id, second.pk])),
    ):
        answer = hers.post(reverse("contacts:cosign", args=[contact.person_id, contact.pk]), {"do": "cosign"})
        assert (answer.status_code, answer["Location"]) == (302, leads_to)


def test_the_new_version_of_a_note_that_came_back_is_begun_once() -> None:
    """Pressed twice, two drafts of it lay there, and the second could never be signed. What was typed since stays."""
    AgencyFactory()
    team = TeamFactory()
    worker = StaffFactory(team=team)
    carried = AssignmentFactory(staff=worker, team=team, cosign=True)
    web, hers = browser(worker), browser(StaffFactory(role=Role.SUPERVISOR, team=team))
    note = signed(web, carried, "09:00")
    back = {"do": "return", "comment": "Who was there?"}
    hers.post(reverse("contacts:cosign", args=[note.person_id, note.pk]), back)
    revise = reverse("contacts:revise", args=[note.person_id, note.pk])
    led = web.post(revise)["Location"]
    assert web.post(revise)["Location"] == led
    draft = Draft.objects.get()
    assert draft.content["replaces"] == [str(note.pk)]
    Draft.objects.update(content=draft.content | {"narrative": ["Her mother was there"]}, version=2)
    assert web.post(revise)["Location"] == led
    assert Draft.objects.get().content["narrative"] == ["Her mother was there"]
    assert web.post(reverse("contacts:discard", args=[note.person_id, draft.pk])).status_code == 302
    assert web.post(revise)["Location"] == led
    assert Draft.objects.get().content["narrative"] == draft.content["narrative"]


def test_when_you_sign_asks_for_the_three_answers_before_it_promises() -> None:
    AgencyFactory()
    worker = StaffFactory()
    person = AssignmentFactory(staff=worker).client
    url = at("ahead", person, new_id())
    web = browser(worker)
    asked = "answer the three questions"
    assert asked in web.post(url, sent(person, activity=["monitoring"])).content.decode()
    answers = {"furnished": "yes", "adequate": "yes", "changed": "no"}
    assert asked not in web.post(url, sent(person, activity=["monitoring"], **answers)).content.decode()
    assert asked not in web.post(url, sent(person)).content.decode()
