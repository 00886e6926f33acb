"""Mandated reports over HTTP, without JavaScript: the reporter's way, and everybody else's."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.access.models import Block
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.models import Contact, ContactPerson
from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff
from goldthread.people.persons.enums import AddressKind
from goldthread.people.persons.models import Address, Person
from tests.access.world import browser
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.factories import LONG_AGO, SiteFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def worker(boss: Staff) -> Staff:
    return StaffFactory(name="Ana Ruiz", team=boss.memberships.get().team)


@pytest.fixture
def person(boss: Staff, worker: Staff) -> Person:
    return client_of(worker, boss.memberships.get().team, given="Lu", family="Ferreira")


@pytest.fixture
def report(worker: Staff, person: Person) -> MandatedReport:
    start(browser(worker), person)
    return MandatedReport.objects.get()


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def start(page: Client, person: Person, **more: Any) -> Any:
    said = {
        "form_id": str(new_id()),
        "population": "child",
        "state": "NY",
        "seen": "Bruises on both arms.",
        "suspected_on": TODAY.isoformat(),
        "suspected_time": "00:00",
    }
    return page.post(f"/clients/{person.pk}/report/", said | more)


def send(page: Client, report: MandatedReport, do: str, **values: Any) -> Any:
    when = {"oral": "oral", "sent": "sent", "receipt": "receipt"}.get(do)
    if when:
        values |= {f"{when}_on": TODAY.isoformat(), f"{when}_time": "00:00"}
    return page.post(f"/reports/{report.pk}/", {"do": do, **values})


def test_one_click_from_the_client_shows_the_number(worker: Staff, person: Person) -> None:
    page = browser(worker)
    assert f'href="/clients/{person.pk}/report/"' in page.get(f"/clients/{person.pk}/").content.decode()
    guide = page.get(f"/clients/{person.pk}/report/?population=child&state=NY")
    assert 'href="tel:1-800-342-3720"' in guide.content.decode()
    assert 'href="tel:911"' in guide.content.decode()
    assert "not checked yet" in words(guide)
    assert "within 48 hours" in words(guide)
    assert not MandatedReport.objects.exists()


def test_a_state_without_a_rule_says_so(worker: Staff, person: Person) -> None:
    guide = words(browser(worker).get(f"/clients/{person.pk}/report/?population=child&state=TX"))
    assert "No number for Texas is on file. Childhelp finds the right office" in guide
    assert "We have no rule for this state and this group." in guide
    assert "within 24 hours" in guide


def test_without_scripts_another_state_is_shown_and_what_was_typed_stays(worker: Staff, person: Person) -> None:
    answer = start(browser(worker), person, do="show", state="CA", seen="Half a sent")
    assert "within 36 hours" in words(answer)
    assert "Half a sent" in words(answer)
    assert not MandatedReport.objects.exists()


def test_the_number_alone_for_htmx(worker: Staff, person: Person) -> None:
    headers: dict[str, Any] = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "call"}
    answer = browser(worker).get(f"/clients/{person.pk}/report/?population=elder&state=CA", **headers)
    assert "within 2 working days" in words(answer)
    assert "<form" not in answer.content.decode()


def test_what_to_say_leaves_out_an_address_that_is_not_cleared(boss: Staff, worker: Staff, person: Person) -> None:
    Address.objects.create(person=person, kind=AddressKind.CURRENT, line1="4 Open Street")
    hidden = Label.DOMESTIC_VIOLENCE
    Address.objects.create(person=person, kind=AddressKind.SAFE, line1="9 Safe Street", labels=hidden)
    path = f"/clients/{person.pk}/report/"
    own = words(browser(worker).get(path))
    assert "4 Open Street" in own
    assert "9 Safe Street" in own
    colleague = words(browser(StaffFactory(team=boss.memberships.get().team)).get(path))
    assert "4 Open Street" in colleague
    assert "9 Safe Street" not in colleague


def test_a_note_fills_what_was_seen(worker: Staff, person: Person) -> None:
    now = timezone.now()
    note = Contact.objects.create(
        person=person,
        staff=worker,
        mode="phone",
        happened_on=TODAY,
        started_at=now - timedelta(days=1),
        ended_at=now - timedelta(days=1),
        minutes=0,
        narrative="He said his uncle hit him.",
        signed_at=now,
        labels=Label.SUBSTANCE_USE,
    )
    ContactPerson.objects.create(contact=note, person=person, role="client", client=True, labels=note.labels)
    page = browser(worker)
    assert "He said his uncle hit him." in words(page.get(f"/clients/{person.pk}/report/?note={note.pk}"))
    start(page, person, note=str(note.pk), seen="He said his uncle hit him. Twice.")
    made = MandatedReport.objects.get()
    assert (made.contact, made.labels) == (note.pk, Label.SUBSTANCE_USE)
    stranger = client_of(worker, worker.memberships.get().team, given="No", family="Body")
    assert "uncle" not in words(page.get(f"/clients/{stranger.pk}/report/?note={note.pk}"))


def test_a_signed_note_with_a_safety_concern_opens_the_guide(worker: Staff, person: Person) -> None:
    page, row = browser(worker), new_id()
    said = {
        "how": "phone",
        "day": (TODAY - timedelta(days=1)).isoformat(),
        "start": "09:00",
        "end": "09:10",
        "who": [str(person.pk)],
        "activity": ["advocacy"],
        "narrative": "He is afraid to go home.",
        "safety": "yes",
        "version": "0",
        "do": "sign",
    }
    signed = page.post(f"/clients/{person.pk}/note/{row}/", said)
    assert signed.headers["Location"] == f"/clients/{person.pk}/report/?note={row}"
    assert "He is afraid to go home." in words(page.get(signed.headers["Location"]))


def test_the_reporters_way_from_start_to_receipt(worker: Staff, person: Person) -> None:
    page = browser(worker)
    answer = start(page, person)
    report = MandatedReport.objects.get()
    assert answer.headers["Location"] == f"/reports/{report.pk}/"
    assert 'href="tel:1-800-342-3720"' in page.get(f"/reports/{report.pk}/").content.decode()
    assert "Safety report: call it in" in words(page.get("/day/"))
    assert send(page, report, "oral", oral_to="Ms Ortiz", oral_reference="R-77").status_code == 302
    report.refresh_from_db()
    assert send(page, report, "written", text="He was hit.", version=report.version).status_code == 302
    printed = words(page.get(f"/reports/{report.pk}/print/"))
    assert "He was hit." in printed
    assert "Ana Ruiz" in printed
    assert send(page, report, "sent", sent_how="fax", sent_to="County").status_code == 302
    assert send(page, report, "receipt", receipt="F-1").status_code == 302
    report.refresh_from_db()
    assert report.stage == "received"
    assert not Task.objects.filter(state="open").exists()
    assert "Lu Ferreira" in words(page.get("/reports/"))


def test_a_double_click_makes_one_report(worker: Staff, person: Person) -> None:
    page, form = browser(worker), str(new_id())
    first, second = start(page, person, form_id=form), start(page, person, form_id=form)
    assert first.headers["Location"] == second.headers["Location"]
    assert MandatedReport.objects.count() == 1


def test_what_is_wrong_is_said_and_every_character_stays(worker: Staff, person: Person) -> None:
    later = (TODAY + timedelta(days=2)).isoformat()
    answer = start(browser(worker), person, suspected_on=later, seen="  two spaces 😀")
    assert answer.status_code == 422
    assert "This lies in the future." in words(answer)
    assert "  two spaces 😀" in answer.content.decode()


def test_two_pages_both_texts_are_shown(worker: Staff, report: MandatedReport) -> None:
    page = browser(worker)
    send(page, report, "written", text="From the desk", version=1)
    answer = send(page, report, "written", text="From the phone", version=1)
    assert answer.status_code == 422
    assert "From the desk" in words(answer)
    assert "From the phone" in words(answer)
    version = re.search(r'name="version" value="(\d+)"', answer.content.decode())
    assert version
    assert send(page, report, "written", text="From the phone", version=version[1]).status_code == 302


def test_the_supervisor_reads_and_can_do_nothing(boss: Staff, report: MandatedReport) -> None:
    page = browser(boss)
    shown = words(page.get(f"/reports/{report.pk}/"))
    assert "Bruises on both arms." in shown
    assert "reported by Ana Ruiz" in shown
    assert "<form" not in page.get(f"/reports/{report.pk}/").content.decode().split("<main")[1].split("</main")[0]
    for do in ("oral", "written", "sent", "receipt", "close", "delete"):
        assert send(page, report, do, text="x", version=1, oral_to="x").status_code == 404
    report.refresh_from_db()
    assert (report.version, report.written_text) == (1, "")
    assert page.delete(f"/reports/{report.pk}/").status_code == 405
    assert "A safety report was started" in words(page.get("/notices/"))


def test_a_program_manager_reads_it_without_the_reporter(report: MandatedReport, boss: Staff) -> None:
    manager = StaffFactory(role=None)
    site = boss.memberships.get().team.site
    RoleAssignment.objects.create(staff=manager, role=Role.PROGRAM_MANAGER, site=site, starts_on=LONG_AGO)
    page = browser(manager)
    for path in (f"/reports/{report.pk}/", "/reports/", f"/reports/{report.pk}/print/"):
        shown = words(page.get(path))
        assert "Lu Ferreira" in shown
        assert "Ana Ruiz" not in shown
    elsewhere = StaffFactory(role=None)
    RoleAssignment.objects.create(staff=elsewhere, role=Role.PROGRAM_MANAGER, site=SiteFactory(), starts_on=LONG_AGO)
    assert browser(elsewhere).get(f"/reports/{report.pk}/").status_code == 404


def test_a_colleague_of_the_team_finds_nothing_of_it_anywhere(report: MandatedReport, boss: Staff) -> None:
    page = browser(StaffFactory(team=boss.memberships.get().team))
    assert page.get(f"/reports/{report.pk}/").status_code == 404
    assert send(page, report, "oral", oral_to="x").status_code == 404
    assert "Ferreira" not in words(page.get("/reports/"))
    for path in ("", "timeline/", "tasks/"):
        shown = words(page.get(f"/clients/{report.client_id}/{path}")).replace("Safety report", "", 1)
        assert "Safety report" not in shown
        assert "Mandated report" not in shown.replace("Mandated report", "", 1) or path == "timeline/"


def test_who_saw_this_does_not_name_the_reporter(report: MandatedReport, boss: Staff) -> None:
    second = StaffFactory(team=boss.memberships.get().team)
    Assignment.objects.create(
        client=report.client, staff=second, kind="secondary", starts_on=LONG_AGO, given_at=timezone.now()
    )
    path = f"/clients/{report.client_id}/access/"
    assert "safety report" not in words(browser(second).get(path))
    assert "Started a safety report" in words(browser(boss).get(path))


def test_the_reporter_goes_on_after_losing_the_client_and_even_when_blocked(
    worker: Staff, report: MandatedReport
) -> None:
    Assignment.objects.update(ends_on=TODAY - timedelta(days=1))
    worker.memberships.all().delete()
    Block.objects.create(person=report.client, staff=worker, starts_on=LONG_AGO, set_at=timezone.now(), reason="kin")
    page = browser(worker)
    assert page.get(f"/clients/{report.client_id}/report/").status_code == 404
    assert "Bruises on both arms." in words(page.get(f"/reports/{report.pk}/"))
    assert "What to say" not in words(page.get(f"/reports/{report.pk}/"))  # the record itself is closed
    assert send(page, report, "oral", oral_to="Ms Ortiz").status_code == 302
    assert "Safety report: send the written report" in words(page.get("/day/"))


def test_a_blocked_supervisor_sees_nothing(report: MandatedReport, boss: Staff) -> None:
    Block.objects.create(person=report.client, staff=boss, starts_on=LONG_AGO, set_at=timezone.now(), reason="kin")
    page = browser(boss)
    assert page.get(f"/reports/{report.pk}/").status_code == 404
    assert "Ferreira" not in words(page.get("/reports/"))


def test_started_by_mistake_it_is_closed_and_taken_up_again(worker: Staff, boss: Staff, report: MandatedReport) -> None:
    mine = browser(worker)
    assert "Started by mistake?" in words(mine.get(f"/reports/{report.pk}/"))
    empty = send(mine, report, "close", reason=" ")
    assert empty.status_code == 422
    assert send(browser(boss), report, "close", reason="Not needed").status_code == 404
    assert send(mine, report, "close", reason="The wrong Lu Ferreira.").status_code == 302
    page = words(mine.get(f"/reports/{report.pk}/"))
    assert "The wrong Lu Ferreira." in page
    assert "Take it up again" in page
    assert "Log the call" not in page
    theirs = words(browser(boss).get(f"/reports/{report.pk}/"))
    assert "The wrong Lu Ferreira." in theirs
    assert "Take it up again" not in theirs
    assert "Started by mistake" in words(browser(boss).get("/reports/"))
    assert "Somebody closed a safety report" in words(browser(boss).get("/notices/"))
    assert send(mine, report, "again").status_code == 302
    assert send(mine, report, "oral", oral_to="Ms. Ortiz").status_code == 302
    assert "Started by mistake?" not in words(mine.get(f"/reports/{report.pk}/"))
    late = send(mine, report, "close", reason="Now I want to.")
    assert late.status_code == 422
    assert "can no longer be closed" in words(late)


def test_a_report_about_ones_supervisor_stays_out_of_their_sight(worker: Staff, boss: Staff, person: Person) -> None:
    quality = StaffFactory(role=Role.QUALITY)
    mine = browser(worker)
    assert boss.name in words(mine.get(f"/clients/{person.pk}/report/"))
    assert start(mine, person, about_staff=str(boss.pk)).status_code == 302
    report = MandatedReport.objects.get()
    theirs = browser(boss)
    assert theirs.get(f"/reports/{report.pk}/").status_code == 404
    assert theirs.get(f"/reports/{report.pk}/print/").status_code == 404
    assert "Ferreira" not in words(theirs.get("/reports/"))
    assert "A safety report was started" not in words(theirs.get("/notices/"))
    assert "A safety report was started" in words(browser(quality).get("/notices/"))
    assert "Report" not in words(theirs.get(f"/clients/{person.pk}/timeline/")).split("Print")[-1]
    assert "Started a safety report" not in words(theirs.get(f"/clients/{person.pk}/access/"))
    assert "Started a safety report" in words(browser(quality).get(f"/clients/{person.pk}/access/"))
    assert browser(quality).get(f"/reports/{report.pk}/").status_code == 200


def test_the_table_says_for_every_state_what_was_checked(worker: Staff) -> None:
    page = browser(worker).get("/reports/states/?population=child")
    text = words(page)
    assert "1 of 52 rules are checked against the law, 4 are on file" in text
    assert "California Call at once; Written report within 36 hours checked" in text
    assert "New York Call at once; Written report within 48 hours not checked yet" in text
    assert "Vermont Call at once; Written report within 24 hours rule not on file" in text
    assert 'href="tel:1-800-342-3720"' in page.content.decode()
    elder = words(browser(worker).get("/reports/states/?population=elder"))
    assert "3 of 52 rules" in elder
