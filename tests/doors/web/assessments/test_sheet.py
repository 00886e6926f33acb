"""The sheet over HTTP: without scripts, as a page that saves by itself, with two people, and how often the database is asked."""

import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from goldthread.casework.assessments.actions.filing import add_answers
from goldthread.casework.assessments.models import Assessment, Instrument
from goldthread.casework.tasks.models import Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.ids import new_id
from tests.access.world import browser
from tests.casework.assessments.asking import LOINC, SAFETY, Care, actor, begun, care, in_use, option, phq9, signed
from tests.foundation.files.corpus import image, pdf

pytestmark = pytest.mark.django_db
ASKED = {"sheet": 11, "save": 14, "read": 21, "list": 19}
"""Queries at most, however many items there are."""


@pytest.fixture
def there() -> Care:
    found = care()
    in_use()
    return found


@pytest.fixture
def web(there: Care) -> Client:
    return browser(there.worker)


def at(name: str, row: Assessment) -> str:
    return reverse(f"assessments:{name}", args=[row.person_id, row.pk])


def token(weight: int) -> str:
    return f"{LOINC}|c{weight}"


def sent(weights: dict[int, int], **more: Any) -> dict[str, Any]:
    return {f"a:q{number}": token(weight) for number, weight in weights.items()} | {"seen": "0"} | more


def page(web: Client, row: Assessment) -> str:
    return web.get(at("sheet", row)).content.decode()


def test_begun_answered_and_signed_without_scripts(web: Client, there: Care) -> None:
    new = reverse("assessments:new", args=[there.person.pk])
    form = new_id()
    for _press in range(2):
        led = web.post(new, {"instrument": "phq-9", "form_id": str(form)})
        assert led.headers["Location"] == reverse("assessments:sheet", args=[there.person.pk, form])
    row = Assessment.objects.get()
    saved = web.post(at("sheet", row), sent({1: 1, 2: 2}, do="save"))
    assert saved.headers["Location"].startswith(at("sheet", row))
    assert re.search(r'value="http://loinc.org\|c2" checked', page(web, row))
    signed_page = web.post(at("sheet", row), sent(dict.fromkeys(range(1, 10), 1), do="sign", seen="1"))
    assert signed_page.headers["Location"] == at("read", row)
    read = web.get(at("read", row)).content.decode()
    assert "Question 1" in read
    assert "Several days" in read
    assert "Mild" in read
    assert web.get(at("sheet", row)).headers["Location"] == at("read", row)
    assert not Event.objects.filter(action="assessments.signed").exclude(client=there.person.pk).exists()


def test_what_is_wrong_is_said_at_its_item_and_every_answer_stays(web: Client, there: Care) -> None:
    items = [
        {"linkId": "n", "type": "integer", "text": "How many?", "required": True},
        {"linkId": "d", "type": "date", "text": "When?"},
        {"linkId": "w", "type": "string", "text": "Why?"},
    ]
    instrument = in_use(
        {"resourceType": "Questionnaire", "status": "active", "url": "urn:test:w", "title": "W", "item": items}
    )
    row = begun(there, instrument)
    answer = web.post(
        at("sheet", row), {"a:n": "three", "a:d": "2026-02-31", "a:w": "<b>🙂 مرحبا", "seen": "0", "do": "sign"}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'value="three"' in text
    assert "&lt;b&gt;🙂 مرحبا" in text
    assert "Write a whole number." in text
    assert '<a href="#q1">' in text
    assert '<a href="#q2">' in text
    assert Assessment.objects.get().state == "open"


def test_a_page_saves_by_itself_and_is_told_what_follows(web: Client, there: Care) -> None:
    row = begun(there)
    fields = {"only": ["q1", "q9"], "a:q1": token(1), "a:q9": token(1), "writer": "a", "stroke": "1", "seen": "0"}
    said = web.post(at("save", row), fields).json()
    assert said["saves"] == 1
    assert said["parts"] == [["part-0", 2, 9, False]]
    assert said["alarms"] == [SAFETY]
    assert (said["clashes"], said["theirs"]) == ([], {})
    assert Task.objects.get().title == SAFETY
    assert SAFETY in page(web, row)


def test_what_is_not_asked_any_more_is_told_at_once_and_left_out_of_the_response(web: Client, there: Care) -> None:
    items = [
        {"linkId": "pills", "type": "boolean", "text": "Pills?"},
        {
            "linkId": "which",
            "type": "string",
            "text": "Which?",
            "enableWhen": [{"question": "pills", "operator": "=", "answerBoolean": True}],
        },
    ]
    instrument = in_use(
        {"resourceType": "Questionnaire", "status": "active", "url": "urn:test:e", "title": "E", "item": items}
    )
    row = begun(there, instrument)
    assert 'data-key="which" tabindex="-1" hidden' in page(web, row)
    base = {"writer": "a", "seen": "0"}
    said = web.post(
        at("save", row), {**base, "only": ["pills", "which"], "a:pills": "true", "a:which": "red", "stroke": "1"}
    )
    assert said.json()["off"] == []
    said = web.post(at("save", row), {**base, "only": "pills", "a:pills": "false", "stroke": "2"})
    assert said.json()["off"] == ["which"]
    web.post(at("sheet", row), {"a:pills": "false", "a:which": "red", "do": "sign", "seen": "9"})
    row.refresh_from_db()
    assert [item["linkId"] for item in row.response["item"]] == ["pills"]


def test_two_people_on_one_sheet_see_each_others_answers_and_choose_where_both_answered(
    web: Client, there: Care
) -> None:
    row = begun(there)
    other = browser(there.supervisor)
    web.post(at("save", row), {"only": "q1", "a:q1": token(1), "writer": "a", "stroke": "1", "seen": "0"})
    fields = {"only": ["q1", "q2"], "a:q1": token(3), "a:q2": token(2), "writer": "b", "stroke": "1", "seen": "0"}
    said = other.post(at("save", row), fields).json()
    (clash,) = said["clashes"]
    assert (clash["key"], clash["mine"], clash["theirs"]) == ("q1", "Nearly every day", "Several days")
    assert clash["who"] == there.worker.name
    assert clash["fields"]["a:q1"] == [token(1)]
    told = web.post(at("save", row), {"only": "q3", "a:q3": token(0), "writer": "a", "stroke": "2", "seen": "1"}).json()
    assert told["theirs"] == {"q2": {"a:q2": [token(2)], "s:q2": []}}
    assert there.supervisor.name in page(web, row)


def test_without_scripts_both_answers_stand_on_the_page(web: Client, there: Care) -> None:
    row = begun(there)
    browser(there.supervisor).post(at("sheet", row), sent({1: 1}, do="save"))
    answer = web.post(at("sheet", row), sent({1: 3, 2: 2}, do="sign"))
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "has answered this, too: “Several days”. You answered: “Nearly every day”" in text
    assert re.search(r'name="a:q1" value="http://loinc.org\|c3" checked', text)
    seen = re.search(r'name="seen" value="(\d+)"', text)
    assert seen
    assert web.post(at("sheet", row), sent({1: 3, 2: 2}, do="sign", seen=seen[1])).status_code == 302
    row.refresh_from_db()
    assert row.response["item"][0]["answer"][0]["valueCoding"]["code"] == "c3"


def test_two_signatures_at_once_are_one(web: Client, there: Care) -> None:
    row = begun(there)
    for _press in range(2):
        assert web.post(at("sheet", row), sent({1: 1}, do="sign", seen="5")).headers["Location"] == at("read", row)
    assert Event.objects.filter(action="assessments.signed").count() == 1


def test_a_save_that_comes_after_the_signature_is_told_so(web: Client, there: Care) -> None:
    row = signed(there)
    said = web.post(at("save", row), {"only": "q1", "a:q1": token(3), "writer": "a", "stroke": "9", "seen": "9"})
    assert said.status_code == 409
    assert said.json()["signed"] == at("read", row)


def test_it_is_read_in_spanish(web: Client, there: Care) -> None:
    row = begun(there)
    text = web.get(at("sheet", row) + "?in=es").content.decode()
    assert "Pregunta 1" in text
    assert "Casi todos los días" in text
    assert "Question 1" not in text


def test_last_time_stands_beside(web: Client, there: Care) -> None:
    signed(there)
    assert "<span>Last time:</span> Several days" in page(web, begun(there))


def test_a_skipped_question_says_why_when_it_is_read(web: Client, there: Care) -> None:
    row = begun(there)
    web.post(at("sheet", row), sent({1: 1}, do="sign") | {"s:q2": "asked-declined", "s:q3": "no-such-reason"})
    text = web.get(at("read", row)).content.decode()
    assert "Does not want to answer" in text
    assert "Question 3" not in text


def test_turns_are_added_and_taken_away_by_buttons(web: Client, there: Care) -> None:
    group = {
        "linkId": "who",
        "type": "group",
        "text": "Somebody",
        "repeats": True,
        "item": [{"linkId": "name", "type": "string", "text": "Name"}],
    }
    instrument = in_use(
        {"resourceType": "Questionnaire", "status": "active", "url": "urn:test:g", "title": "G", "item": [group]}
    )
    row = begun(there, instrument)
    web.post(at("sheet", row), {"do": "add:who", "seen": "0"})
    web.post(at("sheet", row), {"do": "add:who", "seen": "1", "a:name[0]": "Ana"})
    text = web.post(
        at("sheet", row), {"do": "remove:0:who", "seen": "9", "a:name[0]": "Ana", "a:name[1]": "Ben"}
    ).content.decode()
    assert 'value="Ben"' in text
    assert 'value="Ana"' not in text


def test_corrected_and_voided_over_the_web(web: Client, there: Care) -> None:
    row = signed(there)
    assert web.post(at("void", row), {"reason": ""}).status_code == 422
    led = web.post(at("correct", row), {"reason": "Heard wrong"})
    made = Assessment.objects.get(replaces=row)
    assert led.headers["Location"] == at("sheet", made)
    web.post(at("sheet", made), sent(dict.fromkeys(range(1, 10), 0), do="sign", seen="9"))
    assert "Corrected by a newer one" in web.get(at("read", row)).content.decode()
    assert web.post(at("void", made), {"reason": "Not hers"}).status_code == 302
    assert "Not hers" in web.get(at("read", made)).content.decode()


def test_a_file_is_kept_read_and_no_other(web: Client, there: Care, tmp_path: Any) -> None:
    items = [{"linkId": "f", "type": "attachment", "text": "A photo"}]
    instrument = in_use(
        {"resourceType": "Questionnaire", "status": "active", "url": "urn:test:f", "title": "F", "item": items}
    )
    row = begun(there, instrument)
    photo = io.BytesIO(image("PNG"))
    photo.name = "prescription.png"
    web.post(at("sheet", row), {"do": "save", "seen": "0", "f:f": photo})
    row.refresh_from_db()
    kept = row.answers["f"][0]["valueAttachment"]["url"].removeprefix("urn:uuid:")
    file = reverse("assessments:file", args=[there.person.pk, row.pk, kept])
    assert web.get(file).headers["Content-Type"] == "image/jpeg"
    evil = io.BytesIO(b"<script>alert(1)</script>")
    evil.name = "x.png"
    assert web.post(at("sheet", row), {"do": "save", "seen": "1", "f:f": evil}).status_code == 422
    assert "prescription.png" in page(web, row)


def test_a_letter_photographed_stays_readable_and_a_pdf_is_an_answer_too(web: Client, there: Care) -> None:
    """800 pixels a side, as of a portrait, is no letter that anybody reads."""
    items = [{"linkId": "f", "type": "attachment", "text": "The lease", "repeats": True}]
    asked = {"resourceType": "Questionnaire", "status": "active", "url": "urn:test:fl", "title": "F", "item": items}
    row = begun(there, in_use(asked))
    for name, data in (
        ("lease.jpg", image(size=(1700, 2200))),
        ("lease.pdf", pdf()),
        ("note.txt", b"Heat is included."),
    ):
        sent_file = io.BytesIO(data)
        sent_file.name = name
        row.refresh_from_db()
        assert web.post(at("sheet", row), {"do": "save", "seen": str(row.saves), "f:f": sent_file}).status_code == 302
    row.refresh_from_db()
    about = [one["valueAttachment"] for one in row.answers["f"]]
    assert [one["contentType"] for one in about] == ["image/jpeg", "application/pdf", "text/plain; charset=utf-8"]
    served = [web.get(reverse("assessments:file", args=[there.person.pk, row.pk, one["url"][9:]])) for one in about]
    assert Image.open(io.BytesIO(served[0].content)).size == (1700, 2200)
    assert served[1].content.startswith(b"%PDF-")
    assert all("default-src 'none'" in one.headers["Content-Security-Policy"] for one in served)
    harmful = io.BytesIO(pdf(b"<</S/JavaScript/JS(app.alert)>>", catalog=b"/OpenAction 4 0 R"))
    harmful.name = "harmful.pdf"
    refused = web.post(at("sheet", row), {"do": "save", "seen": str(row.saves), "f:f": harmful})
    assert refused.status_code == 422
    assert "Print it to a new PDF" in refused.content.decode()


def test_two_files_sent_at_once_are_both_kept(there: Care) -> None:
    """Each page knows the answers as they were before the other's file: what is added is added to what stands there now."""
    items = [{"linkId": "f", "type": "attachment", "text": "Photos", "repeats": True}]
    asked = {"resourceType": "Questionnaire", "status": "active", "url": "urn:test:fs", "title": "F", "item": items}
    row = begun(there, in_use(asked))
    for name in ("a", "b"):
        stale = Assessment.objects.get(pk=row.pk)
        stale.answers = {}
        answer = {"valueAttachment": {"url": f"urn:uuid:{new_id()}", "title": name, "contentType": "image/jpeg"}}
        add_answers(assessment=stale, more={"f": [answer]}, by=actor(there.worker))
    row.refresh_from_db()
    assert [one["valueAttachment"]["title"] for one in row.answers["f"]] == ["a", "b"]


def long(items: int) -> dict[str, Any]:
    """So many questions of four answers in sections of ten."""
    options = [option(weight) for weight in range(4)]
    groups = []
    for first in range(0, items, 10):
        asked = [
            {"linkId": f"i{n}", "type": "choice", "text": f"How often number {n}?", "answerOption": options}
            for n in range(first, first + 10)
        ]
        groups.append({"linkId": f"g{first}", "type": "group", "text": f"Part {first}", "item": asked})
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "url": f"urn:test:l{items}",
        "title": "Long",
        "item": groups,
    }


@pytest.mark.parametrize("items", [20, 120])
def test_queries_do_not_grow_with_the_items(web: Client, there: Care, items: int) -> None:
    row = begun(there, in_use(long(items)))
    page(web, row)
    fields = {"only": "i1", "a:i1": token(1), "writer": "a", "stroke": "1", "seen": "0"}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(web, row)
    assert len(asked) <= ASKED["sheet"]
    with CaptureQueriesContext(connection) as asked:
        web.post(at("save", row), fields)
    assert len(asked) <= ASKED["save"]


def test_queries_of_the_pages_that_are_read(web: Client, there: Care) -> None:
    row = signed(there)
    signed(there, minutes=9)
    of_client = reverse("assessments:of_client", args=[there.person.pk])
    web.get(of_client)
    with CaptureQueriesContext(connection) as asked:
        web.get(of_client)
    assert len(asked) <= ASKED["list"]
    with CaptureQueriesContext(connection) as asked:
        web.get(at("read", row))
    assert len(asked) <= ASKED["read"]


def test_what_was_asked_is_listed_by_instrument_with_its_drawing(web: Client, there: Care) -> None:
    signed(there)
    signed(there, dict.fromkeys(range(1, 10), 2), minutes=9)
    text = web.get(reverse("assessments:of_client", args=[there.person.pk])).content.decode()
    assert "10 more than last time" in text
    assert "<polyline" in text
    assert text.count("<tr><th>") == 3  # its head, and two days
    assert Instrument.objects.get().key == "phq-9"


def test_another_version_is_not_taken_for_this_one(web: Client, there: Care) -> None:
    row = begun(there)
    in_use(phq9(version="2"))
    assert "Question 1" in page(web, row)
    assert web.post(at("sheet", row), sent({1: 1}, do="sign")).status_code == 302
