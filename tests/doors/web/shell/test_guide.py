"""Help: every topic has its page, and every page that a screen points to is there."""

import re

import pytest
from django.template.loader import get_template

from goldthread.doors.web.shell.guide import BY_SLUG, TOPICS, Topic
from tests.architecture.tree import ROOT


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_every_topic_has_a_page(topic: Topic) -> None:
    get_template(topic.template)


def test_every_help_button_leads_to_a_topic() -> None:
    asked = re.compile(r'<c-help\s+topic="([\w-]+)"')
    slugs = {slug for file in (ROOT / "goldthread").rglob("*.html") for slug in asked.findall(file.read_text("utf-8"))}
    assert slugs - set(BY_SLUG) == set()
