"""Help: every topic has its page, and every page that a screen points to is there."""

import re

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import resolve, reverse

from goldthread.doors.web.shell.guide import BY_SLUG, OF_PAGES, TOPICS, Topic, topic_of
from tests.architecture.tree import ROOT


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_every_topic_has_a_page(topic: Topic) -> None:
    get_template(topic.template)


def test_every_help_button_leads_to_a_topic() -> None:
    asked = re.compile(r'<c-help\s+topic="([\w-]+)"')
    slugs = {slug for file in (ROOT / "goldthread").rglob("*.html") for slug in asked.findall(file.read_text("utf-8"))}
    assert slugs - set(BY_SLUG) == set()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("clients:list", "list"),
        ("shell:search", "find"),
        ("settings:sites", "agency"),
        ("account:profile", "account"),
        ("shell:gallery", ""),
    ],
)
def test_a_page_leads_to_its_own_help(name: str, slug: str) -> None:
    request = RequestFactory().get(reverse(name))
    request.resolver_match = resolve(reverse(name))
    assert topic_of(request) == slug


def test_pages_lead_to_topics_that_exist() -> None:
    assert set(OF_PAGES.values()) - set(BY_SLUG) == set()
