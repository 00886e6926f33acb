"""A group in the calendar, through its pages: made, told of, settled by the note; nobody's page names the others."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goldthread.casework.caseload.actions import enrol
from goldthread.casework.contacts.actions.afterwards import void
from goldthread.casework.contacts.models import Contact
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.models import Appointment, AppointmentWorker
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.contacts.making import program
from tests.clock import agency_today
from tests.factories import PersonFactory, StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("well_into_the_day")]
NAMES = ("Anabel Quillby", "Bartek Marlowe", "Chidi Nwosu")


@pytest.fixture
def worker() -> Staff:
    staff: Staff = StaffFactory()
    return staff


@pytest.fixture
def clients(worker: Staff) -> list[Person]:
    return [client_of(worker, name) for name in NAMES]


@pytest.fixture
def web(worker: Staff) -> Client:
    return browser(worker)


def client_of(worker: Staff, name: str) -> Person:
    given, family = name.split()
    person: Person = PersonFactory(given=given, family=family, display_name=name)
    by = Actor(at=timezone.now(), today=agency_today())
    found = Program.objects.filter(key="mental-health-tcm").first() or program("mental-health-tcm")
    enrol(program=found, person=person, enrolled_on=date(2026, 1, 5), staff=worker, by=by)
    return person


def sent(worker: Staff, clients: list[Person], **more: Any) -> dict[str, Any]:
    day = agency_today() + timedelta(days=1)
    said = {"kind": "meeting", "day": day.isoformat(), "start": "10:00", "end": "11:00", "workers": [str(worker.pk)]}
    more = {"clients": [str(one.pk) for one in clients]} | more
    return {"form_id": str(new_id()), "place": "Room 4", "title": "Cooking", "unit": ""} | said | more


def agreed(worker: Staff, clients: list[Person], *, begun: bool = True, **more: Any) -> UUID:
    """A group of today, half an hour ago, or tomorrow; in the table, since its hour depends on the machine's."""
    now, group = timezone.now(), new_id()
    start = now - timedelta(minutes=50) if begun else now + timedelta(days=1)
    times = {"starts_at": start, "ends_at": start + timedelta(minutes=45)}
    said = {"kind": "meeting", "title": "Cooking", "place": "Room 4", "zone": "UTC", "made_at": now, "changed_at": now}
    for one in clients:
        row = Appointment.objects.create(
            client=one, episode=one.episode_places.get().episode, group=group, **(said | times | more)
        )
        AppointmentWorker.objects.create(appointment=row, staff=worker, starts_at=row.starts_at)
    return group


def of(group: UUID, person: Person) -> Appointment:
    return Appointment.objects.get(group=group, client=person)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_made_once_and_one_card_with_the_number_of_people(web: Client, worker: Staff, clients: list[Person]) -> None:
    form = sent(worker, clients)
    assert [name in words(web.get("/calendar/groups/new/")) for name in NAMES] == [True] * 3
    for _ in range(2):
        made = web.post("/calendar/groups/new/", form)
        assert made.headers["Location"] == f"/calendar/groups/{form['form_id']}/"
    assert Appointment.objects.count() == 3
    week = words(web.get(f"/calendar/?day={form['day']}"))
    assert week.count("3 people Group, Meeting: Cooking") == 1
    assert not any(name in week for name in NAMES)
    page = words(web.get(made.headers["Location"]))
    assert [name in page for name in NAMES] == [True] * 3
    again = web.post("/calendar/groups/new/", sent(worker, clients, start="10:30", end="11:30", place="Second place"))
    assert again.status_code == 422
    assert "Group, Meeting: Cooking, 3 people" in words(again)
    assert 'value="Second place"' in again.content.decode()


def test_bad_input_is_answered_with_every_character_kept(web: Client, worker: Staff, clients: list[Person]) -> None:
    stranger = PersonFactory()
    wrong = [
        (sent(worker, clients[:1]), "at least two clients"),
        (sent(worker, [*clients, stranger]), "Somebody is not in this program any more"),
        (sent(worker, clients, end="09:00"), "The end must be after the start"),
        (sent(worker, clients, day="31 February"), "31 February"),
        (sent(worker, clients, title="Bartek is 40 today"), "names Bartek Marlowe"),
        (sent(worker, clients, workers=[]), "Choose who goes"),
    ]
    for form, said in wrong:
        answer = web.post("/calendar/groups/new/", form)
        assert (answer.status_code, said in words(answer) or said in answer.content.decode()) == (422, True), said
        assert f'value="{form["title"]}"' in answer.content.decode()
    assert not Appointment.objects.exists()
    named = sent(worker, clients, title="Bartek is 40 today", asked_names="1", names_are_right="on")
    assert web.post("/calendar/groups/new/", named).status_code == 302
    for path in ("settle/", "off/", "people/", ""):
        answer = web.post(f"/calendar/groups/{named['form_id']}/{path}", {"clients": ["x"], "which": "y", "state": "z"})
        assert answer.status_code in (302, 422), path


def test_nobodys_page_names_the_others(web: Client, worker: Staff, clients: list[Person]) -> None:
    group = agreed(worker, clients)
    one, two, three = (of(group, person) for person in clients)
    said = {f"m_{one.pk}": "kept", f"m_{two.pk}": "missed_by_client", f"why_{two.pk}": "no ride", f"m_{three.pk}": ""}
    web.post(f"/calendar/groups/{group}/settle/", said)
    assert [of(group, person).state for person in clients] == ["kept", "missed_by_client", "planned"]
    for person in clients:
        for path in ("calendar/", "timeline/", "", f"calendar/{of(group, person).pk}/"):
            page = words(web.get(f"/clients/{person.pk}/{path}"))
            others = [name for name in NAMES if name != person.display_name]
            assert not any(name in page or name.split()[0] in page for name in others), (person, path)
    assert "Group, Meeting: Cooking" in words(web.get(f"/clients/{clients[0].pk}/calendar/"))
    assert "no ride" in words(web.get(f"/clients/{clients[1].pk}/timeline/"))
    assert "no ride" not in words(web.get(f"/clients/{clients[0].pk}/timeline/"))


def test_a_reason_is_asked_for_at_the_one_it_belongs_to(web: Client, worker: Staff, clients: list[Person]) -> None:
    group = agreed(worker, clients)
    one, two, _three = (of(group, person) for person in clients)
    said = {f"m_{one.pk}": "cancelled_by_client", f"why_{one.pk}": "ill 🤒", f"m_{two.pk}": "missed_by_client"}
    answer = web.post(f"/calendar/groups/{group}/settle/", said)
    assert answer.status_code == 422
    assert answer.content.decode().count("Say why, in a few words.") == 1
    assert "ill 🤒" in answer.content.decode()
    assert of(group, clients[0]).state == "planned"
    for _ in range(2):
        kept = web.post(f"/calendar/groups/{group}/settle/", {"state": "kept", "back": "week"})
        assert kept.headers["Location"].startswith("/calendar/?day=")
    assert Entry.objects.filter(kind="appointment").count() == 3
    assert "3 of 3 came" in words(web.get("/calendar/"))


def test_the_group_note_is_filled_and_settles_each(web: Client, worker: Staff, clients: list[Person]) -> None:
    group = agreed(worker, clients)
    anabel, bartek, chidi = clients
    web.post(
        f"/calendar/groups/{group}/settle/",
        {f"m_{of(group, chidi).pk}": "cancelled_by_client", f"why_{of(group, chidi).pk}": "ill"},
    )
    page = web.get(_note_link(web, group))
    shown = page.content.decode()
    assert f'name="appointment" value="{group}"' in shown
    assert "Filled in from: the group in the calendar" in words(page)
    checked = set(re.findall(r'name="with" value="([0-9a-f-]+)" checked', shown))
    assert checked == {str(anabel.pk), str(bartek.pk)}
    start = of(group, anabel).starts_at.astimezone(ZoneInfo("America/New_York"))
    assert f'value="{start:%H:%M}"' in shown
    row = re.search(r'data-note="([0-9a-f-]+)"', shown).group(1)  # type: ignore[union-attr]  # none fails the test
    yesterday = timezone.localtime(timezone.now() - timedelta(days=1))
    note = {
        "program": str(Program.objects.get().pk),
        "with": [str(anabel.pk), str(bartek.pk)],
        f"came_{bartek.pk}": "no",
        "how": "kind:office-visit",
        "day": yesterday.date().isoformat(),
        "start": "09:00",
        "end": "09:50",
        "activity": ["skills_teaching"],
        "narrative": "We cooked soup.",
        "appointment": str(group),
        "version": "0",
    }
    for _ in range(2):
        assert web.post(reverse("contacts:group", args=[row]), note | {"do": "sign"}).status_code in (200, 302)
    assert Contact.objects.count() == 2
    state = {
        person.display_name.split()[0]: (of(group, person).state, bool(of(group, person).contact)) for person in clients
    }
    assert state == {
        "Anabel": ("kept", True),
        "Bartek": ("missed_by_client", True),
        "Chidi": ("cancelled_by_client", False),
    }
    assert Contact.objects.get(person=anabel).pk == of(group, anabel).contact
    assert "Read the note" in words(web.get(f"/calendar/groups/{group}/"))
    assert "1 of 3 came" in words(web.get("/calendar/"))
    void(
        contact=Contact.objects.get(person=bartek),
        reason="wrong group",
        by=Actor(at=timezone.now(), today=agency_today(), staff=worker.pk),
    )
    assert (of(group, bartek).state, of(group, anabel).state) == ("planned", "kept")


def _note_link(web: Client, group: UUID) -> str:
    found = re.search(r'href="([^"]+\?appointment=[^"]+)"', web.get(f"/calendar/groups/{group}/").content.decode())
    assert found
    return found.group(1)


def test_who_may_see_some_sees_some_and_changes_nothing(web: Client, worker: Staff, clients: list[Person]) -> None:
    leader = StaffFactory()
    theirs = client_of(leader, "Dina Okafor")
    group = agreed(leader, [clients[0], theirs], begun=False)
    page = web.get(f"/calendar/groups/{group}/")
    assert ("Anabel" in words(page), "Dina" in words(page)) == (True, False)
    assert "And 1 person whose record you may not open" in words(page)
    assert web.post(f"/calendar/groups/{group}/off/", {"state": "cancelled_by_us", "reason": "x"}).status_code == 404
    assert web.post(f"/calendar/groups/{group}/", sent(worker, [])).status_code == 404
    hers = of(group, theirs)
    web.post(f"/calendar/groups/{group}/settle/", {f"m_{hers.pk}": "cancelled_by_us", f"why_{hers.pk}": "no"})
    assert of(group, theirs).state == "planned"
    assert browser(StaffFactory()).get(f"/calendar/groups/{group}/").status_code == 404
    mine = words(browser(leader).get(f"/calendar/groups/{group}/"))
    assert "Dina" in mine
    assert "Anabel" not in mine
    assert "Change it" in mine  # who goes there moves it for everybody


def test_the_feed_has_one_entry_with_initials(web: Client, worker: Staff, clients: list[Person]) -> None:
    group = agreed(worker, clients, begun=False)
    link = re.search(r'value="(http[^"]+\.ics)"', web.post("/calendar/feed/", {"do": "renew"}).content.decode())
    assert link
    text = Client().get(link.group(1)).content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 1
    assert f"UID:{group}@goldthread" in text
    assert "SUMMARY:Group of 3: AQ\\, BM\\, CN" in text
    assert not any(word in text for name in NAMES for word in name.split())
    assert "Cooking" not in text
    assert "Room 4" not in text


def test_a_week_of_groups_asks_no_more(web: Client, worker: Staff, clients: list[Person]) -> None:
    agreed(worker, clients[:1])
    web.get("/calendar/")
    with CaptureQueriesContext(connection) as few:
        web.get("/calendar/")
    for _ in range(6):
        agreed(worker, clients, begun=True)
    with CaptureQueriesContext(connection) as many:
        page = web.get("/calendar/")
    assert words(page).count("3 people Group") == 6
    assert len(many) <= len(few)
    group = agreed(worker, clients, begun=True)
    with CaptureQueriesContext(connection) as one_group:
        web.get(f"/calendar/groups/{group}/")
    assert len(one_group) <= 22


def test_my_day_has_one_line(web: Client, worker: Staff, clients: list[Person]) -> None:
    agreed(worker, clients)
    day = web.get(reverse("day:my_day")).content.decode()
    visits = day[day.index('class="visits"') : day.index("</section>", day.index('class="visits"'))]
    assert "3 people" in visits
    assert not any(name in visits for name in NAMES)
