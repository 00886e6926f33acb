"""An assessment is evidence for the rules that ask for it, and is told of where it is due."""

from datetime import date

import pytest
from django.urls import reverse

from goldthread.casework.assessments import actions
from goldthread.casework.tasks.models import Evidence, Task
from tests.access.world import browser
from tests.casework.assessments.asking import Care, actor, answered, begun, care, in_use
from tests.casework.contacts.making import episode_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def there() -> Care:
    """A child-welfare episode since 1 October 2026, whose first assessment is asked for."""
    found = care()
    in_use()
    found.episode = episode_of(found.person, found.worker, "substance-use", enrolled_on=date(2026, 11, 16))
    return found


def first_assessment() -> Task:
    return Task.objects.get(requirement="first-assessment")


def test_signed_it_meets_the_rule_and_voided_it_does_not(there: Care) -> None:
    assert first_assessment().state == "open"
    row = begun(there)
    answered(row, {1: 1}, there.worker)
    actions.sign(assessment=row, by=actor(there.worker))
    evidence = Evidence.objects.get(kind="assessment")
    assert (evidence.name, evidence.source_kind, evidence.source_id) == ("phq-9", "assessment", row.pk)
    assert there.episode
    assert evidence.labels == there.episode.labels
    assert row.labels == there.episode.labels
    assert first_assessment().state == "done"
    actions.void(assessment=row, reason="Wrong client", by=actor(there.worker))
    assert Evidence.objects.get(kind="assessment").voided
    assert first_assessment().state == "open"


def test_corrected_the_new_one_is_the_evidence(there: Care) -> None:
    row = begun(there)
    answered(row, {1: 1}, there.worker)
    actions.sign(assessment=row, by=actor(there.worker))
    made = actions.correct(assessment=row, reason="x", by=actor(there.worker))
    actions.sign(assessment=made, by=actor(there.worker))
    assert list(Evidence.objects.filter(kind="assessment", voided=False).values_list("source_id", flat=True)) == [
        made.pk
    ]
    assert first_assessment().state == "done"


def test_what_is_due_leads_to_the_assessment_with_its_program(there: Care) -> None:
    web = browser(there.worker)
    page = reverse("assessments:of_client", args=[there.person.pk])
    new = f"{reverse('assessments:new', args=[there.person.pk])}?task={first_assessment().pk}"
    assert new in web.get(page).content.decode()
    text = web.get(new).content.decode()
    assert there.episode
    assert f'name="episode" value="{there.episode.pk}"' in text
