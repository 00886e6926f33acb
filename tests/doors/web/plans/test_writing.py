"""The plan's page and its editing in place, over HTTP: without scripts, in parts, with two people, with what people type."""

import html
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldthread.casework.episodes.models import Episode
from goldthread.casework.needs.models import Need
from goldthread.casework.plans.actions import begin_plan, edit
from goldthread.casework.plans.models import PlanVersion
from goldthread.casework.plans.rules.editing import PutLine, SetPart
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.casework.plans.making import GOAL, OBJECTIVE, SERVICE, STEP, episode_of, in_force, written
from tests.casework.tasks.making import enrolled, program
from tests.clock import agency_today
from tests.doors.web.clients.people import team_with
from tests.factories import AgencyFactory, AssignmentFactory, StaffFactory

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def renee() -> Staff:
    AgencyFactory()
    return StaffFactory(role=Role.CASE_MANAGER)


@pytest.fixture
def by(renee: Staff, actor: Actor) -> Actor:
    from dataclasses import replace

    return replace(actor, staff=renee.pk, name=renee.name)


@pytest.fixture
def episode(renee: Staff, by: Actor) -> Episode:
    return episode_of(renee, by)


@pytest.fixture
def web(renee: Staff) -> Client:
    return browser(renee)


def url(name: str, episode: Episode, *more: Any) -> str:
    return reverse(f"plans:{name}", args=[episode.person_id, *more])


def page(web: Client, episode: Episode, query: str = "") -> str:
    answer = web.get(url("of_client", episode) + query)
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


def field(name: str, body: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', body)
    assert found, name
    return html.unescape(found[1])


def test_begun_empty_and_written_without_scripts(web: Client, episode: Episode) -> None:
    assert "Begin a plan" in page(web, episode)
    led = web.post(url("begin", episode), {"episode": episode.pk})
    version = PlanVersion.objects.get()
    assert led.headers["Location"] == url("of_client", episode) + f"?v={version.pk}"
    form = web.get(url("part", episode, version.pk, "vision")).content.decode()
    sent = {"form_id": field("form_id", form), "seen": field("seen", form), "text": "  A quiet street.\r\nMy kitchen. "}
    saved = web.post(url("part", episode, version.pk, "vision"), sent)
    assert saved.headers["Location"].endswith(f"?v={version.pk}#part-vision")
    version.refresh_from_db()
    assert version.content["parts"] == {"vision": "A quiet street.\nMy kitchen."}
    assert "“A quiet street." in page(web, episode)


def test_a_line_is_added_once_however_often_it_is_sent(web: Client, episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    new = str(new_id())
    sent = {"form_id": new, "seen": "{}", "words": "Two viewings a month", "goal": GOAL, "owner_kind": "client"}
    for _press in range(2):
        led = web.post(url("line_new", episode, version.pk, "steps"), sent)
        assert led.headers["Location"].endswith(f"#line-{new}")
    version.refresh_from_db()
    assert [one["words"] for one in version.content["lines"]["steps"]] == [
        "Apply for the voucher",
        "Two viewings a month",
    ]


def test_parts_come_alone_with_what_stands_beside_them(web: Client, episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    sent = {"form_id": new_id(), "seen": "{}", "words": "A walk on Sundays", "goal": GOAL, "owner_kind": "client"}
    answer = web.post(url("line_new", episode, version.pk, "steps"), sent, headers=PART).content.decode()
    assert f'id="line-{sent["form_id"]}"' in answer
    assert f'id="add-steps-{GOAL}"' in answer
    assert 'id="plan-beside"' in answer
    assert "<html" not in answer


def test_two_people_in_one_part_see_both_and_lose_nothing(web: Client, episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    sent = {"form_id": new_id(), "seen": json.dumps({"text": "My own door"}), "text": "My own blue door"}
    edit(version=version, edits=[SetPart("vision", "A door at the sea", "My own door")], by=by)
    clash = web.post(url("part", episode, version.pk, "vision"), sent, headers=PART)
    assert clash.status_code == 409
    body = clash.content.decode()
    assert "A door at the sea" in body
    assert "My own blue door</textarea>" in body
    again = {"form_id": field("form_id", body), "seen": field("seen", body), "text": "My own blue door"}
    assert web.post(url("part", episode, version.pk, "vision"), again, headers=PART).status_code == 200
    version.refresh_from_db()
    assert version.content["parts"]["vision"] == "My own blue door"


def test_two_people_in_one_line(web: Client, episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    form = web.get(url("line", episode, version.pk, "steps", STEP)).content.decode()
    edit(
        version=version,
        edits=[PutLine("steps", STEP, {"words": "Apply again"}, {"words": "Apply for the voucher"})],
        by=by,
    )
    sent = {
        "form_id": new_id(),
        "seen": field("seen", form),
        "words": "Apply by phone",
        "goal": GOAL,
        "owner_kind": "worker",
        "due_on": "2026-12-01",
    }
    clash = web.post(url("line", episode, version.pk, "steps", STEP), sent)
    assert clash.status_code == 409
    assert "Apply again" in clash.content.decode()
    assert "Apply by phone" in clash.content.decode()


def test_taken_away_and_put_back_with_all_that_hung_on_it(web: Client, episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    before = PlanVersion.objects.get(pk=version.pk).content
    web.post(url("line_remove", episode, version.pk, "goals", GOAL))
    version.refresh_from_db()
    assert version.content["lines"]["goals"] == []
    assert version.content["lines"]["steps"] == []
    web.post(url("line_undo", episode, version.pk))
    version.refresh_from_db()
    assert [one["id"] for one in version.content["lines"]["steps"]] == [STEP]
    assert version.content["lines"]["objectives"] == before["lines"]["objectives"]
    assert version.content["lines"]["services"][0]["goal"] == GOAL


def test_moved_up_and_down(web: Client, episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    second, third = str(new_id()), str(new_id())
    edit(version=version, edits=[PutLine("goals", pk, {"words": pk}) for pk in (second, third)], by=by)

    def order() -> list[str]:
        return [one["id"] for one in PlanVersion.objects.get(pk=version.pk).content["lines"]["goals"]]

    web.post(url("line_move", episode, version.pk, "goals", third))
    assert order() == [GOAL, third, second]
    web.post(url("line_move", episode, version.pk, "goals", GOAL), {"down": "1"})
    assert order() == [third, GOAL, second]
    web.post(url("line_move", episode, version.pk, "goals", GOAL), {"down": "1"})
    assert order() == [third, second, GOAL]


@pytest.mark.parametrize(
    "text",
    ["w" * 40_000, "🌻 👨‍👩‍👧 <script>alert(1)</script>", "أريد بيتا هادئا", "‮right to left‬"],
    ids=["long", "emoji", "arabic", "override"],
)
def test_what_people_type_is_kept_and_shown_as_typed(web: Client, episode: Episode, by: Actor, text: str) -> None:
    version = written(episode, by)
    sent = {"form_id": new_id(), "seen": json.dumps({"text": ""}), "text": text}
    assert web.post(url("part", episode, version.pk, "strengths"), sent).status_code == 302
    version.refresh_from_db()
    assert version.content["parts"]["strengths"] == text
    body = web.get(url("of_client", episode)).content.decode()
    assert html.escape(text) in body
    assert "<script>alert(1)" not in body


def test_one_letter_too_many_keeps_every_letter(web: Client, episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    sent = {"form_id": new_id(), "seen": "{}", "text": "w" * 40_001}
    refused = web.post(url("part", episode, version.pk, "strengths"), sent)
    assert refused.status_code == 422
    assert "w" * 40_001 in refused.content.decode()


def test_a_goal_from_a_need_in_three_clicks(web: Client, episode: Episode, renee: Staff, by: Actor) -> None:
    need = Need.objects.create(
        person=episode.person,
        episode=episode,
        domain="housing",
        words="The lease ends",
        raised_on=agency_today(),
        raised_by=renee,
        raised_at=by.at,
    )
    written(episode, by)
    shown = page(web, episode, f"?need={need.pk}")  # one click: Write a goal
    assert "I want my own place, where …" in shown
    assert re.search(rf'value="{need.pk}"[^>]* checked', shown)
    chosen = page(web, episode, f"?need={need.pk}&say=0")  # two: a wording
    assert ">I want my own place, where …</textarea>" in chosen.replace("> I", ">I")
    version = PlanVersion.objects.get()
    sent = {
        "form_id": new_id(),
        "seen": "{}",
        "words": "I want my own place",
        "needs": [str(need.pk)],
        "domain": "housing",
    }
    web.post(url("line_new", episode, version.pk, "goals"), sent)  # three: Save
    version.refresh_from_db()
    assert version.content["lines"]["goals"][-1]["needs"] == [str(need.pk)]
    assert 'Answers: <span dir="auto">The lease ends</span>' in page(web, episode)


def test_what_is_missing_leads_to_its_place(web: Client, episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    edit(version=version, edits=[PutLine("goals", str(new_id()), {"words": "To sing"})], by=by)
    pk = PlanVersion.objects.get(pk=version.pk).content["lines"]["goals"][-1]["id"]
    assert f'<a href="#line-{pk}">Nobody does anything toward “To sing” yet' in page(web, episode)


def test_a_signed_version_is_not_edited(web: Client, episode: Episode, by: Actor) -> None:
    version = in_force(episode, by)
    sent = {"form_id": new_id(), "seen": "{}", "text": "Something else"}
    refused = web.post(url("part", episode, version.pk, "vision"), sent)
    assert refused.status_code == 422
    assert "Amend the plan instead" in refused.content.decode()
    assert f'href="{url("part", episode, version.pk, "vision")}"' not in page(web, episode)


def test_another_clients_plan_is_not_there(web: Client, renee: Staff, episode: Episode, by: Actor) -> None:
    mine = written(episode, by)
    other = episode_of(StaffFactory(role=Role.CASE_MANAGER), by)
    theirs = written(other, by)
    assert web.get(url("part", other, theirs.pk, "vision")).status_code == 404
    assert web.get(url("part", episode, theirs.pk, "vision")).status_code == 404
    assert web.post(url("line_remove", episode, theirs.pk, "goals", GOAL)).status_code == 404
    assert web.get(url("print", episode, theirs.pk)).status_code == 404
    assert web.get(url("print", episode, mine.pk)).status_code == 200


def test_a_role_that_reads_does_not_write(episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    reader = browser(team_with(Role.QUALITY))
    assert reader.get(url("of_client", episode)).status_code in (200, 404)
    assert reader.post(url("part", episode, version.pk, "vision"), {"text": "x"}).status_code == 404


@pytest.mark.parametrize(("steps", "in_work"), [(1, False), (30, False), (30, True)])
def test_the_page_asks_as_often_however_long_the_plan(
    web: Client, episode: Episode, by: Actor, steps: int, in_work: bool
) -> None:
    version = in_force(episode, by) if in_work else written(episode, by)
    if not in_work:
        edits = [
            PutLine("steps", str(new_id()), {"words": f"Step {n}", "goal": GOAL, "owner_kind": "client"})
            for n in range(steps)
        ]
        edit(version=version, edits=edits, by=by)
    page(web, episode)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(web, episode)
    assert len(asked) <= (26 if in_work else 20), [one["sql"][:90] for one in asked]


def test_a_need_that_is_not_offered_stays_behind_its_goal(
    web: Client, episode: Episode, renee: Staff, by: Actor
) -> None:
    said = {"person": episode.person, "episode": episode, "domain": "housing", "raised_on": agency_today()}
    said |= {"raised_by": renee, "raised_at": by.at}
    met = Need.objects.create(words="Was met since", state="met", **said)
    out_of_sight = Need.objects.create(words="Only others read it", labels=Label.PSYCHOTHERAPY_NOTES, **said)
    chosen, new = (Need.objects.create(words=words, **said) for words in ("Ticked off", "Ticked"))
    kept = sorted([str(met.pk), str(out_of_sight.pk)])
    version = written(episode, by, needs=[*kept, str(chosen.pk)])
    shown = web.get(url("line", episode, version.pk, "goals", GOAL), headers=PART).content.decode()
    sent = {"form_id": new_id(), "seen": field("seen", shown), "words": "A door", "domain": "housing"}
    assert web.post(url("line", episode, version.pk, "goals", GOAL), sent | {"needs": [str(new.pk)]}).status_code == 302
    version.refresh_from_db()
    assert version.content["lines"]["goals"][0]["needs"] == sorted([*kept, str(new.pk)])


def test_what_a_hand_made_of_the_hidden_field_is_nothing(web: Client, episode: Episode, by: Actor) -> None:
    version = written(episode, by)
    sent = {"form_id": new_id(), "seen": "[" * 100_000, "text": "Two doors"}
    assert web.post(url("part", episode, version.pk, "vision"), sent).status_code in (302, 409)
    assert web.get(url("of_client", episode) + "?say=" + "9" * 5000).status_code == 200


def test_words_of_a_labelled_need_do_not_fall_into_a_plan_without_the_label(
    web: Client, episode: Episode, renee: Staff, by: Actor
) -> None:
    said = {"person": episode.person, "domain": "housing", "raised_on": agency_today(), "raised_by": renee}
    need = Need.objects.create(
        words="The clinic closes", own_words=True, raised_at=by.at, labels=Label.SUBSTANCE_USE, **said
    )
    version = written(episode, by)
    shown = page(web, episode, f"?need={need.pk}")
    assert "The clinic closes" in shown  # this worker may read it
    form = shown[shown.index('id="id_goals_words"') :]
    assert "The clinic closes</textarea>" not in form.replace("> The", ">The")
    assert not re.search(r'name="from_need" value="[^"]', form)
    PlanVersion.objects.filter(pk=version.pk).update(state="in_force", digest="d")
    amending = page(web, episode, f"?need={need.pk}")
    assert 'name="reason" value="A goal for this need"' in amending


def test_a_labelled_plan_is_not_copied_into_one_without_the_label(web: Client, episode: Episode, by: Actor) -> None:
    other = enrolled(program(labels=Label.SUBSTANCE_USE), episode.enrolled_on, episode.person)
    Episode.objects.filter(pk=other.pk).update(labels=Label.SUBSTANCE_USE)
    AssignmentFactory(client=episode.person, episode=other, staff_id=by.staff, starts_on=other.enrolled_on)
    theirs = begin_plan(episode=other, person=episode.person, by=by)
    edit(version=theirs, edits=[SetPart("vision", "To stay clean")], by=by)
    assert "To stay clean" in page(web, episode)
    web.post(url("begin", episode), {"episode": str(episode.pk), "copied": str(theirs.pk)})
    assert PlanVersion.objects.get(plan__episode=episode).content["parts"] == {}


__all__ = ["OBJECTIVE", "SERVICE"]
