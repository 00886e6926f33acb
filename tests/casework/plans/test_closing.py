"""What is closed between reviews, and with the episode; who approves; and two versions begun at once."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans import actions
from goldthread.casework.plans.actions import SignerAsked
from goldthread.casework.plans.enums import VersionState
from goldthread.casework.plans.models import Goal, PlanVersion, Signature, Step
from goldthread.casework.plans.rules.copies import untouched
from goldthread.casework.plans.rules.document import copy_of, empty
from goldthread.casework.plans.rules.editing import PutLine, RemoveLine, Review, SetPart, apply
from goldthread.casework.schedule.actions import ending
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from tests.casework.caseload.programs import within_the_agency
from tests.casework.plans.making import DANA, GOAL, OTHER_GOAL, SERVICE, STEP, WORKER, episode_of, in_force, written
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
OTHER_STEP = str(new_id())


@pytest.fixture
def worker() -> Staff:
    return StaffFactory()


@pytest.fixture
def by(worker: Staff, actor: Actor) -> Actor:
    return replace(actor, staff=worker.pk, name=WORKER)


@pytest.fixture
def episode(worker: Staff, by: Actor) -> Episode:
    return episode_of(worker, by)


def signed(version: PlanVersion, by: Actor) -> PlanVersion:
    asked = actions.ask_for_signatures(version=version, signers=[DANA], by=by)
    actions.sign_here(signature=asked.signatures.get(state="asked"), how="typed", typed="Dana", by=by)
    return PlanVersion.objects.get(pk=version.pk)


def task_of(step: str) -> str:
    return Task.objects.get(source_kind="step", source_id=step).state


def goal() -> Goal:
    return Goal.objects.get(pk=GOAL)


def step() -> Step:
    return Step.objects.get(pk=STEP)


class TestBetweenReviews:
    def test_a_goal_is_closed_with_its_steps_and_opened_again_with_them(self, episode: Episode, by: Actor):
        in_force(episode, by)
        actions.close_goal(goal=goal(), state="met", outcome="Has the key", by=by)
        assert (goal().state, goal().closed_on, step().state, task_of(STEP)) == (
            "met",
            by.today,
            "dropped",
            "cancelled",
        )
        actions.reopen_goal(goal=goal(), by=by)
        assert (goal().state, goal().closed_on, step().state, task_of(STEP)) == ("open", None, "open", "open")

    def test_a_step_given_up_by_itself_stays_so_when_its_goal_is_opened_again(self, episode: Episode, by: Actor):
        in_force(episode, by)
        actions.drop_step(step=step(), reason="The office closed", by=by)
        actions.close_goal(goal=goal(), state="stopped", outcome="Not now", by=by)
        actions.reopen_goal(goal=goal(), by=by)
        assert (step().state, step().why_dropped) == ("dropped", "The office closed")
        actions.reopen_step(step=step(), by=by)
        assert (step().state, step().why_dropped, task_of(STEP)) == ("open", "", "open")

    def test_a_step_is_dropped_with_a_reason_alone(self, episode: Episode, by: Actor):
        in_force(episode, by)
        with pytest.raises(DomainError, match="why"):
            actions.drop_step(step=step(), reason=" ", by=by)
        actions.finish_step(step=step(), done_on=by.today, by=by)
        with pytest.raises(DomainError, match="done"):
            actions.drop_step(step=step(), reason="No", by=by)

    def test_an_amendment_opens_nothing_that_was_closed_or_dropped(self, episode: Episode, by: Actor):
        version = in_force(episode, by)
        more = [
            PutLine("goals", OTHER_GOAL, {"words": "Swim", "domain": "health"}),
            PutLine("steps", OTHER_STEP, {"words": "Pool", "goal": OTHER_GOAL, "owner_kind": "client"}),
        ]
        signed(actions.edit(version=actions.amend(plan=version.plan, reason="More", by=by), edits=more, by=by), by)
        actions.close_goal(goal=goal(), state="met", outcome="Has the key", by=by)
        actions.drop_step(step=Step.objects.get(pk=OTHER_STEP), reason="Too far", by=by)
        signed(actions.amend(plan=version.plan, reason="Again", by=by), by)
        assert (goal().state, goal().outcome, step().state) == ("met", "Has the key", "dropped")
        assert Step.objects.get(pk=OTHER_STEP).state == "dropped"

    def test_a_review_finds_what_was_said_when_the_goal_was_closed_and_the_next_version_is_without_it(
        self, episode: Episode, by: Actor
    ):
        version = in_force(episode, by)
        actions.close_goal(goal=goal(), state="met", outcome="Has the key", by=by)
        review = actions.begin_review(plan=version.plan, by=by)
        assert review.content["review"] == {GOAL: {"answer": "met", "why": "Has the key"}}
        more = [
            PutLine("goals", OTHER_GOAL, {"words": "Swim", "domain": "health"}),
            PutLine("steps", OTHER_STEP, {"words": "Pool", "goal": OTHER_GOAL, "owner_kind": "client"}),
            Review(OTHER_GOAL, "keep", ""),
        ]
        signed(actions.edit(version=review, edits=more, by=by), by)
        after = actions.amend(plan=version.plan, reason="Later", by=by)
        assert [one["id"] for one in after.content["lines"]["goals"]] == [OTHER_GOAL]
        assert [one["id"] for one in after.content["lines"]["steps"]] == [OTHER_STEP]
        assert [(one["id"], one["goal"]) for one in after.content["lines"]["services"]] == [(SERVICE, "")]
        signed(after, by)
        assert (goal().state, goal().outcome) == ("met", "Has the key")
        with pytest.raises(DomainError, match="not in the plan"):
            actions.reopen_goal(goal=goal(), by=by)

    def test_a_step_taken_back_in_a_note_after_its_goal_was_closed_opens_no_task(self, episode: Episode, by: Actor):
        in_force(episode, by)
        actions.finish_step(step=step(), done_on=by.today, source_id=new_id(), by=by)
        actions.close_goal(goal=goal(), state="met", outcome="", by=by)
        actions.reopen_step(step=step(), by=by)
        assert (step().state, step().done_on, task_of(STEP)) == ("dropped", None, "done")


class TestTheEndOfTheEpisode:
    def end(self, episode: Episode, by: Actor) -> None:
        ending.discharge(episode=episode, discharged_on=by.today, reason="moved", by=by)

    def test_tasks_and_a_version_that_waits_end_with_it_and_come_back(self, episode: Episode, by: Actor):
        version = in_force(episode, by)
        amended = actions.amend(plan=version.plan, reason="More", by=by)
        actions.ask_for_signatures(version=amended, signers=[DANA], by=by)
        secret = actions.new_link(signature=amended.signatures.get(), email="dana@example.org", by=by).secret
        self.end(episode, by)
        assert task_of(STEP) == "cancelled"
        assert PlanVersion.objects.get(pk=amended.pk).state == VersionState.WITHDRAWN
        assert PlanVersion.objects.get(pk=version.pk).state == VersionState.IN_FORCE
        assert actions.link_of(secret, by.at) is None
        ended = Episode.objects.get(pk=episode.pk)
        with pytest.raises(DomainError, match="ended"):
            actions.amend(plan=type(version.plan).objects.get(pk=version.plan_id), reason="Late", by=by)
        later = replace(by, at=by.at + timedelta(minutes=5))
        ending.undo_discharge(episode=ended, by=later)
        found = PlanVersion.objects.get(pk=amended.pk)
        assert (found.state, found.reason, task_of(STEP)) == (VersionState.SIGNING, "More", "open")
        assert actions.link_of(secret, by.at) is not None

    def test_a_draft_comes_back_as_a_draft(self, episode: Episode, by: Actor):
        version = written(episode, by)
        self.end(episode, by)
        assert PlanVersion.objects.get(pk=version.pk).state == VersionState.WITHDRAWN
        ending.undo_discharge(episode=Episode.objects.get(pk=episode.pk), by=by)
        assert PlanVersion.objects.get(pk=version.pk).state == VersionState.DRAFT


class TestSecondPairOfEyes:
    def test_nobody_who_wrote_in_it_approves_it(self, episode: Episode, by: Actor):
        begun = actions.begin_plan(episode=episode, person=episode.person, by=by)
        editor, other = (replace(by, staff=StaffFactory().pk) for _n in range(2))
        pool = PutLine("steps", STEP, {"words": "Pool", "goal": GOAL, "owner_kind": "client"})
        actions.edit(version=begun, edits=[PutLine("goals", GOAL, {"words": "Swim"})], by=editor)
        actions.edit(version=begun, edits=[pool], by=by)
        version = actions.ask_for_signatures(version=begun, signers=[DANA], by=by)
        for who in (by, editor):
            with pytest.raises(DomainError, match="second person"):
                actions.approve(version=version, by=who)
        assert actions.approve(version=version, by=other).approved_by_id == other.staff


class TestSignersTakenOff:
    def asked(self, episode: Episode, by: Actor) -> dict[str, Signature]:
        signers = [DANA, SignerAsked("guardian", "Lena"), SignerAsked("worker", WORKER, staff=by.staff)]
        version = actions.ask_for_signatures(version=written(episode, by), signers=signers, by=by)
        return {one.role: one for one in version.signatures.all()}

    def test_they_are_put_back_as_long_as_the_version_waits(self, episode: Episode, by: Actor):
        asked = self.asked(episode, by)
        actions.take_off(signature=asked["guardian"], reason="Lives abroad", by=by)
        actions.put_back(signature=asked["guardian"], by=by)
        found = Signature.objects.get(pk=asked["guardian"].pk)
        assert (found.state, found.reason) == ("asked", "")
        actions.take_off(signature=found, reason="Lives abroad", by=by)
        actions.back_to_draft(version=found.version, reason="A word", by=by)
        actions.ask_for_signatures(
            version=PlanVersion.objects.get(pk=found.version_id),
            signers=[DANA],
            by=replace(by, at=by.at + timedelta(1)),
        )
        with pytest.raises(DomainError, match="does not wait"):
            actions.put_back(signature=found, by=by)

    def test_somebody_but_the_worker_is_always_asked(self, episode: Episode, by: Actor):
        asked = self.asked(episode, by)
        actions.take_off(signature=asked["guardian"], reason="Lives abroad", by=by)
        with pytest.raises(DomainError, match="Ask the person"):
            actions.take_off(signature=asked["client"], reason="Away", by=by)


def test_what_of_a_copy_nobody_has_changed_is_known_by_its_words() -> None:
    earlier = empty()
    for one in (
        SetPart("vision", "My door"),
        SetPart("crisis", "Call Lena"),
        PutLine("goals", GOAL, {"words": "Swim", "domain": "health", "target_on": "2026-03-01"}),
        PutLine("steps", STEP, {"words": "Pool", "goal": GOAL, "owner_kind": "client"}),
    ):
        earlier = apply(earlier, one)
    copy = copy_of(earlier, new_ids=iter(new_id, None))
    (goal_line,), (step_line,) = copy["lines"]["goals"], copy["lines"]["steps"]
    assert untouched(copy, earlier) == {"vision", "crisis", goal_line["id"], step_line["id"]}
    copy = apply(copy, SetPart("vision", "My own door", "My door"))
    copy = apply(copy, PutLine("goals", goal_line["id"], {"target_on": "2027-03-01"}))
    assert untouched(copy, earlier) == {"crisis", step_line["id"]}


def test_who_took_part_belongs_to_one_version_and_stays_when_its_meeting_is_taken_away() -> None:
    meeting, lena = str(new_id()), str(new_id())
    content = apply(empty(), PutLine("meetings", meeting, {"words": "Yearly review", "on": "2026-11-03"}))
    content = apply(
        content,
        PutLine("participants", lena, {"words": "Lena", "meeting": meeting, "chosen_by": "client", "came": "yes"}),
    )
    assert copy_of(content)["lines"] == {}
    without = apply(content, RemoveLine("meetings", meeting))
    assert without["lines"]["participants"] == [
        {"id": lena, "words": "Lena", "meeting": "", "chosen_by": "client", "came": "yes"}
    ]
    with pytest.raises(DomainError):
        apply(content, PutLine("participants", lena, {"came": "perhaps"}))


@pytest.mark.django_db(transaction=True)
def test_a_plan_begun_again_and_amended_at_once_has_one_new_version(worker: Staff, by: Actor) -> None:
    episode = episode_of(worker, by, on=date(2026, 1, 5))
    version = in_force(episode, by)
    start, failed = threading.Barrier(2), []

    def run(deed: object) -> None:
        try:
            within_the_agency()
            start.wait(20)
            deed()  # type: ignore[operator]
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    deeds = [
        lambda: actions.begin_plan(episode=episode, person=episode.person, by=by),
        lambda: actions.amend(plan=version.plan, reason="More", by=by),
    ]
    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not failed
    assert sorted(PlanVersion.objects.values_list("number", flat=True)) == [1, 2]
