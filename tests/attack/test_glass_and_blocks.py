"""Breaking glass and blocks from the first page to the last, over HTTP."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from goldthread.access.models import Block, BreakGlass
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff, TeamMembership
from goldthread.people.persons.models import Person
from tests.access.world import CANARIES, UNDER_LABEL, World, _tie, browser
from tests.factories import LONG_AGO, AssignmentFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
REASON = "They called from a bridge"
KNOWN = "Dana Qanaryfamily 3/12/1984"
"""First and last name with the date of birth: beyond doubt."""


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def hinted(client: Client, world: World) -> str:
    """The address that a search for the client gives."""
    found = re.search(
        r'href="(/clients/[^"]+/break-glass/\?hint=[^"]+)"', text_of(client.get("/search/", {"q": KNOWN}))
    )
    assert found, "the search leads nowhere"
    return found[1]


def broken(client: Client, world: World) -> Any:
    """The glass broken from the search on."""
    address = hinted(client, world)
    page = text_of(client.get(address))
    hint = re.search(r'name="hint" value="([^"]+)"', page)
    form_id = re.search(r'name="form_id" value="([^"]+)"', page)
    assert hint
    assert form_id
    sent = {"hint": hint[1], "form_id": form_id[1], "reason": REASON}
    return client.post(address.partition("?")[0], sent)


def test_from_the_search_to_four_hours_read_only(world: World) -> None:
    team = TeamFactory()
    outsider, own_head = StaffFactory(team=team), StaffFactory(role=Role.SUPERVISOR, team=team)
    head, quality = world.staff(Role.SUPERVISOR, "supervisor_of"), world.staff(Role.QUALITY, "none")
    client, base = browser(outsider), f"/clients/{world.client.pk}/"
    assert client.get(base).status_code == 404
    answer = broken(client, world)
    assert (answer.status_code, answer.headers["Location"]) == (302, base)
    for page in ("", "details/", "circle/", "history/", "photo/"):
        answer = client.get(base + page)
        assert answer.status_code == 200, page
        if page != "photo/":
            assert not [name for name in UNDER_LABEL if CANARIES[name] in text_of(answer)]
    for page in ("access/", "about/edit/", "names/add/", "workers/add/", "labels/edit/"):
        assert client.get(base + page).status_code == 404, page
    for page in (f"numbers/{world.rows['number'].pk}/", "about/edit/", "blocks/"):
        assert client.post(base + page, {"a": 1}).status_code == 404, page
    assert CANARIES["name"] not in text_of(client.get("/clients/?whose=all"))
    assert b"Qanary" not in b"".join(client.get("/clients/export.csv?whose=all").streaming_content)  # type: ignore[attr-defined]  # a file is streamed
    told = set(Notice.objects.filter(kind="glass_broken").values_list("to", flat=True))
    assert {own_head.pk, head.pk, quality.pk} <= told
    assert outsider.pk not in told
    glass = BreakGlass.objects.get(staff=outsider)
    seen = Event.objects.filter(actor=outsider.pk, client=world.client.pk, action="client.read", allowed=True)
    assert seen.count() >= 5
    assert not seen.exclude(break_glass=glass.pk).exists()


def test_it_opens_one_client_and_no_other(world: World) -> None:
    other = PersonFactory(family="Otherclient")
    _tie(world.client, other)
    client = browser(StaffFactory())
    broken(client, world)
    assert client.get(f"/clients/{other.pk}/").status_code == 404


@pytest.mark.parametrize(("after", "status"), [(timedelta(hours=3, minutes=59), 200), (timedelta(hours=4), 404)])
def test_it_closes_at_the_minute(world: World, after: timedelta, status: int) -> None:
    outsider = StaffFactory()
    broken(browser(outsider), world)
    glass = BreakGlass.objects.get(staff=outsider)
    with time_machine.travel(glass.opened_at + after, tick=False):
        assert browser(outsider).get(f"/clients/{world.client.pk}/").status_code == status


def test_the_word_of_a_search_is_for_its_reader_its_client_and_a_quarter_of_an_hour(world: World) -> None:
    finder, other = StaffFactory(), StaffFactory()
    address = hinted(browser(finder), world)
    assert browser(finder).get(address).status_code == 200
    assert browser(other).get(address).status_code == 404
    somebody = PersonFactory(family="Elsewhere")
    assert browser(finder).get(address.replace(str(world.client.pk), str(somebody.pk))).status_code == 404
    assert browser(finder).get(address[:-2]).status_code == 404
    with time_machine.travel(world.now + timedelta(minutes=16), tick=False):
        assert browser(finder).get(address).status_code == 404
        sent = {"hint": address.partition("hint=")[2], "reason": REASON}
        assert browser(finder).post(address.partition("?")[0], sent).status_code == 404
    assert not BreakGlass.objects.filter(staff=finder).exists()


@pytest.mark.parametrize("reason", ["", "   ", "short", "a   b   c"])
def test_a_reason_is_needed(world: World, reason: str) -> None:
    finder = StaffFactory()
    client = browser(finder)
    address = hinted(client, world)
    sent = {"hint": address.partition("hint=")[2], "reason": reason, "form_id": "01a20000-0000-7000-8000-000000000001"}
    answer = client.post(address, sent)
    assert answer.status_code == 404 or answer.status_code == 422
    assert not BreakGlass.objects.filter(staff=finder).exists()


def test_the_id_of_somebody_elses_glass_in_the_form_is_no_fault(world: World) -> None:
    finder = StaffFactory()
    client = browser(finder)
    address = hinted(client, world)
    hint = re.search(r'name="hint" value="([^"]+)"', text_of(client.get(address)))
    assert hint
    sent = {"hint": hint[1], "reason": REASON, "form_id": str(world.glass.pk)}
    assert client.post(address.partition("?")[0], sent).status_code == 302
    assert BreakGlass.objects.filter(staff=finder, client=world.client).count() == 1


@pytest.mark.parametrize("label", [Label.DOMESTIC_VIOLENCE, Label.SEALED])
def test_who_hides_is_never_hinted_at(world: World, label: Label) -> None:
    Person.objects.filter(pk=world.client.pk).update(labels=int(label))
    page = text_of(browser(StaffFactory()).get("/search/", {"q": KNOWN}))
    assert "break-glass" not in page
    assert "already know" not in page


@pytest.mark.parametrize("label", [Label.CHILD_WELFARE_REPORTER, Label.PSYCHOTHERAPY_NOTES])
def test_glass_holds_where_the_label_says_so(world: World, label: Label) -> None:
    finder = StaffFactory()
    address = hinted(browser(finder), world)
    Person.objects.filter(pk=world.client.pk).update(labels=int(label))
    assert browser(finder).get(address).status_code == 404


@pytest.mark.parametrize(
    "typed",
    ["Qanaryfamily", "Dana Qanaryfamily", "Dana 3/12/1984", "3/12/1984", "555-0177-31", "8046", "7310177", "Dana 1984"],
)
def test_a_weak_match_outside_of_reach_is_told_by_nothing(world: World, typed: str) -> None:
    page = text_of(browser(StaffFactory()).get("/search/", {"q": typed}))
    assert "already know" not in page
    assert str(world.client.pk) not in page


def test_review_is_for_somebody_else_once_and_with_a_note(world: World) -> None:
    head = world.staff(Role.SUPERVISOR, "supervisor_of")
    colleague = world.staff(Role.SUPERVISOR, "supervisor_of")
    glass = BreakGlass.objects.create(
        staff=head, client=world.client, reason=REASON, opened_at=world.now, ends_at=world.now + timedelta(hours=4)
    )
    address = f"/glass/{glass.pk}/review/"
    said = {f"{glass.pk}-outcome": "justified", f"{glass.pk}-note": "Spoke with both"}
    assert browser(head).post(address, said).status_code == 404
    assert browser(world.staff(Role.SUPERVISOR, "none")).post(address, said).status_code == 404
    client = browser(colleague)
    assert client.post(address, {**said, f"{glass.pk}-note": " "}).status_code == 422
    assert client.post(address, {**said, f"{glass.pk}-outcome": "maybe"}).status_code == 422
    assert client.post(address, said).status_code == 302
    assert client.post(address, {**said, f"{glass.pk}-outcome": "not"}).status_code in (404, 422)
    glass.refresh_from_db()
    assert (glass.outcome, glass.reviewed_by) == ("justified", colleague)


def blocked_worker(world: World) -> tuple[Staff, Staff]:
    """A worker of the client's team with the client on their caseload, and the supervisor of the team."""
    worker, head = StaffFactory(team=world.team), world.staff(Role.SUPERVISOR, "supervisor_of")
    AssignmentFactory(client=world.client, staff=worker, kind="secondary", team=world.team)
    return worker, head


def test_a_block_from_setting_to_lifting(world: World) -> None:
    worker, head = blocked_worker(world)
    base, client = f"/clients/{world.client.pk}/", browser(worker)
    relative = PersonFactory(given="Own", family="Relation")
    AssignmentFactory(client=relative, staff=worker)
    _tie(relative, world.client)
    assert client.get(base).status_code == 200
    answer = browser(head).post(f"{base}blocks/", {"staff": str(worker.pk), "reason": "A former partner"})
    assert answer.status_code == 302
    for page in ("", "details/", "circle/", "history/", "photo/", "access/", "about/", "about/edit/", "names/add/"):
        assert client.get(base + page).status_code == 404, page
    assert client.post(f"{base}numbers/{world.rows['number'].pk}/", {"a": 1}).status_code == 404
    shown = [
        text_of(client.get(page))
        for page in (
            "/clients/?whose=all",
            "/clients/?whose=mine",
            f"/clients/?whose=all&after={world.client.pk}",
            "/search/?q=Qanaryfamily",
            f"/search/?q={KNOWN}",
            "/search/?q=7310177",
            "/notices/",
            f"/clients/{relative.pk}/",
            f"/clients/{relative.pk}/circle/",
            f"/clients/{relative.pk}/history/",
            f"/clients/{relative.pk}/household/add/",
        )
    ]
    exported: Any = client.get("/clients/export.csv?whose=all")
    shown.append(b"".join(exported.streaming_content).decode())
    assert not [page for page in shown if "anaryfamily" in page.replace('value="Qanaryfamily"', "").replace(KNOWN, "")]
    told = Notice.objects.filter(kind="block_tried", about_staff=worker.pk)
    assert told.values_list("to", flat=True).distinct().get() == head.pk
    assert told.count() == 1
    later = world.now + timedelta(minutes=61)
    with time_machine.travel(later, tick=False):
        again = browser(worker)
        again.get(base)
        again.get(base)
        assert told.count() == 2
    block = Block.objects.get(staff=worker)
    answer = browser(head).post(f"{base}blocks/{block.pk}/lift/", {"a": 1})
    assert answer.status_code == 302
    with time_machine.travel(world.now + timedelta(days=1, minutes=1), tick=False):
        assert browser(worker).get(base).status_code == 200


def test_nobody_lifts_a_block_on_themselves(world: World) -> None:
    head = world.staff(Role.SUPERVISOR, "supervisor_of")
    block = Block.objects.create(person=world.client, staff=head, reason="Kin", starts_on=LONG_AGO, set_at=world.now)
    browser(head).post(f"/clients/{world.client.pk}/blocks/{block.pk}/lift/", {"a": 1})
    block.refresh_from_db()
    assert block.ends_on is None


def test_a_blocked_worker_breaks_no_glass(world: World) -> None:
    outsider = StaffFactory()
    address = hinted(browser(outsider), world)
    Block.objects.create(person=world.client, staff=outsider, reason="Kin", starts_on=LONG_AGO, set_at=world.now)
    client = browser(outsider)
    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": REASON, "hint": address.partition("hint=")[2]}).status_code == 404
    assert "break-glass" not in text_of(client.get("/search/", {"q": KNOWN}))
    TeamMembership.objects.create(staff=outsider, team=world.team, starts_on=LONG_AGO)
    assert client.get(f"/clients/{world.client.pk}/").status_code == 404
