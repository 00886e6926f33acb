"""From a need that a signed assessment speaks of to a goal in the plan: three clicks, the words are the person's to finish."""

import html
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.casework.needs.models import Need
from goldthread.casework.plans.models import PlanVersion
from tests.access.world import browser
from tests.casework.assessments.asking import Care, care, in_use, signed
from tests.casework.tasks.making import enrolled, program
from tests.factories import AssignmentFactory

pytestmark = pytest.mark.django_db
BEGINNING = "I want to wake up and look forward to …"


@pytest.fixture
def there() -> Care:
    found = care()
    found.episode = enrolled(program(), date(2026, 1, 5), found.person)
    AssignmentFactory(client=found.person, episode=found.episode, staff=found.worker, team=found.team)
    in_use()
    return found


def hidden(body: str, *names: str) -> dict[str, str]:
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', body) for name in names}
    return {name: html.unescape(one[1]) for name, one in found.items() if one}


def follow(web: Client, url: str) -> str:
    return html.unescape(web.get(url.partition("#")[0]).content.decode())


def test_a_goal_from_a_need_takes_three_clicks(there: Care) -> None:
    web, row = browser(there.worker), signed(there, dict.fromkeys(range(1, 9), 2) | {9: 0})
    read = reverse("assessments:read", args=[there.person.pk, row.pk])
    body = follow(web, read)
    assert BEGINNING in body
    accept = {**hidden(body, "item", "domain"), "goal": "0"}
    led = web.post(reverse("needs:accept", args=[there.person.pk, row.pk]), accept)  # the first click
    need = Need.objects.get()
    plan = reverse("plans:of_client", args=[there.person.pk])
    assert led.headers["Location"] == f"{plan}?need={need.pk}&say=0#add-goals"
    begin = hidden(follow(web, led.headers["Location"]), "episode", "need", "say")
    led = web.post(reverse("plans:begin", args=[there.person.pk]), begin)  # the second: there was no plan
    form = follow(web, led.headers["Location"])
    assert f">\n{BEGINNING}</textarea>" in form
    version = PlanVersion.objects.get()
    assert version.content["lines"] == {}  # nothing is in the plan until a person has said it
    sent = {**hidden(form, "form_id", "seen", "from_need"), "words": "Wake up and paint", "needs": [str(need.pk)]}
    web.post(reverse("plans:line_new", args=[there.person.pk, version.pk, "goals"]), sent)  # the third
    (goal,) = PlanVersion.objects.get().content["lines"]["goals"]
    assert (goal["words"], goal["needs"]) == ("Wake up and paint", [str(need.pk)])
    body = follow(web, read)
    assert "A goal answers it" in body
    assert BEGINNING not in body


def test_a_need_that_was_accepted_still_offers_beginnings(there: Care) -> None:
    web, row = browser(there.worker), signed(there, dict.fromkeys(range(1, 9), 2) | {9: 0})
    read = reverse("assessments:read", args=[there.person.pk, row.pk])
    accept = hidden(follow(web, read), "item", "domain")
    web.post(reverse("needs:accept", args=[there.person.pk, row.pk]), accept)
    body = follow(web, read)
    assert "Accepted as a need" in body
    assert f"?need={Need.objects.get().pk}&say=1#add-goals" in body
