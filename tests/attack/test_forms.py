"""Forged, oversized and poisoned requests: each is answered by a page that says so, and none is a fault."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from django.urls.converters import UUIDConverter

from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import SavedView, Staff
from goldthread.people.persons.models import Alert, ContactPoint, Person, PersonName, Relationship
from tests.access.doors_of_their_own import block
from tests.access.test_urls import patterns
from tests.access.world import BACKEND, CANARIES, World, browser
from tests.factories import AssignmentFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
BREAKOUT = "\"' onmouseover=x()><img src=x onerror=y()>{{7*7}}"
MORE = (pytest.mark.slow, pytest.mark.sqlite)
"""Templates escape alike on either database."""


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def paths(world: World) -> list[tuple[str, str]]:
    """An address for each pattern, by name: with real ids where there are such."""
    things = {"pk": world.client.pk, "row": world.rows["alert"].pk, "item": world.rows["kinname"].pk}
    words = things | {
        "section": "alerts",
        "kind": "csv",
        "slug": "clients",
        "status": 404,
        "name": "x",
        "token": "x",
        "version": 1,
        "number": 1,
    }
    found = []
    for name, _view in patterns(get_resolver()):
        for values, route, converters in get_resolver_entries(name):
            of_staff = name.startswith(("settings:", "audit:worker"))
            filled = {key: world.worker.pk if of_staff and key == "pk" else words.get(key, "x") for key in values}
            ids = [key for key in values if key not in words and isinstance(converters.get(key), UUIDConverter)]
            filled |= dict.fromkeys(ids, world.worker.pk)
            found.append((name, "/" + route % filled))
    return found


def get_resolver_entries(name: str) -> list[Any]:
    """Routes of *name* as (arguments, pattern with %(…)s, converters)."""
    space, _colon, last = name.rpartition(":")
    resolver: Any = get_resolver()
    prefix = ""
    if space:
        prefix, resolver = resolver.namespace_dict[space]
    found = resolver.reverse_dict.getlist(last)
    return [(keys, prefix + route, routes[3]) for routes in found for route, keys in routes[0]]


def test_every_form_is_refused_without_its_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    for staff in (world.worker, StaffFactory(role=Role.ADMINISTRATOR)):
        client.force_login(staff.user, backend=BACKEND)
        session = client.session
        session["signed_in_at"] = session["seen_at"] = world.now.timestamp()
        session.save()
        for name, path in paths(world):
            answer = client.post(path, {"a": "b"})
            assert answer.status_code in (403, 405), (name, path, answer.status_code)


@pytest.mark.parametrize(
    ("role", "relation"),
    [
        pytest.param(Role.SUPERVISOR, "supervisor_of", marks=pytest.mark.once),
        pytest.param(Role.QUALITY, "none", marks=MORE),
        pytest.param(Role.ADMINISTRATOR, "none", marks=MORE),
    ],
)
def test_no_text_becomes_markup_on_any_page(world: World, role: Role, relation: str) -> None:
    """Names, notes, alerts, reasons, teams, views: every one holds a script; no page holds one of them unescaped."""
    poison = SCRIPT + BREAKOUT
    PersonName.objects.update(given=poison[:80], family=poison[:80])
    Person.objects.update(display_name=poison, pronouns=poison[:40], gender_words=poison[:60])
    ContactPoint.objects.update(note=poison, value=poison)
    Alert.objects.update(short=poison[:40], words=poison)
    Relationship.objects.update(note=poison)
    Team.objects.update(name=poison)
    Staff.objects.update(name=poison, title=poison)
    world.client.changes.update(old=poison, new=poison, by_name=poison)
    world.client.assignments.update(reason=poison)
    world.block.reason = world.glass.reason = poison
    world.block.save()
    world.glass.save()
    staff = world.staff(role, relation)
    SavedView.objects.create(staff=staff, page="clients", name=poison[:60], query=poison)
    client = browser(staff)
    for _name, path in paths(world):
        for headers in ({}, {"HX-Request": "true"}):
            answer: Any = client.get(path, headers=headers)
            if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
                b"".join(answer.streaming_content if answer.streaming else [])
                continue
            page = text_of(answer)
            assert SCRIPT not in page, path
            assert "<img src=x" not in page, path
            assert "\"' onmouseover" not in page, path
            assert "49><img" not in page, path
    for query in (
        f"/search/?q={SCRIPT}",
        f"/clients/?text={BREAKOUT}&whose=all",
        f"/settings/staff/?q={SCRIPT}",
    ):
        page = text_of(client.get(query))
        assert SCRIPT not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_null_character_is_turned_away(world: World, method: str) -> None:
    client = browser(world.worker)
    for path in ("/search/?q=%00", "/clients/?language=%00", "/settings/staff/?q=a%00b", "/clients/?after=%00"):
        assert client.get(path).status_code == 400, path
    for path in ("/clients/views/", f"/clients/{world.client.pk}/names/add/", "/notices/seen/"):
        assert client.post(path, {"name": "a\0b", "given": "a\0", "kind": "former"}).status_code == 400, path
    assert getattr(Client(), method)("/account/sign-in/?next=%00").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "before=%C2%B2",
        "before=%D9%A1",
        "before=-1",
        "before=" + "9" * 18,
        "before=" + "9" * 30,
        "before=" + "9" * 5000,
        "before=1e5",
        "before=0001-01-01T00:00:00%2B23:59_1",
        "before=9999-12-31T23:59:59-23:59_1",
        "before=2026-01-01T00:00:00%2B00:00_" + "9" * 40,
        "before=%ED%A0%80",
        "after=%FF%FE",
        "after=x%7C01a20000-0000-7000-8000-000000000001",
        "year=99999",
        "year=%D9%A2%D9%A0%D9%A2%D9%A6",
        "q=3%2F4%2F99999",
        "q=99999999999999999999",
        "q=%F0%9F%91%BB%20%CC%81",
        "q=0000-00-00",
        "q=%5C%25_%27%22%3B--",
        "text=%25%5F%5C",
        "from=not-an-id",
        "from=%2F%5Cevil.example",
        "whose=&team=x&worker=y&state=z&column=w",
        "after=&id=&role=zz&state=zz&team=zz&site=zz",
    ],
)
def test_odd_words_in_an_address_are_no_fault(world: World, query: str) -> None:
    pages = [
        f"/clients/{world.client.pk}/history/",
        f"/clients/{world.client.pk}/access/",
        f"/audit/workers/{world.worker.pk}/",
        "/audit/workers/",
        "/clients/",
        "/search/",
        "/notices/",
        "/settings/staff/",
        "/settings/days/",
        "/settings/hand-over/",
        "/me/kept/",
        "/",
    ]
    clients = [browser(world.staff(Role.SUPERVISOR, "supervisor_of")), browser(world.staff(Role.ADMINISTRATOR, "none"))]
    for client in clients:
        for page in pages:
            answer = client.get(f"{page}?{query}")
            assert answer.status_code < 500, page
            assert "evil.example" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("version", ["-1", "99999999999999999999", "x", "", "1.5", "\u0661"])
def test_a_version_made_up_is_no_fault_and_wins_nothing(world: World, version: str) -> None:
    sent = {"version": version, "kind": "mobile", "value": "555-0100-33", "note": "other"}
    answer = browser(world.worker).post(f"/clients/{world.client.pk}/reach/{world.rows['phone'].pk}/", sent)
    assert answer.status_code in (302, 409, 422)


def test_fields_that_the_form_does_not_have_change_nothing(world: World) -> None:
    client, person = browser(world.worker), world.client
    more = {
        "labels": "0",
        "client_number": "1",
        "photo": "",
        "created_by": str(new_id()),
        "person": str(new_id()),
        "display_name": "X",
        "version": str(person.version),
    }
    about = {"birth_date_kind": "exact", "interpreter": "no", "pronouns": "they/them"}
    assert client.post(f"/clients/{person.pk}/about/edit/", {**more, **about}).status_code == 302
    fresh = Person.objects.get(pk=person.pk)
    assert (fresh.pronouns, fresh.client_number, fresh.display_name) == (
        "they/them",
        person.client_number,
        person.display_name,
    )
    safe = {"kind": "safe", "line1": "1 Road", **more}
    client.post(f"/clients/{person.pk}/addresses/{world.rows['safe'].pk}/", safe)
    assert person.addresses.get(pk=world.rows["safe"].pk).labels == 8


def test_choices_that_were_not_offered_are_refused(world: World) -> None:
    supervisor = browser(world.staff(Role.SUPERVISOR, "supervisor_of"))
    base = f"/clients/{world.client.pk}"
    billing, stranger = StaffFactory(role=Role.BILLING), PersonFactory(family="Stranger")
    assign = {"kind": "secondary", "starts_on": "2026-01-05"}
    for staff in (billing.pk, new_id(), "x"):
        assert supervisor.post(f"{base}/workers/add/", {**assign, "staff": staff}).status_code == 422
    for other in (stranger.pk, world.client.pk, new_id(), "x"):
        assert supervisor.post(f"{base}/family/add/", {"kind": "sibling", "other": other}).status_code == 422
    assert supervisor.post(f"{base}/household/add/", {"who": stranger.pk}).status_code == 422
    assert supervisor.post(f"{base}/labels/edit/", {"labels": ["128"]}).status_code == 422
    elsewhere = StaffFactory()
    moved = {
        "from_staff": elsewhere.pk,
        "to_staff": world.worker.pk,
        "on": "2026-12-01",
        "reason": "x",
        "everyone": "1",
    }
    AssignmentFactory(client=stranger, staff=elsewhere)
    assert supervisor.post("/settings/hand-over/", {**moved, "form_id": new_id()}).status_code == 422
    only = {**moved, "from_staff": world.worker.pk, "to_staff": elsewhere.pk, "form_id": new_id(), "everyone": ""}
    assert supervisor.post("/settings/hand-over/", {**only, "client": stranger.pk}).status_code == 422


def test_what_is_too_large_is_said_to_be(world: World) -> None:
    client = browser(world.worker)
    answer = client.post("/clients/views/", {"name": "x" * 6_000_000})
    assert answer.status_code == 413
    assert CANARIES["name"] not in text_of(answer)
    many = client.post("/clients/views/", {f"f{number}": "1" for number in range(2_100)})
    assert many.status_code in (400, 413)


def test_a_photo_that_is_none_is_refused_whatever_its_name(world: World) -> None:
    client = browser(world.worker)
    for name in ("../../etc/passwd", "a\r\nSet-Cookie: x=1.png", "x.svg", "\0.png", "a" * 300 + ".png"):
        sent = SimpleUploadedFile(name.replace("\0", ""), b"<svg onload=alert(1)>", content_type="image/png")
        answer = client.post(f"/clients/{world.client.pk}/photo/edit/", {"photo": sent})
        assert answer.status_code == 422


@pytest.mark.parametrize(
    "path", ["/mailbox/..%2f..%2fetc/", "/mailbox/....//", "/help/..%2fsettings/", "/help/x/", "/welcome/..%2f/"]
)
def test_no_way_out_of_a_folder(world: World, path: str) -> None:
    assert browser(world.worker).get(path).status_code in (404, 410)


@pytest.mark.parametrize(
    "where", ["//evil.example/", "https://evil.example/", "/\\evil.example/", "javascript:alert(1)"]
)
def test_no_redirect_leads_elsewhere(world: World, where: str) -> None:
    client = browser(world.worker)
    answers = [
        client.get("/account/sign-in/", {"next": where}),
        client.get("/me/kept/", {"from": where}),
        client.post("/clients/views/", {"name": "v", "query": where}),
        client.post("/account/sign-out/", {"next": where}),
        Client().get("/clients/", headers={"HX-Request": "true", "HX-Current-URL": where}),
    ]
    for answer in answers:
        for header in ("Location", "HX-Redirect"):
            to = answer.headers.get(header, "/")
            assert to.startswith("/"), to
            assert not to.startswith(("//", "/\\")), to


def test_a_saved_views_query_stays_a_query(world: World) -> None:
    client = browser(world.worker)
    client.post("/clients/views/", {"name": "v", "query": '"><script>x</script>\r\nSet-Cookie: a=b'})
    answer = client.get("/clients/")
    assert "<script>x" not in text_of(answer)
    assert "a=b" not in str(answer.cookies)


def test_an_unknown_host_is_turned_away(world: World) -> None:
    assert browser(world.worker).get("/clients/", headers={"Host": "evil.example"}).status_code in (400, 404)


def test_an_error_page_names_nobody(world: World) -> None:
    block(world.client, world.worker, world.now)
    client = browser(world.worker)
    for path in (f"/clients/{world.client.pk}/", "/clients/x/", f"/clients/{world.client.pk}/nothing/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert not [name for name, value in CANARIES.items() if value in text_of(answer)]


def test_a_request_larger_than_any_document_is_refused_before_it_is_read(world: World) -> None:
    client = browser(world.worker)
    answer = client.post("/clients/views/", {"name": "short"}, headers={"content-length": str(27 * 1024 * 1024)})
    assert answer.status_code == 413
