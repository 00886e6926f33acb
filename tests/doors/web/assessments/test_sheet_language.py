"""A sheet that is read to the client in another language than the screen's stays in that language when it is sent."""

import re

import pytest
from django.urls import reverse

from tests.access.world import browser
from tests.casework.assessments.asking import begun, care, in_use
from tests.doors.web.instruments.test_building import hidden

pytestmark = pytest.mark.django_db


def test_the_sheet_says_in_which_language_it_is_and_sends_it_along() -> None:
    there = care()
    in_use()
    web = browser(there.worker)
    open_one = begun(there)
    text = web.get(reverse("assessments:sheet", args=[there.person.pk, open_one.pk]) + "?in=es").content.decode()
    assert "Pregunta 1" in text
    assert hidden(text, "in") == "es"
    assert re.search(r'id="fields"[^>]* lang="es"', text)
    assert '<html lang="en"' in text
