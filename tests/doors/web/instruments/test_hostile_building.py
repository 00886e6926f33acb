"""The builder under hostile hands: long words, right to left, scripts, expressions that never end, 2 000 answers, two clicks at once."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from goldthread.foundation.lib.ids import new_id
from tests.doors.web.instruments.test_building import built, do, draft, save, web
from tests.doors.web.instruments.test_lists_and_rules import page, send

__all__ = ["web"]
pytestmark = pytest.mark.django_db
LONG = "y" * 40_000
HOSTILE = [
    "\u202eevil\u202c",
    "<script>alert(1)</script>",
    "{{ 7 }}{% now %}",
    "%(n)s %s",
    "\u0627\u0644\u0623\u062f\u0648\u064a\u0629",
]
ENDLESS = [
    "repeat($this)",
    "(1 | 2).repeat($this + 1)",
    "%resource.repeat(item).repeat(item).descendants().repeat(children())",
    "'a'.replaceMatches('(a+)+$', 'b')",
    "(" * 5_000 + "1" + ")" * 5_000,
]


def forms() -> list[tuple[str, dict[str, Any], str]]:
    """Each form of the builder that takes words: address, the rest of what is sent, the field of the words."""
    return [
        (page("build", "?item=q2"), {"i-type": "boolean", "i-link_id": "q2"}, "i-text"),
        (page("scores", "?new=1"), {"s-method": "sum", "item": "q1"}, "s-title"),
        (page("lists", "?new=1"), {"options-n": 0}, "l-title"),
        (page("rules"), {"constraints-n": 1, "constraints-0-expression": "true"}, "constraints-0-says"),
        (page("about"), {}, "title"),
    ]


def test_too_long_is_refused_and_every_character_is_kept(web: Client) -> None:
    built(web)
    before = draft().content
    for address, rest, field in forms():
        answer = send(web, address, **rest, **{field: LONG})
        assert answer.status_code == 422, field
        assert LONG in answer.content.decode(), field
    assert draft().content == before


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_they_are_on_every_page(web: Client, words: str) -> None:
    built(web)
    do(web, "add", type="group", text=words)
    for address, rest, field in forms():
        assert send(web, address, **rest, **{field: words}).status_code == 302, field
    for name in ("build", "scores", "lists", "rules", "facts", "words", "about", "check"):
        text = web.get(page(name)).content.decode()
        assert "<script>alert" not in text, name
        assert escape(words) in text or name == "check", name
    shown = web.get(page("facts", "?group=g1&kind=medicine"))
    assert shown.status_code == 200
    assert escape(words) in shown.content.decode()


@pytest.mark.thorough
@pytest.mark.parametrize("expression", ENDLESS)
def test_an_expression_that_never_ends_is_told_and_kept(web: Client, expression: str) -> None:
    built(web)
    rule = {"constraints-n": 1, "constraints-0-says": "Why", "constraints-0-expression": expression}
    answer = send(web, page("rules"), **rule)
    assert answer.status_code in (302, 422)
    text = web.get(page("rules")).content.decode() if answer.status_code == 302 else answer.content.decode()
    assert escape(expression) in text
    for name in ("check", "words", "facts"):
        assert web.get(page(name)).status_code == 200, name
    assert web.get(page("preview")).status_code in (200, 302)
    assert web.post(page("preview"), {"do": "try"}).status_code in (200, 302)


@pytest.mark.thorough
def test_two_thousand_answers_are_kept_translated_and_counted(web: Client) -> None:
    built(web)
    lines = "\n".join(f"Town {n} | {n}" for n in range(2_000))
    said = {"i-text": "Where?", "options-mode": "lines"}
    assert save(web, "q1", **said, **{"options-lines": lines}).status_code == 302
    assert "2003 texts are missing" in re.sub(r"(\d),(\d)", r"\1\2", web.get(page("words", "?in=vi")).content.decode())
    last = web.get(page("words", "?in=vi&from=2000")).content.decode()
    assert 'value="Town 1999"' in last
    row = {"w-n": 1, "w-0-plain": "Town 1999", "w-0-was": "", "w-0-said": "Thị trấn"}
    assert send(web, page("words", "?in=vi"), **row).status_code == 302
    assert "Thị trấn" in str(draft().content["item"][0]["answerOption"][1999])
    more = save(web, "q1", **said, **{"options-lines": f"{lines}\nOne more"})
    assert more.status_code == 422
    assert "One more" in more.content.decode()


def test_what_is_sent_twice_is_done_once_on_every_page(web: Client) -> None:
    built(web)
    do(web, "add", type="group", text="Medicines")
    sent: list[tuple[str, dict[str, Any]]] = [
        (page("facts", "?group=g1&kind=medicine"), {"f-name": "new", "f-said_by": "value:client"}),
        (page("words", "?in=vi"), {"w-n": 1, "w-0-plain": "Where?", "w-0-was": "", "w-0-said": "Đâu?"}),
        (page("lists", "?new=1"), {"l-title": "Ways", "options-n": 1, "options-0-text": "Bus"}),
    ]
    for address, rest in sent:
        edit, form_id = draft().edit, str(new_id())
        for _click in range(2):
            answer = web.post(address, {"form_id": form_id, "edit": edit, **rest})
            assert answer.status_code == 302, address
        assert draft().edit == edit + 1, address
