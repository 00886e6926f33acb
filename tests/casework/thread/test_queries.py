"""What the database says of many clients is what the rules say of each."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from goldthread.casework.episodes.models import Episode
from goldthread.casework.needs.models import Need
from goldthread.casework.plans.actions.progress import mark_served
from goldthread.casework.plans.models import (
    Goal,
    GoalNeed,
    Plan,
    PlannedService,
    PlanVersion,
    Progress,
    Signature,
    Step,
)
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Task
from goldthread.casework.thread.queries import Many, count_breaks, count_whole, find_breaks, known_of
from goldthread.casework.thread.rules import BreakKind, Whole, breaks, how_whole
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.casework.tasks.making import enrolled, program
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")
TODAY = date(2026, 11, 19)


@dataclass
class Everything:
    """Nothing is hidden."""

    def rows(self, *, episode: str = "episode", labels: str = "labels") -> Q:
        return Q()


@dataclass
class Unlabelled:
    """What carries no label."""

    def rows(self, *, episode: str = "episode", labels: str = "labels") -> Q:
        return Q(**{labels: 0})


def all_of(*, client: str, episode: str = "episode", labels: str = "labels") -> Q:
    return Q()


def unlabelled(*, client: str, episode: str = "episode", labels: str = "labels") -> Q:
    return Q(**{labels: 0})


class Life:
    """A client with a random history: most of it near the limits of the rules."""

    def __init__(self, episode: Episode, staff: Staff, chance: random.Random) -> None:
        self.episode, self.staff, self.chance = episode, staff, chance
        self.person = episode.person
        assert self.person is not None

    def back(self, *near: int) -> date:
        """A day near one of *near* days ago."""
        return TODAY - timedelta(days=self.chance.choice(near) + self.chance.choice([-1, 0, 1]))

    def maybe(self, day: date) -> date | None:
        return day if self.chance.random() < 0.5 else None

    def label(self) -> int:
        return 1 if self.chance.random() < 0.2 else 0

    def at(self, day: date) -> datetime:
        """An instant of the local day: also 23:30 in New York, which is tomorrow in Greenwich."""
        return datetime.combine(day, self.chance.choice([time(0, 10), time(12), time(23, 30)]), ZONE)

    def live(self) -> None:
        needs = [self.need() for _ in range(self.chance.randint(0, 4))]
        if self.chance.random() < 0.8:
            self.plan(needs)
        for _ in range(self.chance.randint(0, 3)):
            self.task()

    def need(self) -> Need:
        state = self.chance.choice(["open", "open", "open", "met", "later", "declined"])
        return Need.objects.create(
            person=self.person,
            episode=self.episode,
            domain="housing",
            words=f"Need {self.chance.random():.5f}",
            state=state,
            reason="" if state == "open" else "So it is",
            raised_on=self.back(400, 30),
            raised_by=self.staff,
            raised_at=datetime(2026, 1, 1, tzinfo=UTC),
            labels=self.label(),
        )

    def plan(self, needs: list[Need]) -> None:
        plan = Plan.objects.create(
            episode=self.episode, person=self.person, made_by=self.staff, made_at=datetime(2026, 1, 1, tzinfo=UTC)
        )
        for number, state in enumerate(
            self.chance.choice([["in_force"], ["past", "in_force"], ["signing"], ["draft"]])
        ):
            self.version(plan, number, state)
        goals = [self.goal(plan, needs) for _ in range(self.chance.randint(0, 4))]
        for _ in range(self.chance.randint(0, 4)):
            self.service(plan, goals)
        for _ in range(self.chance.randint(0, 6)):
            self.contact(goals)

    def version(self, plan: Plan, number: int, state: str) -> None:
        version = PlanVersion.objects.create(
            plan=plan,
            number=number,
            kind="first",
            state=state,
            digest="" if state == "draft" else "d",
            starts_on=None if state in ("draft", "signing") else self.back(90, 20, 300),
            made_by=self.staff,
            made_at=datetime(2026, 1, 1, tzinfo=UTC),
            saved_at=datetime(2026, 1, 1, tzinfo=UTC),
            labels=self.label(),
        )
        for role in self.chance.sample(
            ["client", "guardian", "worker"], self.chance.randint(0 if state != "signing" else 1, 3)
        ):
            done = self.chance.random() < 0.5
            Signature.objects.create(
                version=version,
                role=role,
                name="Somebody",
                state="signed" if done else "asked",
                digest="d" if done else "",
                how="typed" if done else "",
                at=self.at(self.back(14)) if done else None,
                asked_at=self.at(self.back(14, 30)),
            )

    def goal(self, plan: Plan, needs: list[Need]) -> Goal:
        goal = Goal.objects.create(
            plan=plan,
            person=self.person,
            episode=self.episode,
            words=f"Goal {self.chance.random():.5f}",
            state=self.chance.choice(["open", "open", "open", "met", "stopped"]),
            opened_on=self.back(60, 10, 300),
            target_on=self.maybe(self.back(0, 0, 100)),
            last_contact_on=self.maybe(self.back(60, 61, 5)),
            labels=self.label(),
        )
        for need in self.chance.sample(needs, self.chance.randint(0, min(2, len(needs)))):
            GoalNeed.objects.create(goal=goal, need=need)
        for _ in range(self.chance.randint(0, 2)):
            state = self.chance.choice(["open", "done", "dropped"])
            Step.objects.create(goal=goal, words="Step", owner_kind="worker", state=state)
        return goal

    def service(self, plan: Plan, goals: list[Goal]) -> None:
        agreed = self.back(30, 31, 200)
        ended = self.maybe(self.back(14, 15))
        PlannedService.objects.create(
            plan=plan,
            goal=self.chance.choice([*goals, None]),
            words=f"Service {self.chance.random():.5f}",
            agreed_on=agreed,
            confirmed_on=self.maybe(agreed),
            started_on=self.maybe(agreed),
            ended_on=ended,
            helped=self.chance.choice(["", "yes"]) if ended else "",
            dropped=self.chance.random() < 0.1,
            labels=self.label(),
        )

    def contact(self, goals: list[Goal]) -> None:
        day, pk = self.back(90, 91, 0, 20), new_id()
        Entry.objects.create(
            kind=self.chance.choice(["contact", "contact", "attempt"]),
            person=self.person,
            episode=self.episode,
            happened_at=self.at(day),
            written_at=self.at(day),
            source_kind="contact",
            source_id=pk,
            title=f"Contact {pk}",
            voided=self.chance.random() < 0.1,
            labels=self.label(),
        )
        for goal in self.chance.sample(goals, self.chance.randint(0, min(1, len(goals)))):
            progress = Progress.objects.create(
                goal=goal,
                person=self.person,
                on=day,
                went="well",
                source_kind="contact",
                source_id=pk,
                voided=self.chance.random() < 0.2,
                recorded_by=self.staff,
                recorded_at=self.at(day),
            )
            mark_served(pk, self.person.pk, served=not progress.voided)

    def task(self) -> None:
        Task.objects.create(
            title="Assess again",
            client=self.person,
            episode=self.episode,
            requirement=self.chance.choice(["visit", "call", "plan"]),
            occurrence=str(new_id()),
            state=self.chance.choice(["open", "open", "done"]),
            due_on=self.back(0, 0, 40),
            rest=self.chance.choice(["", "", "paused"]),
            made_at=datetime(2026, 1, 1, tzinfo=UTC),
            labels=self.label(),
        )


def some_lives(seed: int, many: int = 12) -> tuple[list[Person], dict]:
    chance, staff, tried = random.Random(seed), StaffFactory(), program()
    people = []
    for _ in range(many):
        person = PersonFactory()
        Life(enrolled(tried, date(2025, 1, 1), person), staff, chance).live()
        people.append(person)
    return people, {tried.pk: frozenset({"visit", "call"})}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("labelled", [True, False])
def test_many_is_each(seed: int, labelled: bool):
    people, asked = some_lives(seed)
    seen, reach = (Everything(), all_of) if labelled else (Unlabelled(), unlabelled)
    silent = dict.fromkeys(asked, 5 + seed) if seed % 2 else {}  # a program of its own mind, and one that says nothing
    question = Many(reach, lambda client: Q(**{f"{client}__in": people}), TODAY, ZONE, asked, silent=silent)
    found = {
        (row.kind, row.client, row.at, row.since)
        for kind in BreakKind
        for row in find_breaks(question, kind, limit=999)
    }
    expected, links = set(), 0
    for person in people:
        known = known_of(person, seen=seen, on=TODAY, zone=ZONE, asked=asked, silent=silent)
        links += how_whole(known, TODAY).asked
        expected |= {(one.kind, person.pk, one.at, one.since) for one in breaks(known, TODAY)}
    assert found == expected
    assert {kind: sum(row[0] == kind for row in expected) for kind in BreakKind} == count_breaks(question)
    counted = count_whole(question)
    assert counted.breaks == count_breaks(question)
    assert counted.whole == Whole(links - len(expected), links)


def test_every_kind_of_break_comes_up_in_these_lives():
    people, asked = some_lives(1, many=40)
    question = Many(all_of, lambda client: Q(**{f"{client}__in": people}), TODAY, ZONE, asked)
    assert all(count_breaks(question).values())


def test_only_the_people_who_were_asked_for():
    people, asked = some_lives(2)
    question = Many(all_of, lambda client: Q(**{client: people[0]}), TODAY, ZONE, asked)
    for kind in BreakKind:
        assert {row.client for row in find_breaks(question, kind)} <= {people[0].pk}


@pytest.mark.postgresql
@pytest.mark.parametrize("kind", [BreakKind.PLAN_UNSIGNED, BreakKind.SERVICE_UNCONFIRMED, BreakKind.OUTCOME_UNKNOWN])
def test_what_hangs_on_a_plan_is_found_from_the_plans_of_those_who_are_meant(kind: BreakKind):
    """Joined, PostgreSQL walked the versions and services of 20 000 clients for the ninety of one worker."""
    people, asked = some_lives(2, many=1)
    question = Many(all_of, lambda client: Q(**{f"{client}__in": people}), TODAY, ZONE, asked)
    with CaptureQueriesContext(connection) as context:
        find_breaks(question, kind)
    assert '"plan_id" = ANY(ARRAY(SELECT' in context[0]["sql"]


def test_pages_go_on_where_the_last_one_ended():
    people, asked = some_lives(3, many=30)
    question = Many(all_of, lambda client: Q(**{f"{client}__in": people}), TODAY, ZONE, asked)
    whole = find_breaks(question, BreakKind.GOAL_SILENT, limit=999)
    assert len(whole) > 5
    paged, after = [], None
    while page := find_breaks(question, BreakKind.GOAL_SILENT, after=after, limit=2):
        paged += page
        after = (page[-1].since, page[-1].at)
    assert paged == whole


def test_the_length_of_the_history_costs_no_statement():
    def statements(many: int) -> int:
        people, asked = some_lives(many, many=1)
        life = Life(Episode.objects.get(person=people[0]), StaffFactory(), random.Random(many))
        if not Plan.objects.filter(person=people[0]).exists():
            life.plan([])
        for _ in range(many):
            life.need()
            life.contact(list(Goal.objects.filter(person=people[0])))
        with CaptureQueriesContext(connection) as context:
            known_of(people[0], seen=Everything(), on=TODAY, zone=ZONE, asked=asked)
        return len(context)

    assert {statements(25), statements(90)} <= {11, 12, 13}  # one less where a list is empty
