"""What an agency sets and moves, brings and builds: the buttons that no other walk presses, in Chromium."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Page, expect

from goldthread.casework.caseload.actions import enrol
from goldthread.casework.imports.models import Finding, Import
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Run
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.models import ProgramVersion
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.create import create_person
from tests.access.world import browser
from tests.casework.caseload.programs import program as shipped_program
from tests.casework.tasks.making import by_on, program
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.doors.web.episodes.test_handing_on import system
from tests.doors.web.imports.test_pages import BY, checked, choose
from tests.doors.web.instruments.test_building import built, draft
from tests.doors.web.programs.helpers import opened
from tests.factories import AgencyFactory, StaffFactory
from tests.stories.pressed.conftest import Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
ANA = {"given": "Ana", "family": "Ortiz"}
BORN: dict[str, Any] = {"values": {"birth_date": date(1961, 3, 4)}, "client": True}


@pytest.fixture
def ada(db: None) -> Staff:
    """An administrator."""
    AgencyFactory()
    made: Staff = StaffFactory(role=Role.ADMINISTRATOR)
    return made


def press(page: Page, begins: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{begins}")).first.click()


def settled(page: Page) -> None:
    """htmx has put the answer in its place."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    page.wait_for_timeout(150)


def test_a_task_is_ticked_off_on_my_day_and_one_of_the_team_is_taken(screen: Screen) -> None:
    ann = team_with(Role.CASE_MANAGER)
    team = ann.memberships.get().team
    dana = client_of(ann, team, given="Dana", family="Kim")
    today = agency_today()
    by = by_on(today, staff=ann.pk)
    make_task(title="Bring the form", owner=ann, client=dana, due_on=today, by=by)
    shared = make_task(title="Call the clinic", owner=None, team=team, client=dana, due_on=today, by=by)
    page = screen(ann)
    page.goto("/day/")
    page.locator("li.task", has_text="Bring the form").get_by_role("button", name=re.compile("^Done")).click()
    expect(page.locator(".toast")).to_contain_text("Done")
    expect(page.locator("li.task", has_text="Bring the form")).to_have_count(0)
    page.goto(f"/clients/{dana.pk}/tasks/{shared.pk}/")
    press(page, "Take it")
    expect(page.locator(".toast")).to_contain_text("It is your task now.")
    page.goto("/day/")
    expect(page.locator("li.task", has_text="Call the clinic")).to_have_count(1)


def test_rules_are_tried_as_a_file_sent_as_a_file_and_their_run_is_stopped(screen: Screen, ada: Staff, tmp_path: Any) -> None:  # fmt: skip
    row = opened()
    page = screen(ada)
    page.goto("/settings/programs/try/?file")
    text = f"program: our-{row.key}\nenrolled: 2026-01-15\nask: [2026-02-01, 2026-03-01]\n"
    page.get_by_label("Scenario").first.fill(text)
    press(page, "Try")
    expect(page.get_by_role("heading", name=re.compile("^How things stand on"))).to_have_count(2)
    expect(page.get_by_label("Scenario").first).to_have_value(text)
    here = f"/settings/programs/{row.pk}/"
    page.goto(here)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Download as a file").click()
    rules = loading.value.path().read_text().replace("every: 90 days", "every: 60 days")
    file = tmp_path / "rules.yaml"
    file.write_text(rules)
    page.goto(f"{here}upload/")
    page.locator("[name=file]").set_input_files(file)
    page.locator("[name=in_force_from]").fill((agency_today() + timedelta(days=30)).isoformat())
    press(page, "Save the rules")
    page.wait_for_url(f"**{here}versions/2/")
    assert ProgramVersion.objects.filter(program=row).count() == 2
    expect(page.locator("main")).to_contain_text("60 days")
    Run.objects.create(program=row, total=9, made_at=timezone.now())
    page.goto(here)
    for button, told in (("Stop", "was stopped at 0 of 9"), ("Go on", "being worked out again: 0 of 9")):
        press(page, button)
        expect(page.locator("main")).to_contain_text(told)


def test_clients_of_a_program_are_looked_at_twice_and_moved(screen: Screen) -> None:
    boss = team_with(Role.SUPERVISOR)
    team = boss.memberships.get().team
    row = shipped_program(system(), team=team)
    other = shipped_program(system(), "act-intensive", team=team)
    dana = client_of(StaffFactory(team=team), team, given="Dana", family="Kim")
    enrol(program=row, person=dana, enrolled_on=agency_today() - timedelta(days=30), by=system())
    page = screen(boss)
    page.goto(f"/programs/{row.pk}/move/")
    page.locator("[name=to]").select_option(str(other.pk))
    page.locator("[name=reason]").select_option("transferred")
    page.locator("[name=episode]").check()
    press(page, "Go on")
    expect(page.locator(".tell")).to_contain_text("1 client or family goes from")
    yesterday = agency_today() - timedelta(days=1)
    page.locator("[name=on]").fill(yesterday.isoformat())
    press(page, "Look again")
    expect(page.locator(".tell")).to_contain_text("1 client or family goes from")
    expect(page.locator("[name=on]")).to_have_value(yesterday.isoformat())
    press(page, "Move them")
    page.goto(f"/clients/{dana.pk}/programs/")
    expect(page.locator("main")).to_contain_text(other.name)


def test_a_job_that_was_given_up_is_tried_again(screen: Screen, ada: Staff) -> None:
    from goldthread.foundation.workforce.notices import tell
    from goldthread.foundation.workforce.tasks import mail_notice

    notice = tell(to=[ada], kind="one", by=Actor(at=timezone.now(), today=agency_today()))[0]
    job = mail_notice.enqueue(str(notice.pk)).id
    given_up = {"status": "FAILED", "finished_at": timezone.now(), "worker_ids": list("12345")}
    DBTaskResult.objects.filter(pk=job).update(**given_up, exception_class_path="smtplib.SMTPError")
    page = screen(ada)
    page.goto("/settings/jobs/")
    expect(page.locator("main")).to_contain_text("after 5 tries")
    press(page, "Try again")
    expect(page.locator("main")).to_contain_text("Nothing has failed")
    assert DBTaskResult.objects.get(pk=job).status == "READY"


@pytest.fixture
def ines(db: None) -> Staff:
    """Intake."""
    return team_with(Role.INTAKE)


def brought(web: Client, name: str) -> Import:
    """A file of enrollments: Ana may be either of two; one of the two of no date is only like them."""
    from goldthread.casework.imports.tasks import step

    run = choose(web, f"Name,DOB,Program,Start\nAna Ortiz,3/4/61,{name},1/2/2025\n".encode(), what="episodes")
    fields = {f"column-{n}": key for n, key in enumerate(("name", "birth_date", "program", "opened"))}
    assert web.post(f"/imports/{run.pk}/match/", {"version": "1", **fields}).status_code == 302
    return step(run.pk, BY)


def test_whose_rows_are_is_decided_for_all_at_once(screen: Screen, ines: Staff) -> None:
    for _twin in "12":
        create_person(by=BY, names_given=[{"kind": "legal", **ANA}], **BORN)
    run = brought(browser(ines), program().name)
    page = screen(ines)
    for button, decided in (("Leave all others out", "leave"), ("All are whom they are most like", "same")):
        Finding.objects.update(decision="")
        page.goto(f"/imports/{run.pk}/")
        press(page, button)
        page.goto(f"/imports/{run.pk}/")
        chosen = page.locator("select[name=row-2]").input_value()
        assert chosen.startswith(decided), chosen


def test_a_file_of_new_people_is_decided_on_and_another_is_not_brought(screen: Screen, ines: Staff) -> None:
    create_person(by=BY, names_given=[{"kind": "legal", **ANA}], **BORN)
    run = checked(browser(ines), b"Client,Born,Color\nAna Ortiz,3/4/61,teal\nBo Lee,5/6/70,\n")
    page = screen(ines)
    page.goto(f"/imports/{run.pk}/")
    press(page, "All others are new people")
    expect(page.locator("select[name=row-2]")).to_have_value("new")
    other = choose(browser(ines), b"Client,Born\nEva Lind,1/1/1990\n")
    page.goto(f"/imports/{other.pk}/")
    press(page, "Do not bring this file")
    expect(page.locator("main")).to_contain_text("Nothing of this file came in")


def test_an_instrument_is_saved_by_enter_and_a_score_taken_out(screen: Screen, ada: Staff) -> None:
    built(browser(ada))
    page = screen(ada)
    page.goto(f"{reverse('instruments:build', args=[draft().pk])}?item=q1")
    page.fill("[name=i-text]", "Where did you sleep, then?")
    page.press("[name=options-0-text]", "Enter")
    expect(page.locator("#this-item")).to_have_text("Where did you sleep, then?")
    page.goto(f"{reverse('instruments:scores', args=[draft().pk])}?new=1")
    page.fill("[name=s-title]", "Nights")
    page.locator("[type=checkbox][name=item]").first.check()
    page.press("[name=s-title]", "Enter")
    expect(page.locator(".outline")).to_contain_text("Nights")
    settled(page)
    page.click("#do-remove")
    expect(page.locator("main")).to_contain_text("It has no scores.")
    page.reload()
    expect(page.locator("main")).to_contain_text("It has no scores.")


def test_an_inquiry_is_kept_by_enter(screen: Screen, ines: Staff) -> None:
    page = screen(ines)
    page.goto("/inquiries/new/")
    page.fill("[name=given]", "Maria")
    page.press("[name=given]", "Enter")
    expect(page).not_to_have_url(re.compile("/new/"))
    page.reload()
    expect(page.locator("[name=given]")).to_have_value("Maria")


def test_the_gallery_shows_what_was_typed_into_it(screen: Screen, ada: Staff, settings: Any) -> None:
    settings.DEMO = True
    page = screen(ada)
    page.goto("/ui/")
    page.fill("[name=fresh-name]", "Lu")
    press(page, "Try these")
    expect(page.locator("[name=fresh-name]")).to_have_value("Lu")
    expect(page.locator("[name=wrong-born]")).to_have_value("31 Feb 1979")
    page.fill("[name=wrong-name]", "Lu")
    page.fill("[name=wrong-born]", "")
    press(page, "Try again")
    expect(page.locator("[name=wrong-name]")).to_have_value("Lu")
    expect(page.locator("main")).not_to_contain_text("February 1979 has 28 days")
