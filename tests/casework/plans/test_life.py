"""A plan from its first word to its review: signed, put to work, amended, looked at again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Q

from goldthread.casework.episodes.models import Episode
from goldthread.casework.needs.actions import raise_need
from goldthread.casework.plans.actions import (
    ProgressItem,
    SignerAsked,
    amend,
    approve,
    ask_for_signatures,
    back_to_draft,
    begin_plan,
    begin_review,
    close_goal,
    decline,
    edit,
    finish_step,
    note_service,
    record_progress,
    reopen_step,
    return_plan,
    sign_here,
    void_progress,
    withdraw,
)
from goldthread.casework.plans.enums import VersionState
from goldthread.casework.plans.models import Goal, Objective, PlannedService, PlanVersion, Signature, Step
from goldthread.casework.plans.queries import open_goals, plan_of, version_in_force
from goldthread.casework.plans.rules.editing import PutLine, RemoveLine, Review, SetPart
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from tests.casework.plans.making import DANA, GOAL, OBJECTIVE, SERVICE, STEP, episode_of, in_force, some_id, written
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
APPROVED = """
template: approved
title: Approved
plan: {approval: true, parts: [vision, risks], source: judgement, review: 6 months}
requirements:
  - {key: plan, title: Plan, due: 30 days, accepts: plan_signed, source: judgement}
  - {key: review, title: Review, every: 6 months, accepts: plan_review, source: judgement}
"""


@pytest.fixture
def worker() -> Staff:
    return StaffFactory()


@pytest.fixture
def by(actor: Actor, worker: Staff) -> Actor:
    return replace(actor, staff=worker.pk)


@pytest.fixture
def episode(worker: Staff, by: Actor) -> Episode:
    return episode_of(worker, by)


def state(version: PlanVersion) -> str:
    return PlanVersion.objects.get(pk=version.pk).state


class TestInForce:
    def test_the_last_signature_puts_it_to_work(self, episode: Episode, by: Actor):
        need = raise_need(person=episode.person, episode=episode, domain="housing", words="A home", by=by)
        version = in_force(episode, by, needs=[str(need.pk)], target_on="2027-03-01")
        assert (version.state, version.starts_on, version.review_on) == (
            "in_force",
            by.today,
            by.today.replace(year=by.today.year + 1),
        )
        goal = Goal.objects.get(pk=GOAL)
        assert (goal.words, goal.state, goal.opened_on, goal.person_id) == (
            "I want my own door",
            "open",
            by.today,
            episode.person_id,
        )
        assert [link.need_id for link in goal.need_links.all()] == [need.pk]
        assert Objective.objects.get(pk=OBJECTIVE).target == "by March"
        assert PlannedService.objects.get(pk=SERVICE).agreed_on == by.today
        task = Task.objects.get(source_kind="step", source_id=STEP)
        assert (task.title, task.due_on.isoformat(), task.owner_id) == ("Apply for the voucher", "2026-12-01", by.staff)
        evidence = Evidence.objects.get(source_kind="plan", source_id=version.pk)
        assert (evidence.kind, evidence.happened_on, evidence.voided) == ("plan_signed", by.today, False)
        assert Task.objects.get(episode=episode, requirement="plan").state == "done"
        assert Entry.objects.get(kind="plan", source_id=version.pk).text == "My own door"
        assert Event.objects.filter(action="plans.in_force", client=episode.person_id).count() == 1

    def test_it_waits_until_everybody_asked_has_answered(self, episode: Episode, by: Actor):
        signers = [DANA, SignerAsked("guardian", "Teresa Ortiz"), SignerAsked("worker", "Renee", staff=by.staff)]
        version = ask_for_signatures(version=written(episode, by), signers=signers, by=by)
        dana, teresa, renee = (version.signatures.get(role=role) for role in ("client", "guardian", "worker"))
        sign_here(signature=renee, how="typed", typed="Renee", by=by)
        sign_here(signature=dana, how="drawn", strokes=[[[n * 10, 500] for n in range(20)]], by=by)
        assert state(version) == VersionState.SIGNING
        decline(signature=teresa, reason="She wants to think about it", by=by)
        assert state(version) == VersionState.IN_FORCE

    def test_a_goal_for_a_need_of_somebody_else_is_not_linked(self, episode: Episode, by: Actor):
        other = raise_need(person=episode_of(StaffFactory(), by).person, domain="housing", words="Not hers", by=by)
        in_force(episode, by, needs=[str(other.pk)])
        assert Goal.objects.get(pk=GOAL).need_links.count() == 0

    def test_signing_twice_is_signing_once(self, episode: Episode, by: Actor):
        version = in_force(episode, by)
        dana = version.signatures.get(role="client")
        assert sign_here(signature=dana, how="typed", typed="Somebody", by=by).typed == "Dana Ortiz"
        assert Entry.objects.filter(kind="plan").count() == 1

    def test_a_worker_signs_for_nobody_but_themselves(self, episode: Episode, by: Actor):
        other = SignerAsked("worker", "Gloria", staff=StaffFactory().pk)
        version = ask_for_signatures(version=written(episode, by), signers=[DANA, other], by=by)
        with pytest.raises(DomainError, match="themselves"):
            sign_here(signature=version.signatures.get(role="worker"), how="typed", typed="Gloria", by=by)

    @pytest.mark.parametrize(
        ("how", "given"),
        [
            ("drawn", {"strokes": []}),
            ("drawn", {"strokes": [[[5, 5]]]}),
            ("drawn", {"strokes": [[[n, 2000] for n in range(20)]]}),
            ("drawn", {"strokes": [["x"] * 20]}),
            ("typed", {"typed": "  "}),
            ("telepathy", {}),
        ],
    )
    def test_what_is_no_signature_is_refused(self, episode: Episode, by: Actor, how: str, given: dict):
        version = ask_for_signatures(version=written(episode, by), signers=[DANA], by=by)
        with pytest.raises(DomainError):
            sign_here(signature=version.signatures.get(), how=how, by=by, **given)
        assert state(version) == VersionState.SIGNING


class TestWriting:
    def test_beginning_twice_opens_the_same_draft(self, episode: Episode, by: Actor):
        form = new_id()
        first = begin_plan(episode=episode, person=episode.person, by=by, form_id=form)
        assert begin_plan(episode=episode, person=episode.person, by=by, form_id=form) == first
        assert begin_plan(episode=episode, person=episode.person, by=by) == first

    def test_two_people_write_in_different_places_and_both_stay(self, episode: Episode, by: Actor):
        version = written(episode, by)
        edit(version=version, edits=[PutLine("goals", GOAL, {"target_on": "2027-03-01"}, {"target_on": ""})], by=by)
        now = edit(version=version, edits=[PutLine("goals", GOAL, {"domain": "family"}, {"domain": "housing"})], by=by)
        (goal,) = now.content["lines"]["goals"]
        assert (goal["target_on"], goal["domain"]) == ("2027-03-01", "family")

    def test_two_people_write_in_one_place_and_the_second_sees_both(self, episode: Episode, by: Actor):
        version = written(episode, by)
        edit(version=version, edits=[SetPart("vision", "A house by the sea", "My own door")], by=by)
        with pytest.raises(EditConflict) as caught:
            edit(version=version, edits=[SetPart("vision", "A flat in town", "My own door")], by=by)
        (clash,) = caught.value.conflicts
        assert (clash.mine, clash.theirs) == ("A flat in town", "A house by the sea")

    def test_what_waits_for_signatures_is_not_changed(self, episode: Episode, by: Actor):
        version = ask_for_signatures(version=written(episode, by), signers=[DANA], by=by)
        with pytest.raises(DomainError, match="waits for signatures"):
            edit(version=version, edits=[SetPart("vision", "Else", "My own door")], by=by)
        back_to_draft(version=version, reason="A typing error", by=by)
        edit(version=version, edits=[SetPart("vision", "Else", "My own door")], by=by)
        assert {one.state for one in Signature.objects.filter(version=version)} == {"withdrawn"}
        again = ask_for_signatures(version=version, signers=[DANA], by=by)
        assert again.signatures.filter(state="asked").count() == 1

    def test_what_is_missing_keeps_it_from_being_signed(self, episode: Episode, by: Actor):
        version = begin_plan(episode=episode, person=episode.person, by=by)
        with pytest.raises(DomainError, match="no goal yet"):
            ask_for_signatures(version=version, signers=[DANA], by=by)
        edit(version=version, edits=[PutLine("goals", GOAL, {"words": "A dog"})], by=by)
        with pytest.raises(DomainError, match="Nobody does anything"):
            ask_for_signatures(version=version, signers=[DANA], by=by)

    def test_nobody_but_the_worker_asked_is_no_plan_of_the_person(self, episode: Episode, by: Actor):
        with pytest.raises(DomainError, match="Ask the person"):
            ask_for_signatures(
                version=written(episode, by), signers=[SignerAsked("worker", "R", staff=by.staff)], by=by
            )

    def test_a_plan_copied_from_another_says_so_and_has_lines_of_its_own(self, worker: Staff, by: Actor):
        last_year = in_force(episode_of(worker, by), by)
        episode = episode_of(worker, by)
        version = begin_plan(episode=episode, person=episode.person, by=by, copied_from=last_year)
        assert version.copied_from == last_year
        assert version.content["parts"] == {"vision": "My own door"}
        (goal,), (step,) = version.content["lines"]["goals"], version.content["lines"]["steps"]
        assert goal["id"] not in (GOAL, "")
        assert step["goal"] == goal["id"]

    def test_nothing_is_begun_after_the_discharge(self, episode: Episode, by: Actor):
        Episode.objects.filter(pk=episode.pk).update(discharged_on=by.today)
        with pytest.raises(DomainError, match="ended"):
            begin_plan(episode=episode, person=episode.person, by=by)

    def test_a_draft_is_given_up_with_a_reason(self, episode: Episode, by: Actor):
        version = written(episode, by)
        with pytest.raises(DomainError, match="why"):
            withdraw(version=version, reason=" ", by=by)
        withdraw(version=version, reason="Wrong program", by=by)
        assert state(version) == VersionState.WITHDRAWN
        assert begin_plan(episode=episode, person=episode.person, by=by).number == 2


class TestApproval:
    @pytest.fixture
    def episode(self, worker: Staff, by: Actor) -> Episode:
        return episode_of(worker, by, APPROVED)

    @pytest.fixture
    def version(self, episode: Episode, by: Actor) -> PlanVersion:
        draft = written(episode, by)
        with pytest.raises(DomainError, match="Risks"):
            ask_for_signatures(version=draft, signers=[DANA], by=by)
        risk = PutLine("risks", some_id(), {"words": "The landlord sells", "backup": "Her sister's room"})
        edit(version=draft, edits=[risk], by=by)
        return ask_for_signatures(version=draft, signers=[DANA], by=by)

    def test_signed_it_waits_for_the_supervisor(self, version: PlanVersion, by: Actor):
        sign_here(signature=version.signatures.get(), how="typed", typed="Dana", by=by)
        assert state(version) == VersionState.SIGNING
        approve(version=version, by=replace(by, staff=StaffFactory().pk))
        assert state(version) == VersionState.IN_FORCE

    def test_nobody_approves_their_own(self, version: PlanVersion, by: Actor):
        with pytest.raises(DomainError, match="second person"):
            approve(version=version, by=by)

    def test_returned_it_is_a_draft_again_with_the_comment(self, version: PlanVersion, by: Actor):
        supervisor = replace(by, staff=StaffFactory().pk)
        with pytest.raises(DomainError, match="change"):
            return_plan(version=version, comment="", by=supervisor)
        found = return_plan(version=version, comment="Whose voucher?", by=supervisor)
        assert (found.state, found.return_comment, found.digest) == ("draft", "Whose voucher?", "")


class TestAmending:
    def test_an_amendment_keeps_what_stays_and_stops_what_is_gone(self, episode: Episode, by: Actor):
        first = in_force(episode, by)
        with pytest.raises(DomainError, match="why"):
            amend(plan=first.plan, reason="", by=by)
        version = amend(plan=first.plan, reason="She found a flat", by=by)
        assert amend(plan=first.plan, reason="Again", by=by) == version
        new_goal, new_step = some_id(), some_id()
        edits = [
            RemoveLine("goals", GOAL),
            PutLine("goals", new_goal, {"words": "I want to keep my flat"}),
            PutLine("steps", new_step, {"words": "Pay rent", "goal": new_goal, "owner_kind": "client"}),
        ]
        edit(version=version, edits=edits, by=by)
        asked = ask_for_signatures(version=version, signers=[DANA], by=by)
        sign_here(signature=asked.signatures.get(), how="typed", typed="Dana", by=by)
        assert (state(first), state(version)) == ("past", "in_force")
        assert Goal.objects.get(pk=GOAL).state == "stopped"
        assert Step.objects.get(pk=STEP).state == "dropped"
        assert Task.objects.get(source_kind="step", source_id=STEP).state == "cancelled"
        assert [goal.words for goal in open_goals(episode.person, Q())] == ["I want to keep my flat"]
        assert PlannedService.objects.get(pk=SERVICE).goal_id is None  # it serves the whole plan now

    def test_a_review_says_of_each_goal_what_became_of_it(self, worker: Staff, by: Actor):
        episode = episode_of(worker, by, APPROVED.replace("approval: true, parts: [vision, risks], ", ""))
        first = in_force(episode, by)
        later = replace(by, today=by.today + timedelta(days=180), at=by.at + timedelta(days=180))
        version = begin_review(plan=first.plan, by=later)
        with pytest.raises(DomainError, match="what became of"):
            ask_for_signatures(version=version, signers=[DANA], by=later)
        edit(version=version, edits=[Review(GOAL, "met", "Moved in on 2 May")], by=later)
        asked = ask_for_signatures(version=version, signers=[DANA], by=later)
        sign_here(signature=asked.signatures.get(), how="typed", typed="Dana", by=later)
        goal = Goal.objects.get(pk=GOAL)
        assert (goal.state, goal.closed_on, goal.outcome) == ("met", later.today, "Moved in on 2 May")
        assert {row.kind for row in Evidence.objects.filter(source_id=version.pk)} == {"plan_signed", "plan_review"}
        assert Task.objects.get(source_kind="step", source_id=STEP).state == "cancelled"


class TestAtWork:
    def test_a_step_done_closes_its_task_and_can_be_taken_back(self, episode: Episode, by: Actor):
        in_force(episode, by)
        step = Step.objects.get(pk=STEP)
        finish_step(step=step, done_on=by.today, by=by)
        task = Task.objects.get(source_kind="step", source_id=STEP)
        assert (task.state, Step.objects.get(pk=STEP).done_on) == ("done", by.today)
        reopen_step(step=step, by=by)
        task.refresh_from_db()
        assert (task.state, task.done_on, Step.objects.get(pk=STEP).state) == ("open", None, "open")

    def test_a_step_is_not_done_tomorrow(self, episode: Episode, by: Actor):
        in_force(episode, by)
        with pytest.raises(DomainError, match="not come yet"):
            finish_step(step=Step.objects.get(pk=STEP), done_on=by.today + timedelta(days=1), by=by)

    def test_progress_keeps_the_day_of_the_last_contact(self, episode: Episode, by: Actor):
        in_force(episode, by)
        goal, visit, call = Goal.objects.get(pk=GOAL), new_id(), new_id()
        told = {"source_kind": "contact", "person": episode.person, "by": by}
        item = ProgressItem(goal.pk, "well", objective=Objective.objects.get().pk, value="2 of 3")
        record_progress(source_id=visit, on=by.today - timedelta(days=3), items=[item], **told)
        record_progress(source_id=call, on=by.today - timedelta(days=9), items=[replace(item, value="1 of 3")], **told)
        goal.refresh_from_db()
        assert goal.last_contact_on == by.today - timedelta(days=3)
        assert Objective.objects.get().latest == "2 of 3"
        void_progress(source_kind="contact", source_id=visit, by=by)
        goal.refresh_from_db()
        assert goal.last_contact_on == by.today - timedelta(days=9)
        assert Objective.objects.get().latest == "1 of 3"

    def test_progress_toward_somebody_elses_goal_is_refused(self, episode: Episode, by: Actor):
        in_force(episode, by)
        stranger = episode_of(StaffFactory(), by).person
        with pytest.raises(DomainError, match="not in the plan"):
            record_progress(
                source_kind="contact",
                source_id=new_id(),
                person=stranger,
                on=by.today,
                items=[ProgressItem(Goal.objects.get().pk, "well")],
                by=by,
            )

    def test_a_service_is_confirmed_started_ended_and_judged(self, episode: Episode, by: Actor):
        in_force(episode, by)
        service = PlannedService.objects.get()
        note_service(service=service, confirmed_on=by.today, started_on=by.today, by=by)
        with pytest.raises(DomainError, match="before the first"):
            note_service(service=service, ended_on=by.today - timedelta(days=1), by=by)
        found = note_service(service=service, ended_on=by.today, helped="some", helped_words="A little", by=by)
        assert (found.confirmed_on, found.helped, found.helped_words) == (by.today, "some", "A little")

    def test_a_goal_met_between_reviews_drops_its_open_steps(self, episode: Episode, by: Actor):
        in_force(episode, by)
        goal = Goal.objects.get()
        with pytest.raises(DomainError, match="why"):
            close_goal(goal=goal, state="stopped", outcome="", by=by)
        close_goal(goal=goal, state="met", outcome="Has the keys", by=by)
        assert (Goal.objects.get().state, Step.objects.get().state) == ("met", "dropped")
        assert Task.objects.get(source_kind="step").state == "cancelled"

    def test_the_version_in_force_is_found(self, episode: Episode, by: Actor):
        version = in_force(episode, by)
        plan = plan_of(episode)
        assert plan is not None
        assert version_in_force(plan) == version
