"""Signing over HTTP: asked, drawn, typed, by a link that works once and tells nobody anything."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.actions import SignerAsked, ask_for_signatures, signing
from goldthread.casework.plans.models import PlanVersion, Signature, Step
from goldthread.doors.jobs import queue
from goldthread.doors.jobs.worker import run_all
from goldthread.doors.web.plans import tasks
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.family import add_relationship
from goldthread.people.persons.models import Person
from tests.access.doors_of_their_own import block
from tests.access.world import browser
from tests.casework.plans.making import DANA, STEP, episode_of, in_force, written
from tests.casework.tasks.making import RULES
from tests.factories import AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
STROKES = [[[n * 20, 300 + n * 7 % 90] for n in range(30)]]


@pytest.fixture
def renee() -> Staff:
    AgencyFactory()
    return StaffFactory(role=Role.CASE_MANAGER)


@pytest.fixture
def by(renee: Staff, actor: Actor) -> Actor:
    return replace(actor, staff=renee.pk, name=renee.name)


@pytest.fixture
def episode(renee: Staff, by: Actor) -> Episode:
    return episode_of(renee, by)


@pytest.fixture
def web(renee: Staff) -> Client:
    return browser(renee)


@pytest.fixture
def asked(episode: Episode, by: Actor) -> Signature:
    version = ask_for_signatures(version=written(episode, by), signers=[DANA], by=by)
    return version.signatures.get()


def url(name: str, episode: Episode, *more: Any) -> str:
    return reverse(f"plans:{name}", args=[episode.person_id, *more])


def link_from_mail(web: Client, episode: Episode, asked: Signature) -> str:
    sent = {"form_id": new_id(), "email": "dana@home.example"}
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert web.post(url("send", episode, asked.version_id, asked.pk), sent).status_code == 302
    run_all()
    found = re.search(r"https?://[^/]+(/sign/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


@pytest.mark.parametrize("hidden", ["labelled", "blocked"])
def test_nobody_is_asked_who_may_not_be_named(
    web: Client, episode: Episode, by: Actor, renee: Staff, hidden: str
) -> None:
    """A parent who is a client under domestic violence of somebody else was once named here, alone of all pages."""
    parent, guardian = PersonFactory(family="Secretparent"), PersonFactory(family="Openguardian")
    for other, kind in ((parent, "parent"), (guardian, "guardian")):
        add_relationship(person=episode.person, values={"other": other, "kind": kind}, by=by)
    path = url("ask", episode, written(episode, by).pk)
    shown = web.get(path).content.decode()
    assert "Secretparent" in shown
    assert "Openguardian" in shown
    assert {one.client for one in Event.objects.filter(action="client.listed")} == {parent.pk, guardian.pk}
    if hidden == "labelled":
        Person.objects.filter(pk=parent.pk).update(labels=int(Label.DOMESTIC_VIOLENCE))
    else:
        block(parent, renee, by.at)
    shown = web.get(path).content.decode()
    assert "Secretparent" not in shown
    assert "Openguardian" in shown
    web.post(path, {"who": ["client", str(parent.pk)], "other0-name": "", "other1-name": ""})
    assert set(Signature.objects.values_list("role", flat=True)) == {"client"}


def test_asked_and_drawn_on_the_device(web: Client, episode: Episode, by: Actor, renee: Staff) -> None:
    version = written(episode, by)
    web.post(url("ask", episode, version.pk), {"who": ["client"], "other0-name": "", "other1-name": ""})
    one = Signature.objects.get()
    sign = url("sign", episode, version.pk, one.pk)
    empty = web.post(sign, {"how": "drawn", "strokes": ""})
    assert empty.status_code == 422
    assert "Sign in the box first" in empty.content.decode()
    for _press in range(2):
        assert web.post(sign, {"how": "drawn", "strokes": json.dumps(STROKES)}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.how, one.witness_id) == ("signed", "drawn", renee.pk)
    version.refresh_from_db()
    assert version.state == "in_force"
    assert "M0 300L20 307" in web.get(url("of_client", episode)).content.decode()


def test_as_many_others_are_asked_as_took_part(web: Client, episode: Episode, by: Actor) -> None:
    """Two lines to begin with; each *One more* keeps what was typed and asks nobody yet."""
    version = written(episode, by)
    ask = url("ask", episode, version.pk)
    typed = {"who": ["client"], "other0-name": "Aunt Ines", "other0-role": "family", "other1-name": "Father Tomas"}
    more = web.post(ask, typed | {"do": "more"})
    page = more.content.decode()
    assert more.status_code == 200
    assert 'value="Father Tomas"' in page
    assert 'name="other2-name"' in page
    assert page.count('<option value="family" selected>') == 2  # hers and the new line's: nobody is a guardian unasked
    assert not Signature.objects.exists()
    full = {f"other{n}-name": f"Friend {n}" for n in range(12)} | {"do": "more"}
    assert "other12-name" not in web.post(ask, full).content.decode()
    web.post(ask, typed | {"other2-name": "Joe from the church", "other2-role": "other"})
    names = Signature.objects.exclude(role="client").values_list("name", flat=True)
    assert set(names) == {"Aunt Ines", "Father Tomas", "Joe from the church"}


@pytest.mark.parametrize("strokes", ["[", "{}", "[[1]]", '[[["a", 1]]]', "[[[0, 5000]]]", "[" * 5000, "9" * 500_000])
def test_what_no_hand_draws_is_refused(web: Client, episode: Episode, asked: Signature, strokes: str) -> None:
    answer = web.post(url("sign", episode, asked.version_id, asked.pk), {"how": "drawn", "strokes": strokes})
    assert answer.status_code == 422


def test_a_link_signs_once(web: Client, episode: Episode, asked: Signature) -> None:
    link = link_from_mail(web, episode, asked)
    assert episode.person.display_name not in mail.outbox[-1].body + mail.outbox[-1].subject
    anybody = Client()
    shown = anybody.get(link)
    assert "I want my own door" in shown.content.decode()
    assert (
        shown.headers["Referrer-Policy"] == "same-origin"
    )  # no-referrer makes the browser send "Origin: null", which is refused
    assert anybody.post(link, {"typed": ""}).status_code == 422
    assert "You have signed" in anybody.post(link, {"typed": "Dana Ortiz"}).content.decode()
    asked.refresh_from_db()
    assert (asked.state, asked.how, asked.typed) == ("signed", "link", "Dana Ortiz")
    assert anybody.get(link).status_code == 410
    assert anybody.post(link, {"typed": "Mallory"}).status_code == 410


def test_links_that_do_not_work_look_the_same(web: Client, episode: Episode, asked: Signature, by: Actor) -> None:
    first = link_from_mail(web, episode, asked)
    link_from_mail(web, episode, asked)  # replaces the first
    third = link_from_mail(web, episode, asked)
    Signature.objects.update(expires_at=by.at - timedelta(days=400))
    anybody = Client()
    bodies = {anybody.get(one).content for one in (first, third, "/sign/made-up/", "/sign/" + "x" * 300 + "/")}
    assert len(bodies) == 1
    assert b"I want my own door" not in bodies.pop()


def test_a_no_by_link_needs_a_reason_and_is_an_answer(web: Client, episode: Episode, asked: Signature) -> None:
    link = link_from_mail(web, episode, asked)
    anybody = Client()
    assert anybody.post(link, {"decline": "1", "reason": " "}).status_code == 422
    assert "written down" in anybody.post(link, {"decline": "1", "reason": "Not my words"}).content.decode()
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("declined", "Not my words")
    assert anybody.get(link).status_code == 410


def test_many_wrong_links_from_one_place_are_stopped(asked: Signature) -> None:
    anybody = Client()
    answers = [anybody.get(f"/sign/wrong-{n}/").status_code for n in range(52)]
    assert answers[0] == 410
    assert answers[-1] == 429


def test_the_link_speaks_the_persons_language(web: Client, episode: Episode, asked: Signature) -> None:
    episode.person.language = "es"
    episode.person.save(update_fields=["language"])
    link = link_from_mail(web, episode, asked)
    assert Client().get(link).headers["Content-Language"] == "es"


def test_taken_back_the_link_stops(web: Client, episode: Episode, asked: Signature) -> None:
    link = link_from_mail(web, episode, asked)
    sent = {"form_id": new_id(), "reason": "A word was wrong"}
    assert web.post(url("back", episode, asked.version_id), sent).status_code == 302
    assert Client().get(link).status_code == 410
    assert PlanVersion.objects.get().state == "draft"


def test_in_force_steps_are_done_and_services_told_of(web: Client, episode: Episode, by: Actor) -> None:
    in_force(episode, by)
    web.post(url("step_done", episode, STEP))
    assert Step.objects.get().state == "done"
    web.post(url("step_reopen", episode, STEP))
    assert Step.objects.get().state == "open"


def test_amended_reviewed_and_compared(web: Client, episode: Episode, by: Actor) -> None:
    version = in_force(episode, by)
    led = web.post(url("amend", episode, version.plan_id), {"form_id": new_id(), "reason": "Moved"})
    new = PlanVersion.objects.get(number=2)
    assert str(new.pk) in led.headers["Location"]
    web.post(
        url("part", episode, new.pk, "vision"),
        {"form_id": new_id(), "seen": '{"text": "My own door"}', "text": "Two doors"},
    )
    shown = web.get(url("changes", episode, new.pk)).content.decode()
    assert "My own door</del>" in shown
    assert "Two doors</ins>" in shown
    web.post(url("withdraw", episode, new.pk), {"form_id": new_id(), "reason": "Not needed"})
    led = web.post(url("review", episode, version.plan_id))
    third = PlanVersion.objects.get(number=3)
    goal = third.content["lines"]["goals"][0]["id"]
    said = {"form_id": new_id(), "seen": "{}", "answer": "progress", "why": "Two viewings"}
    assert web.post(url("goal_review", episode, third.pk, goal), said).status_code == 302
    assert "Getting there." in web.get(url("of_client", episode)).content.decode()


APPROVED = RULES + "plan: {approval: true, signers: [client], source: judgement}\n"


@pytest.fixture
def to_approve(renee: Staff, by: Actor) -> PlanVersion:
    """A version that the person has signed, in a program where a supervisor approves."""
    episode = episode_of(renee, by, APPROVED)
    version = ask_for_signatures(version=written(episode, by), signers=[DANA], by=by)
    signing.sign_here(signature=version.signatures.get(), how="typed", typed="Dana", by=by)
    return PlanVersion.objects.get(pk=version.pk)


def supervisor_of(version: PlanVersion) -> Client:
    """Signed in: who supervises the team of the episode's worker."""
    team = Assignment.objects.get(episode=version.plan.episode).team
    return browser(StaffFactory(role=Role.SUPERVISOR, team=team))


def test_approved_by_a_supervisor(to_approve: PlanVersion, web: Client) -> None:
    episode, gloria = to_approve.plan.episode, supervisor_of(to_approve)
    assert to_approve.state == "signing"
    assert web.post(url("approve", episode, to_approve.pk)).status_code == 404
    page = gloria.get(url("of_client", episode)).content.decode()
    assert url("approve", episode, to_approve.pk) in page
    for _press in range(2):
        assert gloria.post(url("approve", episode, to_approve.pk)).status_code == 302
    to_approve.refresh_from_db()
    assert to_approve.state == "in_force"


def test_returned_by_a_supervisor_with_what_to_change(to_approve: PlanVersion, web: Client) -> None:
    episode, gloria = to_approve.plan.episode, supervisor_of(to_approve)
    address = url("return", episode, to_approve.pk)
    assert web.post(address, {"form_id": new_id(), "comment": "No"}).status_code == 404
    assert gloria.post(address, {"form_id": new_id(), "comment": " "}).status_code == 422
    assert gloria.post(address, {"form_id": new_id(), "comment": "Who drives her?"}).status_code == 302
    to_approve.refresh_from_db()
    assert (to_approve.state, to_approve.signatures.get().state) == ("draft", "withdrawn")
    assert "Who drives her?" in web.get(url("of_client", episode)).content.decode()
    assert gloria.post(address, {"form_id": new_id(), "comment": "Again"}).status_code == 422


def test_who_changed_a_word_is_told_that_somebody_else_approves(to_approve: PlanVersion) -> None:
    episode, gloria = to_approve.plan.episode, supervisor_of(to_approve)
    PlanVersion.objects.filter(pk=to_approve.pk).update(edited_by=[str(Staff.objects.latest("pk").pk)])
    page = gloria.get(url("of_client", episode)).content.decode()
    assert "a second person approves it" in page
    assert url("approve", episode, to_approve.pk) not in page
    gloria.post(url("approve", episode, to_approve.pk))
    to_approve.refresh_from_db()
    assert to_approve.state == "signing"


def test_a_mail_server_that_is_away_is_asked_again_and_the_page_says_that_the_mail_is_on_its_way(
    web: Client, episode: Episode, asked: Signature, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_given: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(tasks, "send_link", away)
        sent = {"form_id": new_id(), "email": "dana@home.example"}
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert web.post(url("send", episode, asked.version_id, asked.pk), sent).status_code == 302
        run_all()
    assert "is on its way" in web.get(url("of_client", episode)).content.decode()
    with queue.outside_agencies():
        job = DBTaskResult.objects.get(task_path__endswith="mail_link")
    assert (job.status, mail.outbox) == ("READY", [])
    tasks.mail_link.func(replace_system(asked), *job.args_kwargs["args"])
    tasks.mail_link.func(replace_system(asked), *job.args_kwargs["args"])  # a second run mails nothing
    assert len(mail.outbox) == 1
    secret = mail.outbox[0].body.split("/sign/")[1].split("/")[0]
    assert secret not in json.dumps(job.args_kwargs)
    assert "asked by mail to" in web.get(url("of_client", episode)).content.decode()
    assert Client().get(f"/sign/{secret}/").status_code == 200


def replace_system(asked: Signature) -> Actor:
    return Actor(at=asked.asked_at, today=asked.asked_at.date())


def test_taken_off_and_put_back_over_http(web: Client, episode: Episode, by: Actor) -> None:
    version = ask_for_signatures(version=written(episode, by), signers=[DANA, SignerAsked("guardian", "Lena")], by=by)
    lena = version.signatures.get(role="guardian")
    off = url("take_off", episode, version.pk, lena.pk)
    assert off in web.get(url("of_client", episode)).content.decode()
    assert web.post(off, {"form_id": new_id(), "reason": ""}).status_code == 422
    assert web.post(off, {"form_id": new_id(), "reason": "Lives abroad"}).status_code == 302
    page = web.get(url("of_client", episode)).content.decode()
    assert url("put_back", episode, version.pk, lena.pk) in page  # Undo
    assert web.post(url("put_back", episode, version.pk, lena.pk)).status_code == 302
    lena.refresh_from_db()
    assert lena.state == "asked"


@pytest.mark.parametrize("strokes", ["[[[1e999, 1]]]", "[[[-Infinity, 1]]]", "[[[NaN, 1]]]"])
def test_numbers_without_end_are_refused_by_link(web: Client, episode: Episode, asked: Signature, strokes: str) -> None:
    link = link_from_mail(web, episode, asked)
    assert Client().post(link, {"typed": "Dana", "strokes": strokes}).status_code == 422


def test_a_link_that_failed_leaves_no_words_and_no_secret(web: Client, episode: Episode, asked: Signature) -> None:
    link = link_from_mail(web, episode, asked)
    anybody = Client()
    anybody.post(link, {"typed": "Dana Ortiz"})
    said = {"decline": "1", "reason": "My husband drinks", "typed": "Dana Ortiz", "strokes": "[[[7, 7]]]"}
    assert anybody.post(link, said).status_code == 410
    kept = AccessAttempt.objects.get()
    written_down = f"{kept.path_info} {kept.post_data} {kept.get_data}"
    assert not [one for one in (link.split("/")[2], "husband", "Ortiz", "[7, 7]") if one in written_down]


def test_used_while_it_was_being_used_the_first_signature_stays(
    web: Client, episode: Episode, asked: Signature, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = link_from_mail(web, episode, asked).split("/")[2]
    seen = signing.link_of(token, by.at)
    assert seen
    monkeypatch.setattr(signing, "link_of", lambda *_given: seen)  # both have looked it up before either has signed
    system = replace(by, staff=None, name="Goldthread")
    assert signing.sign_by_link(token=token, typed="Dana Ortiz", by=system)
    assert signing.sign_by_link(token=token, typed="Mallory", by=system) is None
    assert signing.decline_by_link(token=token, reason="No", by=system) is None
    asked.refresh_from_db()
    assert (asked.state, asked.typed) == ("signed", "Dana Ortiz")


def test_reading_by_the_link_is_recorded(web: Client, episode: Episode, asked: Signature) -> None:
    link = link_from_mail(web, episode, asked)
    Client().get(link)
    told = Event.objects.get(action="plans.read_by_link")
    assert (told.client, told.object_id) == (episode.person_id, str(asked.version_id))
