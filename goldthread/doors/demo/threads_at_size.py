"""The golden thread of clients made at size: six assessments of forty answers, needs, a plan of four goals in force, sixty contacts.

Laid over an agency that ``size`` has made. Some clients live a year through the rooms' own actions (``living``), which is taken back
and printed for everybody: what stands in a row is what the actions wrote, only ids and names differ. The audit log is not printed.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet

from goldthread.access.stock import take_stock
from goldthread.casework.assessments.models import Assessment, Score
from goldthread.casework.assessments.shipped import install_shipped
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.models import Contact, ContactActivity, ContactPerson
from goldthread.casework.contacts.rules.toward import goal_as_kept
from goldthread.casework.contacts.rules.written import Goal as Touched
from goldthread.casework.episodes.models import Episode
from goldthread.casework.needs.models import Need
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
from goldthread.casework.plans.rules.document import canonical_of
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.doors.demo.agency import BUSY, email_of
from goldthread.doors.demo.bulk import write_filled, write_rows
from goldthread.doors.demo.living import TORN, WENT, Life, Scale
from goldthread.doors.demo.printing import Print
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import update_rows
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff, TeamMembership
from goldthread.people.persons.models import Person

LEFT: dict[type[models.Model], str] = {
    Assessment: "person",
    Score: "person",
    Need: "person",
    Plan: "person",
    PlanVersion: "plan__person",
    Signature: "version__plan__person",
    Goal: "person",
    GoalNeed: "goal__person",
    Objective: "goal__person",
    Step: "goal__person",
    PlannedService: "plan__person",
    Contact: "person",
    ContactPerson: "contact__person",
    ContactActivity: "contact__person",
    Evidence: "person",
    Entry: "person",
    Progress: "person",
    Task: "client",
}
"""What a life leaves behind, and whose it is; in the order in which it is written."""
BATCH = 250
SETTLED = 5
"""Every fifth pattern leaves no task: the lists of the busy worker stay as long as they were."""
PROGRAM = 2_000
SECOND = "foster-care-second-site"
FEW = Scale(patterns=4, calls=8, assessed=2)


@dataclass(frozen=True, slots=True)
class Woven:
    """The program with (at most) two thousand clients, and how many clients and rows were written."""

    program: UUID
    clients: int
    rows: int


def weave_many(
    today: date, at: datetime, *, scale: Scale | None = None, tell: Callable[[int], None] = lambda done: None
) -> Woven:
    """Give every client with an episode their thread. Who has a plan is passed over: begun and broken off, it goes on.

    *scale*: by default all of it from a thousand clients on, else a few lives with little in them.
    """
    clients = Person.objects.filter(client_number__isnull=False).count()
    chosen = scale or (Scale() if clients >= 1_000 else FEW)
    by = Actor(at=at, today=today)
    with transaction.atomic():
        install_shipped(by=by)
        program = _second_program(clients, by)
    if not _waiting().exists():
        return Woven(program.pk, clients, 0)
    loom = _Loom(today, chosen)
    written = done = 0
    served = _waiting().iterator(BATCH)
    while people := list(islice(served, BATCH)):
        with transaction.atomic():
            written += loom.weave(people)
        done += len(people)
        tell(done)
    take_stock()
    return Woven(program.pk, clients, written)


def _second_program(clients: int, by: Actor) -> Program:
    """The last two thousand are in a program of their own; an agency of no more has one program."""
    first: Program = Program.objects.get(key="foster-care-child")
    if clients <= PROGRAM:
        return first
    there = Program.objects.filter(key=SECOND).first()
    if there:
        return there
    second = open_program(
        key=SECOND,
        name="Foster care, second site",
        template=shipped()[first.key],
        template_key=first.key,
        team=None,
        opened_on=first.opened_on,
        by=by,
    )
    after = Person.objects.filter(client_number__isnull=False).order_by("-client_number")[PROGRAM].client_number
    moved = Episode.objects.filter(person__client_number__gt=after, program=first)
    Entry.objects.filter(kind=EntryKind.ENROLLED, episode__in=moved.values("pk")).update(title=second.name)
    moved.update(program=second)
    return second


def _waiting() -> QuerySet[Person]:
    """Those with an open episode, a worker in a team, and no plan, by number."""
    in_teams = TeamMembership.objects.filter(supervises=False).values("staff")
    held = Assignment.objects.filter(
        client=OuterRef("pk"), ends_on=None, staff__in=in_teams, episode__discharged_on=None
    )
    served = Person.objects.filter(Exists(held), client_number__isnull=False, plans=None)
    return served.only("pk", "display_name", "client_number").order_by("client_number")


class _Loom:
    """Prints lives over batches of clients."""

    def __init__(self, today: date, scale: Scale) -> None:
        self.today = today
        teams = dict(TeamMembership.objects.filter(supervises=False).values_list("staff", "team"))
        bosses = dict(TeamMembership.objects.filter(supervises=True).values_list("team", "staff"))
        self.boss = {staff: bosses[team] for staff, team in teams.items()}
        self.staff = {row.pk: row for row in Staff.objects.filter(pk__in=[*teams, *bosses.values()])}
        self.busy = (
            Staff.objects.filter(user__email=email_of(Role.CASE_MANAGER, BUSY)).values_list("pk", flat=True).first()
        )
        self.lives = [self._lived(number, scale) for number in range(min(scale.patterns, len(TORN)))]

    def weave(self, people: list[Person]) -> int:
        """Write everything for *people*. Returns how many rows."""
        pks = [person.pk for person in people]
        episodes = dict(Episode.objects.filter(person__in=pks, discharged_on=None).values_list("person", "pk"))
        held = Assignment.objects.filter(client__in=pks, ends_on=None, staff__in=list(self.boss))
        workers = dict(held.values_list("client", "staff"))
        visits = _visits(pks)
        rows: dict[type[models.Model], list[Any]] = defaultdict(list)
        moved = _Moved()
        for person in people:
            staff = self.staff[workers[person.pk]]
            life = self._life_of(person, staff)
            printed, ids = life.print.print(self._given(person, episodes[person.pk], staff))
            for model, filled in printed.items():
                rows[model] += filled
            moved.visits(person, staff, life, ids, visits.get(person.pk, []))
        for model in LEFT:
            write_filled(model, rows[model])
        moved.write()
        return len(people) * sum(life.print.many for life in self.lives) // len(self.lives) + len(moved.progress)

    def _life_of(self, person: Person, staff: Staff) -> "_Lived":
        number = person.client_number or 0
        if staff.pk == self.busy:
            settled = self.lives[::SETTLED]
            return settled[number % len(settled)]
        return self.lives[number % len(self.lives)]

    def _given(self, person: Person, episode: UUID, staff: Staff) -> dict[str, str]:
        boss = self.staff[self.boss[staff.pk]]
        return {
            "person": str(person.pk),
            "episode": str(episode),
            "staff": str(staff.pk),
            "boss": str(boss.pk),
            "name": person.display_name,
            "worker": staff.name,
        }

    def _lived(self, number: int, scale: Scale) -> "_Lived":
        """The *number*-th pattern, lived by a client, and taken back."""
        rows = Assignment.objects.filter(ends_on=None, staff__in=list(self.boss), client__in=_waiting().values("pk"))
        place = (number + 1) % rows.count()  # not the first, whose timeline is long
        held = rows.select_related("client", "staff").order_by("client__client_number")[place]
        person, staff = held.client, held.staff
        episode = Episode.objects.select_related("program", "person").get(person=person, discharged_on=None)
        boss = self.staff[self.boss[staff.pk]]
        given = {
            str(person.pk): "person",
            str(episode.pk): "episode",
            str(staff.pk): "staff",
            str(boss.pk): "boss",
            person.display_name: "name",
            staff.name: "worker",
        }
        with transaction.atomic():
            there = {model: set(_rows(model, person).values_list("pk", flat=True)) for model in LEFT}
            life = Life(episode, staff, boss, number, self.today, scale, settled=number % SETTLED == 0)
            life.live()
            left = {model: [row for row in _rows(model, person) if row.pk not in there[model]] for model in LEFT}
            transaction.set_rollback(True)
        documents = {row.digest: canonical_of(row.content) for row in left[PlanVersion]}
        return _Lived(Print(left, given, documents), left[Goal])


def _rows(model: type[models.Model], person: Person) -> QuerySet[Any]:
    rows = model._default_manager.filter(**{LEFT[model]: person}).order_by("pk")
    return rows.filter(requirement="") if model is Task else rows


@dataclass(frozen=True, slots=True)
class _Lived:
    print: Print
    goals: list[Goal]


@dataclass(frozen=True, slots=True)
class _Visit:
    """A contact that ``size`` has written, with its line on the timeline."""

    contact: UUID
    on: date
    signed_at: datetime
    entry: UUID
    facts: dict[str, Any]


def _visits(clients: list[UUID]) -> dict[UUID, list[_Visit]]:
    lines = {
        source: (pk, facts)
        for source, pk, facts in Entry.objects.filter(
            person__in=clients, kind=EntryKind.CONTACT, source_kind="contact"
        ).values_list("source_id", "pk", "facts")
    }
    found: dict[UUID, list[_Visit]] = defaultdict(list)
    rows = Contact.objects.filter(person__in=clients).order_by("person", "started_at")
    for client, pk, on, signed_at in rows.values_list("person", "pk", "happened_on", "signed_at"):
        found[client].append(_Visit(pk, on, signed_at, *lines[pk]))
    return found


class _Moved:
    """What the visits that were there say of the goals, as their notes would have said it."""

    def __init__(self) -> None:
        self.progress: list[Progress] = []
        self.contacts: list[Contact] = []
        self.entries: list[Entry] = []

    def visits(self, person: Person, staff: Staff, life: _Lived, ids: dict[str, str], visits: list[_Visit]) -> None:
        """Each visit since the plan is about one of the goals on which somebody worked on that day and after it."""
        for number, visit in enumerate(visits):
            goals = [one for one in life.goals if one.opened_on < visit.on <= (one.last_contact_on or one.opened_on)]
            if goals:
                goal = goals[number % len(goals)]
                self._one(person, staff, goal, UUID(ids[life.print.new[goal.pk]]), WENT[number % len(WENT)], visit)

    def _one(self, person: Person, staff: Staff, goal: Goal, pk: UUID, went: str, visit: _Visit) -> None:
        said = goal_as_kept(Touched(goal.words, went, id=pk, person=person.pk))
        self.contacts.append(Contact(pk=visit.contact, goals=[said]))
        self.entries.append(Entry(pk=visit.entry, facts=visit.facts | {"goals": [goal.words]}, served=True))
        self.progress.append(
            Progress(
                id=new_id(),
                goal_id=pk,
                person_id=person.pk,
                on=visit.on,
                went=went,
                source_kind="contact",
                source_id=visit.contact,
                recorded_by_id=staff.pk,
                recorded_at=visit.signed_at,
                labels=goal.labels,
            )
        )

    def write(self) -> None:
        write_rows(Progress, self.progress)
        update_rows(self.contacts, ["goals"])
        update_rows(self.entries, ["facts", "served"])
