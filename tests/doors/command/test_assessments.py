"""Answers leave and enter as QuestionnaireResponse JSON, equal after the round trip."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from goldthread.casework.assessments.models import Assessment, Score
from goldthread.casework.record.models import Entry
from tests.casework.assessments.asking import Care, care, in_use, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def there() -> Care:
    found = care()
    in_use()
    return found


def export(**more: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("assessments", "export", stdout=out, **more)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def bring_in(file: Path, there: Care, *more: str) -> tuple[int, list[dict[str, Any]]]:
    out = StringIO()
    code = 0
    try:
        call_command("assessments", "import", str(file), "--by", there.worker.user.email, "--json", *more, stdout=out)
    except SystemExit as error:
        code = int(error.code or 0)
    return code, json.loads(out.getvalue())


def test_what_was_exported_comes_back_equal_with_its_scores(there: Care, tmp_path: Path) -> None:
    signed(there)
    signed(there, dict.fromkeys(range(1, 10), 2))
    before = export()
    values = sorted(Score.objects.values_list("value", "band"))
    Score.objects.all().delete()
    Entry.objects.all().delete()
    Assessment.objects.all().delete()
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(before), "utf-8")
    code, said = bring_in(file, there)
    assert (code, said[0]["new"], said[0]["errors"]) == (0, 2, [])
    assert export() == before
    assert sorted(Score.objects.values_list("value", "band")) == values
    assert Entry.objects.count() == 2
    assert bring_in(file, there)[1][0]["old"] == 2
    assert Assessment.objects.count() == 2


def test_a_response_of_another_system_keeps_every_extension(there: Care, tmp_path: Path) -> None:
    answer = {"valueCoding": {"system": "http://loinc.org", "code": "c2", "display": "More than half the days"}}
    content = {
        "resourceType": "QuestionnaireResponse",
        "id": "from-elsewhere",
        "meta": {"source": "urn:other"},
        "questionnaire": "urn:test:phq-9",
        "status": "completed",
        "authored": "2026-03-01",
        "item": [{"linkId": "q1", "answer": [answer | {"extension": [{"url": "urn:x", "valueInteger": 1}]}]}],
    }
    file = tmp_path / "one.json"
    file.write_text(json.dumps(content), "utf-8")
    number = str(there.person.client_number)
    assert bring_in(file, there)[0] == 1  # whose is it?
    assert bring_in(file, there, "--client", number)[0] == 0
    assert export(client=there.person.client_number)["entry"] == [{"resource": content}]
    assert Assessment.objects.get().assessed_on.isoformat() == "2026-03-01"


@pytest.mark.parametrize(
    "change",
    [
        {"questionnaire": "urn:test:unknown"},
        {"status": "in-progress"},
        {"item": [{"linkId": "q99", "answer": [{"valueString": "x"}]}]},
        {"resourceType": "Patient"},
        {"item": "nothing"},
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_of_the_file_is(
    there: Care, tmp_path: Path, change: dict[str, Any]
) -> None:
    row = signed(there)
    good = row.response
    Score.objects.all().delete()
    Assessment.objects.all().delete()
    file = tmp_path / "answers.json"
    bad = {**good, "id": "x", **change}
    file.write_text(json.dumps({"resourceType": "Bundle", "entry": [{"resource": good}, {"resource": bad}]}), "utf-8")
    code, said = bring_in(file, there)
    assert code == 1
    assert said[0]["errors"]
    assert not Assessment.objects.exists()
