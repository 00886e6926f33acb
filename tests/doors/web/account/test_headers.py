"""Headers on every response, and the page for a form that came without its token."""

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.doors.web.account.helpers import sign_in
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
}


def plain_addresses(resolver=None, prefix="/"):
    """Every address that needs no argument."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from plain_addresses(entry, route)
        elif "<" not in route and "^" not in route:
            yield route


def check(answer):
    assert {part.strip() for part in answer["Content-Security-Policy"].split(";")} >= CSP
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_every_address_answers_with_all_headers_to_strangers_and_to_staff(client):
    AgencyFactory()
    staff = StaffFactory()
    for path in sorted(set(plain_addresses())):
        check(client.get(path))
    for path in sorted(set(plain_addresses())):
        sign_in(client, staff)
        check(client.get(path))


def test_an_address_that_is_not_there_has_them_too(client):
    AgencyFactory()
    check(client.get("/nothing/here/"))


def test_over_https_browsers_are_told_to_stay_there(settings):
    AgencyFactory()
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert Client().get("/account/sign-in/", secure=True)["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_form_without_its_token_is_refused_and_what_was_typed_is_offered_again():
    AgencyFactory()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/me/name/", {"name": "Robin Florez"}, headers={"Sec-Fetch-Site": "same-origin"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "send it again" in page
    assert "Robin Florez" in page


def test_another_site_cannot_get_its_words_sent_by_our_button():
    AgencyFactory()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/me/name/", {"name": "Robin Florez"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "Robin Florez" not in answer.content.decode()


def test_a_password_is_never_offered_back():
    AgencyFactory()
    strict = Client(enforce_csrf_checks=True)
    form = {"login": "a@example.org", "password": "seven quiet herons wade"}
    answer = strict.post("/account/sign-in/", form, headers={"Sec-Fetch-Site": "same-origin"})
    assert "herons" not in answer.content.decode()
