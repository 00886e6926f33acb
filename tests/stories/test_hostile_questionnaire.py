"""Somebody sends a Questionnaire made to hurt: it is refused, or held in bounds, and they read why; nothing of it is there."""

import json
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from goldthread.casework.assessments.models import Instrument
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.factories import AgencyFactory, StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
MOST_SECONDS = 5.0
"""Of the processor, for one file."""


def sheet(*items: dict[str, Any]) -> dict[str, Any]:
    head = {"resourceType": "Questionnaire", "status": "active", "url": "urn:test:hostile", "title": "Hostile"}
    return head | {"item": list(items)}


def question(link: str, **more: Any) -> dict[str, Any]:
    return {"linkId": link, "type": "string", "text": link} | more


def nested(depth: int) -> dict[str, Any]:
    found = question("bottom")
    for level in range(depth - 1, 0, -1):
        found = {"linkId": f"level{level}", "type": "group", "item": [found]}
    return found


def endless(expression: str) -> dict[str, Any]:
    told = {"language": "text/fhirpath", "expression": expression}
    return question("q", type="integer", extension=[{"url": CALCULATED, "valueExpression": told}])


HOSTILE = {
    "ten_thousand": (sheet(*(question(f"i{n}") for n in range(10_000))), "i2000", "more than 2000 items"),
    "sixty_deep": (sheet(nested(60)), "level25", "stands deeper than 24 items in items"),
    "endless": (sheet(endless("1.repeat($this + 1)")), "q", ""),
    "script": (sheet(question("q", text="Your name <script>alert(document.cookie)</script>")), "q", "script"),
    "link": (sheet(question("q", _text={"extension": [{
        "url": "http://hl7.org/fhir/StructureDefinition/rendering-xhtml",
        "valueString": "<b onclick='steal()'>Press</b>"}]})), "q", "script"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_the_item_and_the_reason(db: None, name: str, tmp_path: Path) -> None:
    content, item, reason = HOSTILE[name]
    file = tmp_path / f"{name}.json"
    file.write_text(json.dumps(content), "utf-8")
    begun, out = time.process_time(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("instruments", "check", str(file), "--json", stdout=out)
    assert ended.value.code == 1
    (told,) = json.loads(out.getvalue())
    assert (told["file"], told["ok"]) == (str(file), False)
    assert [one["item"] for one in told["errors"]] == [item]
    assert reason in told["errors"][0]["reason"]

    AgencyFactory()
    web = browser(StaffFactory(role=Role.ADMINISTRATOR))
    sent = SimpleUploadedFile(file.name, file.read_bytes(), "application/json")
    answer = web.post("/settings/instruments/upload/", {"file": sent})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert item in page
    assert "<script>alert" not in page
    assert "onclick" not in page
    assert not Instrument.objects.exists()
    assert time.process_time() - begun < MOST_SECONDS
