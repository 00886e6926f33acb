"""Building an instrument over HTTP: questions, conditions, scores, the check, putting it in use, trying it out."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.casework.assessments.models import InstrumentVersion
from goldthread.casework.assessments.queries.instruments import version_in_use
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def web() -> Client:
    AgencyFactory()
    return browser(StaffFactory(role=Role.ADMINISTRATOR))


def begun(web: Client, title: str = "Housing check") -> InstrumentVersion:
    sent = {"form_id": str(new_id()), "title": title, "language": "en"}
    led = web.post(reverse("instruments:new"), sent)
    assert led.status_code == 302, led.content.decode()
    return draft()


def draft() -> InstrumentVersion:
    return InstrumentVersion.objects.get(state="draft")


def do(web: Client, what: str, item: str = "", **more: str) -> Any:
    return web.post(
        reverse("instruments:do", args=[draft().pk]), {"form_id": str(new_id()), "do": what, "item": item, **more}
    )


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found
    return found.group(1)


def save(web: Client, item: str, **sent: Any) -> Any:
    page = f"{reverse('instruments:build', args=[draft().pk])}?item={item}"
    kind = next(one["type"] for one in draft().content["item"] if one["linkId"] == item)
    return web.post(page, {"form_id": str(new_id()), "edit": draft().edit, "i-type": kind, "i-link_id": item, **sent})


def test_a_scored_instrument_is_built_checked_used_and_tried(web: Client) -> None:
    begun(web)
    do(web, "add", type="choice", text="Where did you sleep last night?")
    options = {"options-n": 3}
    for n, (words, weight) in enumerate((("At home", "0"), ("With friends", "1"), ("Outside", "2"))):
        options |= {f"options-{n}-text": words, f"options-{n}-weight": weight}
    led = save(web, "q1", **{"i-text": "Where did you sleep?", "i-text2": "¿Dónde durmió?"}, **options)
    assert led.status_code == 302, led.content.decode()
    do(web, "add", "q1", type="boolean", text="Is it safe there?")
    condition = {
        "conditions-n": 1,
        "conditions-0-question": "q1",
        "conditions-0-operator": "=",
        "conditions-0-answer": "outside",
    }
    assert save(web, "q2", **{"i-text": "Is it safe there?"}, **condition).status_code == 302
    scores = reverse("instruments:scores", args=[draft().pk])
    score = {
        "form_id": str(new_id()),
        "edit": draft().edit,
        "s-title": "Risk",
        "s-method": "sum",
        "s-missing": "none",
        "item": "q1",
    }
    bands = {"bands-n": 2, "bands-0-low": "0", "bands-0-high": "0", "bands-0-label": "Low", "bands-0-severity": "0"}
    bands |= {"bands-1-low": "1", "bands-1-high": "2", "bands-1-label": "High", "bands-1-severity": "4"}
    bands |= {"bands-1-domain": "housing", "bands-1-strength": "3"}
    led = web.post(f"{scores}?new=1", {**score, **bands})
    assert led.status_code == 302, led.content.decode()
    content = draft().content
    assert [one["linkId"] for one in content["item"]] == ["q1", "q2"]
    assert content["item"][1]["enableWhen"] == [
        {"question": "q1", "operator": "=", "answerCoding": {"code": "outside", "display": "Outside"}}
    ]
    checked = web.get(reverse("instruments:check", args=[draft().pk])).content.decode()
    assert "It can be put in use" in checked
    tried = web.post(
        reverse("instruments:preview", args=[draft().pk]), {"a:q1": "outside", "do": "try"}
    ).content.decode()
    assert "High" in tried
    assert "Housing" in tried
    web.post(reverse("instruments:use", args=[draft().pk]), {"edit": hidden(checked, "edit")})
    used = version_in_use("housing-check")
    assert used is not None
    assert not used.steps.exists()
    assert json.loads(web.get(reverse("instruments:file", args=[used.pk])).content) == content
