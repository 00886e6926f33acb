"""Every text in another language, over HTTP: counted, saved, two tabs, hostile words; and the sheet that reads it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from goldthread.casework.assessments.queries.instruments import version_in_use
from goldthread.doors.web.instruments.building.languages import A_PAGE
from goldthread.foundation.lib.ids import new_id
from tests.doors.web.instruments.test_building import built, do, draft, hidden, save, web
from tests.doors.web.instruments.test_lists_and_rules import page, send

__all__ = ["web"]
pytestmark = pytest.mark.django_db
TEXTS = ["Housing check", "Where?", "Here", "There", "Safe?"]


def rows(said: dict[str, str], was: dict[str, str] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"w-n": len(said)}
    for n, (plain, words) in enumerate(said.items()):
        found |= {f"w-{n}-plain": plain, f"w-{n}-was": (was or {}).get(plain, ""), f"w-{n}-said": words}
    return found


def test_a_third_language_is_counted_typed_and_read(web: Client) -> None:
    built(web)
    address = page("words", "?in=vi")
    text = web.get(address).content.decode()
    assert "Vietnamese" in text
    assert "5 texts are missing" in text
    assert "0 of 5 texts" in text
    for plain in TEXTS:
        assert f'-plain" value="{plain}"' in text
    assert send(web, address, **rows({"Where?": "Ở đâu?", "Here": "Ở đây", "There": ""})).status_code == 302
    text = web.get(address).content.decode()
    assert "3 texts are missing" in text
    assert "2 of 5 texts" in text
    missing = web.get(f"{address}&show=missing").content.decode()
    assert 'value="Where?"' not in missing
    assert 'value="There"' in missing
    assert 'name="w-0-said" rows="1" lang="vi"' in missing
    assert "Vietnamese: 3 texts are not translated" in web.get(page("check")).content.decode()
    assert f"{page('words')}?in=vi&amp;show=missing" in web.get(page("check")).content.decode()
    sheet = web.get(page("preview", "?in=vi")).content.decode()
    assert "Ở đâu?" in sheet
    assert ">Tiếng Việt<" in sheet
    assert "Where?" in web.get(page("preview", "?in=en")).content.decode()
    kept = save(web, "q1", **{"i-text": "Where?", "i-text2": "¿Dónde?", "options-n": 0})
    assert kept.status_code == 302
    assert "Ở đâu?" in str(draft().content["item"][0]["_text"]), "saving the question keeps the third language"
    assert "1 of 3 texts" in web.get(address).content.decode(), "two answers went, with their words"


def test_a_text_changed_after_it_was_translated_is_pointed_out(web: Client) -> None:
    built(web)
    send(web, page("words", "?in=vi"), **rows({plain: f"vi {plain}" for plain in TEXTS}))
    web.post(reverse("instruments:use", args=[draft().pk]))
    used = version_in_use("housing-check")
    assert used
    web.post(reverse("instruments:anew", args=[used.pk]), {"form_id": str(new_id())})
    address = page("words", "?in=vi")
    assert "changed after" not in web.get(address).content.decode()
    save(web, "q2", **{"i-text": "Is it safe there?"})
    text = web.get(address).content.decode()
    assert "1 text was changed after it was translated" in text
    assert text.count("text changed</span>") == 1
    these = web.get(f"{address}&show=missing").content.decode()
    assert 'value="Is it safe there?"' in these
    assert 'value="Where?"' not in these
    send(web, address, **rows({"Is it safe there?": "vi anew"}, {"Is it safe there?": "vi Safe?"}))
    assert "changed after" not in web.get(address).content.decode()


def test_one_row_translates_every_place_and_one_step_takes_it_back(web: Client) -> None:
    built(web)
    do(web, "copy", "q1")
    address = page("words", "?in=es")
    assert "at 2 places" in web.get(address).content.decode()
    before = draft().content
    send(web, address, **rows({"Here": "Aquí"}))
    codings = [option["valueCoding"] for one in draft().content["item"] for option in one.get("answerOption", [])]
    assert sum("Aquí" in str(coding) for coding in codings) == 2
    step = hidden(web.get(address).content.decode(), "step")
    led = send(web, page("back"), step=step, here=address)
    assert led.headers["Location"] == address
    assert draft().content == before


def test_two_tabs_and_a_text_that_is_gone(web: Client) -> None:
    built(web)
    address = page("words", "?in=vi")
    send(web, address, **rows({"Where?": "Theirs"}))
    late = send(web, address, **rows({"Where?": "Mine", "Here": "Ở đây"}))
    text = late.content.decode()
    assert late.status_code == 409
    assert "Theirs" in text
    assert ">\nMine</textarea>" in text
    assert ">\nỞ đây</textarea>" in text
    assert "Mine" not in str(draft().content)
    assert send(web, address, **rows({"Where?": "Mine"}, {"Where?": "Theirs"})).status_code == 302
    save(web, "q2", **{"i-text": "Warm?"})
    gone = send(web, address, **rows({"Safe?": "An toàn?"}))
    assert gone.status_code == 409
    assert "The text is no longer here." in gone.content.decode()
    assert "An toàn?" in gone.content.decode()
    assert send(web, address, **rows({"Where?": "Mine"}, {"Where?": ""})).status_code == 302, "both say the same"


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "\u202eevil\u202c", "x" * 20_000, "a\r\nb\nc", "'\"&|\\"]
)
def test_hostile_words_are_kept_as_they_are(web: Client, words: str) -> None:
    built(web)
    address = page("words", "?in=ar")
    assert send(web, address, **rows({"Where?": words})).status_code == 302
    assert escape(words.replace("\r\n", "\n")) in web.get(address).content.decode()
    assert "<script>alert" not in web.get(address).content.decode()


def test_nonsense_is_answered_with_words(web: Client) -> None:
    built(web)
    for query in ("?in=klingon", "?in=en", "?in=", "?in=vi&from=99999", "?in=vi&from=x", "?in=vi&show=fly"):
        assert web.get(page("words", query)).status_code == 200
        assert send(web, page("words", query), **{"w-n": "٣", "w-0-plain": "x"}).status_code == 302
    long = send(web, page("words", "?in=vi"), **rows({"Where?": "y" * 3_000_000}))
    assert long.status_code == 422
    assert "y" * 3_000_000 in long.content.decode()
    assert "Not saved yet" in long.content.decode()
    row = draft()
    row.content["item"][0]["text"] = "Where\r\n\r\nto?  "
    row.save(update_fields=["content"])
    assert send(web, page("words", "?in=vi"), **rows({"Where\r\n\r\nto?": "Đâu?"})).status_code == 302
    assert "Đâu?" in str(draft().content["item"][0])


def test_many_texts_stand_on_several_pages(web: Client) -> None:
    built(web)
    lines = "\n".join(f"Town {n}" for n in range(A_PAGE + 10))
    save(web, "q1", **{"i-text": "Where?", "options-mode": "lines", "options-lines": lines})
    first, second = (web.get(page("words", f"?in=vi&from={n}")).content.decode() for n in (0, A_PAGE))
    assert f"1 to {A_PAGE} of {A_PAGE + 13}" in first
    assert f"{A_PAGE + 1} to {A_PAGE + 13} of {A_PAGE + 13}" in second
    assert f"from={A_PAGE}" in first
    assert 'value="Safe?"' in second
    led = send(web, page("words", f"?in=vi&from={A_PAGE}"), **rows({"Safe?": "An toàn?"}))
    assert led.headers["Location"].endswith(f"?in=vi&from={A_PAGE}")


def test_the_pages_ask_little(web: Client, django_assert_max_num_queries: Any) -> None:
    built(web)
    with django_assert_max_num_queries(10):
        assert web.get(page("facts")).status_code == 200
    with django_assert_max_num_queries(10) as few:
        assert web.get(page("words", "?in=vi")).status_code == 200
        asked = len(few)
    lines = "\n".join(f"Town {n}" for n in range(A_PAGE - 10))
    save(web, "q1", **{"i-text": "Where?", "options-mode": "lines", "options-lines": lines})
    with django_assert_max_num_queries(asked):
        assert web.get(page("words", "?in=vi")).status_code == 200, "as many for fifty texts"
    web.post(reverse("instruments:use", args=[draft().pk]))
    used = version_in_use("housing-check")
    assert used
    web.post(reverse("instruments:anew", args=[used.pk]), {"form_id": str(new_id())})
    with django_assert_max_num_queries(asked + 1):
        assert web.get(page("words", "?in=vi")).status_code == 200, "and one for what is in use"


def test_what_is_tried_in_one_language_stays_in_it(web: Client) -> None:
    built(web)
    send(web, page("words", "?in=vi"), **rows({"Where?": "Ở đâu?"}))
    text = web.get(page("preview", "?in=vi")).content.decode()
    assert hidden(text, "in") == "vi"
    assert re.search(r'id="fields"[^>]* lang="vi"', text)
    assert '<html lang="en"' in text, "the screen itself is in the language of who reads it"
    again = web.post(page("preview"), {"do": "try", "in": hidden(text, "in")}).content.decode()
    assert "Ở đâu?" in again
