"""The thread on the screen, and where threads are broken."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.needs.models import Need
from goldthread.casework.plans.models import Goal, GoalNeed, Plan, PlannedService, PlanVersion, Step
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.tasks.making import enrolled, program
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def renee() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def dana(renee: Staff) -> Person:
    return client_of(renee, renee.memberships.get().team, given="Dana", family="Ortiz")


@pytest.fixture
def episode(dana: Person) -> Episode:
    found = enrolled(program(), agency_today() - timedelta(days=300), dana)
    Assignment.objects.filter(client=dana).update(episode=found)
    return found


def ago(days: int) -> date:
    return agency_today() - timedelta(days=days)


def need(episode: Episode, renee: Staff, words: str = "Lease ends; landlord is selling", **more: object) -> Need:
    said = {"domain": "housing", "raised_on": ago(100), "raised_by": renee, "raised_at": AT, "episode": episode}
    return Need.objects.create(person=episode.person, words=words, **(said | more))


def goal(episode: Episode, renee: Staff, answers: Need | None, **more: object) -> Goal:
    plan, made = Plan.objects.get_or_create(
        episode=episode, defaults={"person": episode.person, "made_by": renee, "made_at": AT}
    )
    if made:
        PlanVersion.objects.create(
            plan=plan,
            number=1,
            kind="first",
            state="in_force",
            digest="d",
            starts_on=ago(90),
            made_by=renee,
            made_at=AT,
            saved_at=AT,
        ).signatures.create(role="client", name="Dana", state="signed", how="typed", digest="d", at=AT, asked_at=AT)
    said = {"words": "I want my own door", "opened_on": ago(90), "last_contact_on": ago(3), "person": episode.person}
    found = Goal.objects.create(plan=plan, episode=episode, **(said | more))
    if answers:
        GoalNeed.objects.create(goal=found, need=answers)
    return found


def page(staff: Staff, path: str) -> str:
    answer = browser(staff).get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_whole_thread_runs_through(renee: Staff, dana: Person, episode: Episode) -> None:
    found = goal(episode, renee, need(episode, renee))
    Step.objects.create(goal=found, words="Apply for the voucher", owner_kind="worker", owner_words="Renee")
    shown = page(renee, f"/clients/{dana.pk}/thread/")
    assert "All run through." in shown
    assert "6 of 6 links hold: 100 %." in shown
    for words in (
        "Housing",
        "Lease ends; landlord is selling",
        "“I want my own door”",
        "<b>Renee</b> Apply for the voucher",
    ):
        assert words in shown
    assert 'class="patch"' not in shown


def test_each_break_shows_where_and_how_to_mend_it(renee: Staff, dana: Person, episode: Episode) -> None:
    bare = need(episode, renee, "Wants <Inés> home")
    silent = goal(episode, renee, need(episode, renee), last_contact_on=ago(68))
    PlannedService.objects.create(plan=silent.plan, goal=silent, words="Housing navigator", agreed_on=ago(40))
    shown = page(renee, f"/clients/{dana.pk}/thread/")
    assert '<b>0 run through</b>, <b class="gold">2 are broken</b>' in shown
    assert "Wants &lt;Inés&gt; home" in shown
    assert f'href="/clients/{dana.pk}/plan/?need={bare.pk}">Write a goal</a>' in shown
    assert "No contact for 68 days" in shown
    assert f'href="/clients/{dana.pk}/note/?goal={silent.pk}">Write a note</a>' in shown
    assert "Service never confirmed" in shown
    assert "No step toward it yet" in shown


def test_a_service_of_the_whole_plan_stands_below_the_rows_and_its_break_above_them(
    renee: Staff, dana: Person, episode: Episode
) -> None:
    found = goal(episode, renee, need(episode, renee))
    Step.objects.create(goal=found, words="Apply for the voucher", owner_kind="worker", owner_words="Renee")
    ride = PlannedService.objects.create(
        plan=found.plan, words="Rides to visits", provider_words="RideCo", agreed_on=ago(40)
    )
    shown = page(renee, f"/clients/{dana.pk}/thread/")
    assert "All run through." not in shown  # the rows do; what all of them rest on does not
    assert "1 break stands above them." in shown
    assert "Service never confirmed" in shown
    assert f'href="/clients/{dana.pk}/note/?service={ride.pk}">Confirm it</a>' in shown
    assert "For the whole plan" in shown
    assert "<b>RideCo</b> Rides to visits" in shown
    ride.confirmed_on = ago(3)
    ride.save()
    mended = page(renee, f"/clients/{dana.pk}/thread/")
    assert "All run through." in mended
    assert "<b>RideCo</b> Rides to visits" in mended


def test_nothing_yet_says_what_the_page_is_for(renee: Staff, dana: Person) -> None:
    assert "No thread yet" in page(renee, f"/clients/{dana.pk}/thread/")


def test_what_is_labelled_is_not_told_to_who_is_not_cleared(renee: Staff, dana: Person, episode: Episode) -> None:
    need(episode, renee, "Something hidden", labels=Label.PSYCHOTHERAPY_NOTES)
    need(episode, renee, "Something open")
    shown = page(renee, f"/clients/{dana.pk}/thread/")
    assert "Something open" in shown
    assert "Something hidden" not in shown
    assert "Something hidden" not in page(renee, "/threads/")


def test_a_colleague_reads_the_thread_but_is_offered_no_repair(renee: Staff, dana: Person, episode: Episode) -> None:
    need(episode, renee)
    colleague = StaffFactory(role=Role.CASE_MANAGER, team=renee.memberships.get().team)
    shown = page(colleague, f"/clients/{dana.pk}/thread/")
    assert "No goal for this need" in shown
    assert "Write a goal" not in shown


def test_the_page_costs_the_same_for_one_need_and_for_twenty(renee: Staff, dana: Person, episode: Episode) -> None:
    def statements() -> int:
        looking = browser(renee)
        looking.get(f"/clients/{dana.pk}/thread/")
        with CaptureQueriesContext(connection) as context:
            looking.get(f"/clients/{dana.pk}/thread/")
        return len(context)

    goal(episode, renee, need(episode, renee))
    one = statements()
    for number in range(19):
        found = goal(episode, renee, need(episode, renee, f"Need {number}"))
        Step.objects.create(goal=found, words="Step", owner_kind="worker")
    assert statements() == one


def test_reading_the_thread_is_in_the_audit_log(renee: Staff, dana: Person) -> None:
    page(renee, f"/clients/{dana.pk}/thread/")
    assert Event.objects.filter(actor=renee.pk, client=dana.pk, allowed=True, details__page="thread:of_client").exists()


def test_the_list_of_a_caseload_counts_every_kind_and_opens_one(renee: Staff, dana: Person, episode: Episode) -> None:
    for number in range(3):
        need(episode, renee, f"Need {number}")
    goal(episode, renee, None, last_contact_on=ago(61))
    shown = page(renee, "/threads/")
    assert "Your own caseload. 6 breaks." in shown
    assert "No goal for this need <b>3</b>" in shown
    assert shown.count("Write a goal") == 3
    shown = page(renee, "/threads/?kind=goal_silent")
    assert "No contact for 61 days" in shown
    assert Event.objects.filter(actor=renee.pk, client=dana.pk, action="client.listed").exists()


def test_the_list_goes_on_by_key(renee: Staff, dana: Person, episode: Episode) -> None:
    for number in range(60):
        need(episode, renee, f"Need {number:02}", raised_on=ago(number))
    first = browser(renee).get("/threads/")
    assert first.content.decode().count("Write a goal") == 50
    (later,) = re.findall(r'href="(\?[^"]*since=[^"]*)"', first.content.decode())
    second = browser(renee).get("/threads/" + later.replace("&amp;", "&"))
    assert second.content.decode().count("Write a goal") == 10
    assert "Need 00" in second.content.decode()  # the youngest comes last


def test_other_peoples_clients_are_not_on_the_list(renee: Staff, dana: Person, episode: Episode) -> None:
    need(episode, renee, "Of Dana")
    stranger = team_with(Role.CASE_MANAGER)
    assert "Of Dana" not in page(stranger, "/threads/")
    assert "No thread is broken" in page(stranger, "/threads/")


def test_a_supervisor_reads_the_team_from_its_clients(renee: Staff, dana: Person, episode: Episode) -> None:
    """Not from all rows of the agency, of which each would be asked whether it may be read."""
    need(episode, renee, "Of Dana")
    stranger = team_with(Role.CASE_MANAGER)
    theirs = client_of(stranger, stranger.memberships.get().team, given="Somebody", family="Else")
    need(enrolled(episode.program, ago(300), theirs), stranger, "Of somebody else")
    looking = browser(StaffFactory(role=Role.SUPERVISOR, team=renee.memberships.get().team))
    with CaptureQueriesContext(connection) as asked:
        shown = looking.get("/threads/?kind=need_without_goal").content.decode()
    assert "Of Dana" in shown
    assert "Of somebody else" not in shown
    over_needs = [one["sql"] for one in asked if 'FROM "needs_need" WHERE ("needs_need"."person_id"' in one["sql"]]
    assert len(over_needs) == 2  # counted, and the first of them read
    assert all(dana.pk.hex in sql.replace("-", "") for sql in over_needs)


def test_who_oversees_more_workers_than_are_listed_sees_one_program_at_a_time(
    renee: Staff, dana: Person, episode: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    need(episode, renee)
    boss = StaffFactory(role=Role.QUALITY)
    assert "Every program" in page(boss, "/threads/")
    monkeypatch.setattr("goldthread.doors.web.thread.broken.MOST", 0)
    shown = page(boss, "/threads/")
    assert "Every program" not in shown
    assert f"{episode.program.name}. 1 break." in shown
    assert f"{renee.name}. 1 break." in page(boss, f"/threads/?worker={renee.pk}")


def test_the_list_costs_the_same_for_one_break_and_for_thirty(renee: Staff, dana: Person, episode: Episode) -> None:
    looking = browser(renee)

    def statements() -> int:
        looking.get("/threads/?kind=need_without_goal")
        with CaptureQueriesContext(connection) as context:
            looking.get("/threads/?kind=need_without_goal")
        return len(context)

    need(episode, renee)
    before = statements()
    for number in range(29):
        goal(episode, renee, None, words=f"Goal {number}", last_contact_on=ago(70))
    assert statements() == before <= 22


@pytest.mark.parametrize("query", ["?kind=nonsense", "?since=x&at=y", "?worker=1&program=2", "?since=2026-01-01"])
def test_nonsense_in_the_address_is_the_plain_list(renee: Staff, dana: Person, episode: Episode, query: str) -> None:
    need(episode, renee)
    assert "Write a goal" in page(renee, f"/threads/{query}")


def test_a_break_of_a_service_leads_to_the_note_that_mends_it(renee: Staff, episode: Episode) -> None:
    """Also where the service is in the plan of another program than the one the note would begin with."""
    served = goal(episode, renee, need(episode, renee))
    said = {"plan": served.plan, "goal": served, "agreed_on": ago(90)}
    asked = PlannedService.objects.create(words="Rides", **said)
    over = PlannedService.objects.create(words="Choir", ended_on=ago(40), confirmed_on=ago(80), **said)
    shown = page(renee, f"/clients/{episode.person_id}/thread/")
    for one, words in ((asked, "Confirm it"), (over, "Say if it helped")):
        address = f"/clients/{episode.person_id}/note/?service={one.pk}"
        assert f'href="{address}">{words}' in shown
        note = page(renee, address)
        assert re.search(rf'name="service" value="{one.pk}" checked', note)


def test_a_caseload_and_a_program_say_how_whole_their_threads_are(renee: Staff, episode: Episode) -> None:
    """By hand: a need (has a goal), a plan (signed by the person), a goal (has a need and had a contact; no step, and its day has gone
    by): 4 of 6."""
    goal(episode, renee, need(episode, renee), target_on=ago(1))
    assert re.findall(r"[^>]*links hold[^<]*", page(renee, "/threads/")) == ["4 of 6 links hold: 66 %. "]
    assert "4 of 6 links hold: 66 %." in page(renee, f"/threads/?program={episode.program_id}")
