"""Writes needs, plans in force and what was done toward their goals, as rows: the plans were signed on the days on which the
demo's papers say so, and the notes are those that were written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from goldthread.casework.needs.models import Need
from goldthread.casework.plans.actions.putting_in_force import STEP, title_of
from goldthread.casework.plans.enums import GoalState, StepState, VersionKind, VersionState
from goldthread.casework.plans.models import (
    Goal,
    GoalNeed,
    Objective,
    Plan,
    PlannedService,
    PlanVersion,
    Progress,
    Signature,
    Step,
)
from goldthread.casework.plans.rules.document import digest_of
from goldthread.casework.plans.rules.review import review_on
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.record.rules import searchable
from goldthread.casework.tasks.models import Elsewhere, Task
from goldthread.doors.demo.past import ZONE, Past
from goldthread.doors.demo.people import SEED
from goldthread.doors.demo.threads.facts import write_down
from goldthread.doors.demo.threads.found import Findings, fits
from goldthread.doors.demo.threads.loom import Loom
from goldthread.doors.demo.threads.strands import STRANDS, STRENGTHS_OF, VISION, Strand
from goldthread.doors.demo.work.enrolling import Care
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.rules.template import PLAN_RULES
from goldthread.foundation.workforce.models import Staff

SILENT = 70
"""Days without a contact toward the goals that are meant to be silent."""
STALE = 25
"""After so many days without a contact toward a goal, the next contact is about it, too."""
TORN = {
    "goal": 0.05,
    "silent": 0.06,
    "unconfirmed": 0.06,
    "late": 0.04,
    "unsigned": 0.04,
    "unknown": 0.05,
    "idle": 0.03,
}
"""How often a thread is broken in which way."""


def weave(past: Past, cares: Sequence[Care]) -> None:
    """Threads for everybody served for two months or longer."""
    rng, loom = Random(SEED + 8), Loom()  # noqa: S311  chance, not secrets
    planned, told = _planned(), _contacts()
    findings = Findings(past, Random(SEED + 9))  # noqa: S311  as above
    for care in cares:
        if care.episode.discharged_on is None and care.worker and care.episode.enrolled_on < past.day(60):
            needs = _of_care(past, care, care.worker, planned.get(care.episode.pk), told, rng, loom)
            findings.tell(care, needs)
    loom.write()
    Entry.objects.filter(kind=EntryKind.CONTACT, source_id__in=Progress.objects.values("source_id")).update(served=True)
    findings.write()
    write_down(past, cares, loom.rows[Need], Random(SEED + 10))  # noqa: S311  as above


def _planned() -> dict[UUID, date]:
    """Episode → the first day on which a paper says that a plan was signed."""
    rows = Elsewhere.objects.filter(kind=EventKind.PLAN_SIGNED, voided=False).order_by("-done_on")
    return dict(rows.values_list("episode", "done_on"))


def _contacts() -> dict[tuple[UUID, UUID], list[tuple[UUID, datetime]]]:
    """(Episode, client) → contacts, first to last."""
    found: dict[tuple[UUID, UUID], list[tuple[UUID, datetime]]] = defaultdict(list)
    rows = Entry.objects.filter(kind=EntryKind.CONTACT, voided=False, episode__isnull=False).order_by("happened_at")
    for episode, person, source, at in rows.values_list("episode", "person", "source_id", "happened_at"):
        found[episode, person].append((source, at))
    return found


def _of_care(
    past: Past,
    care: Care,
    worker: Staff,
    planned_on: date | None,
    told: dict[tuple[UUID, UUID], list[tuple[UUID, datetime]]],
    rng: Random,
    loom: Loom,
) -> list[Need]:
    fitting = [one for one in STRANDS if care.offer.template in one.templates and fits(one.domain, care, past.today)]
    drawn = rng.sample(fitting, min(len(fitting), rng.choice([2, 3, 3, 4])))
    began = planned_on or past.day(45)
    needs = [_need(care, worker, one, place, began, rng, loom) for place, one in enumerate(drawn, start=1)]
    if planned_on is None:
        return needs
    torn = [_torn(rng) for _ in drawn]
    weft = Weft(past, care, worker, planned_on, rng, loom)
    plan = weft.plan("unsigned" in torn, drawn)
    threads = [one for one in zip(drawn, needs, torn, strict=True) if one[2] != "goal"]
    goals = [weft.goal(plan, *thread, place) for place, thread in enumerate(threads)]
    weft.contacts(goals, told.get((care.episode.pk, plan.person_id), []))
    return needs


def _torn(rng: Random) -> str:
    chance = rng.random()
    for how, share in TORN.items():
        if chance < share:
            return how
        chance -= share
    return ""


def _need(care: Care, worker: Staff, strand: Strand, place: int, began: date, rng: Random, loom: Loom) -> Need:
    own = rng.random() < 0.5
    raised = began - timedelta(days=rng.randint(3, 20))
    need: Need = loom.add(
        Need(
            person=care.clients[0],
            episode=care.episode,
            domain=strand.domain,
            words=strand.need,
            strength=rng.choice([2, 2, 3]),
            own_words=own,
            rank=place if own else None,
            raised_on=raised,
            raised_by=worker,
            raised_at=_noon(raised),
            labels=care.episode.labels,
        )
    )
    _line(loom, care, worker, EntryKind.NEED, "need", need.pk, raised, need.words, {"state": "open", "own_words": own})
    return need


@dataclass
class Weft:
    """The plan of one episode in the making."""

    past: Past
    care: Care
    worker: Staff
    on: date
    rng: Random
    loom: Loom
    silent: set[UUID] = field(default_factory=set)

    def plan(self, unsigned: bool, strands: Sequence[Strand]) -> Plan:
        labels, person = self.care.episode.labels, self.care.clients[0]
        at = _noon(self.on)
        plan: Plan = self.loom.add(
            Plan(episode=self.care.episode, person=person, made_by=self.worker, made_at=at, labels=labels)
        )
        parts = {"vision": VISION[self.care.offer.template], "strengths": self.rng.choice(STRENGTHS_OF)}
        self.version = self.loom.add(
            PlanVersion(
                plan=plan,
                number=1,
                kind=VersionKind.FIRST,
                state=VersionState.IN_FORCE,
                content={"parts": parts, "lines": defaultdict(list), "review": {}},
                starts_on=self.on,
                review_on=review_on(self.on, PLAN_RULES.review),
                made_by=self.worker,
                made_at=at,
                saved_at=at,
                in_force_at=at,
                labels=labels,
            )
        )
        self.unsigned = unsigned
        _line(self.loom, self.care, self.worker, EntryKind.PLAN, "plan", self.version.pk, self.on, "", {"number": 1})
        return plan

    def goal(self, plan: Plan, strand: Strand, need: Need, how: str, place: int) -> Goal:
        """A goal with its objective, steps and service, and the lines of the document that they are made of."""
        met = how == "" and self.on < self.past.day(200) and self.rng.random() < 0.3
        weeks = self.rng.randint(20, 50)
        target = self.past.day(20) if how == "late" else max(self.on, self.past.today) + timedelta(weeks=weeks)
        goal: Goal = self.loom.add(
            Goal(
                plan=plan,
                person=plan.person,
                episode=plan.episode,
                words=strand.goal,
                domain=strand.domain,
                state=GoalState.MET if met else GoalState.OPEN,
                opened_on=self.on,
                target_on=target,
                closed_on=self.past.day(self.rng.randint(5, 90)) if met else None,
                outcome=strand.reached if met else "",
                position=place,
                labels=plan.labels,
            )
        )
        if met:
            need.state, need.closed_on = "met", goal.closed_on
        if how == "silent":
            self.silent.add(goal.pk)
        self.loom.add(GoalNeed(goal=goal, need=need))
        said = {"words": goal.words, "domain": goal.domain, "needs": [str(need.pk)], "target_on": target.isoformat()}
        self._write("goals", goal.pk, said)
        self._objective(goal, strand)
        if how != "idle":
            self._steps(goal, strand, met)
        self._service(plan, goal, strand, how, met)
        return goal

    def _objective(self, goal: Goal, strand: Strand) -> None:
        row = self.loom.add(Objective(goal=goal, words=strand.objective, measure=strand.measure, labels=goal.labels))
        self._write("objectives", row.pk, {"words": row.words, "measure": row.measure, "goal": str(goal.pk)})

    def _steps(self, goal: Goal, strand: Strand, met: bool) -> None:
        for place, (who, name, words) in enumerate(strand.steps):
            done = met or self.rng.random() < 0.5
            weeks = self.rng.randint(4, 16)
            due = self.on + timedelta(weeks=weeks) if done else self.past.today + timedelta(days=10 + 3 * weeks)
            row = self.loom.add(
                Step(
                    goal=goal,
                    words=words,
                    owner_kind=who,
                    owner_words=name,
                    due_on=due,
                    state=StepState.DONE if done else StepState.OPEN,
                    done_on=min(due, self.past.day(4)) if done else None,
                    position=place,
                    labels=goal.labels,
                )
            )
            if not done:
                self._task(row)
            said = {"words": words, "goal": str(goal.pk), "owner_kind": str(who), "owner_words": name}
            self._write("steps", row.pk, said | {"due_on": due.isoformat()})

    def _task(self, step: Step) -> None:
        self.loom.add(
            Task(
                title=title_of(step),
                client=step.goal.person,
                episode=self.care.episode,
                owner=self.worker,
                due_on=step.due_on,
                remind_on=step.due_on,
                minutes=15,
                source_kind=STEP,
                source_id=step.pk,
                made_by=self.worker.pk,
                made_at=_noon(self.on),
                labels=step.labels,
            )
        )

    def _service(self, plan: Plan, goal: Goal, strand: Strand, how: str, met: bool) -> None:
        words, provider, often = strand.service
        started = None if how == "unconfirmed" else self.on + timedelta(days=self.rng.randint(4, 25))
        ended = self.past.day(self.rng.randint(20, 60)) if (met or how == "unknown") and started else None
        row = self.loom.add(
            PlannedService(
                plan=plan,
                goal=goal,
                words=words,
                provider_words=provider,
                frequency=often,
                agreed_on=self.on,
                confirmed_on=started,
                started_on=started,
                ended_on=max(ended, started) if ended and started else None,
                helped="yes" if met else "",
                labels=plan.labels,
            )
        )
        said = {"words": words, "goal": str(goal.pk), "provider_words": provider, "frequency": often}
        self._write("services", row.pk, said)

    def _write(self, kind: str, pk: UUID, said: dict[str, Any]) -> None:
        self.version.content["lines"][kind].append({"id": str(pk)} | said)

    def contacts(self, goals: Sequence[Goal], told: Sequence[tuple[UUID, datetime]]) -> None:
        """Each contact since the plan moved one of its goals, but for a few; then the document is closed and signed."""
        for source, at in told:
            day = at.astimezone(ZONE).date()
            open_then = [goal for goal in goals if day >= self.on and not self._rests(goal, day)]
            if not open_then or (day > self.past.day(100) and self.rng.random() < 0.02):
                continue
            stale = [goal for goal in open_then if (day - (goal.last_contact_on or self.on)).days > STALE]
            for goal in stale or [self.rng.choice(open_then)]:
                self._progress(goal, source, day, at)
        self._close()

    def _rests(self, goal: Goal, day: date) -> bool:
        over = goal.closed_on is not None and day > goal.closed_on
        return over or (goal.pk in self.silent and day > self.past.day(SILENT))

    def _progress(self, goal: Goal, source: UUID, day: date, at: datetime) -> None:
        goal.last_contact_on = max(goal.last_contact_on or day, day)
        self.loom.add(
            Progress(
                goal=goal,
                person=goal.person,
                on=day,
                went=self.rng.choice(["little", "little", "well", "well", "stuck"]),
                source_kind="contact",
                source_id=source,
                recorded_by=self.worker,
                recorded_at=at,
                labels=goal.labels,
            )
        )

    def _close(self) -> None:
        version = self.version
        version.content["lines"] = dict(version.content["lines"])
        version.digest = digest_of(version.content)
        asked = _noon(self.on - timedelta(days=2))
        for role, name, staff in (
            ("client", version.plan.person.display_name, None),
            ("worker", self.worker.name, self.worker),
        ):
            signed = not (self.unsigned and role == "client")
            self.loom.add(
                Signature(
                    version=version,
                    role=role,
                    name=name,
                    staff=staff,
                    person=None if staff else version.plan.person,
                    state="signed" if signed else "asked",
                    how="typed" if signed else "",
                    typed=name if signed else "",
                    digest=version.digest if signed else "",
                    at=version.in_force_at if signed else None,
                    asked_at=asked,
                    labels=version.labels,
                )
            )


def _line(
    loom: Loom,
    care: Care,
    worker: Staff,
    kind: str,
    source: str,
    pk: UUID,
    day: date,
    title: str,
    facts: dict[str, Any],
) -> None:
    loom.add(
        Entry(
            id=new_id(),
            kind=kind,
            person=care.clients[0],
            episode=care.episode,
            actor=worker,
            happened_at=_noon(day),
            written_at=_noon(day),
            labels=care.episode.labels,
            source_kind=source,
            source_id=pk,
            title=title,
            words=searchable(title, ""),
            facts=facts,
        )
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZONE)
