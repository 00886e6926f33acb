"""From an answer to what came of it: what was found, what is needed, what she wants, who does what, what happened, did it help."""

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.casework.assessments.models import Assessment
from goldthread.casework.assessments.shipped import install_shipped
from goldthread.casework.needs.models import Need
from goldthread.casework.plans.models import Goal, PlannedService, PlanVersion, Signature, Step
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.people.persons.models import Person
from tests.stories.conftest import LONG_AGO_AT, Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "Mental health case management"
MORE_THAN_HALF = "LA6570-1"
SEVERAL_DAYS = "LA6569-3"


def sent(web: Client, path: str, form: dict[str, Any], status: int = 302) -> Any:
    answer = web.post(path, form)
    assert answer.status_code == status, f"{path}: {answer.status_code}\n{answer.content.decode()[:3000]}"
    return answer


def read(web: Client, path: str) -> str:
    answer = web.get(path, follow=True)
    assert answer.status_code == 200, path
    return " ".join(unescape(answer.content.decode()).split())


def answers_phq9(web: Client, dana: Person) -> Assessment:
    """Eight questions *more than half the days*, the ninth *several days*: 8 x 2 + 1 = 17."""
    form = new_id()
    at = f"/clients/{dana.pk}/assessments/"
    sent(web, f"{at}new/", {"instrument": "phq-9", "form_id": str(form)})
    sheet = web.get(f"{at}{form}/answer/").content.decode()
    tokens = dict(re.findall(r'value="([^"]*\|(LA\d+-\d))"', sheet))
    by_code = {code: token for token, code in tokens.items()}
    said = {f"a:phq-9-{n}": by_code[MORE_THAN_HALF] for n in range(1, 9)} | {"a:phq-9-9": by_code[SEVERAL_DAYS]}
    functional = re.findall(r'name="(a:phq-9-10)" value="([^"]+)"', sheet)
    said |= dict(functional[:1])
    sent(web, f"{at}{form}/answer/", said | {"seen": "0", "do": "sign"})
    return Assessment.objects.get(pk=form)


def line(web: Client, plan: str, kind: str, **said: Any) -> str:
    new = str(new_id())
    sent(web, f"{plan}new/{kind}/", {"form_id": new, "seen": "{}"} | said)
    return new


def test_an_answer_becomes_a_goal_that_is_reached(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, gloria: Worker
) -> None:
    offers("mental-health-tcm", name=PROGRAM)
    install_shipped(by=Actor(at=LONG_AGO_AT, today=date(2020, 1, 6)))
    dana = person("Dana Ortiz", date(1987, 3, 14))

    on("2026-03-02")
    ines.enrols(dana, PROGRAM, worker=renee)
    web = renee._browser
    at = f"/clients/{dana.pk}/"
    assert "No thread yet" in read(web, f"{at}thread/")

    # what was found
    assessed = answers_phq9(web, dana)
    assert str(assessed.scores.get(name="total").value.normalize()) == "17"
    assert Task.objects.filter(client=dana, weight=0, state="open").count() == 1  # item 9: ask about safety now
    shown = read(web, f"{at}assessments/{assessed.pk}/")
    assert "17" in shown

    # what is needed
    needs = read(web, f"{at}needs/")
    assert "17" in needs
    item, domain = re.findall(r'name="(?:item|domain)" value="([^"]+)"', needs)[:2]
    sent(web, f"{at}needs/from/{assessed.pk}/accept/", {"item": item, "domain": domain})
    need = Need.objects.get(person=dana)
    assert (need.domain, need.state) == ("mental_health", "open")
    assert "No goal for this need" in read(web, f"{at}thread/")
    assert "No goal for this need" in read(web, "/threads/")

    # what she wants, and who does what
    episode = dana.episode_places.get().episode
    sent(web, f"{at}plan/begin/", {"episode": str(episode.pk), "need": str(need.pk)})
    version = PlanVersion.objects.get()
    plan = f"{at}plan/{version.pk}/"
    goal = line(
        web, plan, "goals", words="I want to wake up and not dread the day", domain=domain, needs=[str(need.pk)]
    )
    line(
        web,
        plan,
        "steps",
        words="Walk with Marta",
        goal=goal,
        owner_kind="natural",
        owner_words="Marta",
        due_on="2026-04-30",
    )
    line(web, plan, "services", words="Therapy", goal=goal, provider_words="Alder Quay Counseling", frequency="weekly")
    for key, text in (("vision", "A quiet street"), ("strengths", "Keeps promises"), ("crisis", "Call Marta first")):
        sent(web, f"{plan}part/{key}/", {"form_id": new_id(), "seen": json.dumps({"text": ""}), "text": text})

    on("2026-03-30")
    web = renee._browser
    sent(web, f"{plan}ask/", {"who": ["client"], "other0-name": "", "other1-name": ""})
    dana_signs = Signature.objects.get(role="client")
    sent(web, f"{plan}sign/{dana_signs.pk}/", {"how": "typed", "typed": "Dana Ortiz"})
    for one in Signature.objects.filter(state="asked"):
        sent(web, f"{plan}sign/{one.pk}/", {"how": "typed", "typed": one.name})
    version.refresh_from_db()
    assert version.state == "in_force"
    assert Task.objects.get(episode=episode, requirement="plan").state == "done"
    assert "All run through." in read(web, f"{at}thread/")

    # nothing happens for a while: on the day after sixty, and thirty for the service, the thread is broken
    on("2026-05-29")
    thread = read(renee._browser, f"{at}thread/")
    assert "Service never confirmed" in thread
    assert "No contact for" not in thread
    on("2026-05-30")  # 30 March and 61 days
    assert "No contact for 61 days" in read(renee._browser, f"{at}thread/")

    # what happened
    web = renee._browser
    step, service = Step.objects.get(), PlannedService.objects.get()
    visit = {
        "episode": str(episode.pk),
        "how": "in_person:residence",
        "day": "2026-05-29",
        "start": "09:00",
        "end": "09:45",
        "who": [str(dana.pk)],
        "activity": ["direct_support"],
        "narrative": "She goes to therapy every week and walks with Marta.",
        "safety": "no",
        "version": "0",
        f"toward_{goal}": "well",
        "step": [str(step.pk)],
    }
    note = new_id()
    sent(web, reverse("contacts:write", args=[dana.pk, note]), visit | {"do": "sign"})
    sent(
        web,
        f"{at}plan/services/{service.pk}/",
        {"form_id": new_id(), "confirmed_on": "2026-05-29", "started_on": "2026-04-08"},
    )
    step.refresh_from_db()
    assert (step.state, step.done_on) == ("done", date(2026, 5, 29))
    thread = read(web, f"{at}thread/")
    assert "All run through." in thread
    assert "1 contact" in thread
    assert "I want to wake up and not dread the day" in read(web, f"{at}notes/{note}/")

    # did it help: at the review she says so
    on("2026-09-28")
    web = renee._browser
    sent(web, f"{at}plan/{version.plan_id}/review/", {"form_id": new_id()})
    review = PlanVersion.objects.get(kind="review")
    again = f"{at}plan/{review.pk}/"
    sent(web, f"{again}goals/{goal}/review/", {"form_id": new_id(), "seen": "{}", "answer": "met", "why": "PHQ-9 is 6"})
    sent(web, f"{again}ask/", {"who": ["client"], "other0-name": "", "other1-name": ""})
    for one in Signature.objects.filter(version=review, state="asked"):
        sent(web, f"{again}sign/{one.pk}/", {"how": "typed", "typed": one.name})
    assert Goal.objects.get(pk=goal).state == "met"
    sent(web, f"{at}needs/{need.pk}/close/", {"state": "met", "reason": "", "version": need.version})
    thread = read(web, f"{at}thread/")
    assert "Yes, reached" in thread
    assert "PHQ-9 is 6" in thread
    assert "I want to wake up" in read(gloria._browser, f"{at}thread/")
