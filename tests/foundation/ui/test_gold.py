"""Dates as people say them, and the small tags of the house."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.utils import translation

from goldthread.foundation.ui.templatetags import gold
from goldthread.foundation.ui.toasts import undo_of
from goldthread.people.persons.enums import ContactKind
from goldthread.people.persons.models import ContactPoint

TODAY = date(2026, 12, 1)  # a Tuesday


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2026, 12, 1), "today"),
        (date(2026, 12, 2), "tomorrow"),
        (date(2026, 11, 30), "yesterday"),
        (date(2026, 12, 3), "Thu 3 Dec"),
        (date(2027, 1, 4), "4 Jan 2027"),
        (datetime(2026, 12, 3, 12, tzinfo=UTC), "Thu 3 Dec"),
        (None, ""),
    ],
)
def test_day(when: date | None, said: str) -> None:
    assert gold.day(when, TODAY) == said


def test_a_day_in_words() -> None:
    assert gold.day_in_words(date(2026, 11, 24)) == "Tuesday 24 November"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2026, 11, 19), "12 days ago, 19 Nov"),
        (date(2024, 12, 26), "705 days ago, 26 Dec 2024"),
        (date(2026, 11, 30), "yesterday"),
        (date(2026, 12, 1), "today"),
        (None, ""),
    ],
)
def test_ago(when: date | None, said: str) -> None:
    assert gold.ago(when, TODAY) == said


@pytest.mark.parametrize(
    ("name", "letters"), [("Renee Baptiste", "RB"), ("Ana María de la Cruz", "AC"), ("Cher", "C"), ("", "")]
)
def test_initials(name: str, letters: str) -> None:
    assert gold.initials(name) == letters


def test_a_choice_is_said_as_django_says_it_in_the_readers_language() -> None:
    for kind in (*ContactKind.values, "gone"):
        point = ContactPoint(kind=kind)
        for language in ("en", "es"):
            with translation.override(language):
                assert gold.choice(point, "kind") == point.get_kind_display()


def test_undo_leads_only_to_this_site() -> None:
    assert undo_of("undo:/clients/1/undo/") == "/clients/1/undo/"
    assert undo_of("undo:https://elsewhere.example/") == ""
    assert undo_of(None) == ""
    assert gold.undo_address(Message(20, "Moved", extra_tags="undo:/back/")) == "/back/"


def test_what_is_unchanging_is_made_once_for_each_language_and_sees_nothing_of_the_page() -> None:
    page = engines["django"].from_string(
        "{% load gold %}{% unchanging %}<{{ secret }}{% translate 'Close' %}>{% endunchanging %}{{ secret }}"
    )
    assert page.render({"secret": "ann"}) == "<Close>ann"
    assert page.render({"secret": "ben"}) == "<Close>ben"
    with translation.override("es"):
        assert page.render({"secret": "ana"}) == "<Cerrar>ana"
    assert page.render({"secret": "ann"}) == "<Close>ann"


def test_what_is_unchanging_for_a_value_sees_that_value_alone_and_is_made_anew_for_another() -> None:
    page = engines["django"].from_string(
        "{% load gold %}{% unchanging places %}{{ secret }}{{ places|join:' ' }} {% endunchanging %}{{ secret }}"
    )
    assert page.render({"secret": "ann", "places": ("day", "clients")}) == "day clients ann"
    assert page.render({"secret": "ben", "places": ("day", "clients")}) == "day clients ben"
    assert page.render({"secret": "ben", "places": lambda: ("team",)}) == "team ben"
    assert page.render({"secret": "ben"}) == " ben"


def test_no_more_is_kept_of_what_is_unchanging_than_a_fixed_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gold, "KEPT_MOST", 2)
    page = engines["django"].from_string("{% load gold %}{% unchanging n %}<{{ n }}>{% endunchanging %}")
    assert [page.render({"n": str(n)}) for n in range(5)] == ["<0>", "<1>", "<2>", "<3>", "<4>"]
    (node,) = [one for one in page.template.nodelist if isinstance(one, gold.Unchanging)]
    assert len(node.made) <= 2


def test_options_are_escaped_and_the_chosen_one_is_marked() -> None:
    made = gold.options([("en", "English"), ("x", '<b>"'), (3, "three")], 3)
    assert made == (
        '<option value="en">English</option><option value="x">&lt;b&gt;&quot;</option>'
        '<option value="3" selected>three</option>'
    )
