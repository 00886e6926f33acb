"""A note toward the goals of the plan, as a worker writes it: what is offered, what signing does, what voiding takes back."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goldthread.casework.contacts.models import Contact
from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.models import Goal, Objective, Plan, PlannedService, Progress, Step
from goldthread.casework.record.models import Draft
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.tasks.making import enrolled, program
from tests.clock import agency_today
from tests.factories import AgencyFactory, AssignmentFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    AgencyFactory()
    return StaffFactory()


@pytest.fixture
def today() -> Any:
    return agency_today()


@pytest.fixture
def person(worker: Staff) -> Person:
    return client_of(worker)


@pytest.fixture
def web(worker: Staff) -> Client:
    return browser(worker)


def client_of(worker: Staff) -> Person:
    person = PersonFactory()
    episode = enrolled(program(), agency_today() - timedelta(days=300), person)
    AssignmentFactory(client=person, episode=episode, staff=worker, starts_on=episode.enrolled_on)
    return person


def goal_of(person: Person, worker: Staff, words: str = "I want my own door", silent: int = 68) -> Goal:
    """A goal that nobody has worked toward for *silent* days, with an objective, a step with its task, and a service."""
    episode = Episode.objects.get(person=person)
    plan = Plan.objects.filter(episode=episode).first() or Plan.objects.create(
        episode=episode, person=person, made_by=worker, made_at=timezone.now()
    )
    opened = agency_today() - timedelta(days=silent)
    goal = Goal.objects.create(plan=plan, person=person, episode=episode, words=words, opened_on=opened)
    Objective.objects.create(goal=goal, words="Nights in own bed", latest="", target="7 of 7")
    step = Step.objects.create(goal=goal, words="Apply for the voucher", owner_kind="worker", owner_staff=worker)
    make_task(
        title=step.words, client=person, episode=episode, owner=worker, due_on=agency_today(), source_kind="step",
        source_id=step.pk, by=Actor(at=timezone.now(), today=agency_today(), staff=worker.pk),
    )  # fmt: skip
    PlannedService.objects.create(plan=plan, goal=goal, words="Housing navigator", agreed_on=opened)
    return goal


def sent(person: Person, **more: Any) -> dict[str, Any]:
    """A home visit of yesterday, from 9 to 9:45 in the agency's zone."""
    said = {
        "episode": str(Episode.objects.get(person=person).pk),
        "how": "in_person:residence",
        "day": (agency_today() - timedelta(days=1)).isoformat(),
        "start": "09:00",
        "end": "09:45",
        "who": [str(person.pk)],
        "activity": ["direct_support"],
        "narrative": "We filled in the form.",
        "safety": "no",
        "version": "0",
    }
    return said | more


def url(name: str, person: Person, *more: Any) -> str:
    return reverse(f"contacts:{name}", args=[person.pk, *more])


def toward(*goals: Goal, went: str = "well", **more: Any) -> dict[str, Any]:
    return {f"toward_{goal.pk}": went for goal in goals} | more


def test_a_home_visit_toward_two_goals_one_step_done_then_voided(web: Client, worker: Staff, person: Person) -> None:
    door, work = goal_of(person, worker), goal_of(person, worker, "I want to work again", 10)
    page = unescape(web.get(url("new", person)).content.decode())
    assert page.index("I want my own door") < page.index("I want to work again")  # silent the longest
    step, objective = door.steps.get(), door.objectives.get()
    said = toward(door, work, step=[str(step.pk)], **{f"value_{objective.pk}": "3 of 7"})
    row = new_id()
    ahead = unescape(web.post(url("ahead", person, row), sent(person, **said)).content.decode())
    assert "Mends the thread: no contact toward “I want my own door” for 68 days" in ahead
    assert "Progress on “I want to work again”: well" in ahead
    assert "Mends the thread: no contact toward “I want to work again”" not in ahead
    assert "Step done: Apply for the voucher" in ahead

    assert web.post(url("write", person, row), sent(person, do="sign", **said)).status_code == 302
    yesterday = agency_today() - timedelta(days=1)
    door.refresh_from_db(), step.refresh_from_db(), objective.refresh_from_db()
    assert (door.last_contact_on, step.state, step.done_on) == (yesterday, "done", yesterday)
    assert (objective.latest, objective.latest_on) == ("3 of 7", yesterday)
    assert Task.objects.get(source_id=step.pk).state == "done"
    note = unescape(web.get(url("read", person, row)).content.decode())
    assert "“I want my own door”" in note
    assert "3 of 7" in note
    assert "Apply for the voucher" in note
    assert f"/clients/{person.pk}/thread/#need-{door.pk}" in note
    timeline = unescape(web.get(reverse("timeline:list", args=[person.pk])).content.decode())
    assert "“I want to work again”" in timeline
    brief = unescape(web.get(reverse("clients:brief", args=[person.pk])).content.decode())
    assert "“I want my own door”" in brief

    web.post(url("void", person, row), {"reason": "It was another client"})
    door.refresh_from_db(), step.refresh_from_db(), objective.refresh_from_db()
    assert (door.last_contact_on, step.state, step.done_on, objective.latest) == (None, "open", None, "")
    assert Task.objects.get(source_id=step.pk).state == "open"
    assert not Progress.objects.filter(voided=False).exists()


def test_a_goal_that_the_link_names_comes_first_and_open(web: Client, worker: Staff, person: Person) -> None:
    goals = [goal_of(person, worker, f"Goal {n}", 100 - n) for n in range(6)]
    page = web.get(url("new", person), {"goal": str(goals[5].pk)}).content.decode()
    first = page.index('class="goal toward')
    assert page[first:].startswith('class="goal toward asked"')
    assert page.index("Goal 5") < page.index("Goal 0")
    assert "2 more goals" in page


def test_a_task_of_a_step_opens_the_note_with_the_step_ticked(web: Client, worker: Staff, person: Person) -> None:
    goal = goal_of(person, worker)
    task = Task.objects.get(source_id=goal.steps.get().pk)
    page = web.get(url("new", person), {"task": str(task.pk)}).content.decode()
    assert f'name="step" value="{goal.steps.get().pk}" checked' in page


def test_what_is_said_without_how_it_went_is_asked(web: Client, worker: Staff, person: Person) -> None:
    goal = goal_of(person, worker)
    answer = web.post(
        url("write", person, new_id()), sent(person, do="sign", **{f"towardnote_{goal.pk}": "Called the county"})
    )
    told = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Say how it went toward “I want my own door”." in told
    assert 'value="Called the county"' in told


def test_not_reached_is_no_progress(web: Client, worker: Staff, person: Person) -> None:
    goal = goal_of(person, worker)
    answer = web.post(url("write", person, new_id()), sent(person, do="sign", attempted="1", **toward(goal)))
    assert answer.status_code == 422
    assert not Progress.objects.exists()


def test_a_draft_keeps_all_of_it_on_two_devices(web: Client, worker: Staff, person: Person) -> None:
    goal = goal_of(person, worker)
    row = new_id()
    said = toward(goal, went="stuck", step=[str(goal.steps.get().pk)], **{f"towardnote_{goal.pk}": "Waiting list"})
    answer = web.post(url("autosave", person, row), sent(person, writer="desk", stroke="1", **said))
    assert answer.json()["version"] == 1
    phone = browser(worker)
    page = unescape(phone.get(url("write", person, row)).content.decode())
    assert 'value="Waiting list"' in page
    assert f'name="toward_{goal.pk}" value="stuck" checked' in page
    late = web.post(
        url("autosave", person, row), sent(person, writer="phone", stroke="1", version="1", **said, miles="3")
    )
    assert late.json()["version"] == 2
    old = web.post(url("autosave", person, row), sent(person, writer="desk", stroke="2", version="1", **toward(goal)))
    assert old.status_code == 409
    assert Draft.objects.get(pk=row).content[f"towardnote_{goal.pk}"] == ["Waiting list"]


def test_a_goal_that_was_closed_meanwhile_is_not_dropped_without_a_word(
    web: Client, worker: Staff, person: Person
) -> None:
    goal = goal_of(person, worker)
    Goal.objects.update(state="met")
    row = new_id()
    answer = web.post(url("write", person, row), sent(person, do="sign", **toward(goal)))
    told = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "A goal you wrote about is not in the plan" in told
    assert f'name="toward_{goal.pk}" value="well"' in told
    assert (
        web.post(url("write", person, row), sent(person, do="sign", goals_gone="1", **toward(goal))).status_code == 302
    )
    assert not Progress.objects.exists()


def test_checking_on_a_service_confirms_it_and_voiding_takes_that_back(
    web: Client, worker: Staff, person: Person
) -> None:
    service = goal_of(person, worker).services.get()
    row = new_id()
    said = {"activity": ["monitoring"], "all_well": "1", "service": [str(service.pk)]}
    ahead = unescape(web.post(url("ahead", person, row), sent(person, **said)).content.decode())
    assert "Mends the thread: “Housing navigator” is known to be given" in ahead
    assert web.post(url("write", person, row), sent(person, do="sign", **said)).status_code == 302
    service.refresh_from_db()
    assert service.confirmed_on == agency_today() - timedelta(days=1)
    assert "Housing navigator" in web.get(url("read", person, row)).content.decode()
    web.post(url("void", person, row), {"reason": "Wrong client"})
    service.refresh_from_db()
    assert service.confirmed_on is None


def test_a_service_that_ended_and_whether_it_helped(web: Client, worker: Staff, person: Person) -> None:
    service = goal_of(person, worker).services.get()
    said = {
        "activity": ["monitoring"],
        "furnished": "no",
        "adequate": "no",
        "changed": "yes",
        "service": [str(service.pk)],
    }
    said |= {f"ended_{service.pk}": "1", f"helped_{service.pk}": "some"}
    assert web.post(url("write", person, new_id()), sent(person, do="sign", **said)).status_code == 302
    service.refresh_from_db()
    assert (service.confirmed_on, service.ended_on, service.helped) == (
        None, agency_today() - timedelta(days=1), "some",
    )  # fmt: skip


def test_goals_of_somebody_elses_plan_are_not_offered_and_not_taken(web: Client, worker: Staff, person: Person) -> None:
    other = goal_of(client_of(StaffFactory()), worker, "A goal of another")
    goal_of(person, worker)
    assert "A goal of another" not in web.get(url("new", person)).content.decode()
    web.post(url("write", person, new_id()), sent(person, do="sign", goals_gone="1", **toward(other)))
    assert not Progress.objects.exists()
    assert "id" not in str(Contact.objects.get().goals)


def test_how_often_the_database_is_asked(web: Client, worker: Staff, person: Person) -> None:
    def asked(**more: Any) -> tuple[int, int]:
        web.get(url("new", person))
        with CaptureQueriesContext(connection) as composer:
            web.get(url("new", person))
        with CaptureQueriesContext(connection) as signing:
            web.post(url("write", person, new_id()), sent(person, do="sign", overlap_is_right="1", **more))
        return len(composer), len(signing)

    asked()
    bare = asked()
    goals = [goal_of(person, worker, f"Goal {n}") for n in range(4)]
    planned, silent = asked()[0], asked()[1]
    touched = asked(**toward(*goals[:2]))
    assert planned == bare[0] + 1
    assert silent == bare[1]
    assert touched[1] <= bare[1] + 7, touched[1] - bare[1]


def test_a_signed_note_without_a_goal_is_given_one_later(web: Client, worker: Staff, person: Person) -> None:
    goal = goal_of(person, worker)
    row = new_id()
    web.post(url("write", person, row), sent(person, do="sign"))
    page = unescape(web.get(url("read", person, row)).content.decode())
    assert "Say which goal it served" in page
    said = {"goal": str(goal.pk), "went": "little", "about": "Talked about rent", "form_id": str(new_id())}
    assert web.post(url("serve", person, row), said | {"went": ""}).status_code == 422
    assert web.post(url("serve", person, row), said).status_code == 302
    goal.refresh_from_db()
    assert goal.last_contact_on == agency_today() - timedelta(days=1)
    page = unescape(web.get(url("read", person, row)).content.decode())
    assert "This contact served the goal “I want my own door”: a little." in page
    colleague = StaffFactory()
    AssignmentFactory(client=person, episode=goal.episode, staff=colleague, kind="secondary")
    other = browser(colleague)
    assert other.post(url("serve", person, row), said).status_code == 404
    assert "Say which goal it served" not in other.get(url("read", person, row)).content.decode()
