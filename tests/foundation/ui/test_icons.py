"""The sprite holds every drawing that a template asks for, and nothing else stands for one."""

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError

from goldthread.foundation.ui import icons
from tests.architecture.tree import ROOT

ASKED = re.compile(r"""\{%\s*icon\s+["']([\w-]+)["']|<c-icon\s+name="([\w-]+)"|<c-[\w-]+[^>]*\sicon="([\w-]+)\"""")


def asked_for() -> set[str]:
    templates = (ROOT / "goldthread").rglob("*.html")
    found = (match for file in templates for match in ASKED.findall(file.read_text("utf-8")))
    return {name for names in found for name in names if name}


def test_the_committed_sprite_is_the_one_that_the_list_makes() -> None:
    assert icons.SPRITE.read_text("utf-8") == icons.sprite()


def test_every_icon_that_a_template_asks_for_is_in_the_sprite() -> None:
    known = {*icons.ICONS, *icons.OURS}
    assert len(asked_for()) > 20
    assert asked_for() - known == set()


def test_an_icon_is_drawn_from_the_sprite_and_hidden_from_who_listens() -> None:
    drawn = Template('{% load gold %}{% icon "note" %}').render(Context())
    assert 'aria-hidden="true"' in drawn
    assert re.search(r'href="/static/ui/icons[\w.]*\.svg#note"', drawn)


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="unicorn"):
        Template('{% load gold %}{% icon "unicorn" %}').render(Context())
