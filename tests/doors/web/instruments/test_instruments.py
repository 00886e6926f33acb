"""Instruments in the settings, over HTTP: installed by upload, refused with every item, tried out, put in use, retired."""

import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.casework.assessments.models import Assessment, Instrument, InstrumentVersion
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.casework.assessments.asking import LOINC, SAFETY, actor, begun, care, phq9
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def web() -> Client:
    AgencyFactory()
    return browser(StaffFactory(role=Role.ADMINISTRATOR))


def upload(web: Client, content: Any, name: str = "file.json") -> Any:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    file = io.BytesIO(data)
    file.name = name
    return web.post(reverse("instruments:upload"), {"file": file})


def version(number: int = 1) -> InstrumentVersion:
    return InstrumentVersion.objects.get(number=number)


def test_installed_tried_and_put_in_use(web: Client) -> None:
    led = upload(web, phq9())
    assert led.headers["Location"] == reverse("instruments:instrument", args=["phq-9"])
    assert version().state == "draft"
    assert upload(web, phq9()).status_code == 302
    assert InstrumentVersion.objects.count() == 1
    page = reverse("instruments:preview", args=[version().pk])
    assert b"Question 1" in web.get(page).content
    sent = {f"a:q{n}": f"{LOINC}|c3" for n in range(1, 10)}
    text = web.post(page, sent).content.decode()
    assert "Severe" in text
    assert SAFETY in text
    assert not Assessment.objects.exists()
    web.post(reverse("instruments:use", args=[version().pk]))
    assert version().state == "in_use"
    assert b"In use" in web.get(reverse("instruments:list")).content
    assert json.loads(web.get(reverse("instruments:file", args=[version().pk])).content) == phq9()


def test_a_new_version_takes_the_place_of_the_old_one_and_can_be_taken_back(web: Client) -> None:
    upload(web, phq9())
    web.post(reverse("instruments:use", args=[version().pk]))
    upload(web, phq9(version="2", title="Nine questions anew"))
    web.post(reverse("instruments:use", args=[version(2).pk]))
    assert (version(1).state, version(2).state) == ("retired", "in_use")
    assert Instrument.objects.get().title == "Nine questions anew"
    web.post(reverse("instruments:use", args=[version(1).pk]))
    assert (version(1).state, version(2).state) == ("in_use", "retired")
    web.post(reverse("instruments:retire", args=[version(1).pk]))
    assert version(1).state == "retired"


def test_a_version_that_waits_makes_room_and_one_that_was_never_used_goes_without_a_trace(web: Client) -> None:
    upload(web, phq9())
    upload(web, phq9(version="1b"))
    assert InstrumentVersion.objects.count() == 1
    web.post(reverse("instruments:discard", args=[InstrumentVersion.objects.get().pk]))
    assert not Instrument.objects.exists()


def test_what_was_answered_is_never_thrown_away(web: Client) -> None:
    upload(web, phq9())
    web.post(reverse("instruments:use", args=[version().pk]))
    there = care()
    begun(there)
    web.post(reverse("instruments:discard", args=[version().pk]))
    assert version().state == "in_use"
    assert actor(there.worker)


def test_another_address_under_the_same_name_is_another_instrument(web: Client) -> None:
    upload(web, phq9())
    upload(web, phq9(url="https://other.example/phq-9"))
    assert sorted(Instrument.objects.values_list("key", flat=True)) == ["phq-9", "phq-9-2"]


def test_a_bundle_is_installed_whole_or_not_at_all(web: Client) -> None:
    good, bad = phq9(), phq9(url="urn:test:bad")
    bad["item"][3]["enableWhen"] = [{"question": "nowhere", "operator": "exists", "answerBoolean": True}]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": good}, {"resource": bad}]}
    refused = upload(web, bundle)
    assert refused.status_code == 422
    assert b"q4" in refused.content
    assert b"nowhere" in refused.content
    assert not Instrument.objects.exists()
    bundle["entry"] = [{"resource": good}, {"resource": phq9(url="urn:test:good")}]
    assert upload(web, bundle).headers["Location"] == reverse("instruments:list")
    assert Instrument.objects.count() == 2


def deep(levels: int) -> dict[str, Any]:
    item: dict[str, Any] = {"linkId": "last", "type": "string"}
    for level in range(levels):
        item = {"linkId": f"g{level}", "type": "group", "item": [item]}
    return {"resourceType": "Questionnaire", "status": "active", "item": [item]}


def asked(**item: Any) -> dict[str, Any]:
    return {"resourceType": "Questionnaire", "status": "active", "item": [{"linkId": "x", "type": "string", **item}]}


HOSTILE: dict[str, Any] = {
    "no JSON": b"\xff\xfe\x00",
    "not FHIR": {"hello": "world"},
    "a list": [1, 2, 3],
    "deep JSON": b"[" * 100_000,
    "60 deep": deep(60),
    "10 000 items": {
        "resourceType": "Questionnaire",
        "status": "active",
        "item": [{"linkId": f"i{n}", "type": "string"} for n in range(10_000)],
    },
    "a script": asked(text="<script>alert(1)</script>"),
    "an address that runs": asked(
        extension=[
            {
                "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-supportLink",
                "valueUri": "javascript:alert(1)",
            }
        ]
    ),
    "an expression that is none": asked(
        extension=[
            {
                "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
                "valueExpression": {"language": "text/fhirpath", "expression": "%resource.item.("},
            }
        ]
    ),
    "twice the same": {
        "resourceType": "Questionnaire",
        "status": "active",
        "item": [{"linkId": "x", "type": "string"}, {"linkId": "x", "type": "string"}],
    },
    "a workbook that is none": b"PK\x03\x04nothing",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(web: Client, name: str) -> None:
    answer = upload(web, HOSTILE[name], "<b>evil</b>.json")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'role="alert"' in text
    assert "<script>alert" not in text
    assert "<b>evil" not in text
    assert not Instrument.objects.exists()


def test_words_that_look_like_html_are_shown_as_they_are(web: Client) -> None:
    upload(
        web,
        phq9(
            title="A < B & “C”",
            item=[{"linkId": 'a"b', "type": "string", "text": "<i>Is 1 < 2?</i> {{ x }}"}],
            extension=[],
        ),
    )
    text = web.get(reverse("instruments:preview", args=[version().pk])).content.decode()
    assert "&lt;i&gt;Is 1 &lt; 2?&lt;/i&gt; {{ x }}" in text
    assert 'name="a:a&quot;b"' in text


def test_turns_are_tried_in_the_preview_too(web: Client) -> None:
    group = {
        "linkId": "who",
        "type": "group",
        "text": "Somebody",
        "repeats": True,
        "item": [{"linkId": "n", "type": "string"}],
    }
    upload(web, phq9(item=[group], extension=[]))
    page = reverse("instruments:preview", args=[version().pk])
    text = web.post(page, {"do": "add:who", "turn": "1:who", "a:n[0]": "Ana"}).content.decode()
    assert 'value="Ana"' in text
    assert 'name="turn" value="2:who"' in text
    text = web.post(page, {"do": "remove:0:who", "turn": "2:who", "a:n[0]": "Ana", "a:n[1]": "Ben"}).content.decode()
    assert 'value="Ben"' in text
    assert 'value="Ana"' not in text
